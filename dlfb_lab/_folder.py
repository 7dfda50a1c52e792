"""Where a student works: the folder of their notebooks, and in it `.dlfb_lab`, which holds what is kept between runs.

A notebook's kernel runs in the notebook's own folder, the `lab` command mostly in the one above `exercises/`. Both must
come to the same place, so both look upward for the nearest folder with notebooks of these labs.
"""

import os
from pathlib import Path

from dlfb_lab._catalog import labs

VARIABLE = "DLFB_LAB_FOLDER"


def student_folder(start: Path | None = None) -> Path:
    """The folder that holds the notebooks, or holds them in `exercises/`: from `start` upward. Else `start` itself.

    Args:
        start: the current folder when None.
    """
    places = upward(start)
    for place in places:
        if _holds_a_lab(place / "exercises"):
            return place
        if _holds_a_lab(place):
            return place.parent if place.name == "exercises" else place
    return places[0]


def upward(start: Path | None = None) -> list[Path]:
    """`start`, or the current folder, and all folders above it."""
    here = _absolute(start or Path())
    return [here, *here.parents]


def kept_folder(start: Path | None = None) -> Path:
    """Where progress and backups are kept: `.dlfb_lab` in the student's folder, or what `DLFB_LAB_FOLDER` names."""
    chosen = os.environ.get(VARIABLE)
    return _absolute(Path(chosen)) if chosen else student_folder(start) / ".dlfb_lab"


def make_kept_folder() -> Path:
    """`kept_folder`, made where it is missing, and told to git as nothing to commit.

    Raises:
        OSError: it cannot be made.
    """
    folder = kept_folder()
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / ".gitignore"
    if not note.exists():
        note.write_text("*\n", "utf-8")
    return folder


def _holds_a_lab(folder: Path) -> bool:
    return any((folder / f"{lab}.ipynb").is_file() for lab in labs())


def _absolute(path: Path) -> Path:
    """`path` from the root. A kernel whose folder was removed has no current one, and goes by the name alone."""
    try:
        return path.absolute()
    except OSError:
        return path
