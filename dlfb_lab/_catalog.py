"""The index of labs and tasks that the labs' sources were built into."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_course = _PACKAGE


@dataclass(frozen=True)
class CatalogTask:
    """One task as a student may know it."""

    name: str
    lab: str
    title: str
    kind: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    starter: str


@dataclass(frozen=True)
class CatalogLab:
    """One lab. `stamp` tells one release of its notebook from another."""

    name: str
    title: str
    stamp: str


@cache
def labs() -> dict[str, CatalogLab]:
    """Every lab by name, in order."""
    return {lab["name"]: CatalogLab(lab["name"], lab["title"], lab["stamp"]) for lab in _read()}


@cache
def catalog() -> dict[str, CatalogTask]:
    """Every task by name, in the order of the labs."""
    tasks = {}
    for lab in _read():
        for task in lab["tasks"]:
            fields = {**task, "lab": lab["name"], "hints": tuple(task["hints"])}
            tasks[task["name"]] = CatalogTask(**fields)
    return tasks


def _read() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_course.joinpath("catalog.json").read_text("utf-8"))["labs"]
    return found


def checks_file(lab: str) -> Path:
    """The file of the visible checks of `lab`."""
    own = _course / "checks" / f"test_{lab}.py"
    return own if own.is_file() else _PACKAGE / "checks" / f"test_{lab}.py"


def use_course(folder: Path) -> None:
    """From now on speak of the labs of another course: the folder that holds its `catalog.json` and its `checks`."""
    global _course
    _course = folder
    catalog.cache_clear()
    labs.cache_clear()
