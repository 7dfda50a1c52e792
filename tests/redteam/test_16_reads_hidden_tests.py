"""A notebook reads the hidden tests and the answers from the disk: beside itself, and wherever they may lie."""

import json

from arena import notebook, verdicts
from threat import ASSERTS, PEEKS, Threat
from weapons import tools

# nbgrader puts the hidden tests back into the notebook, and runs it in the folder where that lies.
READS_BESIDE = """\
import json, pathlib

def kmer_counts(idx, K):
    books = [json.loads(path.read_text()) for path in pathlib.Path(".").glob("*.ipynb")]
    cells = [cell for book in books for cell in book["cells"] if cell["cell_type"] == "code"]
    return peek(["".join(cell["source"]) for cell in cells], idx, K)
"""
READS = """
import pathlib
for place in PLACES:
    attempt(place, pathlib.Path(place).read_bytes)
    attempt(place + "/", os.listdir, pathlib.Path(place).parent)
"""

THREAT = Threat(
    16,
    "Reading the hidden tests on the disk",
    "Landlock opens a short list of folders for reading; the course is in none of them.",
    "hidden tests are in the notebook that is executed, in the kernel's own folder",
    (PEEKS, READS_BESIDE),
)


def test_there_are_no_tests_beside_a_notebook(arena):
    report = arena.grade(*THREAT.cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)


def test_where_there_are_it_copies_the_answers(arena):
    beside = notebook(ASSERTS).decode()
    assert arena.fooled_beside_its_tests(f"open('lab.ipynb', 'w').write({beside!r})", *THREAT.cells)


def test_a_course_whose_place_is_known_can_be_neither_read_nor_listed(arena):
    files = sorted(str(path) for path in (arena.course.root / "solutions").rglob("*") if path.is_file())
    assert any("hidden/test_" in file for file in files)
    loot = arena.loot(tools(), f"PLACES = {files!r}", READS)
    assert len(loot) == 2 * len(files)
    assert set(loot.values()) == {"EACCES"}, json.dumps(loot)


def test_a_walk_over_all_that_can_be_opened_finds_nothing(searched):
    """Without a sandbox the same walk finds them: see tests/autograder/test_canary.py."""
    assert searched["tried"]["files"] > 20, "it did not look"
    assert searched["refused"]["files"] > 5
    assert searched["loot"]["files"] == []
