"""The sample answers of a course: right ones in other styles, and wrong ones with the diagnosis that each must get.

They stand in `tests/right/<lab>/<task>__<story>.py` and `tests/wrong/...`, or, in a small course, right in `right/` and
`wrong/`. A wrong one says in a line of its own, `# diagnosis: set-instead-of-add`, what the checks must find.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("right", "wrong")
_NAME = re.compile(r"(?P<task>[A-Za-z_]\w*?)__(?P<story>\w+)")


@dataclass(frozen=True)
class Sample:
    """An answer to one task, and the diagnosis that it must get: "" for a right one."""

    task: str
    story: str
    source: str
    diagnosis: str
    path: Path

    def __str__(self) -> str:
        return f"{self.task}: {self.story}"


def sample_files(root: Path, kind: str) -> list[Path]:
    """Every file in the course's rooms for samples of this kind."""
    return [path for room in (root / kind, root / "tests" / kind) for path in _python_files(room)]


def samples(folder: Path) -> list[Sample]:
    """The answers in `folder`, without files whose name says no task."""
    return list(_read(_python_files(folder)))


def samples_of(root: Path, kind: str) -> list[Sample]:
    """The course's samples of this kind, without files whose name says no task."""
    return list(_read(sample_files(root, kind)))


def task_and_story(path: Path) -> tuple[str, str] | None:
    """What the file's name says; None where it is no `<task>__<story>.py`."""
    match = _NAME.fullmatch(path.stem)
    return (match["task"], match["story"]) if match else None


def _python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def _read(paths: list[Path]) -> Iterator[Sample]:
    for path in paths:
        named = task_and_story(path)
        if named is not None:
            source = path.read_text("utf-8")
            found = re.search(r"^# diagnosis: (\S+)$", source, re.MULTILINE)
            yield Sample(named[0], named[1].replace("_", " "), source, found.group(1) if found else "", path)
