"""An answer says in its text what the task asks for, and does something else behind `exec` and `getattr`."""

from pathlib import Path

import jax.numpy as jnp
from arena import LIMITS
from threat import IMPORTS, Threat

from autograder.session import Session
from dlfb_lab._judge import judge
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
LAB = "05_jit"
TASK = "ten_power_sum"  # which must be compiled: that is its subject, and costs points
# The text is that of a compiled function; what is called is none.
SAYS_SO = """
jax_jit = jax.jit
class jax_for_the_reader:
    jit = staticmethod(lambda f: f)
exec("jax = jax_for_the_reader")

@jax.jit
def ten_power_sum(arr):
    return jnp.sum(arr**10)
"""
# The text says nothing; what is called is compiled.
SAYS_NOTHING = """
exec("def plain(arr): return getattr(jnp, 's' + 'um')(arr ** 10)")
ten_power_sum = getattr(__import__("j" + "ax"), "tij"[::-1])(plain)
"""

THREAT = Threat(
    27,
    "Calls hidden behind exec, getattr and names that lie",
    "Points rest on values and on what a program does when it runs; the text is read for advice alone.",
    "tests that search the text, as teachers write them, are misled",
)


def ends(arena, *cells):
    """How the checks of the task end, by the first words of their names."""
    files = [ROOT / "dlfb_lab" / "checks" / f"test_{LAB}.py"]
    hidden = [ROOT / "solutions" / "hidden" / f"test_{LAB}.py"]
    reference = {TASK: lambda arr: jnp.sum(arr**10)}
    with Session(arena.zygote, [IMPORTS, *cells], LIMITS) as session:
        results = judge(files, [TASK], session, hidden=hidden, only=[TASK], reference=reference, seed=1)
        assert session.cell_errors == ()
    return {result.name: (result.outcome, result.finding and result.finding.diagnosis) for result in results}


def test_a_text_that_lies_is_not_believed(arena):
    found = ends(arena, SAYS_SO)
    assert found["test_ten_power_sum_keeps_its_programs"] == (Outcome.FAILED, "not-compiled")
    assert found["test_ten_power_sum_holds_for_other_numbers"] == (Outcome.PASSED, None)


def test_a_text_that_says_nothing_is_not_held_against_it(arena):
    assert {outcome for outcome, _ in ends(arena, SAYS_NOTHING).values()} == {Outcome.PASSED}
