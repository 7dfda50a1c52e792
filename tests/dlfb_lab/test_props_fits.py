import jax
import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab import props
from dlfb_lab.probes import report

PARAMS = {"w": jnp.array([2.0, -1.0]), "b": jnp.array(0.5)}
X = jnp.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
Y = jnp.array([2.0, -1.0, 3.0])  # the model says 2.5, -1.5 and 1.5
MEAN = (0.25 + 0.25 + 2.25) / 3


def test_a_counted_fit_is_the_mean_squared_error_and_counts_its_calls():
    loss = props.counted_fit()
    np.testing.assert_allclose(loss(PARAMS, X, Y), MEAN, rtol=1e-6)
    np.testing.assert_allclose(loss(PARAMS, X, Y, jnp.array([0.0, 0.0, 4.0])), 3.0, rtol=1e-6)
    assert report(loss) == {"calls": 2}


def test_a_counted_fit_is_entered_once_for_its_value_and_gradient():
    loss = props.counted_fit()
    jax.value_and_grad(loss)(PARAMS, X, Y)
    assert report(loss) == {"calls": 1}


def test_a_counted_fit_counts_the_runs_of_a_program_that_was_traced_before():
    loss = props.counted_fit()
    compiled = jax.jit(loss)
    compiled(PARAMS, X, Y)
    jax.grad(compiled)(PARAMS, X, Y)
    assert loss.calls == 1
    assert report(loss) == {"calls": 2}


def test_a_counted_fit_that_is_traced_and_not_run_was_computed_once():
    loss = props.counted_fit()
    jax.make_jaxpr(loss)(PARAMS, X, Y)
    assert report(loss) == {"calls": 1}


def test_a_counted_fit_with_extras_returns_what_came_along():
    loss = props.counted_fit_with_extras()
    value, extras = loss(PARAMS, X, Y)
    np.testing.assert_allclose(value, MEAN, rtol=1e-6)
    np.testing.assert_allclose(extras["predicted"], [2.5, -1.5, 1.5])
    np.testing.assert_allclose(extras["largest"], 1.5)
    assert report(loss) == {"calls": 1}


@pytest.mark.parametrize(
    ("kind", "right"),
    [("squares", [0.25, 0.25, 2.25]), ("smooth", np.sqrt([1.25, 1.25, 3.25]) - 1)],
)
def test_row_losses_gives_one_loss_a_row(kind, right):
    params = {"layer": {"w": PARAMS["w"]}, "b": PARAMS["b"]}
    np.testing.assert_allclose(props.row_losses(kind)(params, X, Y), right, rtol=1e-6)
