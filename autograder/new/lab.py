"""The pieces of a new lab."""

import re
import secrets
from pathlib import Path

from autograder.course import CourseError
from autograder.new.draft import Draft, filled
from autograder.verify.samples import KINDS


def lab_draft(root: Path, lab: str) -> Draft:
    """A lab without tasks: its source, its files of checks, and rooms for its samples.

    Args:
        root: the course's folder. Where it holds no course yet, one is begun.
        lab: its name, such as "04_pure_functions".

    Raises:
        CourseError: a lab cannot have that name, or there is one that has it.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", lab):
        raise CourseError(f"{lab}: not a lab's name. Use small letters, digits and `_`, such as 04_pure_functions.")
    source = root / "solutions" / f"{lab}.py"
    if source.exists():
        raise CourseError(f"{source}: there is a lab of that name. For a task of it: `autograder new {lab}.TASK`.")
    new = {
        source: filled("lab.py"),
        _room_of_checks(root) / f"test_{lab}.py": f'"""Visible checks of the lab {lab}."""\n',
        root / "solutions" / "hidden" / f"test_{lab}.py": f'"""Hidden checks of the lab {lab}."""\n',
    }
    settings = root / "solutions" / "course.toml"
    if not settings.exists():
        new[settings] = filled("course.toml", seed=secrets.randbelow(2**31))
    return Draft(new, {}, tuple(room_of_samples(root, kind, lab) for kind in KINDS))


def _room_of_checks(root: Path) -> Path:
    """Where visible checks stand: in the package for the labs that ship, else beside `solutions`."""
    package = root / "dlfb_lab"
    return (package if package.is_dir() else root) / "checks"


def room_of_samples(root: Path, kind: str, lab: str) -> Path:
    """Where the sample answers of a lab stand: in a room for all labs where the course has one, else in its own."""
    return root / kind if (root / kind).is_dir() else root / "tests" / kind / lab
