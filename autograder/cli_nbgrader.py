"""The `autograder nbgrader` commands: a course for nbgrader, and our grades in its gradebook."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    course_folders,
    ends_well,
    out_console,
    print_json,
)

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
