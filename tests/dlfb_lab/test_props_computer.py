"""A computer whose time is counted, and what each way to time it gives."""

import jax
import numpy as np
import pytest

from dlfb_lab import probes, props

X = np.ones(3)


def timed(computer, calls, wait):
    """The time of so many calls, with `wait` after each."""
    before = computer.clock()
    for _ in range(calls):
        wait(computer.work(X, 2.0))
    return computer.clock() - before


@pytest.mark.parametrize("form", ["dictionary", "tuple"])
def test_waiting_for_all_parts_takes_as_long_as_the_work(form):
    computer = props.fake_computer(form, 1.0)
    assert timed(computer, 1, jax.block_until_ready) == 1001 + 7
    assert timed(computer, 3, jax.block_until_ready) == 3 * 1 + 30 + 60 + 15
    assert timed(computer, 1, jax.block_until_ready) == 1 + 30
    assert probes.report(computer) == {"calls": 5, "readings": 6, "traced": 0, "not waited for": 0}


def test_not_waiting_takes_the_time_of_handing_out_alone():
    computer = props.fake_computer("dictionary", 1.0)
    timed(computer, 1, jax.block_until_ready)
    assert timed(computer, 3, lambda result: result) == 3
    assert probes.report(computer)["not waited for"] == 3


def test_waiting_for_one_part_is_not_waiting_for_the_result():
    computer = props.fake_computer("dictionary", 1.0)
    timed(computer, 1, jax.block_until_ready)
    assert timed(computer, 1, lambda result: result["small"].block_until_ready()) == 1 + 30 - 5
    assert probes.report(computer)["not waited for"] == 1


def test_who_needs_the_numbers_waits():
    computer = props.fake_computer("dictionary", 1.0)
    assert timed(computer, 1, jax.device_get) == 1001 + 7
    assert timed(computer, 1, lambda result: [np.asarray(part) for part in result.values()]) == 1 + 30
    assert probes.report(computer)["not waited for"] == 0


def test_who_compiles_it_is_seen():
    computer = props.fake_computer("tuple", 1.0)
    jax.jit(computer.work)(X, 2.0)
    assert probes.report(computer) == {"calls": 0, "readings": 0, "traced": 1, "not waited for": 0}


def test_its_functions_come_out_by_name():
    computer = props.fake_computer("tuple", 1.0)
    assert probes.fields(computer, "work", "clock").keys() == {"work", "clock"}


def test_a_slower_one_takes_longer_for_everything():
    computer = props.fake_computer("dictionary", 2.0)
    assert timed(computer, 1, jax.block_until_ready) == 2 * (1001 + 7)
    assert timed(computer, 2, jax.block_until_ready) == 2 * (2 * 1 + 30 + 60)
