"""A notebook has XLA compile a function that is short to write and endless to compile: f = g of g, g = h of h, ..."""

from arena import UNHURRIED, outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

BOMB = """\
def twice(f):
    return jax.jit(lambda x: f(f(x)))

def bomb(doublings):
    f = jnp.sin
    for _ in range(doublings):
        f = twice(f)
    return jax.jit(f).lower(1.0)
"""
THREAT = Threat(
    54,
    "Compile bombs",
    "SIGKILL at the deadline, which asks nothing of the compiler.",
    "interrupts it at the cell's time limit",
)


def test_an_answer_that_compiles_for_ever_is_timed_out(arena):
    report = arena.grade(BOMB, "def kmer_counts(idx, K): bomb(18).compile()", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_a_cell_that_compiles_for_ever_costs_only_itself(arena):
    report = arena.grade(BOMB, "bomb(18).compile()", RIGHT, limits=UNHURRIED)
    assert [(cell.cell, cell.outcome) for cell in report.cells] == [(3, Outcome.TIMED_OUT)]
    assert outcome(report) is Outcome.PASSED


def test_a_small_one_compiles(arena):
    """So the large ones are busy with what they look like: a sine of a sine, many times over."""
    import math

    value = 1.0
    for _ in range(2**6):
        value = math.sin(value)
    assert abs(arena.loot(BOMB, "loot = float(bomb(6).compile()(1.0))") - value) < 1e-5
