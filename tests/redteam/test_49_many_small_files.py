"""A notebook fills its folder: with a million small files, with many of the allowed size, with folders in folders."""

from dataclasses import replace

import pytest
from arena import LIMITS, outcome, points
from threat import OTHER, RIGHT, Threat

from autograder.sandbox.limits import MIB
from dlfb_lab._outcome import Outcome

SMALL = replace(LIMITS, entries=600, scratch=64 * MIB)  # the same, sooner
FULL = "its folder held more than 600 files and folders."
FILLS = {
    "files": ("for n in range(1000000): open(f'{n}', 'w').close()", FULL),
    "folders": ("for n in range(1000000): os.mkdir(f'{n}')", FULL),
    "names of one file": (
        "open('file', 'w').close()\n    for n in range(1000000): os.link('file', f'{n}')",
        FULL,
    ),
    "files that are large together": (
        f"for n in range(1000): open(f'{{n}}', 'wb').write(bytes({LIMITS.file}))",
        "its files took more than 64 MiB together.",
    ),
    "folders in folders": (
        "while True: os.mkdir('d'), os.chdir('d')",
        "its folder held folders in folders, more than 32 deep.",
    ),
}

THREAT = Threat(
    49,
    "Many small files",
    "The grader counts files and bytes in the folder with each reply and while it waits, and ends the child.",
    "no limit",
)


@pytest.mark.parametrize("fill", FILLS)
def test_a_cell_that_fills_its_folder_costs_only_itself(arena, fill):
    body, why = FILLS[fill]
    report = arena.grade(f"import os\ndef fill():\n    {body}", "fill()", RIGHT, limits=SMALL)
    (cell,) = report.cells
    assert (cell.cell, cell.outcome) == (3, Outcome.CRASHED)
    assert cell.finding.saw == f"It was stopped: {why}"
    assert outcome(report) is Outcome.PASSED


def test_an_answer_that_fills_its_folder_loses_its_points(arena):
    body, why = FILLS["files"]
    report = arena.grade(f"def kmer_counts(idx, K):\n    {body}", OTHER, limits=SMALL)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    assert next(task for task in report.tasks if task.name == "kmer_counts").finding.saw == f"It was stopped: {why}"
    assert outcome(report, "set_first") is Outcome.PASSED


def test_a_thread_that_fills_it_behind_the_back_of_an_answer_is_found_as_well(arena):
    filler = f"import os, threading\ndef fill():\n    {FILLS['files'][0]}"
    start = "    threading.Thread(target=fill, daemon=True).start()\n    time.sleep(10)"
    report = arena.grade(filler, f"import time\ndef kmer_counts(idx, K):\n{start}", OTHER, limits=SMALL)
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_as_many_files_as_honest_work_needs_are_no_trouble(arena):
    report = arena.grade("for n in range(500): open(f'{n}', 'wb').write(bytes(10000))", RIGHT)
    assert report.cells == ()
    assert outcome(report) is Outcome.PASSED
