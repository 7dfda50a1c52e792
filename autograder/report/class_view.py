"""The reports of a class -> what its page shows, lab by lab: tasks, points, and which misconceptions are frequent.

Counts only; nothing here knows how a page looks. The same reports give the same numbers and the same examples.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from autograder.report.record import Report, TaskReport
from autograder.report.words import explain
from dlfb_lab._finding import Diagnosis, Finding
from dlfb_lab._outcome import Outcome

_BINS = 10
_UNJUDGED = (Outcome.GRADER_ERROR, Outcome.NOT_RUN)
# They say that there was no answer to look at, which the outcome says already.
_NO_ANSWER = (Outcome.PASSED, Outcome.NOT_ATTEMPTED, *_UNJUDGED)


@dataclass(frozen=True)
class Misconception:
    """A diagnosis that answers of the class got.

    Attributes:
        text: of the diagnosis.
        students: how many students show it.
        tasks: the tasks in which they do, most frequent first.
        example: a line of one student's code that shows it, without a name; "" where no line is known.
        saw: what came of it.
        evidence: inputs, what was expected, what came out; where no line is known.
    """

    text: Diagnosis
    students: int
    tasks: tuple[str, ...]
    example: str
    saw: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TaskView:
    """How a task went in the class.

    Attributes:
        name: of the task.
        title: of the task.
        max_points: what it is worth.
        judged: how many answers could be judged.
        passed: how many of them passed.
        share: the same in percent.
        counts: how many ended how.
        frequent: the misconception that most show, or else what most findings say; None where there is none.
    """

    name: str
    title: str
    max_points: float
    judged: int
    passed: int
    share: int
    counts: dict[Outcome, int]
    frequent: Misconception | None


@dataclass(frozen=True)
class LabView:
    """One lab of a class.

    Attributes:
        name: of the lab.
        reports: of all who handed it in, in the given order.
        students: how many people that are.
        graded: how many submissions could be graded.
        median: of their points, in percent of the most; 0 where there is none.
        bins: how many of them have how many percent: a label such as "90 to 100 %", and a count.
        tasks: in the lab's order.
        misconceptions: the catalogued ones, most frequent first.
        others: what else findings say, such as "The values are not the expected ones."
        levels: the levels of isolation that held.
    """

    name: str
    reports: tuple[Report, ...]
    students: int
    graded: int
    median: int
    bins: tuple[tuple[str, int], ...]
    tasks: tuple[TaskView, ...]
    misconceptions: tuple[Misconception, ...]
    others: tuple[Misconception, ...]
    levels: tuple[str, ...]


def class_view(reports: Sequence[Report]) -> tuple[LabView, ...]:
    """The labs of a class, by name. Submissions that name no lab, or were not read at all, are in none."""
    labs = sorted({report.lab for report in reports if report.tasks})
    return tuple(_lab(name, [report for report in reports if report.lab == name and report.tasks]) for name in labs)


def _lab(name: str, reports: Sequence[Report]) -> LabView:
    graded = [report for report in reports if not report.problem]
    shares = [100 * report.final_points / (report.max_points or 1) for report in graded]
    found = _misconceptions([(report, task) for report in graded for task in report.tasks])
    names = dict.fromkeys(task.name for report in reports for task in report.tasks)
    return LabView(
        name=name,
        reports=tuple(reports),
        students=len({report.student for report in reports}),
        graded=len(graded),
        median=round(median(shares)) if shares else 0,
        bins=_bins(shares),
        tasks=tuple(_task([(one, task) for one in reports for task in one.tasks if task.name == n]) for n in names),
        misconceptions=tuple(one for one in found if one.text.code),
        others=tuple(one for one in found if not one.text.code),
        levels=tuple(sorted({report.isolation for report in reports if report.isolation})),
    )


def _bins(shares: Iterable[float]) -> tuple[tuple[str, int], ...]:
    counts = Counter(min(max(int(share // _BINS), 0), _BINS - 1) for share in shares)
    labels = [f"{_BINS * number} to {_BINS * (number + 1)} %" for number in range(_BINS)]
    return tuple((label, counts[number]) for number, label in enumerate(labels))


def _task(answers: Sequence[tuple[Report, TaskReport]]) -> TaskView:
    task = answers[0][1]
    counts = Counter(one.outcome for _, one in answers)
    judged = len(answers) - sum(counts[outcome] for outcome in _UNJUDGED)
    passed = counts[Outcome.PASSED]
    share = 100 * passed // judged if judged else 0
    frequent = next(iter(sorted(_misconceptions(answers), key=lambda one: not one.text.code)), None)
    return TaskView(task.name, task.title, task.max_points, judged, passed, share, dict(counts), frequent)


def _misconceptions(answers: Iterable[tuple[Report, TaskReport]]) -> list[Misconception]:
    """What the answers' first findings say, most frequent first."""
    found: dict[str, list[tuple[Report, TaskReport, Finding]]] = {}
    for report, task in answers:
        if task.finding is not None and task.outcome not in _NO_ANSWER:
            found.setdefault(task.finding.diagnosis, []).append((report, task, task.finding))
    all_of_them = [_misconception(shown) for shown in found.values()]
    return sorted(all_of_them, key=lambda one: (-one.students, one.text.name))


def _misconception(shown: Sequence[tuple[Report, TaskReport, Finding]]) -> Misconception:
    findings = [finding for _, _, finding in shown]
    line, finding = _example(findings)
    tasks = Counter(task.name for _, task, _ in shown)
    names = tuple(name for name, _ in tasks.most_common())
    students = len({report.student for report, _, _ in shown})
    evidence = () if line else finding.evidence
    return Misconception(explain(finding), students, names, line, finding.saw, evidence)


def _example(findings: Sequence[Finding]) -> tuple[str, Finding]:
    """The line that most have written, and its finding. A visible check's alone: a hidden one names no line."""
    with_line = [(one.line.text.strip(), one) for one in findings if one.line is not None and one.line.text.strip()]
    if not with_line:
        return "", max(findings, key=lambda finding: bool(finding.evidence))
    counts = Counter(line for line, _ in with_line)
    return min(with_line, key=lambda pair: (-counts[pair[0]], len(pair[0]), pair[0]))
