"""`autograder scores`: what everybody has in the end, by the course's policy."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)

if TYPE_CHECKING:
    from autograder.scores import Row, Scores

Numbers = Mapping[str, float | None]


def add_to(app: typer.Typer) -> None:
    """Add `scores` to the command."""
    app.command(epilog=EXIT_CODES)(scores)


def scores(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `grade --out` wrote.")],
    course: CourseOption = None,
    times: Annotated[Path | None, typer.Option(help="When work was handed in: a CSV, student,lab,time.")] = None,
    use_file_times: Annotated[
        bool, typer.Option("--use-file-times", help="Else take the time at which the notebook was last changed.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Count final scores from the stored reports, by the roster and the policy in course.toml. Nothing is executed.

    Writes OUT/final.csv, one row a student. What it takes away for late work stands in each report, with its reason.

    Example: autograder scores graded/ --course . --course my_course/ --times handed_in.csv
    """
    from autograder.course import load_course
    from autograder.desk import DeskError, open_desk
    from autograder.final_csv import NAME, to_csv
    from autograder.policy_file import read_policy
    from autograder.report.csv_file import ENCODING
    from autograder.report.write import write_whole
    from autograder.scores import count_scores
    from autograder.times import Clock, TimesError, read_times

    with ends_well():
        try:
            loaded = load_course(course_folders(course))
            roster, policy = read_policy(loaded.folders, [lab.name for lab in loaded.labs])
            clock_for = partial(Clock, rows=read_times(times) if times else (), use_file_times=use_file_times)
            with open_desk(out) as desk:
                counted = count_scores(desk, roster, policy, clock_for)
                write_whole(out / NAME, to_csv(counted).encode(ENCODING))
        except (DeskError, TimesError) as error:
            raise Stop(str(error), 2) from error
        if json_:
            print_json(_data(counted, out / NAME))
            return
        out_console.print(_table(counted))
        for note in counted.notes:
            err_console.print(f"! {note}", markup=False, soft_wrap=True)
        out_console.print(f"\nWith remarks: {(out / NAME).resolve()}", markup=False, soft_wrap=True)


def _table(scores: "Scores") -> Table:
    from autograder.final_csv import final, shown
    from autograder.plain_text import one_line
    from autograder.report.words import number

    table = Table(box=box.ROUNDED)
    table.add_column("student", max_width=24, overflow="fold")
    for lab, most in scores.labs.items():
        table.add_column(Text(f"{one_line(lab)}\nof {number(most)}".replace("_", " ")), justify="right")
    table.add_column("final %", justify="right")
    table.add_column("remarks", justify="right")
    for row in scores.rows:
        points = [shown(row.marks[lab]) or "?" for lab in scores.labs]
        count = str(len(row.remarks)) if row.remarks else ""
        table.add_row(Text(one_line(row.student.name)), *points, final(row.final) or "?", count)
    return table


def _data(scores: "Scores", path: Path) -> dict[str, Any]:
    return {
        "file": str(path),
        "labs": dict(scores.labs),
        "students": [_row(row) for row in scores.rows],
        "notes": list(scores.notes),
    }


def _row(row: "Row") -> dict[str, Any]:
    labs: Numbers = {lab: mark.points if mark.counts else None for lab, mark in row.marks.items()}
    return {"id": row.student.id, "name": row.student.name, "labs": labs, "final": row.final, "remarks": row.remarks}
