"""Functions that count how often they ran, and callers inside `jit` and `scan`."""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import probes, props


def test_a_counted_line_is_a_line():
    np.testing.assert_allclose(props.counted_line(2.0)(jnp.arange(3.0)), [1.0, 3.0, 5.0])


def test_a_counted_product_is_a_product():
    np.testing.assert_allclose(props.counted_product(2.0)(jnp.arange(3.0), 10.0), [0.0, 20.0, 40.0])


def test_a_counted_function_counts_its_calls():
    line = props.counted_line(2.0)
    assert probes.report(line) == {"calls": 0}
    line(1.0)
    line(2.0)
    assert probes.report(line) == {"calls": 2}


def test_under_jit_a_counted_function_counts_its_traces():
    line = props.counted_line(3.0)
    compiled = jax.jit(line)
    for length in (3, 3, 4):
        compiled(jnp.zeros(length))
    assert probes.report(line) == {"calls": 2}


def test_two_counted_functions_know_nothing_of_each_other():
    one, other = props.counted_line(2.0), props.counted_line(2.0)
    one(1.0)
    assert probes.report(other) == {"calls": 0}


def test_a_counted_function_has_a_name():
    assert props.counted_line(2.0).__name__ == "line"
    assert props.counted_product(2.0).__name__ == "product"


def test_in_jit_gives_the_function_placeholders():
    seen = []

    def keep(x):
        seen.append(isinstance(x, jax.core.Tracer))
        return x + 1

    assert float(props.in_jit()(keep, 2.0)) == 3.0
    assert seen == [True]


def test_in_jit_finds_the_program_of_a_second_call():
    line = props.counted_line(2.0)
    run = props.in_jit()
    assert [float(run(line, number)) for number in (1.0, 5.0)] == [3.0, 11.0]
    assert probes.report(line) == {"calls": 1}


def test_in_scan_hands_the_state_on():
    last, sums = props.in_scan()(lambda state, row: (state + row, state), 1.0, jnp.array([2.0, 3.0]))
    assert float(last) == 6.0
    np.testing.assert_allclose(sums, [1.0, 3.0])
