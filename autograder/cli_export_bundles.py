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
    export.command(epilog=EXIT_CODES)(classroom50)
    export.command("classroom50-run", hidden=True)(classroom50_run)


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
    from autograder.export.gradescope_zip import CONTAINER, Options, gradescope_zip
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
        points = number(sum(task.points for task in chosen.tasks))
        if as_json:
            return print_json(
                {"out": str(place), "lab": lab, "bytes": len(data), "points": points, "container": CONTAINER}
            )
        say = f"Written: {place}. In Gradescope choose a container of {CONTAINER}, and {points} points."
        out_console.print(say, markup=False, soft_wrap=True)
        return out_console.print("It holds the lab's answers and hidden checks: keep it to yourself.")


def gradescope_run(
    base: Annotated[Path, typer.Option(help="The folder of Gradescope's container.")] = Path("/autograder"),
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Try the grader on the notebook as it is handed out.")
    ] = False,
    as_json: JsonOption = False,
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
        if as_json:
            print_json({"ok": outcome.ok, "staff": list(outcome.staff), "results": outcome.results})
        for line in () if as_json else outcome.staff:
            out_console.print(line, markup=False, soft_wrap=True)
        if not outcome.ok:
            raise Stop("Something of ours failed, see above.", 3)


def classroom50(
    lab: LabOption,
    out: Annotated[Path, typer.Option("--out", help="The folder to write; new, or an earlier bundle.")],
    course: CourseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the folder by which Classroom 50 grades a lab. It is public, so it holds the visible checks alone.

    Example: autograder export classroom50 --lab 03_random_keys --out autograders/keys
    """
    from autograder.export.classroom50_bundle import classroom50_files
    from autograder.export.results_folder import ExportError
    from autograder.report.write import write_whole

    with ends_well():
        loaded = load_course(course_folders(course))
        if out.is_dir() and any(out.iterdir()) and not (out / "lab" / "lab.json").is_file():
            raise Stop(f"{out} holds something that is no bundle. Name a new folder with --out.", 2)
        try:
            files = classroom50_files(_lab(loaded, lab))
        except ExportError as error:
            raise Stop(str(error), 2) from error
        for name, data in files.items():
            write_whole(out / name, data)
        if as_json:
            return print_json({"out": str(out), "lab": lab, "files": len(files)})
        say = f"Written: {out}. It holds visible checks alone, for it is public: the grade that counts is made here."
        return out_console.print(say, markup=False, soft_wrap=True)


def classroom50_run(
    bundle: Annotated[Path, typer.Option(help="The bundle's folder.")],
    checkout: Annotated[Path, typer.Option(help="The student's checkout.")],
    as_json: JsonOption = False,
) -> None:
    """Grade a student's checkout by the visible checks. What `autograder.py` in the bundle calls.

    Example: autograder export classroom50-run --bundle . --checkout ../work
    """
    import os

    from autograder.sandbox.xla import quick_options

    os.environ["XLA_FLAGS"] = quick_options()
    from autograder.export.classroom50_run import run
    from autograder.export.results_folder import ExportError
    from autograder.export.visible_grade import grade_visible
    from autograder.report.words import points

    with ends_well():
        try:
            report = run(bundle, checkout, os.environ, grade_visible)
        except ExportError as error:
            raise Stop(str(error), 1) from error
        if as_json:
            return print_json({"problem": report.problem, "points": report.points, "max_points": report.max_points})
        said = report.problem or f"{points(report)} points."
        return out_console.print(said, markup=False, soft_wrap=True)


def _lab(course: Course, name: str) -> Lab:
    from autograder.roster import did_you_mean

    labs = {lab.name: lab for lab in course.labs}
    if name not in labs:
        raise Stop(f"The course has no lab {name!r}.{did_you_mean(name, labs)} It has: {', '.join(labs)}.", 2)
    return labs[name]
