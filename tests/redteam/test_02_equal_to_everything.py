"""A notebook returns objects that say of themselves that they equal whatever they are compared with."""

import pytest
from arena import outcome, points
from threat import Threat

from dlfb_lab._outcome import Outcome

YES = """\
class Array(np.ndarray):
    "Answers every function of NumPy with yes."
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_
    def __array_function__(self, *args, **kwargs):
        return True
    def __eq__(self, other):
        return True

class Number(float):
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __sub__(self, other):
        return 0.0
    __hash__ = float.__hash__

class Anything:
    shape, dtype, ndim, size = (5,), np.dtype("int32"), 1, 5
    def __eq__(self, other):
        return True
    def __array__(self, *args, **kwargs):
        return np.array([2, 0, 0, 1, 1])
    def __getattr__(self, name):
        return lambda *args, **kwargs: True

class Dict(dict):
    def __eq__(self, other):
        return True
    def __getitem__(self, key):
        return Anything()
"""
ANSWER = "def kmer_counts(idx, K):\n    return {}"

THREAT = Threat(
    2,
    "Objects that equal everything: subclasses of ndarray, float and dict",
    "Exact built-in types and arrays cross as raw data and are made anew; everything else is a handle, and no number.",
    "same process: `np.allclose` asks the object, which says yes",
    (YES, ANSWER.format("np.zeros(K + 1, np.int32).view(Array)")),
)


# As what a function returns, and as a value that is no function.
MADE = {
    "np.zeros(K + 1, np.int32).view(Array)": "Dict(x=[0], u=[0])",
    "[Number()] * (K + 1)": "{'x': [Number()] * 3, 'u': [Number()] * 3}",
    "Anything()": "Anything()",
}


@pytest.mark.parametrize("made", MADE)
def test_what_equals_everything_equals_nothing(arena, made):
    report = arena.grade(YES, ANSWER.format(made), f"alias_prediction = {MADE[made]}")
    assert report.cells == ()
    for task in ("kmer_counts", "alias_prediction"):
        assert (outcome(report, task), points(report, task)) == (Outcome.FAILED, 0)


def test_tests_in_the_same_process_would_believe_it(arena):
    assert arena.fooled_beside_its_tests(*THREAT.cells)
