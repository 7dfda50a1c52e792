"""An answer returns memory that it never filled, where a reference answer may have stood a moment ago."""

import numpy as np
import pytest
from arena import outcome
from threat import Threat

from dlfb_lab._outcome import Outcome

WAYS = {
    "an empty array of NumPy's": "return np.empty(K + 1, np.int32)",
    "the fullest of many": "return max((np.empty(K + 1, np.int32) for _ in range(500)), key=lambda a: (a > 0).sum())",
    "one of JAX's, donated": "return jax.jit(lambda a: a, donate_argnums=0)(jnp.empty(K + 1, jnp.int32))",
}

THREAT = Threat(
    29,
    "Memory that still holds the reference answer",
    "Reference answers are computed in a process that runs no student code.",
    "a reference that is computed in the kernel leaves its buffers there",
)


@pytest.mark.parametrize("way", WAYS)
def test_no_hidden_check_finds_its_answer_there(arena, way):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {WAYS[way]}")
    assert outcome(report) is Outcome.FAILED
    (task,) = (one for one in report.tasks if one.name == "kmer_counts")
    assert {check.outcome for check in task.checks if not check.visible} == {Outcome.FAILED}


def test_in_the_process_of_the_reference_it_is_there():
    """NumPy hands out small pieces of memory again as they are."""
    reference = np.arange(17, dtype=np.int32) * 3
    expected = reference.tolist()
    del reference
    assert np.empty(17, np.int32).tolist() == expected
