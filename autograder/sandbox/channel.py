"""A stream of whole messages over two pipes, for both sides of the sandbox.

A message is its length as 8 little-endian bytes, then that many bytes. The two ends never block longer than the one
deadline they are given: a peer may write a byte a minute, claim a petabyte, never read or die at any moment. What the
bytes mean is not known here.

Exceptions:

    ChannelError
    +-- ChannelClosed        the peer has closed its end, mostly by dying
    +-- DeadlineExceeded     the deadline passed before the whole message had crossed
    +-- MessageTooLarge      the peer announced more bytes than the limit
    +-- OverLimit            who watches the peer meanwhile says that it must be stopped

After any of them the stream is cut in the middle of a message, so that the channel cannot be used again.
"""

import math
import os
import select
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import TracebackType

Buffer = bytes | bytearray | memoryview

_HEADER = 8
_PIECES_AT_ONCE = 64  # well below every system's IOV_MAX
_PIPE_BYTES = 1 << 20  # what Linux lets an ordinary user ask for
_LOOK_EVERY = 0.25


class ChannelError(Exception):
    """A message could not cross. The channel is of no use afterwards."""


class ChannelClosed(ChannelError):
    """The peer has closed its end."""


class DeadlineExceeded(ChannelError):
    """The deadline passed before the whole message had crossed."""


class MessageTooLarge(ChannelError):
    """The peer announced a message beyond the limit. Nothing was allocated for it."""


class OverLimit(ChannelError):
    """Who watches the peer says that it has more of something than it may. The message is what."""


class Channel:
    """Whole messages over a pipe to read from and a pipe to write to. Owns both descriptors.

    Attributes:
        watch: looks after the peer with each message from it, and now and then while it lets us wait. Says what is
            wrong, or "".
        grace: asked when a deadline has passed, how many seconds later it is, for reasons that are not the peer's.
    """

    watch: Callable[[], str] | None = None
    grace: Callable[[], float] | None = None

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._broken = ""
        self._closed = False
        self._next_look = 0.0
        self._prepare()

    def send(self, *buffers: Buffer, deadline: float | None = None) -> None:
        """Send one message: the bytes of all `buffers`, one after the other.

        Args:
            buffers: contiguous bytes-like objects.
            deadline: on the clock of `time.monotonic()`; None waits for ever.

        Raises:
            ChannelClosed, DeadlineExceeded, OverLimit: the message has not arrived whole.
        """
        views = [memoryview(buffer).cast("B") for buffer in buffers if memoryview(buffer).nbytes]
        length = sum(len(view) for view in views)
        self._write([memoryview(length.to_bytes(_HEADER, "little")), *views], deadline)

    def receive(self, limit: int, deadline: float | None = None) -> bytearray:
        """Receive one message of at most `limit` bytes.

        Raises:
            ChannelClosed, DeadlineExceeded, MessageTooLarge, OverLimit: there is no message.
        """
        length = int.from_bytes(self._read(_HEADER, deadline), "little")
        if length > limit:
            self._fail(MessageTooLarge(f"the peer announced a message of {length} bytes; the limit is {limit}"))
        message = self._read(length, deadline)
        self._look()
        return message

    def close(self) -> None:
        """Close both pipes. May be called twice."""
        if not self._closed:
            self._closed = True
            self._broken = self._broken or "it has been closed on this side"
            os.close(self._read_fd)
            os.close(self._write_fd)

    def __enter__(self) -> "Channel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self) -> None:
        for fd in (self._read_fd, self._write_fd):
            os.set_blocking(fd, False)
        _widen(self._write_fd)

    def _read(self, length: int, deadline: float | None) -> bytearray:
        message = bytearray(length)
        rest = memoryview(message)
        while rest:
            got = self._attempt(partial(os.readv, self._read_fd, [rest]), self._read_fd, deadline)
            if got == 0:
                self._fail(ChannelClosed(f"the peer closed the channel, {len(rest)} of {length} bytes missing"))
            rest = rest[got:]
        return message

    def _write(self, views: list[memoryview], deadline: float | None) -> None:
        while views:
            write = partial(os.writev, self._write_fd, views[:_PIECES_AT_ONCE])
            views = _without_first(views, self._attempt(write, self._write_fd, deadline))

    def _attempt(self, transfer: Callable[[], int], fd: int, deadline: float | None) -> int:
        """Transfer what goes through now; where nothing does, wait for room or for the deadline."""
        while True:
            self._check(deadline)
            try:
                return transfer()
            except BlockingIOError:
                _wait_until_ready(fd, self._next_turn(deadline))
            except (BrokenPipeError, ConnectionResetError):
                self._fail(ChannelClosed("the peer closed the channel before it had read the whole message"))

    def _check(self, deadline: float | None) -> None:
        if self._broken:
            raise ChannelClosed(f"the channel cannot be used any more: {self._broken}")
        if deadline is not None and time.monotonic() >= deadline and time.monotonic() >= deadline + self._granted():
            self._fail(DeadlineExceeded("the deadline passed before the whole message had crossed"))
        if time.monotonic() >= self._next_look:
            self._look()

    def _granted(self) -> float:
        return 0.0 if self.grace is None else self.grace()

    def _next_turn(self, deadline: float | None) -> float | None:
        """Until when to wait for the peer at most."""
        if deadline is not None and self.grace is not None and time.monotonic() >= deadline:
            deadline = time.monotonic() + _LOOK_EVERY  # in its time of grace
        return deadline if self.watch is None else min(self._next_look, deadline or math.inf)

    def _look(self) -> None:
        if self.watch is None:
            return
        trouble = self.watch()
        self._next_look = time.monotonic() + _LOOK_EVERY
        if trouble:
            self._fail(OverLimit(trouble))

    def _fail(self, error: ChannelError) -> None:
        self._broken = str(error)
        raise error


def _wait_until_ready(fd: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(fd, select.POLLOUT | select.POLLIN)
    # Rounded up: a rest of 0.4 ms must not become a busy loop of zero waits.
    poll.poll(None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000 + 1)


def _without_first(views: list[memoryview], count: int) -> list[memoryview]:
    """What is left of `views` when their first `count` bytes have gone."""
    for index, view in enumerate(views):
        if count < len(view):
            return [view[count:], *views[index + 1 :]]
        count -= len(view)
    return []


def _widen(fd: int) -> None:
    """Ask for a pipe of a mebibyte, where the system lets us: fewer wake-ups for large arrays."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
