"""The rule on names: a task has the same name in every room, and no room has a name that is no task's."""

import difflib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from autograder.build import catalog_path
from autograder.course import Lab
from autograder.verify.check_file import CheckFunction, checks_of
from autograder.verify.house import House
from autograder.verify.problem import Problem
from autograder.verify.samples import KINDS, sample_files, task_and_story


def problems(house: House) -> list[Problem]:
    """Every name that does not fit."""
    found = [problem for lab in house.part.labs for problem in _in_checks(house, lab)]
    found += [problem for kind in KINDS for problem in _in_samples(house, kind)]
    if house.part.is_all:
        found += [*_files_of_no_lab(house), *_in_catalog(house)]
    return found


def _in_checks(house: House, lab: Lab) -> Iterator[Problem]:
    names = [task.name for task in lab.tasks]
    checks = checks_of(lab)
    for check in checks:
        where, task = house.place(check.file, check.line), check.task(names)
        if not task:
            saw = f"`{check.name}` takes no task of this lab{_close([*check.arguments], names)}."
            yield Problem(where, saw, "Give it the task's name as its argument.")
        elif task in house.part.names and not check.name.startswith(f"test_{task}_"):
            saw = f"`{check.name}` is a check of `{task}` and is not called so."
            yield Problem(where, saw, f"Rename it: test_{task}_...")
    yield from _written_twice(house, checks)
    visible = {check.task(names) for check in checks if check.file == lab.visible_checks}
    for name in (task.name for task in house.tasks_of(lab) if task.name not in visible):
        yield Problem(house.place(lab.visible_checks), f"`{name}` has no visible check.", "Write one.")


def _written_twice(house: House, checks: list[CheckFunction]) -> Iterator[Problem]:
    counts = Counter((check.file, check.name) for check in checks)
    for file, name in (each for each, count in counts.items() if count > 1):
        yield Problem(house.place(file), f"`{name}` stands there twice, and the first never runs.", "Rename one.")


def _in_samples(house: House, kind: str) -> Iterator[Problem]:
    labs = {task.name: lab.name for lab in house.course.labs for task in lab.tasks}
    for path in sample_files(house.root, kind):
        task, _ = task_and_story(path) or ("", "")
        inside = task in house.part.names or (house.part.is_all and task not in labs)
        if not inside:
            continue
        if not task:
            yield Problem(house.place(path), "its name says no task.", "Rename it: <task>__<story>.py.")
        elif task not in labs:
            saw = f"no task is called `{task}`{_close([task], list(labs))}."
            yield Problem(house.place(path), saw, "Correct the file's name, or delete it.")
        elif path.parent.name not in (kind, labs[task]):
            saw = f"`{task}` is a task of {labs[task]}."
            yield Problem(house.place(path), saw, f"Move it to the folder {labs[task]}.")


def _files_of_no_lab(house: House) -> Iterator[Problem]:
    """Files of checks and folders of samples that are named for a lab that is not there."""
    labs = [lab.name for lab in house.course.labs]
    package = house.root / "dlfb_lab"
    rooms = [house.root / "checks", house.root / "solutions" / "hidden", *([package / "checks"] * package.is_dir())]
    for file in (file for room in rooms for file in sorted(room.glob("test_*.py"))):
        lab = file.stem.removeprefix("test_")
        if lab not in labs:
            saw = f"checks of a lab that is not there{_close([lab], labs)}."
            yield Problem(house.place(file), saw, "Rename it for its lab, or delete it.")
    for folder in (folder for kind in KINDS for folder in sorted((house.root / "tests" / kind).glob("*/"))):
        if folder.name not in labs and any(folder.glob("*.py")):
            saw = f"samples for a lab that is not there{_close([folder.name], labs)}."
            yield Problem(house.place(folder), saw, "Rename it for its lab, or delete it.")


def _in_catalog(house: House) -> Iterator[Problem]:
    path = catalog_path(house.course)
    listed = _listed(path)
    tasks = {(lab.name, task.name) for lab in house.course.labs for task in lab.tasks}
    for lab, name in sorted(listed ^ tasks):
        saw = f"it {'has' if (lab, name) in listed else 'lacks'} the task `{name}` of {lab}, unlike the lab's source."
        yield Problem(house.place(path), saw, "Run `autograder build`.")


def _listed(path: Path) -> set[tuple[str, str]]:
    try:
        labs = json.loads(path.read_text("utf-8"))["labs"]
        return {(lab["name"], task["name"]) for lab in labs for task in lab["tasks"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _close(names: list[str], known: list[str]) -> str:
    """A parenthesis with the name that was meant, if one is like it."""
    close = next((found[0] for name in names if (found := difflib.get_close_matches(name, known, 1))), "")
    return f" (is it `{close}`?)" if close else ""
