"""The `autograder nbgrader` commands: a course for nbgrader, and our grades in its gradebook."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

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
from autograder.collect import Submission
from autograder.course import Course
from autograder.report.record import Report

_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work with nbgrader: its courses, its gradebook.")


def add_to(app: typer.Typer) -> None:
    """Add `nbgrader` to the command."""
    app.add_typer(_app, name="nbgrader")


@_app.command(epilog=EXIT_CODES)
def course(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the nbgrader course goes, or is.")],
    labs: Annotated[str, typer.Option(help="Which labs, with commas between them. Default: all.")] = "",
    course: CourseOption = None,
    json_: JsonOption = False,
) -> None:
    """Write a course that nbgrader can validate, release and grade: source notebooks, hidden tests, configuration.

    Run it again after a change of the course. It keeps nbgrader_config.py, and cells that a person grades.

    Hidden checks run in the student's kernel there, as always with nbgrader. For grades that count, see
    `autograder nbgrader gradebook`.

    Example: autograder nbgrader course jax101 --labs 02_immutability,03_random_keys
    """
    from autograder.course import load_course
    from autograder.nbgrader.course_folder import write_course

    with ends_well():
        names = [name for name in labs.replace(" ", "").split(",") if name]
        loaded = load_course(course_folders(course))
        said = list(write_course(loaded, folder, names))
        if json_:
            print_json({"folder": str(folder), "written": said})
            return
        for line in said:
            out_console.print(line, markup=False, soft_wrap=True)
        assignment = names[0] if names else loaded.labs[0].name
        steps = [
            "Where nbgrader runs, this package is needed, too: pip install dlfb-lab",
            f"See that all is well: nbgrader validate source/{assignment}/{assignment}.ipynb",
            f"Make what students get, release/{assignment}: nbgrader generate_assignment {assignment}",
        ]
        numbered = (f"  {number}. {step}" for number, step in enumerate(steps, 1))
        out_console.print(f"\nNext, in {folder}:", *numbered, sep="\n", markup=False, soft_wrap=True)


@_app.command(epilog=EXIT_CODES)
def gradebook(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `autograder grade --out` wrote.")],
    file: Annotated[Path, typer.Argument(metavar="GRADEBOOK", help="nbgrader's gradebook.db; made if it is missing.")],
    submitted: Annotated[
        list[Path] | None, typer.Option(help="What was graded, so that the notebooks are written, too.")
    ] = None,
    course: CourseOption = None,
    json_: JsonOption = False,
) -> None:
    """Write the reports of an output folder into nbgrader's gradebook: points, comments, and the graded notebooks.

    Run it as often as you like: it updates, never doubles, and leaves manual scores and comments alone. Where the
    points changed below a manual score, formgrader asks for a look. `autograder grade --gradebook` does the same.

    Example: autograder nbgrader gradebook graded jax101/gradebook.db --submitted jax101/submitted
    """
    from autograder.collect import collect
    from autograder.course import load_course
    from autograder.export.results_folder import ExportError, read_results

    with ends_well():
        try:
            reports = read_results(out)
        except ExportError as error:
            raise Stop(str(error), 2) from None
        found = collect(submitted or [])
        loaded = load_course(course_folders(course))
        data = write_gradebook(reports, loaded, file, found.submissions, found.problems, quiet=json_)
        if json_:
            print_json(data)


def write_gradebook(
    reports: Sequence[Report],
    course: Course,
    file: Path,
    submissions: Sequence[Submission],
    problems: Sequence[str] = (),
    *,
    quiet: bool = False,
) -> dict[str, Any]:
    """Write the reports into the gradebook, and, unless `quiet`, say so; the same as data for `--json`.

    Raises:
        Stop: that cannot be done.
    """
    from autograder.nbgrader.gradebook_file import GradebookUnusable
    from autograder.nbgrader.write_back import write_back

    try:
        written = write_back(reports, course, file, {one.id: one for one in submissions})
    except GradebookUnusable as error:
        raise Stop(str(error), 1) from None
    problems = [*problems, *written.problems]
    counts = {"scores": written.scores, "notebooks": written.notebooks}
    data = {"gradebook": str(file), **counts, "problems": problems}
    if quiet:
        return data
    for problem in problems:
        err_console.print(f"! {problem}", markup=False, soft_wrap=True)
    where = f"{written.notebooks} notebooks in {file.parent / 'autograded'}"
    beside = where if written.notebooks else "no notebooks: name where they lie with --submitted"
    out_console.print(f"{file}: the points of {written.scores} submissions; {beside}.", markup=False, soft_wrap=True)
    return data
