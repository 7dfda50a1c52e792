"""The rules on reference answers: they pass every check, and no check flakes on them.

Hidden checks draw their inputs from a seed, so they are tried with many seeds. All checks are tried twice with the
course's own seed: regrading must give the same verdict.
"""

from autograder.verify.house import House
from autograder.verify.problem import Problem
from autograder.verify.workers import Lost
from dlfb_lab._judge import CheckResult
from dlfb_lab._outcome import Outcome


def problems(house: House) -> list[Problem]:
    """Every check that the reference answers do not pass, with the course's own seed."""
    found = []
    for task, runs in house.reference_runs.items():
        if isinstance(runs, Lost):
            found.append(Problem(_where(task), runs.why, "Correct the answer or the checks."))
        elif not runs[0][1]:
            found.append(Problem(_where(task), "no check looks at it.", "Write one."))
        else:
            found += [_not_passed(task, one) for one in runs[0][1] if one.outcome is not Outcome.PASSED]
    return found


def flakes(house: House) -> list[Problem]:
    """Every check that ends otherwise with another seed, or when it runs once more."""
    found = []
    for task, runs in house.reference_runs.items():
        ends: dict[str, list[tuple[int, Outcome]]] = {}
        for seed, results in () if isinstance(runs, Lost) else runs:
            for result in results:
                ends.setdefault(result.name, []).append((seed, result.outcome))
        found += [_flake(task, name, own) for name, own in ends.items() if len({end for _, end in own}) > 1]
    return found


def said(result: CheckResult) -> str:
    """What a check says of its end, in parentheses."""
    text = result.note or (result.finding.saw or result.finding.diagnosis if result.finding else "")
    return f" ({text[:200].strip()})" if text else ""


def _where(task: str) -> str:
    return f"{task}, reference answer"


def _not_passed(task: str, result: CheckResult) -> Problem:
    saw = f"`{result.name}` ends as {result.outcome}{said(result)}."
    return Problem(_where(task), saw, "Correct the answer or the check.")


def _flake(task: str, name: str, ends: list[tuple[int, Outcome]]) -> Problem:
    failed = [seed for seed, outcome in ends if outcome is not Outcome.PASSED]
    saw = f"`{name}` does not pass in {len(failed)} of {len(ends)} runs, such as with the seed {failed[0]}."
    return Problem(_where(task), saw, "Allow for chance, or remember nothing from run to run.")
