"""The `autograder` command: argv -> calls. Only this file and those called `cli_...` parse argv and print.

The words that an instructor's desk needs around grading stand in files of their own: each adds its own to `app`.
"""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder import cli_appeal, cli_course, cli_export, cli_nbgrader, cli_release, cli_scores, cli_similar
from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    Stop,
    course_folders,
    course_root,
    ends_well,
    err_console,
    out_console,
    print_json,
    progress_bar,
)
from autograder.cli_verbose import add_verbose
from autograder.course import Course, load_course
from autograder.sandbox.sandbox import practice_note

# What a command needs is imported when it runs: JAX takes seconds, and help and completion should not wait for it.
if TYPE_CHECKING:
    from autograder.collect import Submission
    from autograder.grade import Settings
    from autograder.ledger import Ledger
    from autograder.report.record import Report

app = typer.Typer(no_args_is_help=True, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command(epilog=EXIT_CODES)
def grade(
    paths: Annotated[list[Path], typer.Argument(help="Notebooks, folders of any depth, zips.")],
    out: Annotated[Path, typer.Option(help="Where the reports go. Unchanged work there is not graded again.")],
    course: CourseOption = None,
    timeout: Annotated[float, typer.Option(help="Seconds for one cell or one request of a check.", min=0.1)] = 30.0,
    seed: Annotated[int | None, typer.Option(help="What hidden inputs are drawn from. Default: the course's.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes. Default: one a core.", min=1)] = None,
    require_isolation: Annotated[
        str, typer.Option(help="L1 (practice), L2 (official) or L3: refuse to grade below that.")
    ] = "L2",
    gradebook: Annotated[Path | None, typer.Option(help="nbgrader's gradebook.db, to write the grades into.")] = None,
    json_: JsonOption = False,
) -> None:
    """Grade submissions: a table here, a page a student, scores.csv and a JSON report each in OUT.

    Example: autograder grade submitted/ --out graded
    """
    from autograder.batch import all_cores, output_folder
    from autograder.collect import collect
    from autograder.decisions import Decisions
    from autograder.grade import Settings
    from autograder.ledger import Ledger
    from autograder.report.class_data import class_data
    from autograder.report.table import print_table
    from autograder.report.write import write_overview
    from autograder.sandbox.limits import Limits

    with ends_well():
        if require_isolation not in ("L1", "L2", "L3"):
            raise Stop(f"--require-isolation is L1, L2 or L3, not {require_isolation!r}.", 2)
        _say_practice(require_isolation)
        loaded = load_course(course_folders(course))
        found = collect(paths)
        for problem in found.problems:
            err_console.print(f"! {problem}", markup=False, soft_wrap=True)
        if found.skipped:
            err_console.print(f"Passed over, for they are no notebooks: {len(found.skipped)} files.")
        if not found.submissions:
            raise Stop("Nothing to grade was found. Give notebooks, folders that hold some, or zips of them.", 2)
        limits = Limits(wall_request=timeout, wall_submission=max(120.0, 4 * timeout))
        settings = Settings(loaded.folders, loaded.seed if seed is None else seed, limits)
        with output_folder(out), Ledger(out) as ledger:
            count = workers or all_cores()
            reports = _grade(found.submissions, loaded, settings, out, ledger, count, require_isolation)
            start = write_overview(reports, out, problems=found.problems, seconds=ledger.seconds())
            Decisions(ledger).remember_shown(reports, found.problems)
        if not json_:
            print_table(reports, out_console)
            out_console.print(f"\nStart page: {start.resolve()}", markup=False, soft_wrap=True)
        written = None
        if gradebook is not None:
            written = cli_nbgrader.write_gradebook(reports, loaded, gradebook, found.submissions, quiet=json_)
        if json_:
            data = class_data(reports, out, problems=found.problems, skipped=len(found.skipped))
            print_json(data | {"gradebook": written})
        if any(report.has_grader_error for report in reports):
            raise Stop("A check of ours could not judge some answers. No points were lost; see the start page.", 3)


def _say_practice(required: str) -> None:
    """Where there is no sandbox: say so, and refuse unless practice is what was asked for."""
    note = practice_note()
    if note and required > "L1":
        raise Stop(f"{note} To practice all the same, say --require-isolation L1.", 4)
    if note:
        err_console.print(note, markup=False, soft_wrap=True)


def _grade(
    submissions: "tuple[Submission, ...]",
    course: Course,
    settings: "Settings",
    out: Path,
    ledger: "Ledger",
    workers: int,
    required: str,
) -> "list[Report]":
    """All reports, in the order of the submissions: those of earlier runs, and those made now."""
    from autograder.batch import finished, grade_all, restore

    reports = {one.id: report for one in submissions if (report := finished(one, course, settings, ledger, required))}
    todo = [submission for submission in submissions if submission.id not in reports]
    if reports:
        err_console.print(f"Unchanged since they were graded: {len(reports)} of {len(submissions)}.")
    for report in reports.values():
        restore(report, out)
    with progress_bar(len(todo)) as progress:
        bar = progress.add_task("grading", total=len(todo))

        def on_report(report: "Report") -> None:
            reports[report.submission] = report
            progress.advance(bar)

        grade_all(todo, course, settings, out, ledger, workers=workers, required=required, on_report=on_report)
    return [reports[submission.id] for submission in submissions]


@app.command(epilog=EXIT_CODES)
def doctor(course: CourseOption = None, json_: JsonOption = False) -> None:
    """Attack the sandbox on this machine, say what held, and which level of isolation that gives.

    Example: autograder doctor
    """
    from autograder.doctor import diagnose, render

    with ends_well():
        root = course_root(course, required=False)
        diagnosis = diagnose(root)
        if json_:
            print_json(asdict(diagnosis) | {"healthy": diagnosis.healthy, "official": diagnosis.level >= "L2"})
        else:
            out_console.print(render(diagnosis), markup=False, soft_wrap=True)
        if diagnosis.level < "L2":
            raise Stop("Official grading needs L2. This machine is good for practice only.", 4)


@app.command(epilog=EXIT_CODES)
def build(
    course: CourseOption = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when something would change.")] = False,
    json_: JsonOption = False,
) -> None:
    """Build the exercise notebooks and the catalog from solutions/.

    Example: autograder build --check
    """
    from autograder.build import build_course

    with ends_well():
        changed = build_course(load_course(course_folders(course)), write=not check)
        if json_:
            print_json({"changed": changed, "up_to_date": not changed, "wrote": bool(changed) and not check})
        for line in [] if json_ else changed or ["Everything built is up to date."]:
            out_console.print(line, markup=False, soft_wrap=True)
        if changed and check:
            raise Stop("Run `autograder build`.", 1)


@app.command(epilog=EXIT_CODES)
def verify(
    parts: Annotated[list[str] | None, typer.Argument(metavar="[LAB|LAB.TASK]...", help="Default: all labs.")] = None,
    course: CourseOption = None,
    runs: Annotated[int, typer.Option(help="With how many seeds no check may flake.", min=0)] = 50,
    timeout: Annotated[float, typer.Option(help="Seconds for one sample answer.", min=0.1)] = 120.0,
    workers: Annotated[int | None, typer.Option(help="How many processes. Default: one a core.", min=1)] = None,
    json_: JsonOption = False,
) -> None:
    """Look at the rules of the house: names, hints, checks, and every sample answer with its diagnosis.

    Exits with 1 when a rule is broken. Example: autograder verify 03_random_keys.two_draws
    """
    from autograder.batch import all_cores
    from autograder.verify import as_data, keep_rules, open_house, print_kept

    with ends_well(), progress_bar(1) as progress:
        bar = progress.add_task("", total=None)

        def on_done(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        loaded, count = load_course(course_folders(course)), workers or all_cores()
        with open_house(loaded, parts or (), runs=runs, limit=timeout, count=count, on_done=on_done) as house:
            kept = list(keep_rules(house, lambda rule: progress.update(bar, description=rule.name)))
        progress.update(bar, visible=False)
        if json_:
            print_json(as_data(kept, house))
        else:
            print_kept(kept, house, out_console)
        broken = [one.rule.name for one in kept if one.problems]
        if broken:
            waiting = " The other rules wait for it." if kept[-1].problems is None else ""
            raise Stop(f"Broken: {', '.join(broken)}.{waiting}", 1)
        if not json_:
            out_console.print("Every rule of the house holds.")


@app.command(epilog=EXIT_CODES)
def new(
    name: Annotated[str, typer.Argument(metavar="LAB|LAB.TASK", help="A new lab, or a new task of a lab.")],
    value: Annotated[bool, typer.Option("--value", help="The task asks for a value, not for a function.")] = False,
    course: CourseOption = None,
    json_: JsonOption = False,
) -> None:
    """Lay out all pieces of a lab or a task, with places to fill. Never overwrites anything.

    Example: autograder new 03_random_keys.shuffle_labels
    """
    from autograder.new import lab_draft, task_draft, write_draft

    with ends_well():
        folders = course_folders(course)
        lab, _, task = name.partition(".")
        draft = task_draft(load_course(folders), lab, task, is_value=value) if task else lab_draft(folders[-1], lab)
        written = list(write_draft(draft))
        option = "".join(f" --course {folder}" for folder in course or ())
        steps = [
            "Fill every place that says TODO, and name each sample file for its story.",
            *([] if task else [f"Add tasks: autograder new {lab}.TASK{option}"]),
            f"Build the notebook: autograder build{option}",
            f"See what is left, and whether all rules hold: autograder verify {name}{option}",
        ]
        if json_:
            print_json({"written": written, "next": steps})
            return
        numbered = (f"  {number}. {step}" for number, step in enumerate(steps, 1))
        out_console.print(*written, "\nNext:", *numbered, sep="\n", markup=False, soft_wrap=True)


cli_nbgrader.add_to(app)
cli_release.add_to(app)
cli_export.add_to(app)
cli_similar.add_to(app)
cli_appeal.add_to(app)
cli_scores.add_to(app)
cli_course.add_to(app)
add_verbose(app)  # last: on all that were added above
