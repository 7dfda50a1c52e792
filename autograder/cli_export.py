"""`autograder export ...`: what other systems take, from what `grade` wrote, or as a bundle that grades over there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    Stop,
    ends_well,
    err_console,
    out_console,
    print_json,
)

if TYPE_CHECKING:
    from autograder.export.made import Made
    from autograder.report.record import Report
    from autograder.roster import Roster

export = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Give results to other systems, or grade in them."
)

ResultsArgument = Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder that `grade --out` wrote.")]
OutOption = Annotated[Path, typer.Option("--out", help="The file to write.")]
FolderOption = Annotated[Path, typer.Option("--out", help="The folder to write to, one file a submission.")]
LabOption = Annotated[str | None, typer.Option("--lab", help="The lab. Needed where RESULTS has several.")]
RosterOption = Annotated[
    Path | None,
    typer.Option("--roster", help="The class: a CSV with id,name,email,sis_id ... Default: that of --course."),
]


def add_to(app: typer.Typer) -> None:
    """Add `export` and its words."""
    from autograder.cli_export_bundles import add_to as add_bundles

    add_bundles(export)
    app.add_typer(export, name="export")


@export.command(epilog=EXIT_CODES)
def canvas(
    results: ResultsArgument,
    out: OutOption,
    gradebook: Annotated[Path | None, typer.Option(help="What Canvas exported: Grades, Export.")] = None,
    roster: RosterOption = None,
    course: CourseOption = None,
    lab: LabOption = None,
    assignment: Annotated[
        str | None, typer.Option(help="The assignment's title in Canvas. Default: the lab's.")
    ] = None,
    scale: Annotated[
        bool | None, typer.Option(help="Stretch the points to Canvas's points possible, or do not.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a CSV for Canvas: into its own exported gradebook, or from a class list.

    Work that could not be graded leaves its cell blank, which Canvas takes as "no change", and is listed; then
    the exit code is 1.

    Example: autograder export canvas graded/ --gradebook canvas.csv --assignment "Lab 3" --out for_canvas.csv
    """
    from autograder.export.canvas import fill_gradebook, from_roster
    from autograder.export.canvas_gradebook import read_gradebook
    from autograder.report.csv_file import ENCODING
    from autograder.report.words import lab_title

    with _export_ends_well():
        reports, name = _of_one_lab(results, lab)
        known = _class_list(roster, course)
        if gradebook is not None:
            titles = [assignment] if assignment else [lab_title(name), name]
            made = fill_gradebook(reports, read_gradebook(gradebook), known, titles, scale)
        elif known:
            made = from_roster(reports, known, assignment or lab_title(name))
        else:
            raise Stop(
                "Whose grade is it? Give --gradebook (from Canvas), --roster, or a --course with a roster.",
                2,
            )
        _finish(made, out, ENCODING, as_json=as_json)


