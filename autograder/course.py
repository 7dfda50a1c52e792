"""A course folder, or several laid over one another -> the labs and their tasks.

A course is a folder with `solutions/`: one `<lab>.py` a lab (see percent.py), `course.toml` with the course's title and
seed, and `hidden/test_<lab>.py`. Its visible checks are in `checks/`, or, for the labs that ship, in `dlfb_lab`.
A folder that is laid over it (see course_layers.py) holds what differs: a seed, hidden checks, points, labs of its own.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course_layers import laid_over
from autograder.course_settings import CourseSettings, read_settings
from autograder.lab_source import HINTS_PER_TASK as HINTS_PER_TASK
from autograder.lab_source import Lab as Lab
from autograder.lab_source import Task as Task
from autograder.lab_source import read_lab
from autograder.percent import CourseError as CourseError

_log = logging.getLogger(__name__)
PACKAGE = "dlfb-lab"
Folders = Path | Sequence[Path]


@dataclass(frozen=True)
class Course:
    """A folder with `solutions/` and its built `exercises/`, loaded; perhaps with others laid over it.

    Attributes:
        root: the folder; where several lie over one another, the lowest.
        title: what the course is called.
        seed: what hidden inputs are drawn from.
        install: what pip is given on Google Colab, where nothing is installed yet.
        labs: in order.
        over: the folders that are laid over `root`, the one that wins last.
        show_solutions: whether `solution(...)` may show the reference to who has the folder.
    """

    root: Path
    title: str
    seed: int
    install: str
    labs: tuple[Lab, ...]
    over: tuple[Path, ...] = ()
    show_solutions: bool = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders that the course is made of, the one that wins last."""
        return (self.root, *self.over)

    @property
    def home(self) -> Path:
        """The folder into which new files of this course go: the uppermost."""
        return self.folders[-1]


def load_course(folders: Folders) -> Course:
    """The course in a folder, or in several laid over one another: what comes later wins.

    Raises:
        CourseError: a folder is no course, or one of its files breaks a rule; the message says which and what to do.
    """
    root, *over = [folders] if isinstance(folders, Path) else folders
    _refuse_a_folder_given_twice([root, *over])
    settings = _whole(read_settings(root), root)
    solutions = root / "solutions"
    labs = tuple(read_lab(root, source) for source in sorted(solutions.glob("*.py")))
    if not labs:
        raise CourseError(f"{solutions}: holds no lab. Add one, such as 01_arrays.py.")
    labs = settings.with_points(labs)
    for folder in over:
        above = read_settings(folder)
        labs, settings = laid_over(labs, folder, above), settings.under(above)
    _refuse_a_name_used_twice(labs)
    shown = ", ".join(str(folder) for folder in (root, *over))
    _log.info("read the course in %s: %d labs, %d tasks", shown, len(labs), sum(len(lab.tasks) for lab in labs))
    title, seed, install = settings.title or "", settings.seed or 0, settings.install or PACKAGE
    return Course(root, title, seed, install, labs, tuple(over), settings.show_solutions is True)


def _whole(settings: CourseSettings, root: Path) -> CourseSettings:
    """The settings of a course that lies on nothing: they must say all."""
    path = root / "solutions" / "course.toml"
    if not path.is_file():
        raise CourseError(f'{path}: missing. Write it: title = "..." and seed = (any whole number).')
    if settings.title is None:
        raise CourseError(f'{path}: has no title. Add a line such as title = "Learning JAX".')
    if settings.seed is None:
        raise CourseError(f"{path}: has no seed. Add a line such as seed = 20250101, a whole number.")
    return settings


def _refuse_a_folder_given_twice(folders: Sequence[Path]) -> None:
    seen: set[Path] = set()
    for folder in folders:
        if folder.resolve() in seen:
            raise CourseError(f"{folder}: this course is given twice. Name each folder once, the one that wins last.")
        seen.add(folder.resolve())


def _refuse_a_name_used_twice(labs: tuple[Lab, ...]) -> None:
    homes: dict[str, str] = {}
    for task in (task for lab in labs for task in lab.tasks):
        if task.name in homes:
            raise CourseError(
                f"the task `{task.name}` stands in {homes[task.name]}.py and in {task.lab}.py. "
                "Names are unique over all labs: rename one of them."
            )
        homes[task.name] = task.lab
