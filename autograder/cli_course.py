"""`autograder course new`: a course folder of one's own, on top of the public labs."""

import shlex
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

course_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep a course folder of your own.")


def add_to(app: typer.Typer) -> None:
    """Add `course` and its word."""
    app.add_typer(course_app, name="course")


@course_app.callback()
def _course() -> None:
    """Keep a course folder of your own: hidden checks and a seed that no student knows, points, extra labs."""


@course_app.command(epilog=EXIT_CODES)
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where it goes. Nothing there is overwritten.")],
    labs: Annotated[str, typer.Option(help="Which labs, such as 02_immutability,05. Default: all.")] = "",
    title: Annotated[str, typer.Option(help="What your course is called.")] = "My course",
    course: CourseOption = None,
    json_: JsonOption = False,
) -> None:
    """Lay out a course folder of your own, to be laid over the public labs with a second --course.

    Example: autograder course new ../my_course --labs 02,03
    """
    from autograder.course import load_course
    from autograder.new import write_draft
    from autograder.new.course import course_draft
    from autograder.release.parts import chosen_labs

    with ends_well():
        below = load_course(course_folders(course))
        words = [word.strip() for word in labs.split(",") if word.strip()]
        draft = course_draft(below, folder, chosen_labs(below, words), title)
        lines = list(write_draft(draft))
        options = [word for one in (*below.folders, folder) for word in ("--course", str(one))]
        written = shlex.join(options)
        if json_:
            print_json({"folder": str(folder), "files": [str(path) for path in draft.new], "options": options})
            return
        steps = [
            "Write hidden checks of your own where it says TODO, in solutions/hidden.",
            "Set points, roster and policy in solutions/course.toml.",
            f"Add a lab or tasks of your own, if you like: autograder new 20_my_lab {written}",
            f"See whether all rules hold: autograder verify {written}",
            f"Grade with it: autograder grade submitted/ --out graded {written}",
        ]
        numbered = (f"  {number}. {step}" for number, step in enumerate(steps, 1))
        out_console.print(*lines, "\nNext:", *numbered, sep="\n", markup=False, soft_wrap=True)
