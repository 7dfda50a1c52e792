"""The pieces of a new task."""

import re
from pathlib import Path

from autograder.course import Course, CourseError, Lab
from autograder.names import why_not_a_task_name
from autograder.new.draft import Draft, filled
from autograder.new.imports import with_import, with_names
from autograder.new.lab import room_of_samples
from autograder.verify.check_file import read_checks

_TAKE_AWAY = re.compile(r"# #+ .*\btake[- ]away\b.*", re.IGNORECASE)


def task_draft(course: Course, lab_name: str, task: str, *, is_value: bool) -> Draft:
    """A task: its cells in the lab, a visible and a hidden check, and samples.

    Args:
        course: the course.
        lab_name: its lab.
        task: its name.
        is_value: whether it asks for a value, not for a function.

    Raises:
        CourseError: there is no such lab, or a task cannot have that name.
    """
    lab = next((lab for lab in course.labs if lab.name == lab_name), None)
    if lab is None:
        labs = ", ".join(lab.name for lab in course.labs)
        raise CourseError(f"{lab_name}: no lab of this course. Labs are {labs}. Add it: `autograder new {lab_name}`.")
    _refuse_a_lab_below(course, lab)
    _refuse_a_bad_name(course, task)
    new, grown = {}, {lab.source: _with_cells(lab, task, is_value)}
    hidden = course.home / "solutions" / "hidden" / f"test_{lab.name}.py"
    grown[lab.visible_checks] = _with_check(lab.visible_checks, "visible", task, is_value)
    if hidden.is_file():
        grown[hidden] = _with_check(hidden, "hidden", task, is_value)
    else:
        new[hidden] = _with_check(hidden, "hidden", task, is_value, f'"""Hidden checks of the lab {lab.name}."""\n')
    return Draft({**new, **_samples(course.home, lab.name, task, is_value)}, grown)


def _refuse_a_lab_below(course: Course, lab: Lab) -> None:
    if course.over and not lab.source.is_relative_to(course.home):
        raise CourseError(
            f"{lab.name}: it stands in a folder below, {lab.source.parents[1]}. Begin a lab of your own, "
            f"such as `autograder new {lab.name}_more`, or copy {lab.source} to {course.home / 'solutions'} first."
        )


def _refuse_a_bad_name(course: Course, task: str) -> None:
    if reason := why_not_a_task_name(task):
        raise CourseError(f"`{task}` cannot be a task's name: {reason}. Choose another one.")
    homes = [lab.name for lab in course.labs for one in lab.tasks if one.name == task]
    if homes:
        raise CourseError(f"`{task}` is a task of {homes[0]}. Names are unique over all labs: choose another one.")


def _samples(root: Path, lab: str, task: str, is_value: bool) -> dict[Path, str]:
    right, wrong = (room_of_samples(root, kind, lab) for kind in ("right", "wrong"))
    texts = {right / f"{task}__TODO.py": filled("right.py", task=task, is_value=is_value)}
    for number in (1, 2, 3):
        texts[wrong / f"{task}__TODO_{number}.py"] = filled("wrong.py", task=task, is_value=is_value)
    return texts


def _with_check(file: Path, kind: str, task: str, is_value: bool, text: str = "") -> str:
    """The text of a file of checks with one more below the others, and with what that one imports."""
    text = text or file.read_text("utf-8")
    text = with_names(text, "dlfb_lab", ["expect_equal" if is_value else "expect_close"])
    text = text if is_value else with_import(text, "jax.numpy", "jnp")
    lines = text.rstrip("\n").split("\n")
    checks = read_checks(file, text)
    at = checks[-1].last if checks else len(lines)
    new = filled(f"{kind}.py", task=task, is_value=is_value).rstrip("\n")
    return "\n".join([*lines[:at], "", "", new, *lines[at:]]) + "\n"


def _with_cells(lab: Lab, task: str, is_value: bool) -> str:
    """The lab's source with the cells of the task, before what it says to take away."""
    lines = lab.source.read_text("utf-8").rstrip("\n").split("\n")
    cells = filled("task.py", task=task, is_value=is_value)
    at = next((number for number, line in enumerate(lines) if _TAKE_AWAY.fullmatch(line)), len(lines))
    before, after = lines[:at], lines[at:]
    while before and before[-1].strip() in ("", "#"):
        before.pop()
    if after and before and before[-1].startswith("# %%"):
        before.pop()
        while before and not before[-1].strip():
            before.pop()
    rest = ["", "# %% [markdown]", *after] if after else []
    return "\n".join([*before, "", *cells.rstrip("\n").split("\n"), *rest]) + "\n"
