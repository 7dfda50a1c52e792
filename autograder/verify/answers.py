"""The rules on sample answers: the right ones pass, and each wrong one fails with the diagnosis that it must get."""

from dataclasses import dataclass

from autograder.verify.house import House
from autograder.verify.judging import TaskVerdict
from autograder.verify.problem import Problem
from autograder.verify.reference import said
from autograder.verify.samples import Sample
from autograder.verify.workers import Lost
from dlfb_lab._finding import diagnoses
from dlfb_lab._outcome import Outcome

LEAST_RIGHT, LEAST_WRONG = 1, 3


@dataclass(frozen=True)
class Accuracy:
    """How well the checks know wrong answers and right ones.

    Attributes:
        wrong: how many wrong answers there are.
        diagnosed: how many of them were given their own diagnosis.
        accepted: how many of them passed.
        right: how many right answers there are.
        rejected: how many of them did not pass.
    """

    wrong: int
    diagnosed: int
    accepted: int
    right: int
    rejected: int

    def __str__(self) -> str:
        share = f" ({self.diagnosed / self.wrong:.1%})" if self.wrong else ""
        return (
            f"Diagnosis accuracy: {self.diagnosed} of {self.wrong} wrong answers got their own diagnosis{share}. "
            f"{self.accepted} of {self.wrong} wrong answers passed, "
            f"{self.rejected} of {self.right} right answers were rejected."
        )


def accuracy(house: House) -> Accuracy:
    """How well the checks know the sample answers."""
    wrong = [(sample, house.verdicts[sample]) for sample in house.wrong]
    right = [house.verdicts[sample] for sample in house.right]
    return Accuracy(
        wrong=len(wrong),
        diagnosed=sum(_is_diagnosed(sample, verdict) for sample, verdict in wrong),
        accepted=sum(_passed(verdict) for _, verdict in wrong),
        right=len(right),
        rejected=sum(not _passed(verdict) for verdict in right),
    )


def right_problems(house: House) -> list[Problem]:
    """Every right answer that does not pass, and every task without one."""
    found = _too_few(house, house.right, LEAST_RIGHT, "right")
    return found + [p for sample in house.right for p in of_right(house, sample, house.verdicts[sample])]


def wrong_problems(house: House) -> list[Problem]:
    """Every wrong answer that passes or gets another diagnosis, and every task with fewer than three."""
    found = _too_few(house, house.wrong, LEAST_WRONG, "wrong")
    return found + [p for sample in house.wrong for p in of_wrong(house, sample, house.verdicts[sample])]


def of_right(house: House, sample: Sample, verdict: TaskVerdict | Lost) -> list[Problem]:
    """What is not as it should be with a right answer."""
    where = house.place(sample.path)
    if sample.diagnosis:
        return [Problem(where, "a right answer with a diagnosis.", "Remove that line, or move the file to the wrong.")]
    if isinstance(verdict, Lost):
        return [Problem(where, verdict.why, "Correct the answer or the checks.")]
    todo = "Mend the check: a right answer must pass."
    return [
        Problem(where, f"`{check.name}` ends as {check.outcome}{said(check)}.", todo)
        for check in verdict.checks
        if check.outcome is not Outcome.PASSED
    ]


def of_wrong(house: House, sample: Sample, verdict: TaskVerdict | Lost) -> list[Problem]:
    """What is not as it should be with a wrong answer."""
    where = house.place(sample.path)
    if sample.diagnosis not in diagnoses():
        saw = f"`{sample.diagnosis}` is no diagnosis." if sample.diagnosis else "it says no diagnosis."
        return [Problem(where, saw, "Add the line `# diagnosis: ...` with a name from diagnoses.toml.")]
    if isinstance(verdict, Lost):
        return [Problem(where, verdict.why, "Let it end, or let a check notice it sooner.")]
    if _is_diagnosed(sample, verdict):
        return []
    if _passed(verdict):
        return [Problem(where, "this wrong answer passes every check.", f"Add one that shows {sample.diagnosis}.")]
    got = f"{verdict.outcome} with {verdict.diagnosis or 'no diagnosis'}"
    saw = f"it ends as {got}, not as failed with {sample.diagnosis}."
    return [Problem(where, saw, _first_failure(verdict))]


def _is_diagnosed(sample: Sample, verdict: TaskVerdict | Lost) -> bool:
    if isinstance(verdict, Lost):
        return False
    return (verdict.outcome, verdict.diagnosis) == (Outcome.FAILED, sample.diagnosis)


def _passed(verdict: TaskVerdict | Lost) -> bool:
    return isinstance(verdict, TaskVerdict) and verdict.outcome is Outcome.PASSED


def _first_failure(verdict: TaskVerdict) -> str:
    check = next((check for check in verdict.checks if check.outcome is not Outcome.PASSED), None)
    return f"The first that does not pass is `{check.name}`{said(check)}." if check else "No check looked at it."


def _too_few(house: House, there: list[Sample], least: int, kind: str) -> list[Problem]:
    counts = {task.name: sum(sample.task == task.name for sample in there) for task in house.part.tasks}
    todo = f"Write more in the folder {kind}: <task>__<story>.py."
    return [
        Problem(name, f"it has {count} {kind} sample answers of the {least} that it needs.", todo)
        for name, count in counts.items()
        if count < least
    ]
