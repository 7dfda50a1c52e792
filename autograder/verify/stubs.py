"""The rule on stubs: the notebook as a student gets it runs through, and no task in it counts as attempted."""

from pathlib import Path

from autograder.course import Folders, Lab
from autograder.verify.house import House
from autograder.verify.judging import judge_of
from autograder.verify.problem import Problem
from autograder.verify.workers import Lost
from dlfb_lab._judge import CheckResult
from dlfb_lab._notebook import run_notebook
from dlfb_lab._outcome import Outcome

Run = tuple[list[tuple[int, str]], tuple[CheckResult, ...]]


def problems(house: House) -> list[Problem]:
    """Every cell that stops, and every check that takes a stub for an answer."""
    there = [lab for lab in house.part.labs if _notebook(house.root, lab.name).is_file()]
    runs = house.workers.map(run_built, house.course.folders, [lab.name for lab in there])
    found = [_missing(house, lab) for lab in house.part.labs if lab not in there]
    return found + [problem for lab, run in zip(there, runs, strict=True) for problem in _of_run(house, lab, run)]


def run_built(folders: Folders, name: str) -> Run:
    """Which cells of a lab's built notebook stop and why, and how each check ends on it. Runs in a worker."""
    judge = judge_of(folders)
    lab = next(lab for lab in judge.course.labs if lab.name == name)
    run = run_notebook(_notebook(judge.course.home, name))
    results = judge.results(lab, run.transport, [task.name for task in lab.tasks])
    return [(cell, error.says) for cell, error in run.errors], results


def _notebook(root: Path, lab: str) -> Path:
    return root / "exercises" / f"{lab}.ipynb"


def _missing(house: House, lab: Lab) -> Problem:
    return Problem(house.place(_notebook(house.root, lab.name)), "missing.", "Run `autograder build`.")


def _of_run(house: House, lab: Lab, run: Run | Lost) -> list[Problem]:
    where = house.place(_notebook(house.root, lab.name))
    if isinstance(run, Lost):
        return [Problem(where, f"{run.why}", "Let it run in a notebook as it is, and mend what stops it.")]
    errors, results = run
    found = [
        Problem(f"{where}, code cell {cell}", f"it stops with {says}.", "A notebook as handed out must run through.")
        for cell, says in errors
    ]
    return found + [
        Problem(house.place(result.file), f"`{result.name}` ends as {result.outcome} on the stub.", _todo(result))
        for result in results
        if result.outcome is not Outcome.NOT_ATTEMPTED and (result.task in house.part.names or not result.task)
    ]


def _todo(result: CheckResult) -> str:
    if result.outcome is Outcome.GRADER_ERROR:
        return f"It broke ({result.note[:200]}): mend it."
    return "Let it ask the answer for a value before it looks at anything else."
