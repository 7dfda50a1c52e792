"""A lab without what students may not have, as files and back: its visible checks, its notebook, its points."""

import json
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.export.results_folder import ExportError
from autograder.lab_source import Lab, Task

_FILE = "lab.json"


def visible_files(lab: Lab) -> dict[str, bytes]:
    """The lab's files by name: what `visible_course` reads.

    Raises:
        ExportError: the notebook is not built.
    """
    notebook = lab.source.parents[1] / "exercises" / f"{lab.name}.ipynb"
    if not notebook.is_file():
        raise ExportError(f"{notebook}: missing. Run `autograder build` first.")
    told = {"name": lab.name, "title": lab.title, "tasks": [_told(task) for task in lab.tasks]}
    return {
        f"lab/{_FILE}": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        f"lab/test_{lab.name}.py": lab.visible_checks.read_bytes(),
        f"exercises/{lab.name}.ipynb": notebook.read_bytes(),
    }


def visible_course(folder: Path) -> Course:
    """A course of that one lab, without answers.

    Raises:
        ExportError: the folder does not hold what `visible_files` gave.
    """
    path = folder / "lab" / _FILE
    try:
        told = json.loads(path.read_text("utf-8"))
        name = str(told["name"])
        tasks = tuple(_task(name, task) for task in told["tasks"])
        lab = Lab(name, str(told["title"]), tasks, path, folder / "lab" / f"test_{name}.py", None)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{path}: cannot be read ({error}). Export the bundle again.") from error
    return Course(folder, lab.title, 0, "", (lab,))


def _told(task: Task) -> dict[str, Any]:
    return {
        "name": task.name,
        "title": task.title,
        "kind": task.kind,
        "points": task.points,
        "difficulty": task.difficulty,
        "minutes": task.minutes,
    }


def _task(lab: str, told: dict[str, Any]) -> Task:
    return Task(lab=lab, hints=(), starter="", **told)
