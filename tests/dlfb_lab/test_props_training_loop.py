"""The props of the lab on the training loop: what they are, and what they count."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from dlfb_lab import data, props

X, Y = jnp.array([[0.0], [1.0], [3.0]]), jnp.array([[1.0], [3.0], [7.0]])
KERNEL = -0.5220277


@pytest.fixture(autouse=True)
def forget():
    yield
    props.forget_props()


def test_a_line_model_has_one_layer():
    variables = props.line_model().init(jax.random.key(42), jnp.ones((1, 1)))
    assert variables["params"].keys() == {"Dense_0"}
    np.testing.assert_allclose(variables["params"]["Dense_0"]["kernel"], [[KERNEL]], rtol=1e-6)


def test_line_apply_is_the_same_model_as_a_function():
    params = {"Dense_0": {"kernel": jnp.array([[2.0]]), "bias": jnp.array([1.0])}}
    np.testing.assert_allclose(props.line_apply()({"params": params}, X), Y)


def test_a_line_state_begins_where_the_book_begins():
    state = props.line_state("adam", 1.0, 2)
    assert state.step == 0
    np.testing.assert_allclose(state.params["Dense_0"]["kernel"], [[KERNEL], [0.0]])
    np.testing.assert_allclose(state.apply_fn({"params": state.params}, jnp.ones((1, 2))), [[KERNEL]])


def test_a_counted_error_is_a_multiple_and_counts_its_calls():
    params, error = props.line_state("sgd", 1.0, 1).params, props.counted_error(3.0)
    expected = 3 * np.mean((KERNEL * np.asarray(X) - np.asarray(Y)) ** 2)
    for count in (1, 2):
        np.testing.assert_allclose(error(params, props.line_apply(), X, Y), expected, rtol=1e-6)
        assert error.report() == {"calls": count}


def test_a_counted_step_counts_programs_and_not_runs():
    step, state = props.counted_step(), props.line_state("sgd", 0.05, 1)
    compiled = jax.jit(step)
    losses = []
    for _ in range(3):
        state, loss = compiled(state, X, Y)
        losses.append(float(loss))
    assert step.report() == {"calls": 1}
    assert losses == sorted(losses, reverse=True)
    np.testing.assert_allclose(losses[0], np.mean((KERNEL * np.asarray(X) - np.asarray(Y)) ** 2), rtol=1e-6)
    assert state.step == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [("sgd", -0.1), ("momentum", -0.1), ("adam", -0.1), ("adamw", -0.1 - 0.1 * 0.1 * 2.0)],
)
def test_an_optimizer_is_the_one_it_is_called(name, expected):
    tx, params = props.optimizer(name, 0.1), jnp.array([2.0])
    updates, _ = tx.update(jnp.array([1.0]), tx.init(params), params)
    np.testing.assert_allclose(updates, [expected], rtol=1e-5)


def test_an_optimizer_with_momentum_remembers():
    tx, place = props.optimizer("momentum", 0.1), jnp.array([0.0])
    _, memory = tx.update(jnp.array([1.0]), tx.init(place), place)
    np.testing.assert_allclose(tx.update(jnp.array([0.0]), memory, place)[0], [-0.09], rtol=1e-6)


def test_a_counted_optimizer_counts_starts_and_steps():
    tx, params = props.counted_optimizer(0.5), jnp.array([4.0])
    state = tx.init(params)
    for _ in range(2):
        updates, state = tx.update(params, state, params)
    assert (tx.report(), int(state["steps"])) == ({"starts": 1}, 2)
    np.testing.assert_allclose(updates, [-2.0])
    tx.init(params)
    assert tx.report() == {"starts": 2}
    assert isinstance(tx, optax.GradientTransformation)


def test_tree_squares_adds_up_all_leaves():
    assert float(props.tree_squares()({"a": jnp.array([1.0, 2.0]), "b": jnp.array([[3.0]])})) == 14.0


def test_a_cell_state_tells_training_from_evaluation():
    state, x = props.cell_state("sgd", 0.1), jnp.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0], [2.0, 1.0, 0.5]])
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    together = state.apply_fn(variables, x, train=False)
    np.testing.assert_allclose(state.apply_fn(variables, x[:1], train=False), together[:1], rtol=1e-5)
    trained, changed = state.apply_fn(
        variables, x, train=True, rngs={"dropout": jax.random.key(1)}, mutable=["batch_stats"]
    )
    assert not np.allclose(trained, together)
    before, after = state.batch_stats["BatchNorm_0"]["mean"], changed["batch_stats"]["BatchNorm_0"]["mean"]
    hidden = np.asarray(x @ state.params["Dense_0"]["kernel"])
    np.testing.assert_allclose(after, 0.9 * np.asarray(before) + 0.1 * hidden.mean(axis=0), rtol=1e-4)


def test_scripted_losses_follow_the_epochs_of_the_state():
    epoch, losses, state = props.counted_epoch(), props.scripted_losses("1.0 0.5"), {"epoch": jnp.zeros((), jnp.int32)}
    found = []
    for _ in range(3):
        state = epoch(state)
        found.append(losses(state))
    assert found == [1.0, 0.5, 0.5]
    assert (epoch.report(), losses.report()) == ({"calls": 3}, {"calls": 3})


def test_a_training_without_an_end_is_refused():
    epoch, state = props.counted_epoch(), {"epoch": 0}
    for _ in range(200):
        epoch(state)
    with pytest.raises(RuntimeError, match="200 epochs of training are enough: when does your loop end"):
        epoch(state)


def test_the_points_of_the_line_are_those_of_the_book():
    x, y = data.line_points()
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((100, 1), jnp.float32, (100, 1), jnp.float32)
    np.testing.assert_allclose(x[:3, 0], [0.72766423, 0.78786755, 0.18169427], rtol=1e-6)
    np.testing.assert_allclose(y[:3, 0], [2.498559, 2.6344614, 1.2492211], rtol=1e-6)
    slope, intercept = np.polyfit(x[:, 0], y[:, 0], 1)
    np.testing.assert_allclose([slope, intercept], [2.028228, 1.008484], rtol=1e-4)
