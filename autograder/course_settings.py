"""`solutions/course.toml` -> the settings of a course, or of a folder that is laid over one."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.lab_source import Lab, are_points
from autograder.percent import CourseError
from autograder.roster import did_you_mean

_OWN = ("title", "seed", "install", "show_solutions", "replace_hidden", "points")
# What policy.py reads; no verdict depends on it.
POLICY = ("roster", "students", "groups", "due", "late", "extensions", "weights", "best_of", "drop_lowest")


@dataclass(frozen=True)
class CourseSettings:
    """What one `course.toml` says. None stands for what it leaves to the course below.

    Attributes:
        path: the file.
        title: what the course is called.
        seed: what hidden inputs are drawn from.
        install: what pip is given on Google Colab.
        show_solutions: whether `solution(...)` may show a reference.
        replace_hidden: whether this folder's hidden checks of a lab take the place of those below.
        points: what tasks are worth, by name.
        policy: what it says of students, dates and grades; policy.py reads it.
    """

    path: Path
    title: str | None = None
    seed: int | None = None
    install: str | None = None
    show_solutions: bool | None = None
    replace_hidden: bool = False
    points: Mapping[str, float] = field(default_factory=dict)
    policy: Mapping[str, Any] = field(default_factory=dict)

    def under(self, above: "CourseSettings") -> "CourseSettings":
        """These settings with those of a folder that is laid over them."""
        names = ("title", "seed", "install", "show_solutions")
        said = {name: value for name in names if (value := getattr(above, name)) is not None}
        return replace(self, **said)

    def with_points(self, labs: tuple[Lab, ...]) -> tuple[Lab, ...]:
        """The labs with the points that this file gives their tasks. Raises CourseError: nobody has such a task."""
        known = [task.name for lab in labs for task in lab.tasks]
        for name in self.points:
            if name not in known:
                raise CourseError(
                    f"{self.path}: [points] names `{name}`, which is no task of the course."
                    f"{did_you_mean(name, known)} Correct the name, or remove the line."
                )
        return tuple(self._with_points(lab) for lab in labs)

    def _with_points(self, lab: Lab) -> Lab:
        if not {task.name for task in lab.tasks} & self.points.keys():
            return lab
        tasks = tuple(replace(task, points=self.points.get(task.name, task.points)) for task in lab.tasks)
        return replace(lab, tasks=tasks)


def read_settings(root: Path) -> CourseSettings:
    """The settings in a course's folder; empty ones where the file is missing.

    Raises:
        CourseError: the folder has no `solutions`, or the file says something that cannot be.
    """
    solutions = root / "solutions"
    if not solutions.is_dir():
        raise CourseError(f"{root}: no course, for it has no folder `solutions`. Name a course folder with --course.")
    path = solutions / "course.toml"
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return CourseSettings(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{path}: cannot be read ({error}). Correct it.") from error
    _refuse_unknown_words(path, said)
    return CourseSettings(
        path,
        title=_title(path, said),
        seed=_seed(path, said),
        install=_install(path, said),
        show_solutions=said.get("show_solutions"),
        replace_hidden=_replace_hidden(path, said),
        points=_points(path, said),
        policy={word: said[word] for word in POLICY if word in said},
    )


def _refuse_unknown_words(path: Path, said: Collection[str]) -> None:
    for word in said:
        if word not in (*_OWN, *POLICY):
            raise CourseError(
                f"{path}: `{word}` is no setting of a course.{did_you_mean(word, (*_OWN, *POLICY))} "
                f"Known are {', '.join((*_OWN, *POLICY))}."
            )


def _title(path: Path, said: Mapping[str, Any]) -> str | None:
    title = said.get("title")
    if title is not None and (not isinstance(title, str) or not title):
        raise CourseError(f'{path}: has no title. Add a line such as title = "Learning JAX".')
    return title


def _seed(path: Path, said: Mapping[str, Any]) -> int | None:
    seed = said.get("seed")
    if seed is not None and (type(seed) is not int or seed < 0):
        raise CourseError(f"{path}: has no seed. Add a line such as seed = 20250101, a whole number.")
    return seed


def _install(path: Path, said: Mapping[str, Any]) -> str | None:
    install = said.get("install")
    if install is not None and (not isinstance(install, str) or not install or set(install) & set('"\n\\')):
        raise CourseError(f'{path}: install={install!r}. It is what pip is given on Colab: install = "dlfb-lab".')
    return install


def _replace_hidden(path: Path, said: Mapping[str, Any]) -> bool:
    value = said.get("replace_hidden", False)
    if not isinstance(value, bool):
        raise CourseError(f"{path}: replace_hidden={value!r}. It is true or false.")
    return value


def _points(path: Path, said: Mapping[str, Any]) -> dict[str, float]:
    table = said.get("points", {})
    if not isinstance(table, dict):
        raise CourseError(f"{path}: points={table!r}. It is a table: [points], and below it lines such as counts = 2.")
    for name, value in table.items():
        if not are_points(value):
            raise CourseError(f"{path}: [points] {name} = {value!r}. It must be a number above 0.")
    return table
