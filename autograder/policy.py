"""The arithmetic of grades after grading: what is late, which submission counts, which labs are dropped, and the sum.

Everything here is a function of plain data. Whatever it takes away or leaves out it says why, for the student to read.

    late        each day begun after the due date (and its grace) takes a percentage of the points, up to a cap
    best of n   of a lab's last n submissions the best counts
    final       100 * the weighted mean of points / most points over the labs, the k worst left out
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.report.record import Adjustment, Report
from autograder.report.words import number
from dlfb_lab._outcome import Outcome

LATE, EXTENSION = "late", "extension"
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Late:
    """What handing in late costs: a percentage of the points reached for each day begun, never more than the cap."""

    percent_a_day: float = 0.0
    grace_minutes: float = 0.0
    cap_percent: float = 100.0


@dataclass(frozen=True)
class Extension:
    """A later due date for one student (and so for the group). `reason` is read by the student."""

    student: str
    lab: str
    due: datetime.datetime
    reason: str = ""


@dataclass(frozen=True)
class Policy:
    """What a course says of dates and grades.

    Attributes:
        due: by lab; with an offset from UTC.
        late: None where nothing says what late costs: then it costs nothing.
        extensions: in the order in which they were granted.
        weights: by lab. Where there are any, a lab that is not named does not count; else each counts by its points.
        best_of: how many of the last submissions of a lab are looked at; 0 for all.
        drop_lowest: how many labs are left out of the final grade.
    """

    due: Mapping[str, datetime.datetime] = field(default_factory=dict)
    late: Late | None = None
    extensions: tuple[Extension, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    best_of: int = 0
    drop_lowest: int = 0

    def due_of(self, lab: str, students: Sequence[str]) -> tuple[datetime.datetime | None, Extension | None]:
        """When work of these students together is due, and the extension that says so: the latest that any has."""
        due = self.due.get(lab)
        granted = [one for one in self.extensions if one.lab == lab and one.student in students]
        latest = max(granted, key=lambda one: one.due, default=None)
        if latest is None or (due is not None and latest.due <= due):
            return due, None
        return latest.due, latest


@dataclass(frozen=True)
class Attempt:
    """A report with all its adjustments, and when the work was handed in, where that is known."""

    report: Report
    handed_in: datetime.datetime | None = None


@dataclass(frozen=True)
class Mark:
    """What a student has of a lab. `counts` is False where it could not be judged: a fault of ours costs nothing."""

    lab: str
    points: float
    max_points: float
    counts: bool = True

    @property
    def share(self) -> float:
        """How much of the lab was reached, 0 to 1."""
        return min(1.0, max(0.0, self.points / self.max_points)) if self.max_points > 0 else 0.0


def late_changes(
    report: Report, policy: Policy, handed_in: datetime.datetime | None, students: Sequence[str]
) -> tuple[Adjustment, ...]:
    """What the policy changes of a report.

    Args:
        report: with what people decided, and nothing of the policy.
        policy: of the course.
        handed_in: when; None where nobody knows, and then nothing is late.
        students: the ids of who handed it in.
    """
    due, extension = policy.due_of(report.lab, students)
    if due is None or handed_in is None:
        return ()
    changes = []
    if extension is not None and handed_in > policy.due.get(report.lab, handed_in):
        why = f": {extension.reason}" if extension.reason and len(students) == 1 else "."
        changes.append(Adjustment(EXTENSION, "", 0.0, f"Due {_shown(due)}, by an extension{why}"))
    late = policy.late or Late()
    over = handed_in - due
    if over <= datetime.timedelta(minutes=late.grace_minutes):
        return tuple(changes)
    days = math.ceil(over / _DAY)
    percent = min(days * late.percent_a_day, late.cap_percent, 100.0)
    taken = round(report.final_points * percent / 100, 2)
    when = f"Handed in {_shown(handed_in)}, due {_shown(due)}: {days} {'day' if days == 1 else 'days'} late"
    cost = f"{number(percent)} % of {number(report.final_points)} points" if percent else "it costs nothing"
    return (*changes, Adjustment(LATE, "", -taken or 0.0, f"{when}; {cost}."))


def the_one_that_counts(attempts: Sequence[Attempt], best_of: int) -> Attempt:
    """The best of the last `best_of` submissions; of all, where they are to be looked at or some have no time."""
    looked_at = list(attempts)
    if 0 < best_of < len(attempts) and all(one.handed_in is not None for one in attempts):
        looked_at = sorted(attempts, key=lambda one: (one.handed_in, one.report.submission))[-best_of:]
    judged = [one for one in looked_at if is_judged(one.report)] or looked_at
    return max(judged, key=lambda one: (one.report.final_points, one.report.max_points, one.report.submission))


def is_judged(report: Report) -> bool:
    """Whether every task was judged, by a check or by a person."""
    by_hand = {change.task for change in report.adjustments if change.kind == "override"}
    lost = [task for task in report.tasks if task.outcome is Outcome.GRADER_ERROR and not task.checks]
    return all(task.name in by_hand or task.points >= task.max_points for task in lost)


def final_grade(marks: Sequence[Mark], policy: Policy) -> tuple[float | None, tuple[str, ...]]:
    """The final grade in percent, 0 to 100, rounded to hundredths, and the labs that were left out.

    None where nothing counts. Labs are left out so that the grade of the others is the highest; one always counts.
    """
    weights = {mark.lab: policy.weights.get(mark.lab, 0.0) if policy.weights else mark.max_points for mark in marks}
    counted = sorted((mark for mark in marks if mark.counts and weights[mark.lab] > 0), key=lambda mark: mark.lab)
    if not counted:
        return None, ()
    kept = _best(counted, weights, max(1, len(counted) - policy.drop_lowest))
    dropped = tuple(mark.lab for mark in counted if mark not in kept)
    return round(100 * min(1.0, _mean(kept, weights)), 2), dropped


def _best(marks: list[Mark], weights: Mapping[str, float], count: int) -> list[Mark]:
    """The `count` marks with the highest weighted mean.

    Dinkelbach's way: with the mean so far as a guess, those that gain most over it are at least as good; until none is
    better. To drop the lowest shares would not do: a low one of little weight may cost less than a higher one of more.
    """
    kept = marks[:count]
    while True:
        guess = _mean(kept, weights)
        better = sorted(marks, key=lambda mark: (-weights[mark.lab] * (mark.share - guess), mark.lab))[:count]
        if _mean(better, weights) <= guess + 1e-12:
            return kept
        kept = better


def _mean(marks: Sequence[Mark], weights: Mapping[str, float]) -> float:
    return sum(weights[mark.lab] * mark.share for mark in marks) / sum(weights[mark.lab] for mark in marks)


def _shown(time: datetime.datetime) -> str:
    return time.isoformat(sep=" ", timespec="minutes")
