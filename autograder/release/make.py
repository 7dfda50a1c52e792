"""A course -> a folder with the students' repository, or a refusal that says which secret would leave, and where."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.course import Course, Lab
from autograder.release.leaks import folder_files, leaks
from autograder.release.parts import REPOSITORY, chosen_labs, package_code, release_files
from autograder.release.place import Changes, earlier_release, make_changes, plan_changes
from autograder.release.secrets import secrets_of
from dlfb_lab._lab.release import FILE, release_from

_SHOWN = 8


class Leaking(Exception):
    """The release would hold something that students must not have. The message says what, and where."""


@dataclass(frozen=True)
class Made:
    """A release that was written.

    Attributes:
        folder: where.
        stamp: tells it from every other release.
        labs: the labs in it.
        files: how many files it has.
        changes: what was written and removed.
        secrets: how many texts were searched for in it.
        is_update: whether an earlier release stood there.
        seed_searched: whether the course's seed was among them.
    """

    folder: Path
    stamp: str
    labs: tuple[Lab, ...]
    files: int
    changes: Changes
    secrets: int
    is_update: bool
    seed_searched: bool

    def as_data(self) -> dict[str, Any]:
        """The same as JSON takes it."""
        labs = [lab.name for lab in self.labs]
        about = {"folder": str(self.folder), "stamp": self.stamp, "labs": labs, "files": self.files}
        return {**about, "secrets_searched": self.secrets, **asdict(self.changes)}

    def sentences(self) -> list[str]:
        """What to say of it."""
        named = ", ".join(lab.name for lab in self.labs)
        tasks = sum(len(lab.tasks) for lab in self.labs)
        lines = [
            f"Release {self.stamp}: {named} ({tasks} tasks), {self.files} files in {self.folder}.",
            f"Searched for {self.secrets} texts of answers and hidden checks. None is in it.",
        ]
        if not self.seed_searched:
            lines.append("! The course's seed is too short to be searched for. Choose one of four digits or more.")
        return lines


def make_release(
    course: Course, words: Sequence[str], origin: str | None, folder: Path, repository: Path | None
) -> Made:
    """Write the students' repository to `folder`, or nothing at all.

    Args:
        course: the course.
        words: the labs, by name or number; none means those of the release that stands there, else all.
        origin: where the newest release will be; "" where that is not said, None for as last time.
        folder: where to; empty, not there, or made by an earlier release.
        repository: a checkout of dlfb-lab; None for the one that this package lies in.

    Raises:
        CourseError: the course breaks a rule, a lab is not known, or the checkout lacks something.
        NotOurs: `folder` holds what no release has put there.
        Leaking: something that students must not have would be in it, or is in the folder or its git history already.
        OSError: the disk is full, or something cannot be read or written.
    """
    earlier = earlier_release(folder)
    if earlier is not None:
        words = words or [lab for lab in earlier.labs if lab in {one.name for one in course.labs}]
        origin = earlier.origin if origin is None else origin
    labs = chosen_labs(course, words)
    files = release_files(course, labs, origin or "", repository or REPOSITORY)
    # Where the package belongs to the course it may not hold its answers; elsewhere it was there first.
    is_ours = any((folder / "dlfb_lab").is_dir() for folder in course.folders)
    secrets = secrets_of(course, "" if is_ours else b"\n".join(package_code().values()).decode())
    _refuse(leaks(files, secrets), "The release would hold what students must not have. Nothing was written.")
    changes = plan_changes(files, folder)
    if folder.is_dir():
        found = leaks({path: data for path, data in folder_files(folder).items() if path not in files}, secrets)
        _refuse(found, f"{folder} holds what students must not have. Nothing was written. Begin with a new repository:")
    make_changes(changes, files, folder)
    stamp = release_from(folder, files[FILE]).stamp
    has_seed = any("seed" in secret.what for secret in secrets)
    return Made(folder, stamp, labs, len(files), changes, len(secrets), earlier is not None, has_seed)


def _refuse(found: list[str], sentence: str) -> None:
    if found:
        more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        raise Leaking("\n  ".join([sentence, *found[:_SHOWN], *more]))
