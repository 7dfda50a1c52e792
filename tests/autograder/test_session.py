"""A notebook in a child: what the grader learns when a cell fails, hangs, or ends the whole process."""

import sys
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


def test_a_notebook_that_ends_its_process_three_times_is_quarantined(session):
    cells = [f"import os\nos._exit({number})" for number in range(MAX_CHILDREN + 1)]
    one = session(*cells)
    said = "The notebook ended, or held up, its process 3 times. What was not judged by then was not run any more."
    assert lost(lambda: one.answer("a")) == (Outcome.NOT_RUN, said)
    started = time.monotonic()
    assert lost(lambda: one.answer("b")) == (Outcome.NOT_RUN, said)
    assert time.monotonic() - started < 0.1
    ends = [(error.cell, error.error.message) for error in one.cell_errors]
    code = "The whole Python process was ended by the code itself (exit code {})."
    assert ends == [(number + 1, code.format(number)) for number in range(MAX_CHILDREN)]


def test_what_was_judged_before_a_quarantine_stays_judged(session):
    """Three answers that end the process cost themselves, and what comes after them."""
    deadly = "".join(f"def bad{number}():\n    import os; os._exit(9)\n" for number in range(3))
    one = session(f"{deadly}def good():\n    return 1")
    assert one.answer("good")() == 1
    for number in range(3):
        assert lost(one.answer(f"bad{number}"))[0] == Outcome.CRASHED
    assert lost(lambda: one.answer("good"))[0] == Outcome.NOT_RUN


def test_the_time_for_the_whole_notebook_is_bounded(session):
    one = session("import time\ntime.sleep(0.6)", "time.sleep(0.6)", limits=Limits(wall_request=5, wall_submission=1.0))
    assert lost(lambda: one.answer("time"))[0] == Outcome.TIMED_OUT
    assert lost(lambda: one.answer("time"))[0] == Outcome.TIMED_OUT


def test_noise_on_the_wire_is_a_crash(session):
    say = "def say(fd):\n    try: os.write(fd, bytes([0, 0, 0, 2]) + b'[]')\n    except OSError: pass"
    one = session("import os", say, "def bad():\n    for fd in range(3, 64): say(fd)")
    assert lost(one.answer("bad")) == (Outcome.CRASHED, "The notebook's process gave an answer that is none.")


def test_a_notebook_that_closes_the_channel_and_lives_on_is_a_crash_and_no_lack_of_memory(session):
    one = session("import os, time", "def bad():\n    os.closerange(3, 64)\n    time.sleep(1000)")
    assert lost(one.answer("bad")) == (Outcome.CRASHED, "Its code closed the channel to the grader.")


SMALL = Limits(wall_request=10, entries=50, scratch=1 << 20)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no sandbox")
@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("for n in range(51): time.sleep(0.01), open(f'{n}', 'w')", "its folder held more than 50 files and folders."),
        ("time.sleep(0.3), open('large', 'wb').write(bytes(2 << 20))", "its files took more than 1 MiB together."),
        (
            "while True: time.sleep(0.01), open(f'{time.time()}', 'w')",
            "its folder held more than 50 files and folders.",
        ),
    ],
)
def test_too_much_in_the_folder_is_the_end_of_the_statement_that_put_it_there(session, body, why):
    one = session(f"import time\na = 1\n{body}\nb = 2", "c = 3", limits=SMALL)
    assert [one.answer(name) for name in "ac"] == [1, 3]
    assert problems(one) == [(1, "crashed")]
    assert (one.cell_errors[0].error.line.number, one.cell_errors[0].error.message) == (3, f"It was stopped: {why}")
    assert one.request("fate", "b")


def test_as_much_as_is_allowed_in_the_folder_is_no_trouble(session):
    one = session(
        "for n in range(50): open(f'{n}', 'w').close()", "open('49', 'wb').write(bytes(1 << 20))", limits=SMALL
    )
    assert one.answer("n") == 49
    assert problems(one) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no sandbox")
def test_too_many_threads_are_the_end_also_where_the_kernel_does_not_count_them(session):
    bomb = "threading.stack_size(32768)\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()"
    limits = Limits(wall_request=10, threads=40)
    one = session("import threading, time", bomb, "a = 1", limits=limits)
    assert one.answer("a") == 1
    # With a uid of its own the kernel is faster, and the bomb raises.
    assert [cell for cell, _ in problems(one)] == [2]
    assert one.cell_errors[0].error.message in (
        f"It was stopped: it had more than {limits.most_threads} threads at once.",
        "can't start new thread",
    )


def test_nothing_is_left_behind(session, zygote):
    one = session("a = 1")
    one.answer("a")
    child = one._child
    one.__exit__()
    assert not child.scratch.exists()
    assert child.kill().signal == 9
