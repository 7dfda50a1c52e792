"""What people decided about graded work: points given by hand, work graded once more, and what the policy changes.

It stands in the ledger, and every report is written with it, so it outlives all later runs. An override holds for a
task of a submission until it is withdrawn, also when other work is handed in in its place. What the policy changes
(late work) is kept for the very work that it was counted for; `autograder scores` counts it anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.ledger import Ledger, now
from autograder.report.record import Adjustment, Report, TaskReport
from autograder.report.words import number

OVERRIDE, REGRADE = "override", "regrade"


class DecisionError(ValueError):
    """A decision that cannot be kept. The message says why and what to do."""


@dataclass(frozen=True)
class Override:
    """Points that a person gave for a task. `withdrawn` is "" while it stands, else when it ended."""

    submission: str
    task: str
    points: float
    reason: str
    made: str
    withdrawn: str = ""
    why: str = ""


class Decisions:
    """What was decided, in a ledger. All methods raise OSError where the ledger cannot be read or written."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def override(self, report: Report, task: str, points: float, reason: str) -> None:
        """Give `points` for a task of a report from now on, instead of what was given before.

        Raises:
            DecisionError: no reason was given, or the task cannot be worth that.
        """
        reason = told(reason)
        most = task_of(report, task).max_points
        if not 0 <= points <= most:
            raise DecisionError(f"{number(points)} points cannot be given: `{task}` is worth 0 to {number(most)}.")
        with self._ledger.transaction():
            self._end(report.submission, task, "Another override took its place.")
            self._ledger.change(
                "INSERT INTO override (submission, task, points, reason, made) VALUES (?, ?, ?, ?, ?)",
                *(report.submission, task, points, reason, now()),
            )

    def withdraw(self, report: Report, task: str, reason: str) -> None:
        """Let what was graded count again.

        Raises:
            DecisionError: no reason was given, or there is nothing to withdraw.
        """
        reason = told(reason)
        task_of(report, task)
        with self._ledger.transaction():
            if not self._end(report.submission, task, reason):
                raise DecisionError(f"No override of `{task}` stands for {report.student}, so none can be withdrawn.")

    def _end(self, submission: str, task: str, why: str) -> int:
        return self._ledger.change(
            "UPDATE override SET withdrawn = ?, why = ? WHERE submission = ? AND task = ? AND withdrawn IS NULL",
            *(now(), why, submission, task),
        )

    def overrides(self, submission: str) -> tuple[Override, ...]:
        """All that were ever made of a submission, also those withdrawn, in order."""
        rows = self._ledger.rows(
            "SELECT submission, task, points, reason, made, ifnull(withdrawn, ''), ifnull(why, '') FROM override "
            "WHERE submission = ? ORDER BY number",
            submission,
        )
        return tuple(Override(*row) for row in rows)

    def note_regrade(self, before: Report, after: Report, task: str, reason: str) -> None:
        """Note that a task was graded once more, and what came of it. Raises DecisionError: no reason was given."""
        reason = told(reason)
        with self._ledger.transaction():
            self._ledger.change(
                "INSERT INTO regrade (submission, task, reason, made, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                *(after.submission, task, reason, now(), _points(before, task), _points(after, task)),
            )

    def count(self, report: Report, changes: Sequence[Adjustment]) -> None:
        """Keep what the policy changes of a report, instead of what it changed before."""
        with self._ledger.transaction():
            self._ledger.change("DELETE FROM adjustment WHERE submission = ?", report.submission)
            for change in changes:
                self._ledger.change(
                    "INSERT INTO adjustment (submission, fingerprint, kind, task, points, reason) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    *(report.submission, report.fingerprint, change.kind, change.task, change.points, change.reason),
                )

    def decided(self, report: Report) -> Report:
        """The report with what people decided of it, and without what the policy changes."""
        return replace(report, adjustments=(*self._regrades(report), *self._standing(report)))

    def adjusted(self, report: Report) -> Report:
        """The report with all that changes its points, as it is shown."""
        rows = self._ledger.rows(
            "SELECT kind, task, points, reason FROM adjustment WHERE submission = ? AND fingerprint = ? ORDER BY rowid",
            *(report.submission, report.fingerprint),
        )
        decided = self.decided(report)
        return replace(decided, adjustments=(*decided.adjustments, *(Adjustment(*row) for row in rows)))

    def _standing(self, report: Report) -> list[Adjustment]:
        tasks = {task.name: task for task in report.tasks}
        standing = [one for one in self.overrides(report.submission) if not one.withdrawn and one.task in tasks]
        return [
            Adjustment(OVERRIDE, one.task, round(one.points - tasks[one.task].points, 2), one.reason)
            for one in sorted(standing, key=lambda one: list(tasks).index(one.task))
        ]

    def _regrades(self, report: Report) -> list[Adjustment]:
        rows = self._ledger.rows(
            "SELECT task, reason, before, after FROM regrade WHERE submission = ? ORDER BY number", report.submission
        )
        return [Adjustment(REGRADE, task, 0.0, _what_came_of_it(*rest)) for task, *rest in rows]

    def remember_shown(self, reports: Sequence[Report], problems: Sequence[str]) -> None:
        """Keep what the pages about the class show, so that they can be written again."""
        with self._ledger.transaction():
            self._ledger.change("DELETE FROM shown")
            self._ledger.change("DELETE FROM problem")
            for report in reports:
                self._ledger.change("INSERT INTO shown (submission) VALUES (?)", report.submission)
            for sentence in problems:
                self._ledger.change("INSERT INTO problem (sentence) VALUES (?)", sentence)

    def shown(self) -> tuple[list[str], list[str]]:
        """The submissions that the pages about the class show, in order, and the problems on top of them."""
        submissions = self._ledger.rows("SELECT submission FROM shown ORDER BY position")
        problems = self._ledger.rows("SELECT sentence FROM problem ORDER BY position")
        return [row[0] for row in submissions], [row[0] for row in problems]


def task_of(report: Report, name: str) -> TaskReport:
    """The task of that name. Raises DecisionError: the report has none."""
    found = next((task for task in report.tasks if task.name == name), None)
    if found is None:
        tasks = ", ".join(task.name for task in report.tasks) or "none"
        raise DecisionError(f"The report of {report.student} has no task `{name}`. It has: {tasks}.")
    return found


def _points(report: Report, name: str) -> float | None:
    return next((task.points for task in report.tasks if task.name == name), None)


def _what_came_of_it(reason: str, before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return f"Graded once more: {reason}"
    came = f"still {number(after)}" if before == after else f"{number(after)} instead of {number(before)}"
    return f"Graded once more ({came}): {reason}"


def told(reason: str) -> str:
    """The reason on one line. Raises DecisionError: there is none."""
    words = " ".join(reason.split())
    if not words:
        raise DecisionError('Say why, in a sentence that the student will read: --reason "...".')
    return words[:500]
