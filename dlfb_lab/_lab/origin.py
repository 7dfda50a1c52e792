"""Where a newer release comes from: a folder, a zip, or a git repository. Only what a release lists is read there."""

import contextlib
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dlfb_lab._lab.errors import LabError, WrongInput
from dlfb_lab._lab.process import run_limited
from dlfb_lab._lab.release import FILE, Release, release_from, release_in

_MOST_BYTES = 200_000_000
_ADDRESS = re.compile(r"\w[\w+.-]*://|[\w.-]+@[\w.-]+:")
# Nothing asks a question, neither git nor what it calls.
_SILENT = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
_NO_WINDOW = {"GIT_ASKPASS": "", "SSH_ASKPASS": ""}


@contextlib.contextmanager
def opened(where: str, seconds: float) -> Iterator[Release]:
    """The release at `where`, as long as the context lasts.

    Args:
        where: a folder, a zip, or what git clones.
        seconds: how long git may take.

    Raises:
        WrongInput: there is no release.
        LabError: it cannot be reached.
    """
    path = Path(where).expanduser()
    with tempfile.TemporaryDirectory(prefix="dlfb_lab-release-") as scratch:
        if path.is_file():
            yield _unpacked(path, Path(scratch))
        elif (path / FILE).is_file():
            yield _needed(path, where)
        elif _is_git(where, path):
            yield _cloned(where, Path(scratch), seconds)
        elif path.is_dir():
            raise WrongInput(f"{where} holds no release, for it has no {FILE}. Name the folder that has it.")
        else:
            raise LabError(f"{where} is not there, or cannot be reached from here. Name another place with --from.")


def newest_stamp(origin: str, seconds: float) -> str:
    """The stamp of the release at `origin`; "" where it cannot be reached within some seconds."""
    path = Path(origin).expanduser()
    try:
        if path.is_file() or (path / FILE).is_file() or not _is_git(origin, path):
            with opened(origin, seconds) as release:
                return release.stamp
        with tempfile.TemporaryDirectory(prefix="dlfb_lab-release-") as scratch:
            folder = Path(scratch) / "newest"
            # No file but the one that says which release it is.
            words = ["--filter=blob:none", "--no-checkout"]
            _git(["clone", "--quiet", "--depth=1", *words, "--", origin, str(folder)], folder.parent, seconds)
            _git(["checkout", "--quiet", "HEAD", "--", FILE], folder, seconds)
            return _needed(folder, origin).stamp
    except (LabError, OSError):
        return ""


def _is_git(where: str, path: Path) -> bool:
    bare = (path / "HEAD").is_file() and (path / "objects").is_dir()
    return bool(_ADDRESS.match(where)) or bare or (path / ".git").exists()


def _needed(folder: Path, where: str) -> Release:
    release = release_in(folder)
    if release is None:
        raise WrongInput(f"{where} holds no release, for it has no {FILE}.")
    return release


def _cloned(where: str, scratch: Path, seconds: float) -> Release:
    folder = scratch / "newest"
    # A link in it stays a plain file, which then is not what was released.
    settings = ["-c", "core.symlinks=false", "-c", "core.autocrlf=false"]
    _git(["clone", "--quiet", "--depth=1", *settings, "--", where, str(folder)], scratch, seconds, windows=True)
    return _needed(folder, where)


def _git(words: list[str], folder: Path, seconds: float, *, windows: bool = False) -> None:
    """Run git. `windows`: a program that keeps passwords may open one, for somebody waits for the answer."""
    own = {"GIT_SSH_COMMAND": os.environ["GIT_SSH_COMMAND"]} if "GIT_SSH_COMMAND" in os.environ else {}
    settings = {**_SILENT, **own, **({} if windows else _NO_WINDOW)}
    try:
        with tempfile.TemporaryDirectory(prefix="dlfb_lab-git-") as scratch:
            ended = run_limited(["git", *words], seconds, folder, Path(scratch) / "errors", {**os.environ, **settings})
    except FileNotFoundError as error:
        raise LabError("git is not installed here, and the newest release comes through it. Install git.") from error
    if ended.code is None:
        raise LabError(f"git did not reach the newest release within {seconds:g} seconds. Try again later.")
    if ended.code:
        said = ended.errors.splitlines()[-1] if ended.errors else f"exit code {ended.code}"
        raise LabError(f"git could not get the newest release: {said}. Try again later, or use --from.")


def _unpacked(path: Path, scratch: Path) -> Release:
    """The release in a zip, whose files may all lie in one folder of it, as GitHub packs them."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            found = [name for name in sizes if PurePosixPath(name).name == FILE]
            if not found:
                raise WrongInput(f"{path} holds no release, for there is no {FILE} in it. Name another zip.")
            top = min(found, key=lambda name: name.count("/"))
            before = top.removesuffix(FILE)
            release = release_from(scratch, _member(archive, top, sizes))
            wanted = {before + name: scratch / name for name in (FILE, *release.files)}
            if sum(sizes.get(name, 0) for name in wanted) > _MOST_BYTES:
                raise WrongInput(f"{path} is larger than any release. Name another zip.")
            for name, file in wanted.items():
                if name in sizes:  # what is missing is said when it is read
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(_member(archive, name, sizes))
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise WrongInput(f"{path} cannot be read as a zip ({error}). Get it again.") from error
    return release


def _member(archive: zipfile.ZipFile, name: str, sizes: dict[str, int]) -> bytes:
    if sizes[name] > _MOST_BYTES:
        raise WrongInput(f"{name} in the zip is larger than any release. Name another zip.")
    return archive.read(name)
