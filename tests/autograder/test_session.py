"""A notebook in a child: what the grader learns when a cell fails, hangs, or ends the whole process."""

import time

import numpy as np
import pytest

from autograder.sandbox.limits import Limits
from autograder.session import MAX_CHILDREN, Session
from dlfb_lab._errors import AnswerLost, NoSuchName, NotAttempted
from dlfb_lab._outcome import Outcome

QUICK = Limits(wall_request=1.5, wall_submission=30.0)


@pytest.fixture
def session(zygote):
    """Opens sessions on cells, and closes them after the test."""
    opened = []

    def open_session(*cells, limits=QUICK):
        opened.append(Session(zygote, cells, limits))
        return opened[-1]

    yield open_session
    for one in opened:
        one.__exit__()


def lost(action):
    with pytest.raises(AnswerLost) as caught:
        action()
    return caught.value.outcome, str(caught.value)


def problems(session):
    return [(one.cell, one.error.diagnosis) for one in session.cell_errors]


def test_a_name_is_looked_up_where_the_notebook_left_it(session):
    one = session("a = [1, 2]", "def twice(x):\n    return 2 * x")
    assert one.answer("a") == [1, 2]
    assert one.answer("twice")(np.arange(3)).tolist() == [0, 2, 4]


def test_nothing_runs_before_it_is_asked(session):
    one = session("while True: pass")
    assert one.levels == set()


def test_a_missing_name_and_an_untouched_one_are_told_apart(session):
    one = session("untouched = None")
    with pytest.raises(NotAttempted):
        one.answer("untouched")
    with pytest.raises(NoSuchName):
        one.answer("missing")


def test_a_failed_cell_is_noted_and_the_next_one_runs(session):
    one = session("a = 1", "1 / 0\nb = 2", "c = 3")
    assert one.answer("c") == 3
    assert problems(one) == [(2, "python-division-by-zero")]
    with pytest.raises(NoSuchName):
        one.answer("b")


def test_a_cell_that_never_ends_is_left_out_and_the_rest_runs_again(session):
    one = session("a = 1", "b = 2\nwhile True: pass\nc = 3", "d = 4")
    started = time.monotonic()
    assert [one.answer(name) for name in "abd"] == [1, 2, 4]
    assert problems(one) == [(2, "timed-out")]
    assert time.monotonic() - started < 8, "it waited for the cell more than once"
    assert one.request("fate", "c"), "what the cell would have defined is not told"


def test_a_cell_that_ends_the_process_is_left_out_from_that_line_on(session):
    one = session("a = 1\nimport os\nos._exit(3)\nb = 2", "c = 3")
    assert one.answer("a") == 1
    assert one.answer("c") == 3
    assert problems(one) == [(1, "crashed")]
    assert one.cell_errors[0].error.line.number == 3


def test_a_crash_in_a_call_ends_the_task_and_the_next_one_gets_a_new_process(session):
    one = session("import os\ndef bad():\n    os._exit(3)\ndef good():\n    return os.getpid()")
    bad, before = one.answer("bad"), one.answer("good")()
    said = "The whole Python process was ended by the code itself (exit code 3)."
    assert lost(bad) == (Outcome.CRASHED, said)
    assert lost(bad) == (Outcome.CRASHED, said), "without asking again"
    assert one.answer("good")() != before


def test_a_call_that_never_returns_times_out(session):
    one = session("def slow():\n    while True: pass")
    assert lost(one.answer("slow")) == (Outcome.TIMED_OUT, "It was stopped: it ran longer than it may.")


def test_a_signal_is_named(session):
    one = session("import ctypes\ndef bad():\n    ctypes.string_at(0)")
    assert lost(one.answer("bad")) == (Outcome.CRASHED, "The whole Python process was ended by signal 11.")


def test_too_much_processor_time_is_a_timeout(session):
    one = session("def busy():\n    while True: pass", limits=Limits(wall_request=20, cpu=1))
    said = "It was stopped: it used more processor time than it may."
    assert lost(one.answer("busy")) == (Outcome.TIMED_OUT, said)


def test_one_crash_after_another_uses_up_the_processes(session):
    cells = [f"import os\nos._exit({number})" for number in range(MAX_CHILDREN + 1)]
    one = session(*cells)
    said = f"The whole Python process was ended by the code itself (exit code {MAX_CHILDREN - 1})."
    assert lost(lambda: one.answer("a")) == (Outcome.CRASHED, said)
    started = time.monotonic()
    assert lost(lambda: one.answer("b"))[0] == Outcome.CRASHED
    assert time.monotonic() - started < 0.1


def test_the_time_for_the_whole_notebook_is_bounded(session):
    one = session("import time\ntime.sleep(0.6)", "time.sleep(0.6)", limits=Limits(wall_request=5, wall_submission=1.0))
    assert lost(lambda: one.answer("time"))[0] == Outcome.TIMED_OUT
    assert lost(lambda: one.answer("time"))[0] == Outcome.TIMED_OUT


def test_noise_on_the_wire_is_a_crash(session):
    say = "def say(fd):\n    try: os.write(fd, bytes([0, 0, 0, 2]) + b'[]')\n    except OSError: pass"
    one = session("import os", say, "def bad():\n    for fd in range(3, 64): say(fd)")
    assert lost(one.answer("bad")) == (Outcome.CRASHED, "The notebook's process gave an answer that is none.")


def test_nothing_is_left_behind(session, zygote):
    one = session("a = 1")
    one.answer("a")
    child = one._child
    one.__exit__()
    assert not child.scratch.exists()
    assert child.kill().signal == 9
