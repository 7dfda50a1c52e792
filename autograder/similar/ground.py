"""What nobody can have copied from a neighbor: the common ground of a task.

It is the lab's own code (what the prose shows, the starters, the hints), the course's own answer, and the right sample
answers that lie beside the course.
"""

import re
from collections.abc import Iterable

from autograder.course import Course, Lab
from autograder.percent import Cell, read_cells
from autograder.similar.answers import answer_to
from autograder.similar.fingerprints import all_hashes
from autograder.similar.notebook_code import read_code
from autograder.similar.tokens import tokens_of
from autograder.verify.samples import Sample, samples_of

_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def common_ground(lab: Lab, samples: Iterable[Sample] = ()) -> dict[str, frozenset[int]]:
    """By task, the hashes of everything that is common to all. `samples` are answers to any tasks.

    Raises:
        CourseError: the lab's source cannot be read.
    """
    names, given = [task.name for task in lab.tasks], given_statements(lab)
    cells, by_task = read_cells(lab.source), {task.name: set[int]() for task in lab.tasks}
    code = read_code(cell.text for cell in cells if cell.kind == "code")
    shown = _hashes_of_all(_shown(cells, lab), code.imported)
    for name, hashes in by_task.items():
        answer = answer_to(name, code, names, given)
        hashes |= shown | _hashes_of_all([answer.text] if answer else [], code.imported)
    for sample in samples:
        if sample.task in by_task:
            own = read_code([sample.source])
            answer = answer_to(sample.task, own)
            by_task[sample.task] |= _hashes_of_all([answer.text] if answer else [], code.imported | own.imported)
    return {name: frozenset(hashes) for name, hashes in by_task.items()}


def given_statements(lab: Lab) -> frozenset[str]:
    """The texts of the statements that stand in the lab's notebook before a student writes anything.

    Raises:
        CourseError: the lab's source cannot be read.
    """
    cells = [cell.text for cell in read_cells(lab.source) if cell.kind == "code" and not cell.role]
    return frozenset(statement.text for statement in read_code(cells).statements)


def right_samples(course: Course) -> list[Sample]:
    """The right sample answers beside the course's folders; none where there are none."""
    return [sample for folder in course.folders for sample in samples_of(folder, "right")]


def _shown(cells: Iterable[Cell], lab: Lab) -> list[str]:
    """The pieces of code that a student is given."""
    cells = list(cells)
    code = [cell.text for cell in cells if cell.kind == "code" and not cell.role]
    blocks = [block for cell in cells if cell.kind == "markdown" for block in _BLOCK.findall(cell.text)]
    return [*code, *blocks, *(task.starter for task in lab.tasks)]


def _hashes_of_all(texts: Iterable[str], imported: dict[str, str]) -> set[int]:
    return {one for text in texts for one in all_hashes(tokens_of(text, imported))}
