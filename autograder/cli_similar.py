"""The `autograder similar` command: which answers of a class look alike."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    Stop,
    course_folders,
    ends_well,
    err_console,
    out_console,
    print_json,
    progress_bar,
)

SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Add `similar` to the command."""
    app.command(epilog=EXIT_CODES)(similar)


def similar(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of any depth, zips: the whole class.")],
    lab: Annotated[list[str] | None, typer.Option(help="Look at this lab alone; may be given again.")] = None,
    threshold: Annotated[
        float, typer.Option(help="How much of its own an answer must share to be listed, 0 to 1.", min=0.0, max=1.0)
    ] = 0.6,
    out: Annotated[Path, typer.Option(help="The page with both answers of each pair side by side.")] = Path(
        "similar.html"
    ),
    course: CourseOption = None,
    json_: JsonOption = False,
) -> None:
    """List pairs of answers that look alike: a hint to look at both, never a verdict.

    Names, comments, layout and the order of independent lines do not count. What the lab shows, the course answers or
    many in the class write is left out, so give the whole class. Short answers are never listed. Nothing is run, and
    no grade changes. The page shows students' work: keep it as you keep that.

    Example: autograder similar submitted/ --lab 11_training_loop --out similar.html
    """
    from autograder.collect import collect
    from autograder.course import load_course
    from autograder.report.write import write_whole
    from autograder.similar import as_data, find_overlap, right_samples, similar_page

    with ends_well():
        loaded = load_course(course_folders(course))
        _refuse_unknown(lab or [], [each.name for each in loaded.labs])
        if out.is_dir():
            raise Stop(f"{out} is a folder. Name a file for the page, such as --out {out / 'similar.html'}.", 2)
        found = collect(paths)
        if not found.submissions:
            raise Stop(" ".join([*found.problems, "Give notebooks, folders that hold some, or zips of them."]), 2)
        with progress_bar(len(found.submissions)) as progress:
            bar = progress.add_task("reading", total=len(found.submissions))
            overlap = find_overlap(
                found.submissions,
                loaded,
                right_samples(loaded),
                labs=lab or (),
                threshold=threshold,
                problems=found.problems,
                on_read=lambda: progress.advance(bar),
            )
        write_whole(out, similar_page(overlap).encode())
        if json_:
            print_json(as_data(overlap) | {"page": str(out.resolve())})
        else:
            _print(overlap, out)


def _refuse_unknown(wanted: list[str], known: list[str]) -> None:
    for name in wanted:
        if name not in known:
            raise Stop(f"--lab {name}: this course has no such lab. It has {', '.join(known)}.", 2)


def _print(overlap: Any, out: Path) -> None:
    from autograder.similar.words import HINT, what_cannot_be_told, what_was_seen

    for problem in overlap.problems:
        err_console.print(f"! {problem}", markup=False, soft_wrap=True)
    if overlap.pairs:
        out_console.print(_table(overlap.pairs[:SHOWN]))
    if len(overlap.pairs) > SHOWN:
        out_console.print(f"... and {len(overlap.pairs) - SHOWN} weaker pairs.")
    sentences = [what_was_seen(overlap), what_cannot_be_told(overlap), *([HINT] if overlap.pairs else [])]
    for sentence in filter(None, sentences):
        out_console.print(sentence, markup=False, soft_wrap=True)
    out_console.print(f"\nSide by side: {out.resolve()}", markup=False, soft_wrap=True)


def _table(pairs: Any) -> Table:
    from autograder.plain_text import one_line
    from autograder.similar.words import percent

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("alike", justify="right", no_wrap=True)
    for head in ("task", "student", "and"):
        table.add_column(head, overflow="fold")
    for pair in pairs:
        names = (one_line(side.student) for side in (pair.first, pair.second))
        table.add_row(percent(pair.similarity), pair.task, *(Text(name) for name in names))
    return table
