"""What `lab update` would do: each file of the newer release beside the student's, and what the student has changed."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from dlfb_lab._lab.merge import merge
from dlfb_lab._lab.notebooks import SavedNotebook, read_notebook, shown
from dlfb_lab._lab.release import FILE, Release, digest
from dlfb_lab._lab.splice import step_of
from dlfb_lab._lab.update_words import notebook_words, package_words

# What must fit together for the labs to run. Whatever else a student has changed stays as they have it.
_TOGETHER = ("dlfb_lab/", "requirements/", "pyproject.toml")


@dataclass
class Plan:
    """What an update would do.

    Attributes:
        home: the student's folder.
        texts: what files would hold, by their paths.
        gone: files that would be removed.
        backups: what would be copied first, since it holds work of the student's.
        lines: what to say of it.
        read: the notebooks that it is made from.
    """

    home: Path
    texts: dict[str, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    read: list[SavedNotebook] = field(default_factory=list)


def plan_update(mine: Release, new: Release) -> Plan:
    """What bringing the release `new` into the folder of `mine` would do.

    Raises:
        WrongInput: a notebook cannot be read, or `new` is damaged.
    """
    plan = Plan(mine.folder)
    for path in new.files:
        (_plan_notebook if path.endswith(".ipynb") else _plan_file)(plan, path, new.data(path), mine, new)
    for path in mine.files:
        if path not in new.files:
            _plan_removal(plan, path, mine)
    plan.lines += package_words(list(plan.texts), plan.gone)
    if (mine.folder / FILE).read_bytes() != (new.folder / FILE).read_bytes():
        plan.texts[FILE] = (new.folder / FILE).read_bytes()
    return plan


def _plan_notebook(plan: Plan, path: str, data: bytes, mine: Release, new: Release) -> None:
    place = _notebook_at(plan.home, path)
    if place is None:
        plan.texts[path] = data
        plan.lines.append(f"{path}: new.")
        return
    notebook = read_notebook(place)
    merged = merge(notebook.root, json.loads(data), mine.cells.get(path, {}))
    if merged.root == notebook.root:
        return
    text = json.dumps(merged.root, indent=step_of(notebook.text), ensure_ascii=False) + "\n"
    plan.texts[place.relative_to(plan.home).as_posix()] = _encoded(text, merged.root)
    plan.backups.append(place)
    plan.read.append(notebook)
    plan.lines += notebook_words(shown(place), merged)


def _notebook_at(home: Path, path: str) -> Path | None:
    """Where the student has the notebook: where it was given out, or at the top of their folder."""
    return next((place for place in (home / path, home / Path(path).name) if place.is_file()), None)


def _encoded(text: str, root: dict[str, object]) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a character, in some output
        return (json.dumps(root, indent=1) + "\n").encode()


def _plan_file(plan: Plan, path: str, data: bytes, mine: Release, new: Release) -> None:
    place = plan.home / path
    there = digest(place.read_bytes()) if place.is_file() else None
    if there == new.files[path]:
        return
    if there is None or there == mine.files.get(path):
        plan.texts[path] = data
    elif path.startswith(_TOGETHER):
        plan.texts[path] = data
        plan.backups.append(place)
        plan.lines.append(f"{path}: new, though you had changed it. Yours is kept as a backup.")
    elif mine.files.get(path) != new.files[path]:
        plan.lines.append(f"{path}: left as you have it. It has changed in the release, too.")


def _plan_removal(plan: Plan, path: str, mine: Release) -> None:
    place = plan.home / path
    if not place.is_file():
        return
    if path.endswith(".ipynb"):
        plan.lines.append(f"{path}: no longer part of the release. Your notebook stays.")
    elif digest(place.read_bytes()) == mine.files[path]:
        plan.gone.append(path)
