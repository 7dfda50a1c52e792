"""A channel for pipes that cannot be polled, as on Windows: plain blocking reads and writes.

Where there is a deadline, a thread does the blocking call and is left behind when the deadline comes. It ends with the
peer: whoever gives up on a channel kills the process at its other end. Without a deadline there is no thread at all,
so that the student's process has none of ours.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

from autograder.sandbox.channel import Channel, ChannelClosed, DeadlineExceeded

_AT_ONCE = 1 << 20


class BlockingChannel(Channel):
    """A `Channel` with the same promises, slower."""

    def _prepare(self) -> None:
        # A descriptor must not be closed while a thread blocks on it: its number would soon be another file's.
        self._in_use = {self._read_fd: Lock(), self._write_fd: Lock()}

    def close(self) -> None:
        """Close both pipes, each at once or as soon as the thread on it has ended. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._broken = self._broken or "it has been closed on this side"
        for fd, lock in self._in_use.items():
            if lock.acquire(blocking=False):
                os.close(fd)
            else:
                Thread(target=_close_later, args=(fd, lock), daemon=True).start()

    def _read(self, length: int, deadline: float | None) -> bytearray:
        message = bytearray(length)

        def read() -> None:
            rest = memoryview(message)
            while rest:
                piece = os.read(self._read_fd, min(len(rest), _AT_ONCE))
                if not piece:
                    raise ChannelClosed(f"the peer closed the channel, {len(rest)} of {length} bytes missing")
                rest[: len(piece)] = piece
                rest = rest[len(piece) :]

        self._finish(read, self._read_fd, deadline)
        return message

    def _write(self, views: list[memoryview], deadline: float | None) -> None:
        def write() -> None:
            for view in views:
                while view:
                    view = view[os.write(self._write_fd, view[:_AT_ONCE]) :]

        self._finish(write, self._write_fd, deadline)

    def _finish(self, work: Callable[[], None], fd: int, deadline: float | None) -> None:
        """Do `work` on `fd`, and raise what this channel raises."""
        self._check(deadline)
        trouble: list[ChannelClosed] = []

        def attempt() -> None:
            try:
                work()
            except ChannelClosed as error:
                trouble.append(error)
            except OSError:  # EPIPE on one system, EINVAL on another
                trouble.append(ChannelClosed("the peer closed the channel before it had read the whole message"))

        if deadline is None:
            attempt()
        elif not _within(attempt, self._in_use[fd], deadline):
            self._fail(DeadlineExceeded("the deadline passed before the whole message had crossed"))
        if trouble:
            self._fail(trouble[0])


def _within(work: Callable[[], None], lock: Lock, deadline: float) -> bool:
    """Whether a thread has done `work` by the deadline. It holds `lock` until it has."""

    def hold() -> None:
        try:
            work()
        finally:
            lock.release()

    lock.acquire()
    thread = Thread(target=hold, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    return not thread.is_alive()


def _close_later(fd: int, lock: Lock) -> None:
    with lock, suppress(OSError):
        os.close(fd)
