"""How long `autograder similar` takes for a large class: python tests/bench/similar.py [STUDENTS].

Each student's notebook is the lab's own, with an answer to every task: one of the sample answers, right or wrong, with
some statements of their own, so that no two are the same, as in a real class. The last student has two answers of the
first one, in disguise (tests/similar).
"""

import json
import random
import sys
import time
from pathlib import Path

from autograder.collect import Submission
from autograder.course import load_course
from autograder.percent import read_cells
from autograder.similar import find_overlap, right_samples
from autograder.verify.samples import samples_of

ROOT = Path(__file__).parents[2]
LAB = "11_training_loop"
COPIED = ("minibatches", "train_with_patience")


def submissions(count: int) -> list[Submission]:
    """Notebooks of `count` students."""
    course = load_course(ROOT)
    lab = next(lab for lab in course.labs if lab.name == LAB)
    prose = [cell.text for cell in read_cells(lab.source) if cell.kind == "code" and not cell.role]
    samples = samples_of(ROOT, "right") + samples_of(ROOT, "wrong")
    by_task = {task.name: [one.source for one in samples if one.task == task.name] for task in lab.tasks}
    drawn = random.Random(0)
    classroom = [[_own(drawn.choice(given), drawn) for given in by_task.values() if given] for _ in range(count)]
    for student, story in ((0, "original"), (-1, "disguised")):
        classroom[student] += [(ROOT / "tests/similar" / task / f"{story}.py").read_text("utf-8") for task in COPIED]
    return [_submission(number, [*prose, *answers]) for number, answers in enumerate(classroom)]


def _own(answer: str, drawn: random.Random) -> str:
    """The answer, with statements of the student's own in its functions."""
    lines = []
    for line in answer.splitlines():
        lines.append(line)
        if line.startswith("def ") and line.endswith(":"):
            names = [f"value_{number}" for number in range(drawn.randrange(1, 5))]
            lines += [f"    {name} = {drawn.choice('abc')!r} * {drawn.randrange(99)} + str({names})" for name in names]
            lines.append(f"    assert len({names[0]}) >= {drawn.randrange(9)}, [{', '.join(names)}]")
    return "\n".join(lines)


def _submission(number: int, cells: list[str]) -> Submission:
    notebook = {
        "cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells],
        "metadata": {"dlfb_lab": {"lab": LAB}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    name = f"student_{number:04}"
    return Submission(name, name, f"{name}.ipynb", f"{name}.ipynb", json.dumps(notebook).encode())


def main() -> None:
    """Say how long it took, and what was found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    given, course = submissions(count), load_course(ROOT)
    started, worked = time.perf_counter(), time.process_time()
    overlap = find_overlap(given, course, right_samples(course))
    seconds, busy = time.perf_counter() - started, time.process_time() - worked
    compared = sum(task.compared for task in overlap.tasks)
    answers = sum(task.answers for task in overlap.tasks)
    print(f"{count} students, {len(overlap.tasks)} tasks, {answers} answers, {compared} compared")
    print(f"{seconds:.0f} s, {busy:.0f} s of them at work")
    copied = {given[0].student, given[-1].student}
    found = [pair.task for pair in overlap.pairs if {pair.first.student, pair.second.student} == copied]
    print(f"{len(overlap.pairs)} pairs, {len(found)} of them the copy: {', '.join(found)}")


if __name__ == "__main__":
    main()
