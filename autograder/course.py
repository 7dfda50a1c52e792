"""A course folder -> its labs and tasks."""

from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """A course folder that cannot be used. The message names the file, what is wrong and what to do."""


@dataclass(frozen=True)
class Task:
    """One Python name that a lab asks for.

    Attributes:
        name: the Python name, unique over all labs.
        lab: the lab's name, such as "03_random_keys".
        title: its heading.
        kind: "function" (the stub is a function, or a class) or "value" (the stub is None).
        points: what it is worth.
        difficulty: 1 to 5.
        minutes: how long a learner needs.
        hints: three texts, each saying more.
    """

    name: str
    lab: str
    title: str
    kind: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Lab:
    """One lab: its source, its tasks in order, and the files of its checks."""

    name: str
    title: str
    tasks: tuple[Task, ...]
    source: Path
    visible_checks: Path
    hidden_checks: Path | None


@dataclass(frozen=True)
class Course:
    """A folder with `solutions/` and its built `exercises/`, loaded."""

    root: Path
    title: str
    seed: int
    labs: tuple[Lab, ...]
