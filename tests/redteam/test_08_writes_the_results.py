"""A notebook writes the results itself, wherever a grader might keep them."""

import tempfile
from pathlib import Path

import pytest
from arena import verdicts
from threat import WRONG, Threat
from weapons import REFUSED, tools, unguarded

WRITES = """
import pathlib
FORGED = '{"score": 1000.0, "tasks": [{"name": "kmer_counts", "outcome": "passed", "points": 1000.0}]}'
for place in PLACES:
    attempt(place, pathlib.Path(place).write_text, FORGED)
"""
HERE = ("results.json", "results.pkl", "report.json", ".autograder/ledger.json")
KNOWN = ("/autograder/results/results.json", "/tmp/results.json", "/dev/shm/results.json", "/root/results.json")

THREAT = Threat(
    8,
    "Writing the results file",
    "Reports are written by the grader after the process is dead, from what the checks saw. It may write in its own "
    "folder alone, which nobody reads.",
    "same user: the autograded notebook and the database can be written",
)


@pytest.fixture
def results():
    """A folder open to everybody, with a results file open to everybody."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder, "results.json")
        file.write_text("true")
        file.chmod(0o666)
        yield file


def test_no_place_outside_its_own_folder_can_be_written(arena, results):
    beside = [results.with_name("new.json"), results.parent / ".." / "new.json"]
    ours = [arena.course.root / "solutions" / "grades.json", arena.zygote._home / "results.json", arena._cache / "x"]
    outside = [*KNOWN, *map(str, (results, *beside, *ours)), "../results.json"]
    loot = arena.loot(tools(), f"PLACES = {outside!r}", WRITES)
    assert set(loot) == set(outside)
    assert set(loot.values()) <= REFUSED | {"ENOENT"}, loot
    assert loot[str(results)] == "EACCES"
    assert results.read_text() == "true"


def test_what_it_writes_in_its_own_folder_is_nothing(arena):
    cells = (tools(), f"PLACES = {HERE[:3]!r}", WRITES, WRONG)
    report = arena.grade(*cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    assert set(arena.loot(*cells).values()) == {"done"}


def test_without_a_sandbox_the_results_are_forged(results):
    assert unguarded(tools(), f"PLACES = {[str(results)]!r}", WRITES) == {str(results): "done"}
    assert "1000" in results.read_text()
