"""What is about to be written: all of it is thought out, and nothing is written, before anything is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.course import CourseError


@dataclass(frozen=True)
class Draft:
    """Files to write.

    Attributes:
        new: files that must not be there yet, with their texts.
        grown: files that are there and get longer, with their new texts.
        folders: folders to make, if they are not there.
    """

    new: dict[Path, str]
    grown: dict[Path, str]
    folders: tuple[Path, ...] = ()


def write_draft(draft: Draft) -> Iterator[str]:
    """Write the files, and say of each what was done.

    Raises:
        CourseError: a new file is there already. Then nothing was written.
        OSError: a file cannot be written.
    """
    for path in draft.new:
        if path.exists():
            raise CourseError(f"{path} is there already, and nothing is ever overwritten. Finish it, or move it away.")
    for folder in draft.folders:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in draft.new.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        yield f"{path}: new."
    for path, text in draft.grown.items():
        path.write_text(text, "utf-8")
        yield f"{path}: extended."


def filled(template: str, **values: object) -> str:
    """The text that a template of this room gives."""
    return _environment().get_template(f"{template}.j2").render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("autograder.new"),
        autoescape=False,  # Python, and no page
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
