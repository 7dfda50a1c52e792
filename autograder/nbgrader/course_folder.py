"""Our course -> a folder that nbgrader can work in.

    nbgrader_config.py            written once, yours from then on
    source/<lab>/<lab>.ipynb      what the instructor has, an assignment a lab
    grading/settings.py           what nbgrader must know; `nbgrader_config.py` loads it
    grading/late_penalties.py     nbgrader's late policy, for where our grader grades
    grading/                      the hidden checks, the answers and the seed: nbgrader releases `source` alone

Everything but `nbgrader_config.py` is written anew each time, in full or not at all.
"""

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from autograder.course import Course, CourseError, Lab
from autograder.nbgrader.source_notebook import manual_cells, source_notebook
from autograder.report.write import write_whole

GRADING = "grading"
_LOADS = f"{GRADING}/settings.py"


def write_course(course: Course, folder: Path, names: Sequence[str] = ()) -> Iterator[str]:
    """Write the folder, and say of each file what was done.

    Args:
        course: the course.
        folder: where; made if it is missing.
        names: which labs; all of them where it is empty.

    Raises:
        CourseError: a lab is unknown, or the folder holds what cannot be kept.
        OSError: a file cannot be written.
    """
    labs = chosen_labs(course, names)
    notebooks = {_source_path(folder, lab): _notebook(course, lab, folder) for lab in labs}
    for path, text in (_grading_files(course, labs, folder) | notebooks).items():
        write_whole(path, text.encode())
    for lab in labs:
        kept = len(manual_cells(notebooks[_source_path(folder, lab)]))
        also = f", with your {kept} manually graded cells" if kept else ""
        yield f"{_source_path(folder, lab)}: {len(lab.tasks)} tasks{also}."
    yield f"{folder / GRADING}: hidden checks and answers, never released."
    yield _configured(folder / "nbgrader_config.py")


def chosen_labs(course: Course, names: Sequence[str]) -> list[Lab]:
    """The labs of these names, in the course's order; all where no name is given. Raises CourseError."""
    known = [lab.name for lab in course.labs]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CourseError(f"{unknown[0]}: no lab of this course. It has {', '.join(known)}.")
    return [lab for lab in course.labs if not names or lab.name in names]


def _source_path(folder: Path, lab: Lab) -> Path:
    return folder / "source" / lab.name / f"{lab.name}.ipynb"


def _notebook(course: Course, lab: Lab, folder: Path) -> str:
    path = _source_path(folder, lab)
    try:
        return source_notebook(course, lab, path.read_text("utf-8") if path.exists() else "")
    except (CourseError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: {error}") from None


def _grading_files(course: Course, labs: Sequence[Lab], folder: Path) -> dict[Path, str]:
    """What grading needs: a small course folder of its own, and an index that is read without any library."""
    place = folder / GRADING
    files = {place / f"{name}.py": _template(name) for name in ("settings", "late_penalties")}
    for lab in labs:
        files[place / "solutions" / lab.source.name] = lab.source.read_text("utf-8")
        files[place / "checks" / lab.visible_checks.name] = lab.visible_checks.read_text("utf-8")
        for name, hidden in _hidden(lab).items():
            files[place / name] = hidden.read_text("utf-8")
    files[place / "labs.json"] = json.dumps({**_index_before(place), **_index(course, labs)}, indent=1) + "\n"
    return files


def _hidden(lab: Lab) -> dict[str, Path]:
    """Where each file of hidden checks goes: one that a course lays over another's has the same name."""
    return {f"solutions/hidden/{number}/test_{lab.name}.py": file for number, file in enumerate(lab.all_hidden, 1)}


def _index_before(place: Path) -> dict[str, Any]:
    """What is known there of labs already: those that are not written this time are graded as before."""
    try:
        return dict(json.loads((place / "labs.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _index(course: Course, labs: Sequence[Lab]) -> dict[str, Any]:
    return {
        lab.name: {
            "source": f"solutions/{lab.source.name}",
            "visible": f"checks/{lab.visible_checks.name}",
            "hidden": list(_hidden(lab)),
            "points": {task.name: float(task.points) for task in lab.tasks},
            "seed": course.seed,
        }
        for lab in labs
    }


def _configured(path: Path) -> str:
    """Write the configuration once. It is the instructor's own, so one that is there stays as it is."""
    if not path.exists():
        write_whole(path, _template("nbgrader_config").encode())
        return f"{path}: yours to change."
    if _LOADS in path.read_text("utf-8", "replace"):
        return f"{path}: kept as it is."
    return f'{path}: kept as it is, but it needs one more line: load_subconfig("{_LOADS}")'


def _template(name: str) -> str:
    return resources.files("autograder.nbgrader").joinpath(f"templates/{name}.py.txt").read_text("utf-8")
