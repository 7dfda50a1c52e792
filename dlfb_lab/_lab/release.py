"""The release that a student's folder was made by: `.dlfb_lab-release.json` in it, which `autograder release` writes.

It says what was given out, so that what a student has changed since can be told from what the instructor has.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dlfb_lab._lab.errors import WrongInput

FILE = ".dlfb_lab-release.json"
_AGAIN = "Get the release again from your instructor."


@dataclass(frozen=True)
class Release:
    """What was given out.

    Attributes:
        folder: where it lies.
        title: what the course is called.
        stamp: tells this release from every other one.
        origin: where the newest release is: a folder, a zip, or a git repository; "" where that is not said.
        labs: the labs in it, in order.
        files: every file in it, by its path from `folder`, with the digest of what was given out.
        cells: for each notebook, by its path, the digest of each cell's text by the cell's id.
    """

    folder: Path
    title: str
    stamp: str
    origin: str
    labs: tuple[str, ...]
    files: dict[str, str]
    cells: dict[str, dict[str, str]]

    def data(self, path: str) -> bytes:
        """What the file at `path` holds.

        Raises:
            WrongInput: it is missing, or not what was given out.
        """
        file = self.folder / path
        try:
            data = file.read_bytes()
        except OSError as error:
            raise WrongInput(
                f"{file} cannot be read ({error.strerror}), but is part of the release. {_AGAIN}"
            ) from error
        if digest(data) != self.files[path]:
            raise WrongInput(f"{file} is not what was released: it was changed, or the copy is damaged. {_AGAIN}")
        return data


def release_in(folder: Path) -> Release | None:
    """The release in `folder`; None where there is none.

    Raises:
        WrongInput: its file cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return release_from(folder, path.read_bytes())
    except OSError as error:
        raise WrongInput(f"{path} cannot be read ({error.strerror}). {_AGAIN}") from error


def release_from(folder: Path, data: bytes) -> Release:
    """The release that `data`, what its file holds, describes.

    Raises:
        WrongInput: it is no description of a release, or names a file outside of its folder.
    """
    try:
        root = json.loads(data.decode("utf-8"))
        title, stamp, origin = root["title"], root["stamp"], root["origin"]
        files, cells = root["files"], root["cells"]
        sound = (
            _are_texts([title, stamp, origin, *root["labs"]])
            and _is_table(files)
            and all(map(_is_table, cells.values()))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise WrongInput(f"{folder / FILE} does not describe a release. {_AGAIN}")
    strange = next((path for path in files if not _is_inside(path)), None)
    if strange is not None:
        raise WrongInput(f"{folder / FILE} names the file {strange!r}, which would not be in its folder. {_AGAIN}")
    return Release(folder, title, stamp, origin, tuple(root["labs"]), files, cells)


def digest(data: bytes) -> str:
    """Tells one file from another, whatever ends its lines: git may have changed that."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def cell_digest(source: str) -> str:
    """Tells the text of one cell from another. What editors may add at its end does not count."""
    return hashlib.sha256(source.rstrip().encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and _are_texts(list(value.values()))


def _is_inside(path: str) -> bool:
    """Whether `path` leads to a file below the folder it is meant from, on every system, and not into git's own."""
    parts = PurePosixPath(path).parts
    plain = bool(parts) and not set(path) & set('\\:\0<>"|?*') and not path.startswith("/")
    return plain and ".." not in parts and parts[0].lower() != ".git"
