"""Time that a busy machine has taken from a child counts against no deadline, and no other time is given back."""

import os
import subprocess
import sys
import time

import pytest

from autograder.sandbox import _starved
from autograder.sandbox._starved import Starved, _Reading
from autograder.sandbox.limits import Limits
from autograder.session import Session

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


@pytest.fixture
def readings(monkeypatch):
    """Lets `Starved` read these values of the clock, of waiting and of running, one after the other."""

    def read(*values):
        given = iter([None if value is None else _Reading(*value) for value in values])
        monkeypatch.setattr(Starved, "_read", lambda self: next(given))

    return read


@pytest.mark.parametrize(
    ("clock", "waited", "ran", "granted"),
    [
        (10.0, 7.0, 3.0, 7.0),  # alone with its work on a busy machine
        (10.0, 0.0, 10.0, 0.0),  # alone on a quiet one
        (10.0, 0.0, 0.0, 0.0),  # asleep
        (10.0, 8.0, 20.0, 0.0),  # crowded out by its own threads
        (10.0, 5.0, 8.0, 2.0),  # something of both
    ],
)
def test_what_was_waited_is_granted_less_what_its_own_threads_ran(readings, clock, waited, ran, granted):
    readings((1.0, 2.0, 3.0), (1.0 + clock, 2.0 + waited, 3.0 + ran))
    assert Starved(1).seconds() == pytest.approx(granted)


def test_where_the_system_tells_nothing_nothing_is_granted(readings):
    readings(None, (1.0, 1.0, 1.0), (2.0, 1.0, 1.0), None)
    starved = Starved(1)
    assert starved.seconds() == 0
    starved.begin()
    assert starved.seconds() == 0


@linux
def test_a_process_that_sleeps_waits_for_no_processor():
    with subprocess.Popen(["sleep", "30"]) as sleeper:
        starved = Starved(sleeper.pid)
        time.sleep(0.3)
        assert starved.seconds() < 0.2
        sleeper.kill()


@linux
def test_a_process_that_shares_its_processor_has_waited():
    """Two loops on one core: each waits half of the time."""
    core = min(os.sched_getaffinity(0))
    loop = f"import os; os.sched_setaffinity(0, [{core}])\nwhile True: pass"
    busy = [subprocess.Popen([sys.executable, "-c", loop]) for _ in range(2)]
    try:
        time.sleep(0.5)
        starved = Starved(busy[0].pid)
        if starved._begun is None:
            pytest.skip("this kernel does not say how long a process has waited for a processor")
        time.sleep(1.0)
        assert starved.seconds() > 0.2
    finally:
        for one in busy:
            one.kill()
            one.wait()


def session_with(zygote, monkeypatch, granted, body):
    monkeypatch.setattr(_starved.Starved, "seconds", lambda self: granted)
    return Session(zygote, [body], Limits(wall_request=0.5, wall_submission=20))


SLOW = "import time\ntime.sleep(1.2)\nslow = 'done'"


def test_an_answer_that_had_to_wait_is_not_timed_out(zygote, monkeypatch):
    with session_with(zygote, monkeypatch, 1.4, SLOW) as one:
        assert one.request("lookup", "slow")[0] == "done"
        assert one.cell_errors == ()


def test_an_answer_that_is_slow_by_itself_is(zygote, monkeypatch):
    with session_with(zygote, monkeypatch, 0.0, SLOW) as one:
        one.start()
        assert [error.error.diagnosis for error in one.cell_errors] == ["timed-out"]


def test_grace_has_an_end(zygote, monkeypatch):
    """Whatever the system says: no request takes longer than 1 + `grace` times its limit."""
    with session_with(zygote, monkeypatch, 1e9, "while True: pass") as one:
        started = time.monotonic()
        one.start()
        assert [error.error.diagnosis for error in one.cell_errors] == ["timed-out"]
        assert time.monotonic() - started < 0.5 * 4 + 3
