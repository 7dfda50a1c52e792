"""A lab's source and the files of its checks -> the lab and its tasks."""

import importlib.util
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from autograder.names import why_not_a_task_name
from autograder.percent import TASK_WORDS, Cell, CourseError, read_cells
from autograder.stub import has_marker, kind_of, stub_of

HINTS_PER_TASK = 3


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
    """One lab.

    Attributes:
        name: such as "03_random_keys".
        title: its heading.
        tasks: in order.
        source: the file of its cells and answers.
        visible_checks: the file of the checks that students have, too.
        hidden_checks: the file of those that they have not; None where there is none.
        more_hidden: further files of hidden checks, from folders laid over the lab's own.
    """

    name: str
    title: str
    tasks: tuple[Task, ...]
    source: Path
    visible_checks: Path
    hidden_checks: Path | None
    more_hidden: tuple[Path, ...] = ()

    @property
    def all_hidden(self) -> tuple[Path, ...]:
        """Every file of its hidden checks."""
        return (*([self.hidden_checks] if self.hidden_checks is not None else []), *self.more_hidden)


def read_lab(root: Path, source: Path, *, checks: Path | None = None) -> Lab:
    """The lab whose source this is.

    Args:
        root: the course's folder.
        source: a file of its `solutions`.
        checks: its visible checks, where the course's folder holds none.

    Raises:
        CourseError: a file breaks a rule; the message says which and what to do.
    """
    name = source.stem
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", name):
        raise CourseError(f"{source}: not a lab's name. Rename it with small letters, digits and `_`: 01_arrays.py.")
    cells = read_cells(source)
    hidden = root / "solutions" / "hidden" / f"test_{name}.py"
    own = root / "checks" / f"test_{name}.py"
    return Lab(
        name=name,
        title=_heading(next((cell for cell in cells if cell.kind == "markdown"), None)) or _no_title(source),
        tasks=_tasks(name, cells),
        source=source,
        visible_checks=own if own.is_file() else checks or _shipped_checks(own, name),
        hidden_checks=hidden if hidden.is_file() else None,
    )


def _shipped_checks(own: Path, lab: str) -> Path:
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
    if not are_points(points):
        raise head.problem(f"points={points!r}. It must be a number above 0.")
    if type(difficulty) is not int or not 1 <= difficulty <= 5:
        raise head.problem(f"difficulty={difficulty!r}. It must be 1, 2, 3, 4 or 5.")
    if type(minutes) is not int or minutes < 1:
        raise head.problem(f"minutes={minutes!r}. It must be a whole number above 0.")
    return points, difficulty, minutes


def are_points(value: object) -> bool:
    """Whether a task can be worth `value`."""
    return type(value) in (int, float) and 0 < value <= 1000  # type: ignore[operator]
