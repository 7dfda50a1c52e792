"""The rule on places: what `autograder new` has laid out is filled. A place is a line with the word TODO."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.course import Lab
from autograder.percent import read_cells
from autograder.verify.check_file import checks_of
from autograder.verify.house import House
from autograder.verify.problem import Problem
from autograder.verify.samples import KINDS, sample_files, task_and_story

_TODO = re.compile(r"(?<![A-Za-z])TODO(?![A-Za-z])")
Lines = Iterator[tuple[Path, int]]


def problems(house: House) -> list[Problem]:
    """Every place that is not filled yet."""
    return [_problem(house, path, line) for path, line in _places(house)]


def _problem(house: House, path: Path, line: int) -> Problem:
    if line == 0:
        return Problem(house.place(path), "place not filled yet: the name.", "Name the file for its story.")
    said = path.read_text("utf-8").splitlines()[line - 1].strip().removeprefix("# ")
    return Problem(house.place(path, line), f"place not filled yet: `{said[:100]}`.", "Fill it.")


def _places(house: House) -> Lines:
    """File and line of each; line 0 is the file's name."""
    settings = house.root / "solutions" / "course.toml"
    if house.part.is_all:
        yield from _in_lines(settings)
    for lab in house.part.labs:
        yield from _in_source(house, lab)
        yield from _in_checks(house, lab)
    for path in [path for kind in KINDS for path in sample_files(house.root, kind)]:
        if (task_and_story(path) or ("",))[0] in house.part.names:
            yield from [(path, 0)] if _TODO.search(path.stem) else []
            yield from _in_lines(path)


def _in_source(house: House, lab: Lab) -> Lines:
    """In the cells of the tasks under inspection, and in those of no task if the lab is there as a whole."""
    cells = read_cells(lab.source)
    ends = [cell.line for cell in cells[1:]] + [10**9]
    whole = len(house.tasks_of(lab)) == len(lab.tasks)
    for cell, end in zip(cells, ends, strict=True):
        if cell.task in house.part.names or (whole and not cell.role):
            yield from ((path, line) for path, line in _in_lines(lab.source) if cell.line <= line < end)


def _in_checks(house: House, lab: Lab) -> Lines:
    """In the checks of the tasks under inspection, and outside of checks if the lab is there as a whole."""
    names = [task.name for task in lab.tasks]
    owners = {(c.file, line): c.task(names) for c in checks_of(lab) for line in range(c.line, c.last + 1)}
    whole = len(house.tasks_of(lab)) == len(lab.tasks)
    for file in (lab.visible_checks, *lab.all_hidden):
        for at in _in_lines(file):
            if owners.get(at, "") in house.part.names or (whole and not owners.get(at)):
                yield at


def _in_lines(path: Path) -> Lines:
    if path.is_file():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if _TODO.search(line):
                yield path, number
