"""Answers that a sloppy comparison accepts: NaN, infinity, shapes that broadcast, nothing at all, other dtypes."""

import pytest
from arena import outcome, points
from threat import OTHER, Threat

from dlfb_lab._outcome import Outcome

RIGHT_COUNTS = "jnp.zeros(K + 1, jnp.int32).at[jnp.where((idx >= 0) & (idx < K), idx, K)].add(1)"
ANSWERS = {
    "nan": "jnp.full(K + 1, jnp.nan)",
    "infinity": "jnp.full(K + 1, jnp.inf)",
    "nan where it is not zero": f"(lambda right: jnp.where(right > 0, jnp.nan, right))({RIGHT_COUNTS})",
    "a column": f"{RIGHT_COUNTS}[:, None]",
    "a row": f"{RIGHT_COUNTS}[None, :]",
    "one number for all": "jnp.int32(1)",
    "nothing": "jnp.zeros(0, jnp.int32)",
    "masked": "np.ma.masked_array(np.zeros(K + 1, np.int32), mask=True)",
    "texts": "np.array(['1'] * (K + 1))",
    "objects": "np.array([None] * (K + 1), dtype=object)",
    "one entry more": f"jnp.append({RIGHT_COUNTS}, 0)",
}
# The numbers are right; only the one check of the dtype is lost.
OTHER_KINDS = {"a float": ".astype(jnp.float32)", "a complex number": ".astype(jnp.complex64)"}

THREAT = Threat(
    66,
    "NaN, infinity, broadcasting, empty arrays, other dtypes",
    "Shape first, then NaN and infinity place by place, then the numbers with 64 bits; empty is not everything.",
    "the teacher's own problem: `np.allclose(x[:, None], x)` and `np.allclose([], x)` may say yes",
    (f"def kmer_counts(idx, K):\n    return {ANSWERS['nothing']}",),
)


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_not_taken_for_the_right_one(arena, name):
    report = arena.grade(f"def kmer_counts(idx, K):\n    return {ANSWERS[name]}", OTHER)
    assert (outcome(report), points(report)) == (Outcome.FAILED, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_right_numbers_of_another_kind_lose_the_check_of_the_dtype(arena, name):
    report = arena.grade(f"def kmer_counts(idx, K):\n    return {RIGHT_COUNTS}{OTHER_KINDS[name]}")
    (task,) = (one for one in report.tasks if one.name == "kmer_counts")
    assert [check.name for check in task.checks if check.outcome is not Outcome.PASSED] == [
        "test_kmer_counts_gives_whole_numbers"
    ]
