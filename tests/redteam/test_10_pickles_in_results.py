"""A notebook hands back an object that does harm where it is unpickled: as a value, in an array, as a raw message."""

import pickle
import tempfile
from pathlib import Path

import pytest
from arena import outcome, points
from threat import Threat

from dlfb_lab._outcome import Outcome

GADGET = """
import gc, os, pickle

class Gadget:
    "Whoever unpickles it makes a folder."
    def __reduce__(self):
        return os.mkdir, (MARK,)

def write(message):
    "As if the grader's own side had written it."
    (channel,) = [one for one in gc.get_objects() if type(one).__name__ == "Channel"]
    os.write(channel._write_fd, len(message).to_bytes(8, "little") + message)

def kmer_counts(idx, K):
    return {result}
"""
RESULTS = {
    "Gadget()": Outcome.FAILED,
    "np.array([Gadget()] * (K + 1), dtype=object)": Outcome.FAILED,
    "np.frombuffer(pickle.dumps(Gadget()), np.uint8)": Outcome.FAILED,
    "write(b'\\x02\\0\\0\\0{}' + pickle.dumps(Gadget()))": Outcome.CRASHED,
}

THREAT = Threat(
    10,
    "Pickles in results",
    "Nothing is ever unpickled. A test forbids the means to do so in the whole grader (test_imports.py).",
    "not possible: outputs are JSON. otter unpickles results, on the teacher's computer too",
)


@pytest.fixture
def mark():
    """A path at which everybody may make a folder."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder, "mark")


@pytest.mark.parametrize("result", RESULTS)
def test_a_pickle_is_bytes_or_an_object_that_stays_where_it_is(arena, mark, result):
    report = arena.grade(f"MARK = {str(mark)!r}", GADGET.replace("{result}", result))
    assert report.cells == ()
    assert (outcome(report), points(report)) == (RESULTS[result], 0)
    assert not mark.exists()
    assert not report.has_grader_error


def test_whoever_unpickles_it_is_lost(mark):
    space = {"MARK": str(mark), "__name__": "__main__"}
    exec(GADGET.replace("{result}", "None"), space)
    reduced = space["Gadget"]().__reduce__()

    class Gadget:
        def __reduce__(self):
            return reduced

    pickle.loads(pickle.dumps(Gadget()))
    assert mark.exists()
