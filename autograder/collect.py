"""Files, folders and zips -> submissions.

Nothing is lost: every notebook becomes a submission, and so does what a student handed in instead of one, with a
sentence on what is wrong with it. Nothing is run, unpickled or unpacked to disk.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake_files import Found as Found
from autograder.intake_files import IntakeLimits as IntakeLimits
from autograder.intake_files import UnreadableError, files_below, files_in_zip, read_file
from autograder.plain_text import one_line
from autograder.student_names import digest, id_of, place_of_file, place_of_folder, student_folder, student_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Submission:
    """One file as a student handed it in.

    Attributes:
        id: unique within a run, safe as a file name.
        student: the name it was handed in under; the file's stem when nothing better is known.
        source: where it was found, for a person to read, such as "class.zip: ada/03_random_keys.ipynb".
        filename: the file's own name, such as "03_random_keys.ipynb".
        data: its bytes, never more than the size limit.
        problem: why its bytes could not be taken ("" when they could), one sentence.
    """

    id: str
    student: str
    source: str
    filename: str
    data: bytes
    problem: str = ""


@dataclass(frozen=True)
class Collection:
    """What was found.

    Attributes:
        submissions: in the order of the given paths, then of their names.
        problems: sentences on what could not be looked at or may be missing.
        skipped: the files beside notebooks that are none, for a person to glance over.
    """

    submissions: tuple[Submission, ...]
    problems: tuple[str, ...]
    skipped: tuple[str, ...] = ()


def collect(paths: Sequence[Path], *, limits: IntakeLimits = IntakeLimits()) -> Collection:  # noqa: B008 - frozen
    """The submissions in `paths`, each a notebook, a folder of any depth or a zip.

    An id depends on the submission's own path below the given one and on nothing else. Only where two given paths hold
    the same path below them do both their ids say, by a hash, which one they were found in.
    """
    parts = [_read(path, limits) for path in paths]
    submissions = _once([submission for part in parts for submission in part.submissions])
    kept, problem = _within(limits.total_bytes, _with_unique_ids(submissions))
    problems = [sentence for part in parts for sentence in part.problems] + ([problem] if problem else [])
    return Collection(kept, tuple(dict.fromkeys(problems)), tuple(name for part in parts for name in part.skipped))


def _read(path: Path, limits: IntakeLimits) -> Collection:
    found = _collect_one(path, limits)
    counts = (len(found.submissions), len(found.problems), len(found.skipped))
    _log.info("read %s: %d submissions, %d problems, %d files passed over", one_line(str(path)), *counts)
    return found


def _collect_one(path: Path, limits: IntakeLimits) -> Collection:
    shown = one_line(str(path))
    try:
        if path.is_dir():
            given, above = place_of_folder(path.resolve().parts)
            below = (replace(file, parts=(*above, *file.parts)) for file in files_below(path, limits))
            return _from_many(given, shown, below, limits)
        if path.suffix.lower() == ".zip" and path.exists():
            return _from_many(path.stem, shown, files_in_zip(path.resolve(), shown, limits), limits)
        if path.exists():
            return Collection((_from_file(path, shown, limits),), ())
        return Collection((), (f"{shown} does not exist. Give a notebook, a folder or a zip that does.",))
    except UnreadableError as error:
        return Collection((), (f"{shown} {error}",))
    except OSError as error:
        return Collection((), (f"{shown} cannot be looked at: {error.strerror or error}.",))


def _from_file(path: Path, shown: str, limits: IntakeLimits) -> Submission:
    given, parts = place_of_file(tuple(part for part in path.parts if part != path.anchor))
    # What a teacher names may be reached through links; a link *inside* a folder may be a student's trap.
    found = read_file(Found(parts, shown), path.resolve(), limits)
    return _submission(given, found if found.is_notebook or found.problem else _not_a_notebook(found))


def _from_many(given: str, shown: str, stream: Iterator[Found], limits: IntakeLimits) -> Collection:
    found: list[Found] = []
    problems: list[str] = []
    for file in stream:
        if len(found) == limits.files:
            problems.append(f"{shown} holds more than {limits.files} files; the rest was not read. Give smaller parts.")
            break
        found.append(file)
    taken = [file for file in found if file.is_notebook or file.problem]
    instead = _handed_in_instead(given, [file for file in found if file not in taken], taken)
    submissions = tuple(_submission(given, file) for file in sorted([*taken, *instead], key=lambda file: file.parts))
    if not submissions:
        problems.append(f"{shown} holds no notebook (.ipynb). Give a notebook, or a folder or zip of notebooks.")
    covered = {file.parts for file in instead}
    skipped = tuple(file.source for file in found if file not in taken and file.parts not in covered)
    return Collection(submissions, tuple(problems), skipped)


def _handed_in_instead(given: str, others: Iterable[Found], taken: Sequence[Found]) -> list[Found]:
    """For each student's folder without any notebook: its first file, with the sentence that it is none."""
    holding = {file.parts[:depth] for file in taken for depth in range(len(file.parts))}
    directly = {file.parts[:-1] for file in taken}
    first: dict[tuple[str, ...], Found] = {}
    for file in others:
        folder = student_folder(given, file.parts)
        named = bool(folder) or student_of(given, file.parts) == given
        beside = any(file.parts[:depth] in directly for depth in range(1, len(file.parts)))
        if named and folder not in holding and not beside:
            first.setdefault(folder, _not_a_notebook(file))
    return list(first.values())


def _not_a_notebook(found: Found) -> Found:
    name = one_line(found.parts[-1])
    why = f"{name} is not a notebook: its name does not end in .ipynb. Hand in the notebook itself."
    return replace(found, data=b"", problem=why)


def _submission(given: str, found: Found) -> Submission:
    student = student_of(given, found.parts)
    name = one_line(found.parts[-1])
    return Submission(id_of(given, found.parts), student, found.source, name, found.data, found.problem)


def _once(submissions: Iterable[Submission]) -> list[Submission]:
    """Without what was found twice, as by giving a folder and a file in it."""
    first: dict[tuple[str, bytes], Submission] = {}
    for one in submissions:
        first.setdefault((one.source, one.data), one)
    return list(first.values())


def _with_unique_ids(submissions: Sequence[Submission]) -> list[Submission]:
    seen = Counter(one.id for one in submissions)
    far = [one if seen[one.id] == 1 else replace(one, id=f"{one.id}~{digest(one.source)}") for one in submissions]
    count: Counter[str] = Counter()
    unique = []
    for one in far:  # a zip may hold one name twice: then not even the source tells them apart
        count[one.id] += 1
        unique.append(one if count[one.id] == 1 else replace(one, id=f"{one.id}~{count[one.id]}"))
    return unique


def _within(total: int, submissions: Sequence[Submission]) -> tuple[tuple[Submission, ...], str]:
    """As many as fit into `total` bytes, and the sentence about the rest."""
    kept: list[Submission] = []
    for position, one in enumerate(submissions):
        total -= len(one.data)
        if total < 0:
            left = len(submissions) - position
            return tuple(kept), f"{left} notebooks were not read: together they are too large. Grade in smaller parts."
        kept.append(one)
    return tuple(kept), ""
