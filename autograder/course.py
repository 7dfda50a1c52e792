"""A course folder -> its labs and tasks.

A course is a folder with `solutions/`: one `<lab>.py` a lab (see percent.py), `course.toml` with the course's title and
seed, and `hidden/test_<lab>.py`. Its visible checks are in `checks/`, or, for the labs that ship, in `dlfb_lab`.
"""

import importlib.util
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.names import why_not_a_task_name
from autograder.percent import TASK_WORDS, Cell, read_cells
from autograder.percent import CourseError as CourseError
from autograder.stub import has_marker, kind_of, stub_of

HINTS_PER_TASK = 3
PACKAGE = "dlfb-lab"


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
        starter: what stands in the answer's cell before the student writes there.
    """

    name: str
    lab: str
    title: str
    kind: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    starter: str


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
    """A folder with `solutions/` and its built `exercises/`, loaded.

    Attributes:
        root: the folder.
        title: what the course is called.
        seed: what hidden inputs are drawn from.
        install: what pip is given on Google Colab, where nothing is installed yet.
        labs: in order.
    """

    root: Path
    title: str
    seed: int
    install: str
    labs: tuple[Lab, ...]


def load_course(root: Path) -> Course:
    """The course in folder `root`.

    Raises:
        CourseError: the folder is no course, or one of its files breaks a rule; the message says which and what to do.
    """
    solutions = root / "solutions"
    if not solutions.is_dir():
        raise CourseError(f"{root}: no course, for it has no folder `solutions`. Name a course folder with --course.")
    title, seed, install = _settings(solutions / "course.toml")
    labs = tuple(_lab(root, source) for source in sorted(solutions.glob("*.py")))
    if not labs:
        raise CourseError(f"{solutions}: holds no lab. Add one, such as 01_arrays.py.")
    _refuse_a_name_used_twice(labs)
    return Course(root, title, seed, install, labs)


def _settings(path: Path) -> tuple[str, int, str]:
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CourseError(f'{path}: missing. Write it: title = "..." and seed = (any whole number).') from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{path}: cannot be read ({error}). Correct it.") from error
    title, seed, install = settings.get("title"), settings.get("seed"), settings.get("install", PACKAGE)
    if not isinstance(title, str) or not title:
        raise CourseError(f'{path}: has no title. Add a line such as title = "Learning JAX".')
    if type(seed) is not int or seed < 0:
        raise CourseError(f"{path}: has no seed. Add a line such as seed = 20250101, a whole number.")
    if not isinstance(install, str) or not install or set(install) & set('"\n\\'):
        raise CourseError(f'{path}: install={install!r}. It is what pip is given on Colab: install = "{PACKAGE}".')
    return title, seed, install


def _lab(root: Path, source: Path) -> Lab:
    name = source.stem
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", name):
        raise CourseError(f"{source}: not a lab's name. Rename it with small letters, digits and `_`: 01_arrays.py.")
    cells = read_cells(source)
    hidden = root / "solutions" / "hidden" / f"test_{name}.py"
    return Lab(
        name=name,
        title=_heading(next((cell for cell in cells if cell.kind == "markdown"), None)) or _no_title(source),
        tasks=_tasks(name, cells),
        source=source,
        visible_checks=_visible_checks(root, name),
        hidden_checks=hidden if hidden.is_file() else None,
    )


def _visible_checks(root: Path, lab: str) -> Path:
    own = root / "checks" / f"test_{lab}.py"
    if own.is_file():
        return own
    package = importlib.util.find_spec("dlfb_lab")
    for folder in (package and package.submodule_search_locations) or ():
        shipped = Path(folder) / "checks" / f"test_{lab}.py"
        if shipped.is_file():
            return shipped
    raise CourseError(f"{own}: missing, and dlfb_lab ships no checks for the lab {lab!r}. Write it.")


def _heading(cell: Cell | None) -> str:
    found = re.search(r"^#+\s+(.+?)\s*$", cell.text, re.MULTILINE) if cell else None
    return found.group(1) if found else ""


def _no_title(source: Path) -> str:
    raise CourseError(f"{source}: has no title. Begin its first [markdown] cell with a heading, such as `# # Arrays`.")


def _tasks(lab: str, cells: tuple[Cell, ...]) -> tuple[Task, ...]:
    heads = [cell for cell in cells if cell.role == "task"]
    known = Counter(cell.task for cell in heads)
    for cell in cells:
        if cell.role and cell.task not in known:
            raise cell.problem(
                f"{cell.role}={cell.task!r} names no task of this lab. Correct the name, or add its task cell."
            )
        if cell.role != "answer" and has_marker(cell.text):
            raise cell.problem(
                "a solution marker outside an answer cell. Write answer= and the task's name in its header."
            )
    return tuple(_task(lab, head, [cell for cell in cells if cell.task == head.task]) for head in heads)


def _task(lab: str, head: Cell, cells: list[Cell]) -> Task:
    if reason := why_not_a_task_name(head.task):
        raise head.problem(f"`{head.task}` cannot be a task's name: {reason}. Choose another one.")
    for role in ("task", "answer", "check"):
        count = sum(cell.role == role for cell in cells)
        if count != 1:
            raise head.problem(f"the task `{head.task}` has {count} {role} cells. It needs exactly one.")
    hints = tuple(cell.text for cell in cells if cell.role == "hint")
    if len(hints) != HINTS_PER_TASK:
        raise head.problem(f"the task `{head.task}` has {len(hints)} hints. It needs three, each saying more.")
    answer = next(cell for cell in cells if cell.role == "answer")
    starter = stub_of(answer)
    title = _heading(head)
    if not title:
        raise head.problem(f"the task `{head.task}` has no title. Begin its text with a heading: `# ## Count k-mers`.")
    points, difficulty, minutes = _numbers(head)
    return Task(head.task, lab, title, kind_of(answer), points, difficulty, minutes, hints, starter)


def _numbers(head: Cell) -> tuple[float, int, int]:
    for word in TASK_WORDS:
        if word not in head.numbers:
            raise head.problem(f"the task `{head.task}` has no {word}. Add {word}= to its header.")
    points, difficulty, minutes = (head.numbers[word] for word in TASK_WORDS)
    if type(points) not in (int, float) or not 0 < points <= 1000:
        raise head.problem(f"points={points!r}. It must be a number above 0.")
    if type(difficulty) is not int or not 1 <= difficulty <= 5:
        raise head.problem(f"difficulty={difficulty!r}. It must be 1, 2, 3, 4 or 5.")
    if type(minutes) is not int or minutes < 1:
        raise head.problem(f"minutes={minutes!r}. It must be a whole number above 0.")
    return points, difficulty, minutes


def _refuse_a_name_used_twice(labs: tuple[Lab, ...]) -> None:
    homes: dict[str, str] = {}
    for task in (task for lab in labs for task in lab.tasks):
        if task.name in homes:
            raise CourseError(
                f"the task `{task.name}` stands in {homes[task.name]}.py and in {task.lab}.py. "
                "Names are unique over all labs: rename one of them."
            )
        homes[task.name] = task.lab
