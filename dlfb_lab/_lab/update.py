"""`lab update`: brings a newer release into a student's folder, and touches no answer.

All is planned before anything is written: a notebook that cannot be read stops it there. Then backups are made, and the
files are replaced, all of them or none.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dlfb_lab._folder import upward
from dlfb_lab._lab.errors import LabError, WrongInput
from dlfb_lab._lab.merge import merge
from dlfb_lab._lab.notebooks import SavedNotebook, read_notebook, shown
from dlfb_lab._lab.origin import opened
from dlfb_lab._lab.release import FILE, Release, digest, release_in
from dlfb_lab._lab.reset import back_up
from dlfb_lab._lab.splice import step_of
from dlfb_lab._lab.swap import swap
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

    def carry_out(self) -> Iterator[str]:
        """Do it, and say what was done.

        Raises:
            LabError: it could not be done, and nothing was changed.
        """
        kept = [back_up(path) for path in self.backups]
        saved = [notebook for notebook in self.read if notebook.path.read_bytes() != notebook.text.encode()]
        if saved:
            raise LabError(
                f"{shown(saved[0].path)} was saved just now by something else. Nothing was changed; try again."
            )
        try:
            swap(self.home, self.texts, self.gone)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise LabError(
                f"The update could not be written ({why}). Everything is as it was; mend this first."
            ) from error
        yield from self.lines
        yield from self._afterwards(kept)

    def _afterwards(self, kept: list[Path]) -> Iterator[str]:
        if kept:
            yield f"What stood there before is in {shown(kept[0].parent)}: {', '.join(path.name for path in kept)}."
        if self.read:
            yield "Load a notebook that is open in your editor again from disk: to save it there would undo this."
        if any(path.startswith("dlfb_lab/") for path in self.texts):
            yield "Restart the kernels of your notebooks, so that they take the new dlfb_lab."
        if any(path.startswith("requirements/") or path == "pyproject.toml" for path in self.texts):
            yield f"The packages may have changed, too. Install them: {install_command(self.home)}"


def home_release() -> Release:
    """The release that the student's folder was made by: in the current folder, or the nearest above it.

    Raises:
        WrongInput: there is none, or its description is damaged.
    """
    home = next((place for place in upward() if (place / FILE).is_file()), None)
    release = release_in(home) if home is not None else None
    if release is None:
        raise WrongInput(
            f"No folder of a release was found in {upward()[0]} or above it: it would hold {FILE}. "
            "Change to the folder that you have from your instructor."
        )
    return release


def update(source: str | None, dry_run: bool, seconds: float) -> Iterator[str]:
    """Bring the student's folder to a newer release; what to print on the way.

    Args:
        source: a folder, a zip, or what git clones; None for where the folder's own release says that the newest is.
        dry_run: whether only to say what would happen.
        seconds: how long git may take.

    Raises:
        WrongInput: there is no release here or there, or a notebook cannot be read. Nothing was changed.
        LabError: it could not be reached, or not be written. Nothing was changed.
    """
    mine = home_release()
    where = mine.origin if source is None else source
    if not where:
        raise WrongInput(
            "Your release does not say where the newest one is. Get that from your instructor, as a folder or a zip, "
            "and name it: lab update --from FILE."
        )
    with opened(where, seconds) as new:
        plan = plan_update(mine, new)
        if not plan.texts and not plan.gone:
            yield from (*plan.lines, f"You have this release already ({new.stamp}). Nothing was changed.")
        elif dry_run:
            yield from (
                f"Release {new.stamp}, in place of {mine.stamp}, would bring:",
                *plan.lines,
                "Nothing was changed.",
            )
        else:
            yield f"Release {new.stamp}, in place of {mine.stamp}:"
            yield from plan.carry_out()


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


def install_command(home: Path) -> str:
    """What installs this environment anew, from the locks of `home`."""
    python = Path(sys.prefix)
    if python == home / ".venv":
        return "make setup" if os.name != "nt" else r"py requirements\install.py"
    with_set = "student"
    stamp = python / "dlfb-lab.stamp"
    if stamp.is_file():
        with_set = (stamp.read_text("utf-8").splitlines()[1:] or [with_set])[0].split(" ")[0]
    return f"python3 requirements/install.py {with_set} --venv {python}"
