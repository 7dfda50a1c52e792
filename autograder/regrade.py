"""One task of one submission, graded once more on request: the whole notebook runs again, as it does for grading."""

from dataclasses import dataclass, replace
from pathlib import Path

from autograder.batch import grade_all
from autograder.collect import Submission, collect
from autograder.course import Course
from autograder.desk import Desk, plain
from autograder.grade import Settings
from autograder.report.json_file import to_json
from autograder.report.record import Report


class RegradeError(ValueError):
    """The work cannot be found again. The message says where it was looked for, and what to do."""


@dataclass(frozen=True)
class Request:
    """What a student, or a teacher, asks to have graded once more, and why."""

    task: str
    reason: str


def regrade(
    desk: Desk, report: Report, asked: Request, course: Course, settings: Settings, *, work: Path | None, required: str
) -> Report:
    """Grade the work of a report again, note why, and write what came of it.

    Where a fault of ours keeps it from being judged, the report stays what it was.

    Args:
        desk: the output folder.
        report: the report as it stands.
        asked: the task that it is about, and the reason.
        course: that of `settings`, loaded.
        settings: seed, limits, course.
        work: the notebook; None for the file that was graded.
        required: the level of isolation to insist on.

    Raises:
        RegradeError: the work is not where it was.
        DecisionError: no reason was given.
        SandboxError, IsolationTooLow, CourseError, OSError: as grading does.
    """
    submission = submission_of(report, work)
    graded: list[Report] = []
    grade_all(
        [submission], course, settings, desk.out, desk.ledger, workers=1, required=required, on_report=graded.append
    )
    after = graded[0]
    if after.has_grader_error:
        before = plain(report)
        desk.ledger.finish(before.submission, before.fingerprint, to_json(before))
        desk.put(before)
        return after
    desk.decisions.note_regrade(report, after, asked.task, asked.reason)
    after = desk.put(after)
    desk.write_overview()
    return after


def submission_of(report: Report, work: Path | None) -> Submission:
    """The work that the report is about, under its own id and name.

    Args:
        report: the report.
        work: a notebook, or a folder or zip with that one alone; None to look where it was graded from.

    Raises:
        RegradeError: it is not there.
    """
    found = list(collect([work]).submissions) if work is not None else _where_it_was(report.source)
    if len(found) != 1:
        place = str(work) if work is not None else report.source
        what = "is not there any more" if not found else f"holds {len(found)} notebooks"
        raise RegradeError(
            f"{place}: the work of {report.student} {what}. Name its notebook with --work, or go to the folder from "
            "which it was graded."
        )
    return replace(found[0], id=report.submission, student=report.student)


def _where_it_was(source: str) -> list[Submission]:
    path = Path(source)
    if path.is_file():
        return list(collect([path]).submissions)
    archive = source.partition(": ")[0]
    if archive != source and Path(archive).is_file():
        return [one for one in collect([Path(archive)]).submissions if one.source == source]
    return []
