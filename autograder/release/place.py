"""Puts a release's files where they belong: into a folder that is empty, or that an earlier release has made.

What somebody else has put there, or has changed since, is never overwritten and never removed. Each file is written
whole or not at all, and the description of the release last, so a run that was interrupted can be repeated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.release.parts import Files
from autograder.report.write import write_whole
from dlfb_lab._lab.errors import WrongInput
from dlfb_lab._lab.release import FILE, Release, digest, release_in

_DRAFT = ".writing-"
_SHOWN = 5


class NotOurs(Exception):
    """The folder holds what no release has put there. The message names it, and says what to do."""


@dataclass(frozen=True)
class Changes:
    """What a release changes in its folder, by paths: files that are new, of another text, or no longer part of it."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def earlier_release(folder: Path) -> Release | None:
    """The release that stands in `folder`; None where there is none.

    Raises:
        NotOurs: its description is damaged.
    """
    try:
        return release_in(folder)
    except WrongInput as error:
        raise NotOurs(str(error)) from error


def plan_changes(files: Files, folder: Path) -> Changes:
    """What writing `files` to `folder` would change.

    Raises:
        NotOurs: it would overwrite or remove something that no release has put there.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOurs(f"{folder} is no folder. Name one that is empty, or not there yet.")
    earlier = earlier_release(folder)
    if earlier is None:
        _refuse_strangers(files, folder)
    wanted = {path for path, data in files.items() if not _holds(folder / path, data)}
    gone = {path for path in (earlier.files if earlier else ()) if path not in files and _is_there(folder / path)}
    _refuse_changed(sorted(path for path in wanted | gone if not _may_go(folder, path, earlier)), folder)
    there = {path for path in wanted if _is_there(folder / path)}
    return Changes(tuple(sorted(wanted - there)), tuple(sorted(there)), tuple(sorted(gone)))


def make_changes(changes: Changes, files: Files, folder: Path) -> None:
    """Write and remove what was planned. Raises OSError; a second run does what was left undone."""
    written = [path for path in (*changes.new, *changes.changed) if path != FILE]
    for path in written:
        write_whole(folder / path, files[path])
    for path in changes.removed:
        (folder / path).unlink(missing_ok=True)
    write_whole(folder / FILE, files[FILE])


def files_in(folder: Path) -> Iterator[Path]:
    """Every file of `folder` but git's own and those of virtual environments, in order; none where it is not there."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            if path.name != ".git" and not (path / "pyvenv.cfg").is_file():
                yield from files_in(path)
        elif not path.name.startswith(_DRAFT):
            yield path


def _refuse_strangers(files: Files, folder: Path) -> None:
    found = {path.relative_to(folder).as_posix(): path for path in files_in(folder)}
    strange = [name for name, path in found.items() if name not in files or not _holds(path, files[name])]
    if strange:
        raise NotOurs(
            f"{folder} is not empty, and no earlier release has made it: it holds {_some(strange)}. "
            "Name a folder that is empty, or not there yet."
        )


def _refuse_changed(paths: list[str], folder: Path) -> None:
    if paths:
        raise NotOurs(
            f"In {folder} this was changed by somebody since it was released, and is not overwritten: {_some(paths)}. "
            "Delete it there to have it written anew, or move it away."
        )


def _may_go(folder: Path, path: str, earlier: Release | None) -> bool:
    """Whether what stands at `path` is as a release has left it, or is not there at all."""
    file = folder / path
    if any(place.is_symlink() for place in [file, *file.parents][: path.count("/") + 1]):
        return False
    if not _is_there(file):
        return True
    if path == FILE:
        return earlier is not None
    return earlier is not None and file.is_file() and digest(file.read_bytes()) == earlier.files.get(path)


def _is_there(file: Path) -> bool:
    return file.is_symlink() or file.exists()


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and not file.is_symlink() and digest(file.read_bytes()) == digest(data)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
