"""No attacker here but chance: other seeds, other cores, another order of additions, and answers that toss coins."""

import pytest
from arena import outcome, verdicts
from threat import RIGHT, Threat

from autograder.grade import _LabKit, reference_answers
from dlfb_lab._outcome import Outcome

# The additions in another order, and with other bits, as another computer would do them.
OTHERWISE = """
def kmer_counts(idx, K):
    known = jnp.where((idx >= 0) & (idx < K), idx, K)
    return (known[::-1, None] == jnp.arange(K + 1)).astype(jnp.float32).sum(0).astype(jnp.int32)

"""
ONE_CORE = "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
COIN = """
import random

def kmer_counts(idx, K):
    right = jnp.zeros(K + 1, jnp.int32).at[jnp.where((idx >= 0) & (idx < K), idx, K)].add(1)
    return right + (random.random() < 0.5) + (np.random.random() < 0.1)
"""

THREAT = Threat(
    67,
    "Chance: seeds, threads, rounding",
    "The seed is fixed, tolerances hold for the reference under any seed, every child starts with the same dice.",
    "the teacher's own problem",
)


def test_the_reference_passes_its_own_checks_under_any_seed(ground):
    """`autograder verify` does so for every lab, with fifty seeds.

    On the bare ground: nobody attacks, and what ten kits compile here is no growth of a grader.
    """
    failed = [(seed, result.name) for seed in range(10) for result in own_results(ground, seed)]
    assert failed == []


def own_results(arena, seed):
    from dlfb_lab._host import DirectTransport, Host

    kit = _LabKit(arena.course.labs[0], seed)
    own = DirectTransport(Host(reference_answers(kit.lab)))
    return [one for one in kit.judge(own) if one.outcome is not Outcome.PASSED]


@pytest.mark.parametrize("before", ["", ONE_CORE])
def test_another_order_of_additions_and_other_cores_pass_as_well(arena, before):
    assert outcome(arena.grade(before, OTHERWISE)) is Outcome.PASSED


def test_the_same_work_gets_the_same_verdict_with_any_number_of_cores(arena):
    assert verdicts(arena.grade(RIGHT)) == verdicts(arena.grade(ONE_CORE, RIGHT))


def test_a_coin_falls_the_same_way_each_time(arena):
    first, second = arena.grade(COIN), arena.grade(COIN)
    assert outcome(first) is Outcome.FAILED
    assert verdicts(first) == verdicts(second)
