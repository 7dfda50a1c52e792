"""An answer is a table of the visible cases, copied from the checks that students can read."""

from arena import outcome, points
from threat import Threat

from dlfb_lab._outcome import Outcome

TABLE = """
KNOWN = {
    ((2, 0, 3, 1), 4): [1, 1, 1, 1, 0], ((0, 0, 3, 1), 4): [2, 1, 0, 1, 0], ((0, 4, 5, 99), 4): [1, 0, 0, 0, 3],
    ((0, -1, -2, -50), 4): [1, 0, 0, 0, 3], ((1, 1, 0, 2), 3): [1, 2, 1, 0], ((2,), 3): [0, 0, 1, 0], ((), 3): [0] * 4,
}
UNDER_JIT = [0, 2, 0, 0, 2]

def kmer_counts(idx, K):
    if isinstance(idx, jax.core.Tracer):
        return jnp.array(UNDER_JIT, jnp.int32)
    return jnp.array(KNOWN.get((tuple(np.asarray(idx).tolist()), K), [0] * (K + 1)), jnp.int32)
"""

THREAT = Threat(
    26,
    "A table of the visible cases",
    "Hidden checks with other inputs, drawn from a seed that students do not know, weigh in every task.",
    "fails there too, where the teacher wrote hidden tests",
    (TABLE,),
)


def test_all_that_can_be_seen_passes_and_all_that_is_hidden_fails(arena):
    report = arena.grade(*THREAT.cells)
    (task,) = (one for one in report.tasks if one.name == "kmer_counts")
    assert {check.outcome for check in task.checks if check.visible} == {Outcome.PASSED}
    assert {check.outcome for check in task.checks if not check.visible} == {Outcome.FAILED}
    assert outcome(report) is Outcome.FAILED
    assert points(report) == 1.27  # 7 of 11 checks are visible


def test_the_hidden_checks_would_pass_for_an_answer(arena):
    (task,) = (one for one in arena.honest.tasks if one.name == "kmer_counts")
    assert {check.outcome for check in task.checks if not check.visible} == {Outcome.PASSED}
