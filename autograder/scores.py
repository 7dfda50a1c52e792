"""Stored reports, the class and the policy -> what everybody has in the end. Nothing is executed, nothing graded again.

Who is in the roster has a row, handed in or not. Work of somebody who is not in it has a row too: nothing is lost.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.desk import Desk
from autograder.policy import Attempt, Mark, Policy, final_grade, is_judged, late_changes, the_one_that_counts
from autograder.report.record import Report
from autograder.report.words import number
from autograder.roster import Roster, Student, did_you_mean
from autograder.times import Clock


@dataclass(frozen=True)
class Row:
    """What one student has in the end.

    Attributes:
        student: who.
        marks: by lab; a lab that nothing was handed in for is 0 points.
        final: in percent; None where nothing counts yet.
        remarks: sentences on whatever is not plain.
    """

    student: Student
    marks: Mapping[str, Mark]
    final: float | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scores:
    """The class in the end.

    Attributes:
        rows: in the roster's order, then work of others by name.
        labs: in order, each with the most points.
        notes: sentences for the teacher on the whole.
    """

    rows: tuple[Row, ...]
    labs: Mapping[str, float]
    notes: tuple[str, ...] = ()


def count_scores(desk: Desk, roster: Roster, policy: Policy, clock_for: Callable[[Roster], Clock]) -> Scores:
    """Count everything, and keep what it changes of each report in the ledger, the reports and their pages.

    Args:
        desk: the output folder.
        roster: the class; an empty one for whoever handed in.
        policy: of the course.
        clock_for: makes the clock for everybody.

    Raises:
        OSError: the ledger or a page cannot be written.
    """
    reports = list(desk.reports.values())
    owners = _owners(roster, reports)
    strangers = list(dict.fromkeys(one for one in owners.values() if one not in roster.students))
    everybody = Roster((*roster.students, *strangers))
    policy = _by_id(policy, everybody)
    clock = clock_for(everybody)
    together = {name: everybody.together_with(owner) for name, owner in owners.items()}
    attempts = [_attempt(desk, report, together[report.student], policy, clock) for report in reports]
    by_student: dict[str, list[Attempt]] = {}
    for one in attempts:
        for student in together[one.report.student]:
            by_student.setdefault(student.id, []).append(one)
    desk.write_overview()
    labs = _labs(attempts, policy)
    rows = tuple(_row(student, by_student.get(student.id, []), policy, labs) for student in everybody.students)
    notes = (*_unknown_times(attempts, policy), *clock.problems, *clock.strange_rows(reports), *desk.unreadable)
    return Scores(rows, labs, (*notes, *(_strange(one, roster) for one in strangers if roster)))


def _owners(roster: Roster, reports: Sequence[Report]) -> dict[str, Student]:
    """Whose each name on a report is. Who is not in the roster, or could be two of it, is somebody else."""
    owners: dict[str, Student] = {}
    others: dict[str, Student] = {}
    for name in sorted({report.student for report in reports}, key=lambda name: (name.casefold(), name)):
        in_roster = roster.find(name)
        key = " ".join(name.casefold().split())
        owners[name] = in_roster or others.setdefault(key, Student(f"{name} (?)" if roster else name, name))
    return owners


def _by_id(policy: Policy, everybody: Roster) -> Policy:
    """The policy with each extension's student by id."""
    found = [(one, everybody.find(one.student)) for one in policy.extensions]
    return replace(policy, extensions=tuple(replace(one, student=who.id) for one, who in found if who))


def _attempt(desk: Desk, report: Report, students: Sequence[Student], policy: Policy, clock: Clock) -> Attempt:
    """The report, with what the policy changes of it kept and written."""
    decided, handed_in = desk.decisions.decided(report), clock.of(report)
    changes = late_changes(decided, policy, handed_in, [one.id for one in students])
    desk.decisions.count(report, changes)
    shown = desk.decisions.adjusted(report)
    return Attempt(desk.put(report) if shown != report else report, handed_in)


def _labs(attempts: Sequence[Attempt], policy: Policy) -> dict[str, float]:
    """Each lab that somebody handed in, or that has a weight, with the most points."""
    most = {lab: 0.0 for lab, weight in policy.weights.items() if weight > 0}
    for report in (attempt.report for attempt in attempts if attempt.report.lab):
        most[report.lab] = max(most.get(report.lab, 0.0), report.max_points)
    return dict(sorted(most.items()))


def _row(student: Student, own: Sequence[Attempt], policy: Policy, labs: Mapping[str, float]) -> Row:
    found = [_mark(lab, most, [one for one in own if one.report.lab == lab], policy) for lab, most in labs.items()]
    marks = {mark.lab: mark for mark, _ in found}
    final, dropped = final_grade(list(marks.values()), policy)
    remarks = [remark for _, remarks in found for remark in remarks]
    remarks += [f"{lab}: left out, as one of the lowest." for lab in dropped]
    remarks += [f"{one.report.source}: its lab cannot be told." for one in own if not one.report.lab]
    return Row(student, marks, final, tuple(remarks))


def _mark(lab: str, most: float, attempts: Sequence[Attempt], policy: Policy) -> tuple[Mark, list[str]]:
    """A student's mark of a lab, and what there is to say of it."""
    if not attempts:
        return Mark(lab, 0.0, most), [f"{lab}: nothing was handed in."]
    chosen = the_one_that_counts(attempts, policy.best_of).report
    said = [f"{lab}: {change.reason}" for change in chosen.adjustments]
    said += [f"{lab}: {chosen.problem}"] if chosen.problem else []
    if len(attempts) > 1:
        said.append(f"{lab}: of {len(attempts)} submissions {chosen.submission} counts.")
    if all(is_judged(one.report) for one in attempts):
        return Mark(lab, min(chosen.final_points, chosen.max_points), chosen.max_points), said
    said.append(f"{lab}: could not be judged, for a fault of ours. Grade it again.")
    return Mark(lab, chosen.final_points, chosen.max_points, counts=is_judged(chosen)), said


def _unknown_times(attempts: Sequence[Attempt], policy: Policy) -> list[str]:
    unknown = [one.report for one in attempts if one.handed_in is None and one.report.lab in policy.due]
    if not unknown:
        return []
    whose = "all of them" if len(unknown) == len(attempts) else number(len(unknown))
    return [
        f"Of the submissions of labs with a due date, {whose} have no known time, and none of these counts as late. "
        "Give times with --times FILE, or say --use-file-times."
    ]


def _strange(student: Student, roster: Roster) -> str:
    words = [word for one in roster.students for word in (one.id, one.name)]
    return f"{student.name} handed in, and is not in the roster.{did_you_mean(student.name, words)}"
