"""How a call is timed: on a clock that the test turns."""

import jax
import jax.numpy as jnp
import pytest

from dlfb_lab import timing
from dlfb_lab.timing import Timing, seconds_per_call


class Clock:
    """Stands still unless somebody works or waits."""

    def __init__(self):
        self.now = 0.0

    def perf_counter(self):
        return self.now

    def spend(self, seconds):
        self.now += seconds


class Late:
    """A result that is on its way for some seconds more. An array waits in the same way."""

    def __init__(self, clock, seconds):
        self.clock, self.seconds = clock, seconds

    def block_until_ready(self):
        self.clock.spend(self.seconds)
        self.seconds = 0.0
        return self


@pytest.fixture
def clock(monkeypatch):
    turned = Clock()
    monkeypatch.setattr(timing, "time", turned)
    return turned


def test_the_first_call_is_apart_and_the_typical_one_is_the_median(clock):
    durations = iter([9.0, 1.0, 2.0, 5.0, 1.5, 2.5])
    assert seconds_per_call(lambda: clock.spend(next(durations))) == Timing(first=9.0, typical=2.0, spread=4.0)
    assert list(durations) == []


def test_a_result_is_waited_for_wherever_in_a_tree_it_is(clock):
    timed = seconds_per_call(lambda: {"loss": 1.0, "grads": [Late(clock, 3.0), Late(clock, 1.0)]}, repeats=2)
    assert timed == Timing(4.0, 4.0, 0.0)


def test_arguments_that_are_on_their_way_are_waited_for_before_the_clock_starts(clock):
    def work(x):
        x.block_until_ready()
        clock.spend(0.5)

    assert seconds_per_call(work, Late(clock, 100.0), repeats=3) == Timing(0.5, 0.5, 0.0)


def test_a_compiled_function_is_compiled_in_the_first_call_alone():
    traced = []

    @jax.jit
    def double(x):
        traced.append(x.shape)
        return {"twice": 2 * x}

    timed = seconds_per_call(double, jnp.ones(3), repeats=4)
    assert traced == [(3,)]
    assert timed.first > timed.typical > 0


def test_no_call_after_the_first_is_refused():
    with pytest.raises(
        ValueError, match=r"repeats=0: after the first call at least one more is timed\. Use 1 or more\."
    ):
        seconds_per_call(lambda: None, repeats=0)


@pytest.mark.parametrize(
    ("timed", "text"),
    [
        (Timing(0.1234, 0.00021, 0.0000049), "first call 123 ms, then 210 us (spread 4.9 us)"),
        (Timing(12.0, 1.0, 0.0), "first call 12 s, then 1 s (spread 0 us)"),
    ],
)
def test_times_are_read_in_their_unit(timed, text):
    assert str(timed) == text
