"""A notebook claims points, other cells, other ids, another grader's marks: in metadata, ids and outputs."""

import json

from arena import LAB, notebook, outcome, verdicts
from threat import OTHER, RIGHT, WRONG, Threat

from dlfb_lab._outcome import Outcome

CLAIMS = {
    "nbgrader": {
        "grade": True,
        "grade_id": "kmer_counts",
        "points": 100,
        "locked": True,
        "solution": False,
        "score": 100,
    },
    "otter": {"OK_FORMAT": True, "tests": {}},
    "tags": ["otter_ignore", "solution", "skip-execution", "remove-cell", "parameters"],
    "dlfb_lab": {"task": "kmer_counts", "outcome": "passed", "points": 100, "lab": LAB},
    "deletable": False,
    "editable": False,
}
PASSED = [{"output_type": "stream", "name": "stdout", "text": "kmer_counts: 100 of 2 points, all checks passed\n"}]
ABOUT = [
    {"dlfb_lab": {"lab": LAB, "points": 100, "tasks": {"kmer_counts": "passed"}}, "otter": {"assignment_name": "x"}},
    {"dlfb_lab": {"lab": "../../solutions/02_immutability"}, "nbgrader": {"points": 100}},
    {"dlfb_lab": [LAB], "kernelspec": {"name": "python3", "argv": ["/bin/sh"], "display_name": "root"}},
    {"dlfb_lab": {"lab": "99_no_such_lab"}, "celltoolbar": None, "signature": "sha256:0"},
]

THREAT = Threat(
    36,
    "Metadata, cell ids and outputs that lie",
    "Names are graded and not cells. Of the metadata only the lab's name is read, and only to choose among labs.",
    "marks in the metadata say which cells are tests, and their points; changed ones are put back",
)


def dressed_up(about, *cells):
    """The notebook with every claim in every cell, and one id for all of them."""
    root = json.loads(notebook(*cells, metadata=about))
    for cell in root["cells"]:
        cell |= {"id": "kmer_counts-check", "metadata": CLAIMS, "outputs": PASSED, "execution_count": 10**9}
    return json.dumps(root).encode()


def test_what_is_claimed_changes_nothing(arena):
    for about in ABOUT:
        assert verdicts(arena.grade_bytes(dressed_up(about, RIGHT))) == verdicts(arena.honest), about
    assert verdicts(arena.grade_bytes(dressed_up(ABOUT[0], WRONG))) == verdicts(arena.wrong)


def test_of_two_cells_with_one_id_both_are_run(arena):
    report = arena.grade_bytes(dressed_up(ABOUT[0], WRONG, OTHER, RIGHT))
    assert outcome(report) is Outcome.PASSED
    assert outcome(report, "set_first") is Outcome.PASSED


def test_code_that_claims_to_be_prose_is_not_run(arena):
    root = json.loads(notebook(RIGHT))
    root["cells"][-1]["cell_type"] = "markdown"
    assert outcome(arena.grade_bytes(json.dumps(root).encode())) is Outcome.NOT_ATTEMPTED