@export.command(epilog=EXIT_CODES)
def moodle(
    results: ResultsArgument,
    out: OutOption,
    roster: RosterOption = None,
    course: CourseOption = None,
    lab: LabOption = None,
    item: Annotated[str | None, typer.Option(help="The grade item's name in Moodle. Default: the lab's title.")] = None,
    by: Annotated[
        str, typer.Option(help="email, or id: how Moodle is to know a student (id: the roster's sis_id).")
    ] = "email",
    feedback: Annotated[bool, typer.Option("--feedback", help="Add a column of feedback, beside the grades.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a CSV for Moodle's grade import.

    Work that could not be graded has no row, since Moodle would take an empty grade for none, and is listed; then
    the exit code is 1.

    Example: autograder export moodle graded/ --roster roster.csv --feedback --out for_moodle.csv
    """
    from autograder.export.moodle import EMAIL, ID_NUMBER, to_moodle
    from autograder.report.csv_file import ENCODING
    from autograder.report.words import lab_title

    with _export_ends_well():
        if by not in ("email", "id"):
            raise Stop(f"--by is email or id, not {by!r}.", 2)
        reports, name = _of_one_lab(results, lab)
        known = _class_list(roster, course)
        if not known:
            raise Stop(
                "Whose grade is it? Give --roster, or a --course with one, that has email or sis_id.",
                2,
            )
        key = EMAIL if by == "email" else ID_NUMBER
        made = to_moodle(reports, known, item or lab_title(name), by=key, with_feedback=feedback)
        _finish(made, out, ENCODING, as_json=as_json)


@export.command(epilog=EXIT_CODES)
def junit(results: ResultsArgument, out: OutOption, lab: LabOption = None, as_json: JsonOption = False) -> None:
    """Write one JUnit XML file: a suite for each task, a case for each check.

    What could not be graded is an error in it, and listed; then the exit code is 1.

    Example: autograder export junit graded/ --out checks.xml
    """
    from autograder.export.junit import to_junit
    from autograder.export.made import Made
    from autograder.export.results_folder import read_results
    from autograder.export.verdict import without_points

    with _export_ends_well():
        reports = read_results(results, lab)
        left_out = tuple(without_points(reports))
        made = Made(to_junit(reports), len(reports) - len(left_out), left_out)
        _finish(made, out, "utf-8", as_json=as_json)


@export.command(epilog=EXIT_CODES)
def prairielearn(
    results: ResultsArgument, out: FolderOption, lab: LabOption = None, as_json: JsonOption = False
) -> None:
    """Write a results.json of PrairieLearn's for each submission.

    What could not be graded is not gradable there, and listed; then the exit code is 1.

    Example: autograder export prairielearn graded/ --out prairielearn/
    """
    from autograder.export.prairielearn import to_prairielearn

    with _export_ends_well():
        _write_each(results, lab, out, to_prairielearn, as_json=as_json)


@export.command("gradescope-results", epilog=EXIT_CODES)
def gradescope_results(
    results: ResultsArgument, out: FolderOption, lab: LabOption = None, as_json: JsonOption = False
) -> None:
    """Write a results.json of Gradescope's for each submission, from work that was graded here.

    What could not be graded has no score there where that is our fault, and is listed; then the exit code is 1.

    Example: autograder export gradescope-results graded/ --out gradescope/
    """
    from autograder.export.gradescope_results import results_of, to_text

    with _export_ends_well():
        _write_each(results, lab, out, lambda report: to_text(results_of(report)), as_json=as_json)


@contextmanager
def _export_ends_well() -> Iterator[None]:
    """As `ends_well`, for what exports and class lists add to what can be wrong."""
    from autograder.export.results_folder import ExportError
    from autograder.roster import RosterError

    with ends_well():
        try:
            yield
        except (ExportError, RosterError) as error:
            raise Stop(str(error), 2) from error


def _of_one_lab(results: Path, lab: str | None) -> "tuple[tuple[Report, ...], str]":
    from autograder.export.results_folder import read_results, the_one_lab

    name = the_one_lab(read_results(results, lab), lab)
    return read_results(results, name), name


def _class_list(path: Path | None, course: "Sequence[Path] | None") -> "Roster":
    """The class, from the file that was named, else from the course that was; nobody where neither was."""
    from autograder.course import load_course
    from autograder.policy_file import read_policy
    from autograder.roster import Roster
    from autograder.roster_file import read_roster

    if path is not None:
        return read_roster(path)
    if not course:
        return Roster()
    loaded = load_course(course)
    return read_policy(loaded.folders, [lab.name for lab in loaded.labs])[0]


def _write_each(
    results: Path, lab: str | None, out: Path, text_of: "Callable[[Report], str]", *, as_json: bool
) -> None:
    """One file a submission, in `out`."""
    from autograder.export.results_folder import read_results
    from autograder.export.verdict import without_points
    from autograder.report.write import write_whole

    reports = read_results(results, lab)
    for report in reports:
        write_whole(out / f"{report.submission}.json", text_of(report).encode())
    left_out = without_points(reports)
    _say(f"Written: {len(reports)} files in {out}", len(reports) - len(left_out), left_out, (), out, as_json=as_json)


def _finish(made: "Made", out: Path, encoding: str, *, as_json: bool) -> None:
    from autograder.report.write import write_whole

    write_whole(out, made.text.encode(encoding))
    _say(f"Written: {out}", made.count, made.left_out, made.notes, out, as_json=as_json)


def _say(written: str, count: int, left_out: Sequence[str], notes: Iterable[str], out: Path, *, as_json: bool) -> None:
    """What was written, and for whom it has no points: each by name, and once more in the last sentence."""
    for note in notes:
        err_console.print(f"- {note}", markup=False, soft_wrap=True)
    for sentence in left_out:
        err_console.print(f"! {sentence}", markup=False, soft_wrap=True)
    if as_json:
        print_json({"out": str(out), "with_points": count, "left_out": list(left_out), "notes": list(notes)})
    else:
        out_console.print(f"{written}, {count} with points.", markup=False, soft_wrap=True)
    if left_out:
        raise Stop(f"{len(left_out)} without points, each listed above. The rest is written.", 1)
