"""A process of our own, seen from the outside: it is sent messages and answers them, and it may die at any moment."""

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

_SECONDS_TO_LEAVE = 20.0


class WorkerDied(Exception):
    """The process is no more, or says no more. The message is a sentence."""


class WorkerHangs(WorkerDied):
    """It has said nothing in time."""


class WorkerProcess:
    """One process.

    Args:
        serve: a function of a module, which gets the process's end of the connection and `arguments`.
        arguments: can be pickled, as can all messages. All of it is our own.
    """

    def __init__(self, serve: Callable[..., None], *arguments: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection[Any, Any]
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, *arguments), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """Its process id."""
        return self._process.pid

    def try_to_send(self, message: Any) -> None:
        """Send it a message. That it has died is heard on receiving."""
        with contextlib.suppress(OSError):
            self.connection.send(message)

    def receive_now(self) -> Any:
        """The message that is there. Raises WorkerDied where it has ended, WorkerHangs where there is none."""
        try:
            if not self.connection.poll():
                raise WorkerHangs("It did not answer in time.")
            return self.connection.recv()
        except (EOFError, OSError):
            raise WorkerDied(self._last_words()) from None

    def _last_words(self) -> str:
        self._process.join(1.0)
        code = self._process.exitcode
        if code is None:
            return "It closed its connection."
        return f"It was ended by signal {-code}." if code < 0 else f"It ended itself with exit code {code}."

    def leave(self) -> None:
        """Ask it to end itself, and wait until it has. One that does not is ended."""
        self.try_to_send(None)
        self._process.join(_SECONDS_TO_LEAVE)
        self.end()

    def end(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C from their first moment on, and so draw no tracebacks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
