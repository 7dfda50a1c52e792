"""`gradient`, `steepness` and `mapped`: an answer inside `jax.grad` and `jax.vmap`."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab import probes

CUBES = "def f(x): return (x**3).sum()"
LINE = "def f(params, x): return x @ params['w'] + params['b']"
PARAMS = {"w": jnp.array([1.0, -2.0, 0.5]), "b": jnp.array(0.3)}


def test_a_gradient_is_a_value_and_a_slope(answer):
    found = probes.gradient(answer(CUBES), jnp.array([1.0, 2.0]))
    assert float(found.value) == 9
    assert found.slope.tolist() == [3, 12]


def test_the_slope_has_the_tree_of_the_argument_it_is_taken_by(answer):
    loss = answer("def f(x, params): return ((x @ params['w'] + params['b']) ** 2).sum()")
    found = probes.gradient(loss, jnp.ones((2, 3)), PARAMS, argnum=1)
    assert found.slope.keys() == {"w", "b"}
    assert found.slope["w"].shape == (3,)
    assert float(found.slope["b"]) == pytest.approx(2 * 2 * -0.2, rel=1e-5)


def test_the_slope_of_one_entry_of_a_result_can_be_asked_for(answer):
    squares = answer("def f(x): return x**2")
    assert probes.gradient(squares, jnp.array([1.0, 2.0, 3.0]), at=1).slope.tolist() == [0, 4, 0]
    table = answer("def f(x): return jnp.outer(x, x)")
    assert probes.gradient(table, jnp.array([1.0, 2.0]), at=(0, 1)).slope.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("body", "x"),
    [("def f(x): return x**2", jnp.ones(2)), (CUBES, jnp.array([1, 2]))],
    ids=["a result of two numbers", "whole numbers"],
)
def test_what_has_no_gradient_raises(answer, body, x):
    with pytest.raises(TypeError):
        probes.gradient(answer(body), x)


SLOPES = {
    "a cubic": (CUBES, True),
    "an array result, summed": ("def f(x): return jnp.tanh(x) * 2", True),
    "a tree as result, summed": ("def f(x): return {'a': jnp.sin(x), 'b': (x * 3,)}", True),
    "a compiled answer": ("@jax.jit\ndef f(x): return jnp.exp(-x).sum()", True),
    "a stopped gradient": ("def f(x): return (jax.lax.stop_gradient(x) * x).sum()", False),
    "a derivative with a wrong sign": (
        "@jax.custom_vjp\ndef f(x): return jnp.sum(x**2)\n\nf.defvjp(lambda x: (f(x), x), lambda x, g: (-2 * x * g,))",
        False,
    ),
    "a rounded input": ("def f(x): return jnp.round(x * 1000).sum()", False),
}


@pytest.mark.parametrize(("body", "agrees"), SLOPES.values(), ids=SLOPES)
def test_the_gradient_is_held_against_differences(answer, body, agrees):
    found = probes.steepness(answer(body), jnp.array([0.7, -1.2, 1.9]))
    assert np.isclose(found.by_gradient, found.by_difference, rtol=2e-2) == agrees
    assert (type(found.by_gradient), type(found.by_difference)) == (float, float)


def test_steepness_moves_every_leaf_of_the_argument_and_no_other(answer):
    x = jnp.array([[1.0, 2.0, 3.0]])
    by_params = probes.steepness(answer(LINE), PARAMS, x)
    assert by_params.by_gradient == pytest.approx(by_params.by_difference, rel=2e-2)
    ignoring_b = answer("def f(params, x): return x @ params['w'] + jax.lax.stop_gradient(params['b'])")
    found = probes.steepness(ignoring_b, PARAMS, x)
    assert found.by_gradient != pytest.approx(found.by_difference, rel=2e-2)
    assert probes.steepness(answer(LINE), PARAMS, x, argnum=1).by_gradient != by_params.by_gradient


def test_steepness_goes_the_same_way_each_time(answer):
    f = answer(CUBES)
    assert probes.steepness(f, jnp.ones(4)) == probes.steepness(f, jnp.ones(4))


# vmap


def test_an_answer_runs_inside_vmap(answer):
    f = answer("def f(x): return x.sum()")
    x = jnp.arange(6.0).reshape(2, 3)
    assert probes.mapped(f, x).tolist() == [3, 12]
    assert probes.mapped(f, x, in_axes=1).tolist() == [3, 5, 7]


def test_each_argument_may_have_its_own_batch_axis_or_none(answer):
    f = answer("def f(w, x): return w * x")
    found = probes.mapped(f, jnp.array([1.0, 2.0, 3.0]), jnp.ones((2, 3)), in_axes=(None, 0), out_axes=1)
    assert found.shape == (3, 2)
    assert found[:, 0].tolist() == [1, 2, 3]


def test_keys_and_trees_can_be_mapped(answer):
    f = answer("def f(key, p): return {'z': jax.random.normal(key) + p['w'].sum()}")
    keys = jax.random.split(jax.random.key(1), 4)
    found = probes.mapped(f, keys, {"w": jnp.zeros((4, 2))})
    assert len(set(found["z"].tolist())) == 4


def test_what_raises_inside_vmap_raises(answer):
    with pytest.raises(TypeError, match=r"boolean|Boolean"):
        probes.mapped(answer("def f(x): return x if x > 0 else -x"), jnp.array([1.0, -1.0]))
    with pytest.raises(ValueError, match="inconsistent sizes"):
        probes.mapped(answer("def f(x, y): return x * y"), jnp.ones(2), jnp.ones(3))
