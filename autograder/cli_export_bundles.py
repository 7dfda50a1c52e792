"""`autograder export gradescope|classroom50`: bundles that grade one lab over there."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    Stop,
    course_folders,
    ends_well,
    out_console,
    print_json,
)
from autograder.course import Course, load_course
from autograder.lab_source import Lab

LabOption = Annotated[str, typer.Option("--lab", help="The lab, such as 03_random_keys.")]


def add_to(export: typer.Typer) -> None:
    """Add the bundles to `export`."""
    export.command(epilog=EXIT_CODES)(gradescope)
    export.command("gradescope-run", hidden=True)(gradescope_run)


def gradescope(
    lab: LabOption,
    out: Annotated[Path | None, typer.Option("--out", help="The zip to write. Default: gradescope-LAB.zip.")] = None,
    course: CourseOption = None,
    allow_practice: Annotated[
        bool,
        typer.Option("--allow-practice", help="Where the kernel gives no L2: grade at L1, as a user without rights."),
    ] = False,
    wheels: Annotated[Path | None, typer.Option(help="Wheels to take along, for an image without a network.")] = None,
    minutes: Annotated[int, typer.Option(help="The time limit set in Gradescope.", min=2, max=40)] = 10,
    as_json: JsonOption = False,
) -> None:
    """Make the zip of an autograder for Gradescope. It holds the lab's answers: for Gradescope's eyes alone.

    Example: autograder export gradescope --lab 03_random_keys --out gradescope.zip
    """
    from autograder.export.gradescope_zip import Options, gradescope_zip, memory_to_choose
    from autograder.export.results_folder import ExportError
    from autograder.report.words import number
    from autograder.report.write import write_whole

    with ends_well():
        loaded = load_course(course_folders(course))
        chosen = _lab(loaded, lab)
        place = out or Path(f"gradescope-{lab}.zip")
        try:
            data = gradescope_zip(loaded, chosen, Options(allow_practice, minutes, wheels))
        except ExportError as error:
            raise Stop(str(error), 2) from error
        write_whole(place, data)
        size, points = memory_to_choose(chosen), number(sum(task.points for task in chosen.tasks))
        if as_json:
            return print_json({"out": str(place), "lab": lab, "bytes": len(data), "points": points, "container": size})
        say = f"Written: {place}. In Gradescope choose a container of {size} or more, and {points} points."
        out_console.print(say, markup=False, soft_wrap=True)
        return out_console.print("It holds the lab's answers and hidden checks: keep it to yourself.")


def gradescope_run(
    base: Annotated[Path, typer.Option(help="The folder of Gradescope's container.")] = Path("/autograder"),
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Try the grader on the notebook as it is handed out.")
    ] = False,
) -> None:
    """Grade the submission in Gradescope's container. What `run_autograder` in the zip calls.

    Example: autograder export gradescope-run --base /autograder
    """
    import os

    from autograder.sandbox.xla import quick_options

    os.environ["XLA_FLAGS"] = quick_options()  # before JAX is asked for anything
    from autograder.export.gradescope_grade import grade_one
    from autograder.export.gradescope_run import prepared, run

    with ends_well():
        outcome = prepared(base, grade_one) if prepare else run(base, grade_one)
        for line in outcome.staff:
            out_console.print(line, markup=False, soft_wrap=True)
        if not outcome.ok:
            raise Stop("Something of ours failed, see above.", 3)


def _lab(course: Course, name: str) -> Lab:
    from autograder.roster import did_you_mean

    labs = {lab.name: lab for lab in course.labs}
    if name not in labs:
        raise Stop(f"The course has no lab {name!r}.{did_you_mean(name, labs)} It has: {', '.join(labs)}.", 2)
    return labs[name]
