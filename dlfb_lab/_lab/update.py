"""`lab update`: brings a newer release into a student's folder, and touches no answer.

All is planned before anything is written: a notebook that cannot be read stops it there. Then backups are made, and the
files are replaced, all of them or none.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from dlfb_lab._folder import upward
from dlfb_lab._lab.errors import LabError, WrongInput
from dlfb_lab._lab.notebooks import shown
from dlfb_lab._lab.origin import opened
from dlfb_lab._lab.release import FILE, Release, release_in
from dlfb_lab._lab.reset import back_up
from dlfb_lab._lab.swap import swap
from dlfb_lab._lab.update_plan import Plan, plan_update


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
            yield from carry_out(plan)


def carry_out(plan: Plan) -> Iterator[str]:
    """Do it, and say what was done.

    Raises:
        LabError: it could not be done, and nothing was changed.
    """
    kept = [back_up(path) for path in plan.backups]
    saved = [notebook for notebook in plan.read if notebook.path.read_bytes() != notebook.text.encode()]
    if saved:
        raise LabError(f"{shown(saved[0].path)} was saved just now by something else. Nothing was changed; try again.")
    try:
        swap(plan.home, plan.texts, plan.gone)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise LabError(f"The update could not be written ({why}). Everything is as it was; mend this first.") from error
    yield from plan.lines
    yield from _afterwards(plan, kept)


def _afterwards(plan: Plan, kept: list[Path]) -> Iterator[str]:
    if kept:
        yield f"What stood there before is in {shown(kept[0].parent)}: {', '.join(path.name for path in kept)}."
    if plan.read:
        yield "Load a notebook that is open in your editor again from disk: to save it there would undo this."
    if any(path.startswith("dlfb_lab/") for path in plan.texts):
        yield "Restart the kernels of your notebooks, so that they take the new dlfb_lab."
    if any(path.startswith("requirements/") or path == "pyproject.toml" for path in plan.texts):
        yield f"The packages may have changed, too. Install them: {install_command(plan.home)}"


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
