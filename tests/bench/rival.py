"""nbgrader, otter and this grader on the same fifty notebooks: whole programs, one after the other, as ratios.

Each runs as its own program with its own start. nbgrader and otter use one process after the other and know no other
way without a container engine; ours runs with one worker and with two.
"""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from processes import Finished, run_measured
from rival_install import NotInstalled
from rival_nbgrader import Nbgrader
from rival_otter import Otter
from samples import Row, Section
from school import write_class

from autograder.course import Course

ROOT = Path(__file__).parents[2]
Verdicts = dict[tuple[str, str], bool]


def compared(course: Course, folder: Path) -> list[Section]:
    """Run all of them. Where one cannot be had, a row says why."""
    ours = Ours(course, folder / "ours")
    ours.run(1)  # fills its compile cache, which a second run of a teacher's finds filled
    rows = [_row(f"autograder grade --workers {count}", ours.run(count), ours.size) for count in (1, 2)]
    one, two = rows
    verdicts, ratios = ours.verdicts(), []
    for rival in (Nbgrader, Otter):
        try:
            theirs = rival(course, folder / rival.name)
            row = _row(rival.name, theirs.run(), ours.size)
        except NotInstalled as problem:
            rows.append(Row(rival.name, [], note=str(problem)))
            continue
        rows.append(row)
        ratios += _ratios(rival.name, row, one, two)
        ratios.append(agreement(rival.name, verdicts, theirs.verdicts()))
    return [Section(f"The same {ours.size} notebooks, a notebook", rows), Section("In ratios", ratios)]


class Ours:
    """`autograder grade` on the class."""

    def __init__(self, course: Course, folder: Path) -> None:
        self._folder = folder
        self._course = course.root
        self.size = len(write_class(course, folder / "handed_in"))

    def run(self, workers: int) -> Finished:
        """Grade everything anew."""
        out = self._folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "autograder", "grade", str(self._folder / "handed_in"), "--out", str(out)]
        command += ["--course", str(self._course), "--workers", str(workers), "--require-isolation", "L1"]
        return checked(run_measured(command, ROOT, os.environ, self._folder / "log.txt"))

    def verdicts(self) -> Verdicts:
        """(student, task) -> whether it passed, from the reports of the last run."""
        reports = [json.loads(file.read_text("utf-8")) for file in (self._folder / "out" / "reports").glob("*.json")]
        return {
            (report["student"], task["name"]): task["outcome"] == "passed"
            for report in reports
            for task in report["tasks"]
        }


def checked(finished: Finished) -> Finished:
    """The same, if it ended well. Raises RuntimeError."""
    if finished.code:
        raise RuntimeError(f"exit code {finished.code}: {finished.output[-2000:]}")
    return finished


def agreement(name: str, ours: Verdicts, theirs: Verdicts) -> Row:
    """On how many answers both say the same."""
    others = sorted(
        f"{task} of {student}" for (student, task) in ours if theirs.get((student, task)) != ours[student, task]
    )
    note = f"of {len(ours)}" + (f"; not: {', '.join(others)}" if others else "")
    return Row(f"answers on which {name} and we agree", [len(ours) - len(others)], unit="", note=note)


def _row(what: str, finished: Finished, size: int) -> Row:
    return Row(what, [finished.wall / size], cpu=finished.cpu / size, note="whole program, divided by the notebooks")


def _ratios(name: str, theirs: Row, one: Row, two: Row) -> Sequence[Row]:
    assert theirs.cpu is not None and one.cpu is not None
    return [
        Row(f"{name} / ours, wall, two workers", [theirs.median / two.median], "x", note="throughput on two cores"),
        Row(f"{name} / ours, wall, one worker", [theirs.median / one.median], "x"),
        Row(f"{name} / ours, processor time", [theirs.cpu / one.cpu], "x", note="throughput per core"),
    ]
