"""`autograder regrade`, `override` and `forget`: what a person does about one student's graded work."""

from collections.abc import Iterator
from contextlib import contextmanager
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

OutArgument = Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `grade --out` wrote.")]
WhoArgument = Annotated[str, typer.Argument(metavar="STUDENT", help="As in the reports; or a submission's id.")]
TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help="The task's name.")]
ReasonOption = Annotated[str, typer.Option(help="Why, in a sentence. The student reads it.")]


def add_to(app: typer.Typer) -> None:
    """Add the three words."""
    for command in (regrade, override, forget):
        app.command(epilog=EXIT_CODES)(command)


@contextmanager
def _says_what_is_wrong() -> Iterator[None]:
    from autograder.decisions import DecisionError
    from autograder.desk import DeskError
    from autograder.regrade import RegradeError

    with ends_well():
        try:
            yield
        except (DecisionError, DeskError, RegradeError) as error:
            raise Stop(str(error), 2) from error


def regrade(
    out: OutArgument,
    student: WhoArgument,
    task: TaskArgument,
    reason: ReasonOption = "",
    work: Annotated[Path | None, typer.Option(help="The notebook. Default: the file that was graded.")] = None,
    course: CourseOption = None,
    timeout: Annotated[float, typer.Option(help="Seconds for one cell or one request of a check.", min=0.1)] = 30.0,
    seed: Annotated[int | None, typer.Option(help="What hidden inputs are drawn from. Default: the course's.")] = None,
    require_isolation: Annotated[str, typer.Option(help="L1, L2 or L3: refuse to grade below that.")] = "L2",
    json_: JsonOption = False,
) -> None:
    """Grade a student's notebook again because of one task, and note why, also when nothing changes.

    What was given by hand stays. Give the options with which the class was graded.

    Example: autograder regrade graded/ ada kmer_counts --reason "Appeal: the cell timed out on a busy machine."
    """
    from autograder.course import load_course
    from autograder.decisions import task_of, told
    from autograder.desk import open_desk
    from autograder.grade import Settings
    from autograder.regrade import Request
    from autograder.regrade import regrade as grade_again
    from autograder.sandbox.limits import Limits

    with _says_what_is_wrong():
        told(reason)
        loaded = load_course(course_folders(course))
        limits = Limits(wall_request=timeout, wall_submission=max(120.0, 4 * timeout))
        settings = Settings(loaded.folders, loaded.seed if seed is None else seed, limits)
        with open_desk(out) as desk:
            before = desk.the_report(student, task)
            why = Request(task, reason)
            after = grade_again(desk, before, why, loaded, settings, work=work, required=require_isolation)
        if after.has_grader_error:
            raise Stop("A fault of ours kept it from being judged. The earlier report stays as it was.", 3)
        was, is_now = task_of(before, task).points, task_of(after, task).points
        if json_:
            print_json({**_totals(after), "task": task, "before": was, "after": is_now})
            return
        came = f"still {was:g}" if was == is_now else f"{is_now:g} instead of {was:g}"
        _say(f"{after.student}: {task} has {came} points. {_sum(after)}")


def override(
    out: OutArgument,
    student: WhoArgument,
    task: TaskArgument,
    points: Annotated[float | None, typer.Argument(metavar="POINTS", help="What the task is to have.")] = None,
    reason: ReasonOption = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Let what was graded count again.")] = False,
    json_: JsonOption = False,
) -> None:
    """Give points for a task by hand, with a reason. They stay, whatever is graded later, until they are withdrawn.

    Example: autograder override graded/ ada kmer_counts 2 --reason "The text allowed this reading."
    """
    from autograder.desk import open_desk

    with _says_what_is_wrong():
        if withdraw == (points is not None):
            raise Stop("Give POINTS, or --withdraw to take back what was given; one of the two.", 2)
        with open_desk(out) as desk:
            report = desk.the_report(student, task)
            if points is None:
                desk.decisions.withdraw(report, task, reason)
            else:
                desk.decisions.override(report, task, points, reason)
            report = desk.put(report)
            desk.write_overview()
        if json_:
            print_json({**_totals(report), "task": task, "points": points, "withdrawn": withdraw})
            return
        did = "what was graded counts again" if points is None else f"{points:g} points by hand"
        _say(f"{report.student}: {task}: {did}. {_sum(report)}")


def forget(out: OutArgument, student: WhoArgument, json_: JsonOption = False) -> None:
    """Delete all that OUT holds of one student: reports, pages, rows of the ledger and of every table.

    Handed-in files, the roster and what you exported elsewhere are yours to delete. There is no way back.

    Example: autograder forget graded/ ada
    """
    from autograder.desk import open_desk
    from autograder.forget import forget as forget_student

    with _says_what_is_wrong():
        with open_desk(out) as desk:
            deleted = forget_student(desk, student)
        if json_:
            print_json({"student": student, **deleted.as_data()})
        else:
            for line in deleted.lines():
                _say(line)
        if deleted.left:
            names = ", ".join(str(path) for path in deleted.left)
            err_console.print(f"Still named in: {names}. Look at these yourself.", markup=False, soft_wrap=True)
            raise typer.Exit(1)


def _totals(report: Any) -> dict[str, Any]:
    return {
        "submission": report.submission,
        "student": report.student,
        "lab": report.lab,
        "points_graded": report.points,
        "final_points": report.final_points,
        "max_points": report.max_points,
    }


def _sum(report: Any) -> str:
    return f"Together {report.final_points:g} of {report.max_points:g}."


def _say(line: str) -> None:
    out_console.print(line, markup=False, soft_wrap=True)
