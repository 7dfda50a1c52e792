"""What lies in Gradescope's container -> the one notebook to grade, or what to tell the student instead."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.collect import Submission, collect
from autograder.course import Course
from autograder.identify import which_lab
from autograder.notebook_file import NotANotebook, Notebook, read_notebook
from autograder.plain_text import one_line


@dataclass(frozen=True)
class Intake:
    """One submission; or None, and why, in words for the student."""

    submission: Submission | None
    why: str = ""


@dataclass(frozen=True)
class Metadata:
    """What Gradescope tells of a submission. Names are typed by students.

    Attributes:
        student: the names of who handed in; "" where they are not told.
        previous_score: of the latest earlier submission that has one.
        problem: why the file could not be read; "" where it could.
    """

    student: str = ""
    previous_score: float | None = None
    problem: str = ""


def take_notebook(folder: Path, course: Course) -> Intake:
    """The notebook of the course's one lab in the folder that holds what was handed in."""
    (lab,) = course.labs
    found = collect([folder]).submissions
    notebooks = [one for one in found if one.filename.lower().endswith(".ipynb")]
    wanted = f"Hand in one notebook, {lab.name}.ipynb."
    if not notebooks:
        instead = f" {found[0].problem}" if found and found[0].problem else ""
        return Intake(None, f"No notebook was handed in.{instead} {wanted}")
    if len(notebooks) == 1:
        return Intake(notebooks[0])
    of_lab = _best([one for one in notebooks if _answers(one, course)], lab.name)
    if len(of_lab) == 1:
        return Intake(of_lab[0])
    names = ", ".join(one_line(one.filename, 100) for one in (of_lab or notebooks)[:10])
    said = (
        f"{len(of_lab)} notebooks answer this lab" if of_lab else "None of the notebooks can be told to be of this lab"
    )
    return Intake(None, f"{said}: {names}. {wanted}")


def _best(found: Sequence[Submission], lab: str) -> Sequence[Submission]:
    """Those with the lab's own file name, as in a repository that holds copies; all, where none has it."""
    return [one for one in found if one.filename == f"{lab}.ipynb"] or found


def _answers(submission: Submission, course: Course) -> bool:
    try:
        notebook = read_notebook(submission.data)
    except NotANotebook:
        notebook = Notebook(())
    return which_lab(notebook, submission.filename, course) is not None


def read_metadata(path: Path) -> Metadata:
    """What `submission_metadata.json` says. Never raises: without it a submission is graded all the same."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        return Metadata(problem=f"{path.name} cannot be read ({one_line(str(error), 200)}).")
    if not isinstance(told, dict):
        return Metadata(problem=f"{path.name} is no JSON object.")
    names = [user["name"] for user in _objects(told.get("users")) if isinstance(user.get("name"), str)]
    scores = [_score(earlier) for earlier in _objects(told.get("previous_submissions"))]
    known = [score for score in scores if score is not None]
    return Metadata(one_line(", ".join(names), 200), known[-1] if known else None)


def named(submission: Submission, metadata: Metadata) -> Submission:
    """The submission under its student's name."""
    return replace(submission, id="gradescope", student=metadata.student or submission.student)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _score(earlier: Mapping[str, Any]) -> float | None:
    score = earlier.get("score")
    try:
        value = float(score) if isinstance(score, int | float | str) and not isinstance(score, bool) else None
    except ValueError:
        return None
    is_real = value is not None and 0 <= value < float("inf") and not earlier.get("autograder_error")
    return value if is_real else None
