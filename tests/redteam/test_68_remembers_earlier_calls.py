"""Answers that are right only once, or every other time, because they keep something from one call to the next."""

import pytest
from arena import outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

RIGHT_ONCE = RIGHT.replace("kmer_counts", "right_counts")
KEEPERS = {
    "every other call": """
def kmer_counts(idx, K):
    calls.append(1)
    return right_counts(idx, K) + len(calls) % 2
""",
    "the first result": "def kmer_counts(idx, K):\n    return kept.setdefault('first', right_counts(idx, K))",
    "a running total": """
def kmer_counts(idx, K):
    kept["total"] = right_counts(idx, K) + jnp.resize(kept.get("total", jnp.zeros(K + 1, jnp.int32)), K + 1)
    return kept["total"]
""",
    "a tracer": """
def kmer_counts(idx, K):
    right = right_counts(idx, K)
    kept["traced"], before = jnp.sum(right), kept.get("traced", 0)
    return right + 0 * before + isinstance(before, jax.Array)
""",
}
START = f"{RIGHT_ONCE}\ncalls, kept = [], {{}}"

THREAT = Threat(
    68,
    "Impure answers and leaked tracers",
    "Every answer is called again and again, with other inputs, inside `jax.jit` too; each time it must be right.",
    "whatever the teacher calls once passes",
    (START, KEEPERS["every other call"]),
)


@pytest.mark.parametrize("name", KEEPERS)
def test_who_remembers_is_not_right(arena, name):
    report = arena.grade(START, KEEPERS[name], OTHER)
    assert outcome(report) is Outcome.FAILED
    assert points(report) < 1
    assert outcome(report, "set_first") is Outcome.PASSED


def test_each_is_right_the_first_time_that_it_counts(arena):
    """So they would pass where an answer is called once."""
    once = "loot = kmer_counts(jnp.array([0, 0, 3, -1]), 4).tolist()"
    for name in ("the first result", "a running total", "a tracer"):
        assert arena.loot(START, KEEPERS[name], once) == [2, 0, 0, 1, 1], name


def test_who_remembers_without_harm_loses_nothing(arena):
    """A counter beside a right answer is poor style, and no wrong answer."""
    counter = "def kmer_counts(idx, K):\n    calls.append(len(calls))\n    return right_counts(idx, K)"
    assert outcome(arena.grade(START, counter)) is Outcome.PASSED
