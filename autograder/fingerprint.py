"""What a verdict depends on, as one digest: work with an unchanged digest is not graded again."""

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import dlfb_lab
from autograder.collect import Submission
from autograder.course import Course
from autograder.sandbox.limits import Limits


def fingerprint_of(submission: Submission, course: Course, seed: int, limits: Limits) -> str:
    """The digest of a submission's file, the course, the seed, the limits, and the code and packages that judge."""
    parts = (
        hashlib.sha256(submission.data).hexdigest(),
        submission.filename,
        submission.problem,
        course_digest(course),
        str(seed),
        repr(limits),
        _own_digest(),
        repr(versions()),
    )
    return _digest(part.encode("utf-8", "surrogatepass") for part in parts)


@cache
def course_digest(course: Course) -> str:
    """The digest of everything in the course that a verdict depends on; no roster and no policy is a part of it."""
    parts = [repr((course.title, course.seed, course.install)).encode()]
    for lab in course.labs:
        files = (lab.source, lab.visible_checks, *lab.all_hidden)
        parts += [repr((lab.name, len(files), [task.points for task in lab.tasks])).encode()]
        parts += [file.read_bytes() for file in files]
    return _digest(parts)


def environment_digest(course: Course) -> str:
    """The digest of all that decides which programs get compiled: the course, our code, the packages."""
    return _digest(part.encode() for part in (course_digest(course), _own_digest(), repr(versions())))


# What decides a verdict or how its page looks.
_SOURCES = frozenset({".py", ".toml", ".ini", ".j2", ".css"})


@cache
def _own_digest() -> str:
    folders = [Path(dlfb_lab.__path__[0]), Path(__file__).parent]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in _SOURCES)
    return _digest(file.read_bytes() for file in files)


@cache
def versions() -> dict[str, str]:
    """The versions that a verdict may depend on."""
    names = ("jax", "jaxlib", "flax", "optax", "numpy")
    return {"python": ".".join(map(str, sys.version_info[:3])), **{name: _version(name) for name in names}}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()
