"""Small entries for children, good and bad: for `doctor` and the tests of the sandbox."""

import os
import signal
import time
from collections.abc import Callable

from autograder.sandbox.channel import Channel


def echo(channel: Channel) -> None:
    """An entry that sends every message back until the grader hangs up or sends an empty one."""
    while message := channel.receive(1 << 20):
        channel.send(message)


def burn(channel: Channel) -> None:
    """An entry that uses up processor time, whatever signal asks it to stop."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def end(channel: Channel) -> None:
    """An entry that ends as it is told: an exit code, or minus a signal's number."""
    code = int(channel.receive(100))
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


def leave_orphans(channel: Channel) -> None:
    """An entry that tries to outlive the grader: grandchildren in sessions of their own, one of them always moving on.

    Only without the filter. Tells their ids, then waits.
    """
    for run in (_sleep, _sleep, _run_away):
        _start_orphan(run)
    channel.send(b"started")
    channel.receive(100)


def _start_orphan(run: Callable[[], None]) -> None:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            run()
        os._exit(0)


def _sleep() -> None:
    time.sleep(600)


def _run_away() -> None:
    """Never the same process for long: whoever lists processes finds one that is gone. Ends by itself in a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if os.fork():
            os._exit(0)
