"""A notebook asks for more memory than there is: in Python, in NumPy, in XLA."""

from dataclasses import replace

import pytest
from arena import LIMITS, outcome, points
from threat import OTHER, RIGHT, Threat

from autograder.sandbox.limits import GIB
from dlfb_lab._outcome import Outcome

SMALL = replace(LIMITS, data=GIB)  # the same, sooner
BOMBS = {
    "a list": "x = []\n    while True: x.append([0] * 1000)",
    "a text": "x = 'a'\n    while True: x += x",
    "NumPy": "np.ones(1 << 30)",
    "a JAX array": "jnp.ones((1 << 16, 1 << 15))",
    "a step within XLA": "x = jnp.ones((1 << 15, 1))\n    jax.jit(lambda x: jnp.sort(x @ x.T))(x).block_until_ready()",
}

THREAT = Threat(
    43,
    "Memory bombs in Python, NumPy and XLA",
    "RLIMIT_DATA: Python and NumPy raise MemoryError, XLA RESOURCE_EXHAUSTED. The kernel ends the child first of all.",
    "no limit: the computer swaps, then the kernel kills somebody",
)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_cell_that_wants_too_much_costs_only_itself(arena, bomb):
    report = arena.grade(f"def take():\n    {BOMBS[bomb]}\ntake()", RIGHT, limits=SMALL)
    assert [(cell.outcome, cell.finding.diagnosis) for cell in report.cells] == [(Outcome.FAILED, "out-of-memory")]
    assert outcome(report) is Outcome.PASSED


@pytest.mark.parametrize("bomb", ["NumPy", "a step within XLA"])
def test_an_answer_that_wants_too_much_is_over_memory(arena, bomb):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {BOMBS[bomb]}", OTHER, limits=SMALL)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.OVER_MEMORY, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_the_child_is_the_first_whom_the_kernel_kills(arena):
    """Should all children together have more than there is."""
    from pathlib import Path

    with arena.zygote.spawn(entry="autograder.sandbox.entries:echo") as child:
        assert Path(f"/proc/{child.pid}/oom_score_adj").read_text("utf-8") == "1000\n"
