"""Overlap -> plain data, for a program to read."""

from dataclasses import asdict
from typing import Any

from autograder.plain_text import block, one_line
from autograder.similar.overlap import Overlap, Pair, Side
from autograder.similar.words import HINT


def as_data(overlap: Overlap) -> dict[str, Any]:
    """What `autograder similar --json` prints, beside the path of the page."""
    return {
        "note": HINT,
        "students": overlap.students,
        "pairs": [_pair(pair) for pair in overlap.pairs],
        "tasks": [asdict(task) for task in overlap.tasks],
        "tasks_too_short": overlap.untold,
        "problems": [one_line(problem) for problem in overlap.problems],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    values = {"lab": pair.lab, "task": pair.task, "similarity": pair.similarity, "shared": pair.shared}
    return values | {"first": _side(pair.first), "second": _side(pair.second)}


def _side(side: Side) -> dict[str, Any]:
    return {
        "student": one_line(side.student),
        "submission": side.submission,
        "source": one_line(side.source),
        "text": block(side.text),
        "lines": list(side.lines),
    }
