"""`lab list`: the labs, their tasks, and how far one has come."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dlfb_lab._catalog import CatalogTask, catalog, labs
from dlfb_lab._lab.notebooks import find_notebook, shown
from dlfb_lab._progress import TaskProgress, read_progress


def listing(wanted: Collection[str]) -> RenderableType:
    """Everything that `lab list` shows of these labs."""
    known, tasks = read_progress(), [task for task in catalog().values() if task.lab in wanted]
    parts: list[RenderableType] = []
    for name in wanted:
        own = [task for task in tasks if task.lab == name]
        parts += [Text(f"{name}  {labs()[name].title}", style="bold"), _table(own, known), Text()]
    return Group(*parts, Text(_totals(tasks, known)), *(Text(line) for line in _what_next(tasks, known)))


def progress_words(known: TaskProgress) -> str:
    """How far a task is: a mark and the word for it, and what was looked at."""
    if known.passed:
        words = "✓ all checks hold"
    elif known.of:
        words = f"✗ {known.held} of {known.of} hold"
    else:
        words = "○ not begun"
    hints = known.hints.bit_count()
    seen = [f"{hints} {'hint' if hints == 1 else 'hints'}"] if hints else []
    return ", ".join([words, *seen, *(["solution seen"] if known.solution else [])])


def _what_next(tasks: Sequence[CatalogTask], known: Mapping[str, TaskProgress]) -> Iterator[str]:
    """A line on what to do now."""
    left = next((task for task in tasks if not known.get(task.name, TaskProgress()).passed), None)
    if left is None:
        yield "Everything holds. `lab submit` makes the zip to hand in."
        return
    path = find_notebook(left.lab)
    where = f"open {shown(path)}" if path else f"there is no {left.lab}.ipynb here; change to your notebooks' folder"
    yield f"Next: {left.name} ({left.minutes} minutes): {where}."


def _table(tasks: Sequence[CatalogTask], known: Mapping[str, TaskProgress]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    # The same width in each lab's table, so that the columns stand below each other.
    widest = max(len(name) for name in catalog())
    table.add_column("task", min_width=widest, overflow="fold")
    for head in ("points", "difficulty", "minutes"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("your progress")
    for task in tasks:
        words = progress_words(known.get(task.name, TaskProgress()))
        table.add_row(task.name, f"{task.points:g}", f"{task.difficulty} of 5", str(task.minutes), words)
    return table


def _totals(tasks: Sequence[CatalogTask], known: Mapping[str, TaskProgress]) -> str:
    done = [task for task in tasks if known.get(task.name, TaskProgress()).passed]
    minutes = sum(task.minutes for task in tasks) - sum(task.minutes for task in done)
    points, total = (sum(task.points for task in some) for some in (done, tasks))
    left = f", about {minutes} minutes to go" if minutes else ""
    return f"{len(done)} of {len(tasks)} tasks hold, {points:g} of {total:g} points{left}."
