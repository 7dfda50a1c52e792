"""One thing that breaks a rule of the house."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """What breaks a rule.

    Attributes:
        where: the file, the line or the task.
        what: a sentence on what is wrong there.
        todo: a sentence on what to do.
    """

    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.todo}"


def place(path: Path, root: Path, line: int | None = None) -> str:
    """The file as its course's author knows it, with the line if there is one."""
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return shown.as_posix() if line is None else f"{shown.as_posix()}, line {line}"
