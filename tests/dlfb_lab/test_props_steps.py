"""The steps of a pipeline."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab import props


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("bend", [np.tanh(1), np.tanh(7)]),
        ("center", [-3.0, 3.0]),
        ("clean", [1.0, 7.0]),
        ("cube", [1.0, 343.0]),
        ("double", [2.0, 14.0]),
        ("invert", [1.0, 1 / 7]),
        ("log", [0.0, np.log(7)]),
        ("log or 0", [0.0, np.log(7)]),
        ("root", [1.0, np.sqrt(7)]),
        ("share", [0.125, 0.875]),
        ("shift", [2.0, 8.0]),
    ],
)
def test_a_step_does_what_its_name_says(name, right):
    np.testing.assert_allclose(props.pipeline_step(name)(jnp.array([1.0, 7.0])), right, rtol=1e-6)


@pytest.mark.parametrize("name", ["log", "root"])
def test_of_a_negative_number_it_is_nan(name):
    np.testing.assert_array_equal(jnp.isnan(props.pipeline_step(name)(jnp.array([-1.0, 1.0]))), [True, False])


def test_a_cube_may_be_infinite_on_both_sides():
    np.testing.assert_array_equal(props.pipeline_step("cube")(jnp.array([1e20, -1e20])), [np.inf, -np.inf])


def test_of_a_nan_that_is_thrown_away_only_the_alarm_knows():
    step, x = props.pipeline_step("log or 0"), jnp.array([-1.0, 1.0])
    np.testing.assert_array_equal(step(x), [0.0, 0.0])
    with jax.debug_nans(True), pytest.raises(FloatingPointError):
        step(x)


def test_cleaning_hides_nan():
    np.testing.assert_array_equal(props.pipeline_step("clean")(jnp.array([jnp.nan, 3.0])), [1.0, 3.0])
