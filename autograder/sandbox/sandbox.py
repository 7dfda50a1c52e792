"""What the grader asks of a sandbox, and which one this system has: a zygote on Linux, elsewhere only practice."""

import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from autograder.sandbox.channel import Channel
from autograder.sandbox.launch import SERVE, Exit, Zygote
from autograder.sandbox.limits import Limits
from autograder.sandbox.practice import NOTE, Practice

_PRACTICE_ONLY = sys.platform != "linux"


def start_sandbox(*, practice: bool = _PRACTICE_ONLY) -> "Sandbox":
    """Start what runs submissions on this system. `practice` asks for the practice level, as tests do.

    Raises:
        SandboxError: it did not come up.
    """
    return Practice() if practice else Zygote.start()


def practice_note() -> str:
    """What a person must know before grading on this system; "" where there is a sandbox."""
    return NOTE if _PRACTICE_ONLY else ""


class SandboxChild(Protocol):
    """See `launch.Child`."""

    pid: int
    channel: Channel
    layers: frozenset[str]
    missing: dict[str, str]

    @property
    def level(self) -> str:
        """Its separation from the grader: "L0" to "L3"."""

    def wait(self, deadline: float | None = None) -> Exit:
        """Wait for it to end by itself. Raises TimeoutError."""

    def kill(self) -> Exit:
        """End it with all that it started."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Sandbox(Protocol):
    """See `launch.Zygote`. `practice_note` says what is missing where there are no walls; "" where there are."""

    why_no_uid: str
    practice_note: str

    def spawn(
        self,
        limits: Limits | None = None,
        *,
        entry: str = SERVE,
        cache_dir: Path | None = None,
        cache_write: bool = False,
        without: Iterable[str] = (),
    ) -> SandboxChild:
        """A child that runs `entry`."""

    def exposes(self, path: Path) -> bool:
        """Whether `path` is among what every child may read."""

    def close(self) -> None:
        """End it with all its children."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
