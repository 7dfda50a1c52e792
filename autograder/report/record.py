"""The report of one submission, as plain data. Everything a person or a program reads is rendered from this."""

from dataclasses import dataclass, field

from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome


@dataclass(frozen=True)
class CheckReport:
    """How one check ended. A hidden check's finding holds its diagnosis and nothing of its inputs."""

    name: str
    sentence: str
    visible: bool
    outcome: Outcome
    finding: Finding | None = None


@dataclass(frozen=True)
class TaskReport:
    """How one task ended. `finding` is the one to show first; `points` is a fraction of `max_points`."""

    name: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    checks: tuple[CheckReport, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True)
class CellProblem:
    """A notebook cell that did not run to its end. `cell` counts code cells from 1."""

    cell: int
    outcome: Outcome
    finding: Finding


@dataclass(frozen=True)
class Figure:
    """A picture that the notebook drew.

    Attributes:
        cell: the code cell that drew it, counted from 1.
        says: its titles and labels, for those who cannot see it; "" where it has none.
        png: the image: a PNG with pixels and nothing else (see `autograder/figures.py`).
    """

    cell: int
    says: str
    png: bytes


@dataclass(frozen=True)
class Adjustment:
    """What a person or the course's policy changed of the points, and why.

    Attributes:
        kind: "override" (a person said so), "late", "extension" ...
        task: the task whose points it changes; "" for the whole submission.
        points: the difference that it makes; 0 for a remark, such as an extension that was granted.
        reason: one sentence, which the student reads.
    """

    kind: str
    task: str
    points: float
    reason: str


@dataclass(frozen=True)
class Report:
    """What became of one submission. The same work, graded again, has the same report; how long it took is elsewhere.

    Only a figure may differ: a notebook can draw what is by chance, or takes its time.

    Attributes:
        submission: the unique, file-name-safe id of the submission.
        student: the name under which it was handed in.
        source: where it was found, for a person to read.
        lab: the lab it answers; "" when that could not be told.
        tasks: in the lab's order.
        problem: one sentence on why nothing could be graded; "" otherwise.
        cells: the cells that did not run to their end.
        isolation: the level of separation that held while the student's code ran: "L0" to "L3".
        fingerprint: digest of everything the verdict depends on (file, course, seed, limits, versions).
        versions: of Python and the packages that matter.
        faults: what broke on our side, for the teacher's eyes.
        adjustments: what was changed of the points after grading, in the order in which it was.
        figures: the last few that the student's own cells drew, in order.
    """

    submission: str
    student: str
    source: str
    lab: str
    tasks: tuple[TaskReport, ...] = ()
    problem: str = ""
    cells: tuple[CellProblem, ...] = ()
    isolation: str = ""
    fingerprint: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def points(self) -> float:
        """The sum over the tasks, rounded to hundredths."""
        return round(sum(task.points for task in self.tasks), 2)

    @property
    def max_points(self) -> float:
        """The most that could be reached."""
        return round(sum(task.max_points for task in self.tasks), 2)

    @property
    def final_points(self) -> float:
        """The points with all adjustments, never below 0, rounded to hundredths."""
        return round(max(0.0, self.points + sum(change.points for change in self.adjustments)), 2)

    @property
    def has_grader_error(self) -> bool:
        """Whether a fault of ours kept any check from being judged."""
        return (
            bool(self.faults)
            or any(check.outcome is Outcome.GRADER_ERROR for task in self.tasks for check in task.checks)
            or any(task.outcome is Outcome.GRADER_ERROR for task in self.tasks)
        )
