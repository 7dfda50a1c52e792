"""What a student has done, task by task, in a small file of their own: `.dlfb_lab/progress.jsonl`.

Each line is a JSON object that adds something to what is known of one task: how many checks held, a hint seen, the
solution seen, when `check` last looked at the live answer. What is known is the sum of all lines, in any order and
however often each is there: the best, all hints, the latest time. So a torn or garbled line costs itself alone, two
kernels may write at once, and a file that has grown long is written anew as one line a task.

Nothing here ever raises: progress is a convenience, and a full disk must not stand between a student and `check`.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from dlfb_lab._folder import kept_folder, make_kept_folder
from dlfb_lab._quiet import is_quiet

_VERSION = 1
_LONG = 60_000  # bytes: some hundred checks
_MOST = 4_000_000  # bytes: what is beyond is no file of ours
_MOST_CHECKS, _MOST_HINTS, _LATEST = 10_000, 1 << 10, 1e12
_PATIENCE = 0.5  # seconds to wait for another kernel that writes
_STALE = 10.0  # seconds after which a lock was left behind by a kernel that died


@dataclass(frozen=True)
class TaskProgress:
    """What is known of one task.

    Attributes:
        held: how many checks held when most did.
        of: of how many.
        hints: which hints were seen, as a set of bits: hint n is bit n.
        solution: whether the solution was seen.
        live: when `check` last looked at an answer in a kernel, in seconds since 1970; 0.0 for never.
    """

    held: int = 0
    of: int = 0
    hints: int = 0
    solution: bool = False
    live: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether all checks have held once."""
        return 0 < self.of == self.held

    def saw_hint(self, number: int) -> bool:
        """Whether hint `number`, from 1, was seen."""
        return bool(self.hints >> number & 1)

    def plus(self, other: "TaskProgress") -> "TaskProgress":
        """Both together. The order does not matter, nor how often."""
        best = max((self, other), key=lambda one: (one.held / one.of if one.of else 0.0, one.of))
        hints = self.hints | other.hints
        return TaskProgress(best.held, best.of, hints, self.solution or other.solution, max(self.live, other.live))


_unsaved: dict[str, TaskProgress] = {}


def progress_file() -> Path:
    """Where progress is kept."""
    return kept_folder() / "progress.jsonl"


def read_progress() -> dict[str, TaskProgress]:
    """What is known, by task. A task that nothing is known of is missing."""
    known: dict[str, TaskProgress] = {}
    for task, one in (*_entries(_lines(progress_file())), *_unsaved.items()):
        known[task] = known.get(task, TaskProgress()).plus(one)
    return known


def progress_on(task: str) -> TaskProgress:
    """What is known of one task."""
    return read_progress().get(task, TaskProgress())


def record(task: str, news: TaskProgress) -> bool:
    """Add `news` of a task to the file, unless they say nothing new. While a notebook is graded this does nothing.

    Returns:
        Whether it is in the file now. Where it is not, this process remembers it.
    """
    before = progress_on(task)
    if is_quiet() or before.plus(news) == before:
        return task not in _unsaved
    news = _unsaved.pop(task, TaskProgress()).plus(news)
    try:
        _append(_as_line(task, news))
    except OSError:
        _unsaved[task] = news
        return False
    return True


def why_not_writable() -> str:
    """Why progress cannot be kept; "" where it can."""
    path = progress_file()
    try:
        make_kept_folder()
        with _alone(path), _open_to_append(path):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _append(line: bytes) -> None:
    make_kept_folder()
    path = progress_file()
    with _alone(path):
        with _open_to_append(path) as file:
            end = file.seek(0, os.SEEK_END)
            # After half a line, which a kernel that died has left: begin a new one.
            line = line if _ends_a_line(file, end) else b"\n" + line
            if file.write(line) != len(line):
                raise OSError("the disk is full")
        if end > _LONG:
            _write_anew(path)


def _ends_a_line(file: Any, end: int) -> bool:
    file.seek(max(0, end - 1))
    return file.read(1) in (b"", b"\n")


def _open_to_append(path: Path) -> Any:
    if path.exists() and not path.is_file():
        raise OSError(f"{path.name} is there, but is no file")
    return path.open("a+b", buffering=0)


def _write_anew(path: Path) -> None:
    """Write the file as one line a task; lines of a later version are kept as they are."""
    lines = _lines(path)
    known: dict[str, TaskProgress] = {}
    for task, one in _entries(lines):
        known[task] = known.get(task, TaskProgress()).plus(one)
    foreign = [line + b"\n" for line in dict.fromkeys(lines) if _is_later(line)]
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(b"".join([*foreign, *(_as_line(task, one) for task, one in known.items())]))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other kernels from writing, by a file that only one can make: it works the same on every system.

    Not for long: a line too many or lost is no harm, and a student who waits is.
    """
    lock, ours = path.with_name("lock"), False
    give_up = time.monotonic() + _PATIENCE
    while not ours and time.monotonic() < give_up:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            ours = True
        except FileExistsError:
            _remove_if_stale(lock)
        except PermissionError:
            if sys.platform != "win32":  # which says so of a file that is just being removed
                raise
            time.sleep(0.01)
    try:
        yield
    finally:
        if ours:
            with contextlib.suppress(OSError):
                lock.unlink()


def _remove_if_stale(lock: Path) -> None:
    with contextlib.suppress(OSError):
        if abs(time.time() - lock.stat().st_mtime) > _STALE:
            lock.unlink()
    time.sleep(0.01)


def _lines(path: Path) -> list[bytes]:
    try:
        if not path.is_file():
            return []
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MOST))
            return _split(file.read(_MOST))
    except OSError:
        return []


def _split(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line.strip()]


def _entries(lines: Iterable[bytes]) -> Iterator[tuple[str, TaskProgress]]:
    for line in lines:
        found = _object(line)
        task = found.get("task")
        if type(task) is str and task.isidentifier() and len(task) <= 100 and found.get("v") == _VERSION:
            yield task, _from_object(found)


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line) if len(line) < 1000 else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _from_object(found: dict[str, Any]) -> TaskProgress:
    """What is of the right kind and size in `found`; for the rest, nothing known."""
    held, of = _whole(found.get("held", 0), _MOST_CHECKS), _whole(found.get("of"), _MOST_CHECKS)
    if held is None or of is None or held > of:
        held = of = 0
    live: Any = found.get("live")
    known = type(live) in (int, float) and 0 <= live <= _LATEST
    hints = _whole(found.get("hints"), _MOST_HINTS) or 0
    return TaskProgress(held, of, hints, found.get("solution") is True, float(live) if known else 0.0)


def _whole(value: object, most: int) -> int | None:
    return value if type(value) is int and 0 <= value <= most else None


def _is_later(line: bytes) -> bool:
    version = _object(line).get("v")
    return type(version) is int and version > _VERSION


def _as_line(task: str, news: TaskProgress) -> bytes:
    """Only what differs from nothing known, so that the file stays readable."""
    nothing, said = asdict(TaskProgress()), asdict(news)
    kept = {field.name: said[field.name] for field in fields(news) if said[field.name] != nothing[field.name]}
    return json.dumps({"v": _VERSION, "task": task, **kept}).encode() + b"\n"
