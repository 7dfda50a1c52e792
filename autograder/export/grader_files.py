"""The grader itself, to be taken along in a bundle: the sources of both packages, and the lock of what they need."""

from collections.abc import Iterator
from pathlib import Path

import dlfb_lab
from autograder.export.results_folder import ExportError

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parent
ENTRY = Path(__file__).parent / "classroom50_entry.py"


def grader_files() -> dict[str, bytes]:
    """package/... by name: what pip can install.

    Raises:
        ExportError: this is an installed copy, which lacks what a checkout has.
    """
    about = [from_checkout(name) for name in ("pyproject.toml", "README.md", "LICENSE")]
    files = {f"package/{file.name}": file.read_bytes() for file in about}
    for folder in (Path(dlfb_lab.__path__[0]), _PACKAGE):
        files |= {f"package/{folder.name}/{name}": data for name, data in _below(folder)}
    return files


def instructor_lock() -> Path:
    """The lock of what a teacher installs. Raises ExportError as `grader_files` does."""
    return from_checkout("requirements/instructor.txt")


def from_checkout(name: str) -> Path:
    """A file of the repository. Raises ExportError as `grader_files` does."""
    file = _CHECKOUT / name
    if not file.is_file():
        raise ExportError(f"{file}: missing. Run this from a checkout of the repository, not from an installed copy.")
    return file


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of a package's files, without what Python has compiled."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc":
            yield file.relative_to(folder).as_posix(), file.read_bytes()
