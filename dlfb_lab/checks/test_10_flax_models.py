"""Visible checks of the lab on Flax models."""

# A check bears the name of its task, and three of these tasks ask for a class.
# ruff: noqa: N802, N803

import jax
import jax.numpy as jnp
import numpy as np
from flax import linen as nn

from dlfb_lab import (
    CheckFailed,
    expect,
    expect_callable,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_finite,
    expect_fresh_keys,
    expect_pair,
    expect_shape,
    probes,
)
from dlfb_lab._errors import AnswerError

SEED = 41077
AFTERWARDS = "what the caller handed in, looked at after the call"


def test_init_mlp_makes_tables_that_fit(init_mlp):
    """Each layer has a float32 table of weights of the right shape, not all the same, and a float32 bias of zeros."""
    # Few different tables: what a check on first weights costs is compiling the draw of each new shape.
    for sizes in ([3, 4, 2], [4, 2], [2, 3, 4, 2]):
        layers = init_mlp(jax.random.key(SEED), sizes)
        looked_at = {"sizes": sizes, "looked at": 'a bias, "b"'}
        for w, b in zip(_tables(layers, sizes), _biases(layers, sizes), strict=True):
            expect_close(b, np.zeros(len(b)), inputs=looked_at)
            saw = "All weights of a table are the same, so all units of a layer compute the same."
            expect(w.std() > 0, "one-draw-for-all", saw, sizes=sizes, w=w)


def test_init_mlp_gives_each_layer_its_own_weights(init_mlp):
    """Three layers of the same size have different weights."""
    tables = _tables(init_mlp(jax.random.key(SEED + 1), [6, 6, 6, 6]), [6, 6, 6, 6])
    for one, other in ((0, 1), (1, 2), (0, 2)):
        same = np.array_equal(tables[one], tables[other])
        saw = f"The weights of layers {one} and {other} are the same."
        expect(not same, "layers-identical", saw, sizes=[6, 6, 6, 6], first=tables[one], second=tables[other])


def test_init_mlp_draws_with_the_right_variance(init_mlp):
    """The weights have mean 0 and variance 1/m, where m is the number of rows of their table."""
    sizes = [30, 120, 40]
    for w in _tables(init_mlp(jax.random.key(SEED + 2), sizes), sizes):
        _expect_initial_spread(w, sizes)


def test_init_mlp_depends_on_the_key_alone(init_mlp, make_key):
    """For the same key there are the same weights again, for another key others, in each layer."""
    sizes = [3, 4, 2]
    one, again, other = (_tables(init_mlp(make_key(SEED + n), sizes), sizes) for n in (3, 3, 4))
    same = all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    expect(same, "not-reproducible", "One key gave two different sets of weights.", certain=True)
    for place, (a, b) in enumerate(zip(one, other, strict=True)):
        differ = not np.array_equal(a, b)
        expect(differ, "key-ignored", f"Layer {place} has the same weights for both keys.", one=a, other=b)


def test_init_mlp_uses_no_key_twice(init_mlp, make_key):
    """The tables fit, and no key serves for two draws, nor for a draw and for making other keys."""
    sizes = [2, 3, 4]
    seen = probes.observe(init_mlp, make_key(SEED + 5), sizes, watch="keys")
    for w in _tables(seen.value, sizes):
        expect(w.std() > 0, "one-draw-for-all", "All weights of a table are the same.", sizes=sizes, w=w)
    expect_fresh_keys(seen)


def _tables(got, sizes):
    """The tables of weights of an MLP of these sizes."""
    tables = []
    inputs = {"sizes": sizes, "looked at": 'a table of weights, "w"'}
    for layer, m, n in zip(expect_pair(got, len(sizes) - 1, inputs=inputs), sizes[:-1], sizes[1:], strict=True):
        (w,) = expect_fields(layer, "w", inputs=inputs)
        tables.append(expect_shape(w, (m, n), inputs=inputs))
        expect_dtype(w, jnp.float32, inputs=inputs)
        expect_finite(w, inputs=inputs)
    return tables


def _biases(got, sizes):
    """The biases of an MLP of these sizes."""
    biases = []
    inputs = {"sizes": sizes, "looked at": 'a bias, "b"'}
    for layer, n in zip(expect_pair(got, len(sizes) - 1, inputs=inputs), sizes[1:], strict=True):
        (b,) = expect_fields(layer, "b", inputs=inputs)
        biases.append(expect_shape(b, (n,), inputs=inputs))
        expect_dtype(b, jnp.float32, inputs=inputs)
    return biases


def _expect_initial_spread(w, sizes):
    """Mean 0 and variance 1/m within five standard errors, which are largest for a normal distribution."""
    m, tolerance = len(w), 5 * np.sqrt(2 / w.size)
    ratio = float((w**2).mean() * m)
    saw = f"The {w.size} weights of the table of shape {w.shape} have {ratio:.3g} times the variance 1/{m}."
    expect(abs(ratio * m - 1) > tolerance, "divided-by-fan-in", saw, sizes=sizes)
    edges = abs(3 * ratio - 1) < tolerance and np.abs(w).max() * np.sqrt(m) < 1.001
    expect(not edges, "edge-is-no-deviation", saw, sizes=sizes)
    expect(abs(ratio - 1) < tolerance, "initial-spread", saw, sizes=sizes)
    saw = f"The mean of the {w.size} weights of the table of shape {w.shape} is {w.mean():.3f}."
    expect(abs(w.mean()) < 5 / np.sqrt(m * w.size), "wrong-distribution", saw, sizes=sizes)


# Two layers, made so that ReLU cuts something in the middle, and an output is negative.
TWO_LAYERS = (
    ([[1.0, -1.0], [0.5, 2.0], [-2.0, 1.0]], [0.5, -0.25]),
    ([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]], [0.0, 1.0, -3.0]),
)
THREE_CELLS = [[1.0, 0.5, 0.0], [0.0, -1.0, 2.0], [2.0, 1.0, 0.5]]


def test_apply_mlp_runs_two_layers(apply_mlp):
    """The outputs of two layers are right: ReLU stands between them and not after the last one."""
    _expect_outputs(apply_mlp, TWO_LAYERS, THREE_CELLS)


def test_apply_mlp_runs_any_number_of_layers(apply_mlp):
    """The outputs of a single layer are right, and those of three layers."""
    third = ([[2.0], [-1.0], [1.0]], [0.25])
    for layers in (TWO_LAYERS[:1], (*TWO_LAYERS, third)):
        _expect_outputs(apply_mlp, layers, THREE_CELLS)


def test_apply_mlp_takes_a_single_sample(apply_mlp):
    """The outputs are right for a single sample without a batch, of shape (m,), too, and have dtype float32."""
    for sample in THREE_CELLS[:2]:
        expect_dtype(_expect_outputs(apply_mlp, TWO_LAYERS, sample), jnp.float32)


def test_apply_mlp_leaves_the_params_alone(apply_mlp):
    """The outputs are right, and the params hold the same as before."""
    params = _params(TWO_LAYERS)
    seen = probes.observe(apply_mlp, params, jnp.array(THREE_CELLS))
    _expect_untouched(seen, params, jnp.array(THREE_CELLS))
    expect_close(seen.value, _mlp(TWO_LAYERS, THREE_CELLS), inputs={"params": "two layers", "x": THREE_CELLS})


def test_apply_mlp_works_inside_jit_and_vmap(apply_mlp):
    """The outputs are right inside `jax.jit`, and inside `jax.vmap` over a stack of two networks."""
    x = jnp.array(THREE_CELLS)
    right = _mlp(TWO_LAYERS, THREE_CELLS)
    expect_close(probes.jitted(apply_mlp, _params(TWO_LAYERS), x), right, inputs={"x": THREE_CELLS})
    halved = [tuple(np.multiply(part, 0.5) for part in layer) for layer in TWO_LAYERS]
    stack = jax.tree.map(lambda a, b: jnp.stack([a, b]), _params(TWO_LAYERS), _params(halved))
    got = probes.mapped(apply_mlp, stack, x, in_axes=(0, None))
    expect_close(got, [right, _mlp(halved, THREE_CELLS)], inputs={"params": "a stack of two networks"})


def _expect_outputs(apply_mlp, layers, x):
    """These outputs, and for wrong ones the misconception they show."""
    right = _mlp(layers, x)
    without_bias = [(w, np.zeros(len(b))) for w, b in layers]
    mistakes = {
        "last-layer-cut": np.maximum(right, 0),
        "no-activation": _mlp(layers, x, bend=lambda z: z),
        "bias-left-out": _mlp(without_bias, x),
        "bias-after-bend": _bias_after_bend(layers, x),
        "bend-on-input": _mlp(layers, np.maximum(x, 0)),
    }
    several = _told_apart(mistakes, right)
    sizes = [len(layers[0][0]), *(len(b) for _, b in layers)]
    inputs = {"sizes": sizes, "x": x}
    return expect_close(apply_mlp(_params(layers), jnp.array(x)), right, inputs=inputs, mistakes=several)


def _told_apart(mistakes, right):
    """The mistakes that give something else than what is right, and than each other mistake."""

    def alone(name):
        others = (right, *(other for known, other in mistakes.items() if known != name))
        return not any(np.allclose(mistakes[name], other) for other in others)

    return {name: wrong for name, wrong in mistakes.items() if alone(name)}


def _params(layers):
    return [{"w": jnp.array(w, jnp.float32), "b": jnp.array(b, jnp.float32)} for w, b in layers]


def _bias_after_bend(layers, x):
    """What comes out where each bias but the last one is added after ReLU."""
    x = np.asarray(x, np.float64)
    for place, (w, b) in enumerate(layers):
        summed = x @ np.asarray(w)
        x = (np.maximum(summed, 0) if place < len(layers) - 1 else summed) + np.asarray(b)
    return x


def _mlp(layers, x, bend=lambda z: np.maximum(z, 0)):
    """What the network gives, in NumPy."""
    x = np.asarray(x, np.float64)
    for place, (w, b) in enumerate(layers):
        x = x @ np.asarray(w, np.float64) + np.asarray(b)
        x = bend(x) if place < len(layers) - 1 else x
    return x


def _expect_untouched(seen, *before):
    """What the caller handed in holds the same after the call. Asked before the values: this finding is certain."""
    try:
        left = seen.inputs_after[0]
        if type(left) is list and len(left) != len(before[0]):
            saw = f"`params` held {len(before[0])} layers before the call, and {len(left)} after it."
            expect(False, "input-changed", saw)
        expect_equal(list(seen.inputs_after), list(before), inputs=AFTERWARDS, diagnosis="input-changed")
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None


def test_untrained_line_follows_the_recipe(untrained_line, make_key):
    """With key 42 the kernel is -0.5220277, the bias is 0, and the predictions are those of this line."""
    x = jnp.array([[0.5], [1.0], [-2.0]])
    kernel, bias = _line(untrained_line(make_key(42), x), x)
    inputs = {"key": "key 42", "x": x, "looked at": "the kernel"}
    # Split first, or with the layer drawn outside of the model, the numbers are others.
    right = [[-0.5220277]]
    mistakes = {} if np.allclose(kernel, right) else _drawn_otherwise(kernel)
    expect_close(kernel, right, inputs=inputs, mistakes=mistakes, diagnosis="recipe-not-followed")
    expect_close(bias, [0.0], inputs=inputs)


def test_untrained_line_takes_any_number_of_columns(untrained_line):
    """The params have the right form for any number of columns, and the predictions are what they give."""
    for shape in ((4, 3), (1, 6)):
        x = jnp.arange(1.0, 1.0 + np.prod(shape)).reshape(shape) / 4
        _line(untrained_line(jax.random.key(SEED), x), x)


def test_untrained_line_depends_on_the_key_alone(untrained_line):
    """The same key gives the same params, also for other data with as many columns. Another key gives others."""
    x, other_x = jnp.ones((2, 3)), jnp.array([[3.0, -1.0, 4.0]])
    one, _ = _line(untrained_line(jax.random.key(SEED + 6), x), x)
    again, _ = _line(untrained_line(jax.random.key(SEED + 6), other_x), other_x)
    other, _ = _line(untrained_line(jax.random.key(SEED + 7), x), x)
    expect_close(again, one, inputs={"looked at": "the kernel, for the same key and other data"})
    differ = not np.isclose(one, other).any()
    expect(differ, "key-ignored", "The kernel is the same for both keys.", one=one, other=other)


def _drawn_otherwise(kernel):
    """What key 42 gives for a layer without a model around it, and for the nearest of several children of the key."""
    layer, key = nn.Dense(1), jax.random.key(42)

    def drawn(model, key):
        leaf = jax.tree.leaves(model.init(key, jnp.ones((1, 1)))["params"])[-1]
        return np.asarray(leaf)

    children = [drawn(_Line(), child) for child in jax.random.split(key, 3)]
    nearest = min(children, key=lambda wrong: float(np.abs(wrong - kernel).sum()))
    return {"layer-drawn-alone": drawn(layer, key), "key-split-before-init": nearest}


class _Line(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(1)(x)


def _line(got, x):
    """Kernel and bias of a pair of params and predictions, where the predictions are what these give for `x`."""
    inputs = {"x": x}
    params, predictions = expect_pair(got, 2, inputs=inputs)
    swapped = type(predictions) is dict and type(params) is not dict
    expect(not swapped, "pair-swapped", "The params come second, after the predictions.", certain=True)
    nested = type(params) is dict and "params" in params
    saw = "The first of the two is the whole dictionary of collections, with the key `params`."
    expect(not nested, "nested-params", saw, certain=True, got=params)
    if type(params) is dict:
        saw = "The params are those of a dense layer alone. In those of a LinearModel the layer has a name, `Dense_0`."
        expect(sorted(params) != ["bias", "kernel"], "layer-drawn-alone", saw, certain=True, got=params)
    _expect_names(params, "Dense_0")
    (layer,) = expect_fields(params, "Dense_0", inputs={**inputs, "looked at": "the params"})
    kernel, bias = expect_fields(layer, "kernel", "bias", inputs=inputs)
    kernel, bias = expect_shape(kernel, (x.shape[1], 1), inputs=inputs), expect_shape(bias, (1,), inputs=inputs)
    looked_at = {**inputs, "kernel": kernel, "bias": bias, "looked at": "the predictions"}
    expect_close(predictions, np.asarray(x) @ kernel + bias, inputs=looked_at)
    return kernel, bias


def _expect_names(params, *names):
    """Layers with these names and no others. Certain: whatever else is wrong, the names are."""
    if type(params) is dict:
        found = ", ".join(sorted(params)) or "nothing at all"
        saw = f"The params begin with {found}. The names of the layers were expected: {', '.join(names)}."
        expect(sorted(params) == sorted(names), "layer-names", saw, certain=True)


def test_TwoLayerModel_has_two_layers(TwoLayerModel):
    """A new model has the params that the text names, and its outputs are what they give."""
    x = jnp.array(THREE_CELLS)
    model, variables = _two_layer_model(TwoLayerModel, width=5, outputs=2, x=x)
    _expect_two_layers(model, variables["params"], x)


def test_TwoLayerModel_takes_the_numbers_of_another(TwoLayerModel):
    """With the numbers of a CompactModel, the outputs are those of the CompactModel."""
    x = jnp.array([[1.0, -0.5], [0.25, 2.0], [-1.0, -1.0], [0.5, 0.0]])
    model, _ = _two_layer_model(TwoLayerModel, width=4, outputs=3, x=x)
    _expect_two_layers(model, _two_layer_params(2, 4, 3), x)


def test_TwoLayerModel_embeds(TwoLayerModel):
    """The method `embed` gives what leaves the hidden layer, after ReLU."""
    x = jnp.array(THREE_CELLS)
    model = TwoLayerModel(width=2, outputs=1)
    (params,) = expect_fields(probes.pull(model, "init", jax.random.key(SEED + 8), x), "params")
    # What the layers are called is asked elsewhere. Here the hidden one is the one with three rows.
    numbers = list(_two_layer_params(3, 2, 1).values())
    layers = {name: numbers[0 if _rows(layer) == 3 else 1] for name, layer in params.items()}
    hidden = np.asarray(x) @ numbers[0]["kernel"] + numbers[0]["bias"]
    got = probes.pull(model, "apply", {"params": layers}, x, method="embed")
    mistakes = {"bend-left-out": hidden}
    expect_close(got, np.maximum(hidden, 0), inputs={"x": x, "method": "embed"}, mistakes=mistakes)


def _rows(layer):
    """How many inputs a layer takes."""
    return expect_fields(layer, "kernel")[0].shape[0]


def _two_layer_model(TwoLayerModel, width, outputs, x):
    """A model of these sizes and its first variables, of the right shapes."""
    inputs = {"width": width, "outputs": outputs, "x": x}
    model = TwoLayerModel(width=width, outputs=outputs)
    variables = probes.pull(model, "init", jax.random.key(SEED + 8), x)
    (params,) = expect_fields(variables, "params", inputs=inputs)
    shapes = {"hidden": (x.shape[1], width), "readout": (width, outputs)}
    _expect_names(params, *shapes)
    for name, layer in zip(shapes, expect_fields(params, *shapes, inputs=inputs), strict=True):
        kernel, bias = expect_fields(layer, "kernel", "bias", inputs={**inputs, "looked at": name})
        expect_shape(kernel, shapes[name], inputs={**inputs, "looked at": f"the kernel of {name}"})
        expect_shape(bias, shapes[name][1:], inputs={**inputs, "looked at": f"the bias of {name}"})
    return model, variables


def _expect_two_layers(model, params, x):
    """The outputs that these numbers give."""
    layers = [(params[name]["kernel"], params[name]["bias"]) for name in ("hidden", "readout")]
    right = _mlp(layers, x)
    mistakes = {"no-activation": _mlp(layers, x, bend=lambda z: z), "last-layer-cut": np.maximum(right, 0)}
    got = probes.pull(model, "apply", {"params": params}, x)
    expect_close(got, right, rtol=1e-4, atol=1e-5, inputs={"x": x}, mistakes=mistakes)


def _two_layer_params(inputs, width, outputs):
    """Numbers of all signs, so that ReLU and both biases make a difference."""

    def spread(*shape):
        return jnp.float32(np.sin(np.arange(1, 1 + np.prod(shape)) * 1.7).reshape(shape))

    return {
        "hidden": {"kernel": spread(inputs, width), "bias": spread(width) / 2},
        "readout": {"kernel": spread(width, outputs), "bias": spread(outputs) - 1},
    }


def test_activate_bends_each_entry(activate):
    """The values of "relu", "sigmoid", "tanh" and "gelu" are right, and have dtype float32."""
    x = jnp.array([-3.0, -0.5, 0.0, 0.5, 2.0])
    for name in ("relu", "sigmoid", "tanh", "gelu"):
        _expect_activated(activate, name, x)


def test_activate_makes_shares_along_the_last_axis(activate):
    """The values of "softmax" are right, for one, two and three axes: each row along the last axis sums to 1."""
    grid = jnp.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
    for x in (grid[0], grid, grid[:, None] + jnp.arange(4.0)[None, :, None] * grid[:, None]):
        _expect_activated(activate, "softmax", x)


def test_activate_stays_finite_far_away(activate):
    """All five are right far from zero, from -1000 to 1000, without NaN or infinity."""
    x = jnp.array([[1000.0, 999.0, 0.0], [-1000.0, -999.0, -1000.0], [90.0, -90.0, 200.0]])
    for name in ("relu", "sigmoid", "tanh", "gelu", "softmax"):
        got = expect_shape(activate(name, x), x.shape, inputs={"name": name, "x": x})
        right = _activated(name, x)
        right = np.where(np.abs(right) < 1e-30, 0, right)
        _expect_no_overflow(name, got, right, x)
        # Far out, 32 bits hold a number to about 0.0001, and some right formulas subtract such numbers.
        expect_close(got, right, rtol=1e-3, atol=1e-3, inputs={"name": name, "x": x})


def _expect_no_overflow(name, got, right, x):
    """Finite values. Of the others, those of softmax tell by their rows what was subtracted before the powers."""
    shown = {"name": name, "x": x, "expected": right, "got": got}
    finite = np.isfinite(got)
    saw = f"{int(got.size - finite.sum())} of {got.size} values are NaN or infinite."
    first_row_alone = name == "softmax" and finite.all(axis=1).tolist() == [True, False, False]
    expect(not first_row_alone, "one-maximum-for-all", saw, certain=True, **shown)
    expect(bool(finite.all()), "power-too-large", saw, certain=True, **shown)
    # 1000 and 999 have the same share where both were made the same number before.
    cut = name == "softmax" and np.allclose(got[0], [0.5, 0.5, 0.0], atol=1e-3)
    expect(not cut, "entries-cut-off", "For 1000 and 999, the shares are the same.", certain=True, **shown)


def test_activate_works_inside_jit(activate):
    """The values are right inside `jax.jit`, too, with the name static."""
    x = jnp.array([[0.25, -1.5], [2.5, -0.75]])
    for name in ("relu", "sigmoid", "tanh", "gelu", "softmax"):
        got = probes.jitted(activate, name, x, static=(0,))
        expect_close(got, _activated(name, x), atol=2e-3, inputs={"name": name, "x": x})


def _expect_activated(activate, name, x):
    """The values of this activation function, and for wrong ones the misconception they show."""
    right = _activated(name, x)
    mistakes = {}
    if name == "softmax":
        flat = _softmax(np.asarray(x, np.float64).ravel()).reshape(x.shape)
        wrong = [flat, *(_softmax(np.asarray(x, np.float64), axis) for axis in range(x.ndim - 1))]
        mistakes = {"shares-along-another-axis": _one_of(activate(name, x), right, *wrong)}
    if name == "relu":
        mistakes = {"mask-inverted": np.minimum(np.asarray(x), 0)}
    # The usual approximation of gelu is off by up to 0.0005.
    tolerance = 2e-3 if name == "gelu" else 1e-6
    got = activate(name, x)
    expect_close(got, right, atol=tolerance, inputs={"name": name, "x": x}, mistakes=mistakes)
    expect_dtype(got, jnp.float32, inputs={"name": name, "x": x})


def _one_of(got, right, *wrongs):
    """Of several values that one mistake gives, that of `got`; the first where it is none."""
    differing = [wrong for wrong in wrongs if not np.allclose(wrong, right)]
    shaped = isinstance(got, jax.Array | np.ndarray) and np.shape(got) == np.shape(right)
    found = [wrong for wrong in differing if shaped and np.allclose(np.asarray(got, np.float64), wrong, atol=1e-5)]
    return (found or differing or [np.full(np.shape(right), np.inf)])[0]


def _activated(name, x):
    """The right values, in NumPy."""
    x = np.asarray(x, np.float64)
    if name == "softmax":
        return _softmax(x)
    if name == "gelu":
        return np.asarray(jax.nn.gelu(jnp.asarray(x, jnp.float32), approximate=False))
    with np.errstate(over="ignore"):
        return {"relu": np.maximum(x, 0), "sigmoid": 1 / (1 + np.exp(-x)), "tanh": np.tanh(x)}[name]


def _softmax(x, axis=-1):
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


QUESTIONS = ("healthy", "tissue", "stage", "location", "resistance", "fold_change", "energy", "correlation")


def test_final_layer_has_the_right_form(final_layer):
    """The choices have the right form. Whether they are right counts when your notebook is graded."""
    off = _what_is_off(final_layer)
    form = '{"healthy": "A", "tissue": "A", ..., "cutoff": 1.0}'
    expect(off == "", "wrong-form", f"{off} It should look like {form}, with your own choices.", got=final_layer)


def _what_is_off(choices):
    """The first thing in which the choices have not the form that the task asks for; "" where they have."""
    if type(choices) is not dict:
        return "The answer is not a dictionary."
    for name in (*QUESTIONS, "cutoff"):
        if name not in choices:
            return f'The key "{name}" is missing.'
    more = [f'"{name}"' for name in choices if name not in (*QUESTIONS, "cutoff")]
    if more:
        return f"There are keys that the task does not name: {', '.join(more[:3])}."
    for name in QUESTIONS:
        if type(choices[name]) is not str or choices[name].upper() not in tuple("ABCDEFG"):
            return f'Under "{name}" there is something else than one of the texts "A" to "G".'
    return "" if _is_number(choices["cutoff"]) else 'Under "cutoff" there is no number.'


def _is_number(value):
    """Whether `value` is one finite number, of Python, NumPy or JAX."""
    if isinstance(value, jax.Array | np.ndarray | np.generic):
        return np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf" and bool(np.isfinite(np.asarray(value)))
    return type(value) in (int, float) and bool(np.isfinite(value))


def test_task_loss_of_numbers(task_loss):
    """The loss of "number" is the mean squared difference, whether shapes are (n,) or (n, 1)."""
    outputs, targets = np.array([1.0, 2.5, -1.0]), np.array([0.5, 2.5, 1.0])
    spread = ((outputs[:, None] - targets) ** 2).mean()
    right = ((outputs - targets) ** 2).mean()
    mistakes = {"rank-promotion": spread, "sum-instead-of-mean": 3 * right, "loss-halved": right / 2}
    for a, b in ((outputs, targets), (outputs[:, None], targets), (outputs, targets[:, None])):
        _expect_loss(task_loss, "number", a, b, right, mistakes)


def test_task_loss_of_yes_and_no(task_loss):
    """The loss of "yes_no" is the mean sigmoid cross-entropy of the logits, whether shapes are (n,) or (n, 1)."""
    logits, targets = np.array([2.0, -1.0, 0.5]), np.array([1.0, 1.0, 0.0])
    right = _binary(logits, targets).mean()
    mistakes = {
        "rank-promotion": _binary(logits[:, None], targets[None]).mean(),
        "activation-twice": _binary(_sigmoid(logits), targets).mean(),
        "sum-instead-of-mean": _binary(logits, targets).sum(),
    }
    whole = np.int32(targets)
    for a, b in ((logits, targets), (logits[:, None], targets), (logits[:, None], whole), (logits, targets[:, None])):
        _expect_loss(task_loss, "yes_no", a, b, right, mistakes)


def test_task_loss_of_one_of_many(task_loss):
    """The loss of "one_of_many" is the mean softmax cross-entropy of the logits, given the numbers of the classes."""
    logits = np.array([[2.0, -1.0, 0.5], [0.0, 1.0, 3.0]])
    for classes in ([0, 2], [2, 1]):
        one_hot = np.eye(3)[classes]
        right = _classes(logits, one_hot).mean()
        mistakes = {
            "activation-twice": _classes(_softmax(logits), one_hot).mean(),
            "loss-of-another-kind": _binary(logits, one_hot).mean(),
            "sum-instead-of-mean": _classes(logits, one_hot).sum(),
        }
        _expect_loss(task_loss, "one_of_many", logits, np.int32(classes), right, mistakes)


def test_task_loss_of_any_of_many(task_loss):
    """The loss of "any_of_many" is the mean sigmoid cross-entropy over all samples and labels."""
    logits = np.array([[2.0, -1.0, 0.5, 0.0], [0.0, 1.0, -3.0, 1.5], [1.0, 1.0, -1.0, 2.0]])
    targets = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.0, 1.0]])
    right = _binary(logits, targets).mean()
    mistakes = {
        "activation-twice": _binary(_sigmoid(logits), targets).mean(),
        "loss-of-another-kind": _one_of_losses(task_loss("any_of_many", _f32(logits), _f32(targets)), logits, targets),
        "labels-added-up": _binary(logits, targets).sum(axis=-1).mean(),
    }
    for labels in (targets, np.int32(targets)):
        _expect_loss(task_loss, "any_of_many", logits, labels, right, mistakes)


def test_task_loss_stays_right_far_away(task_loss):
    """The loss is right for logits from -1000 to 1000, also inside `jax.jit` with the kind static."""
    sure = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [400.0, -300.0]])
    for kind, outputs, targets, right in (
        ("yes_no", sure[:, 0], np.int32([1, 0, 1]), 0.0),
        ("yes_no", sure[:, 0], np.int32([0, 0, 1]), 1000 / 3),
        ("one_of_many", sure, np.int32([0, 1, 0]), 0.0),
        ("one_of_many", sure, np.int32([0, 1, 1]), 700 / 3),
        ("any_of_many", sure, np.float32([[1, 0], [0, 1], [0, 0]]), 400 / 6),
    ):
        inputs = {"kind": kind, "outputs": outputs, "targets": targets}
        got = probes.jitted(task_loss, kind, _f32(outputs), jnp.asarray(targets), static=(0,))
        for value in (task_loss(kind, _f32(outputs), jnp.asarray(targets)), got):
            _expect_not_cut(value, right, inputs)
            expect_close(value, right, rtol=1e-4, inputs=inputs)


def _expect_not_cut(got, right, inputs):
    """Of three samples one is as wrong as can be. The logarithm of a cut-off probability is some -5 to -100 there."""
    number = expect_shape(got, (), inputs=inputs)
    saw = f"The loss of a model that is sure and wrong is {float(number):.3g}; {right:.3g} was expected."
    cut = right > 100 and 4.6 < 3 * float(number) < 105
    expect(not cut, "probability-cut-off", saw, certain=True, **inputs)


def _expect_loss(task_loss, kind, outputs, targets, right, mistakes):
    inputs = {"kind": kind, "outputs": outputs, "targets": targets}
    labels = jnp.asarray(targets, jnp.int32 if targets.dtype == np.int32 else jnp.float32)
    got = task_loss(kind, _f32(outputs), labels)
    expect_close(got, right, rtol=1e-4, atol=1e-5, inputs=inputs, mistakes=mistakes)


def _one_of_losses(got, logits, targets):
    """Of the losses that take several labels for one class, that of `got`."""
    wrongs = [_classes(logits, targets).mean(), _classes(logits, np.eye(4)[targets.argmax(axis=-1)]).mean()]
    near = [wrong for wrong in wrongs if _is_number(got) and np.isclose(float(got), wrong, rtol=1e-4)]
    return (near or wrongs)[0]


def _binary(logits, targets):
    """Sigmoid cross-entropy, entry by entry, in NumPy."""
    return np.logaddexp(0, logits) - np.asarray(targets) * logits


def _classes(logits, one_hot):
    """Softmax cross-entropy, row by row, in NumPy."""
    logs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return -(one_hot * logs).sum(axis=-1)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _f32(numbers):
    return jnp.asarray(numbers, jnp.float32)


def test_MotifCNN_finds_the_largest_score(MotifCNN):
    """The params have the right shapes, and the logits are those of filters, ReLU, largest place and dense layer."""
    x = _dna("ACGTTGACATTAC", "TTTTGGGACCACA")
    model, params = _motif_cnn(MotifCNN, filters=6, width=5, x=x)
    _expect_logits(model, params, x, width=5)


def test_MotifCNN_takes_sequences_of_any_length(MotifCNN):
    """With the same params, the logits are right for shorter and longer sequences, down to a single place."""
    model, params = _motif_cnn(MotifCNN, filters=3, width=4, x=_dna("GATTACAG"))
    for text in ("GATT", "ACCGTTAGGATACCAGAT"):
        _expect_logits(model, params, _dna(text), width=4)


def test_MotifCNN_does_not_mind_where_the_motif_stands(MotifCNN):
    """The logits are right, and a word keeps its logit when it moves among unknown letters, away from both ends."""
    texts = [f"{'N' * before}GATTAC{'N' * (15 - before)}" for before in (5, 8, 10)]
    x = _dna(*texts)
    model, params = _motif_cnn(MotifCNN, filters=6, width=5, x=x)
    got = _expect_logits(model, params, x, width=5)
    expect_close(got, [got[0]] * 3, rtol=1e-4, inputs={"x": ", ".join(texts)}, diagnosis="place-matters")


def _dna(*texts):
    """Sequences in one-hot rows, f32[n, L, 4]; N stands for an unknown letter."""
    return jnp.array([[np.eye(5)["ACGTN".index(letter)][:4] for letter in text] for text in texts], jnp.float32)


def _motif_cnn(MotifCNN, filters, width, x):
    """A model and numbers for its params, all of them drawn anew so that biases count, too."""
    inputs = {"filters": filters, "width": width, "x": f"{x.shape[0]} sequences of {x.shape[1]} letters"}
    model = MotifCNN(filters=filters, width=width)
    variables = probes.pull(model, "init", jax.random.key(SEED + 9), x)
    (params,) = expect_fields(variables, "params", inputs=inputs)
    shapes = sorted(leaf.shape for leaf in _leaves(params).values())
    flat = [(width, 4, filters), (filters,), (filters * (x.shape[1] - width + 1), 1), (1,)]
    saw = "The dense layer has a weight for each filter at each place."
    expect(shapes != sorted(flat), "place-matters", saw, certain=True, **inputs)
    saw = "The dense layer has a weight for each place, and none for each filter."
    over_filters = sorted([(width, 4, filters), (filters,), (x.shape[1] - width + 1, 1), (1,)])
    expect(shapes != over_filters, "pooled-over-filters", saw, certain=True, **inputs)
    right = sorted([(width, 4, filters), (filters,), (filters, 1), (1,)])
    saw = f"The arrays of the params have the shapes {shapes}; {right} were expected."
    expect(shapes == right, "wrong-shape", saw, **inputs)
    draw = np.random.default_rng(SEED)
    return model, jax.tree.map(lambda leaf: _f32(draw.normal(size=leaf.shape)), params)


def _leaves(tree):
    """The arrays of nested dictionaries by their paths, such as {"Conv_0/kernel": ...}."""
    paths = jax.tree_util.tree_flatten_with_path(tree)[0]
    found = {"/".join(str(part.key) for part in path): leaf for path, leaf in paths}
    arrays = all(isinstance(leaf, jax.Array | np.ndarray) for leaf in found.values())
    expect(arrays, "wrong-kind", "Under the params there is something that is no array.")
    return found


def _expect_logits(model, params, x, width):
    """The logits that these numbers give."""
    found = {leaf.ndim if leaf.shape != (1,) else 0: np.asarray(leaf) for leaf in _leaves(params).values()}
    kernel, bias, dense, last = (found[n] for n in (3, 1, 2, 0))
    right = _cnn_logits(kernel, bias, dense, last, x)
    before = (width - 1) // 2
    padded = np.pad(np.asarray(x), ((0, 0), (before, width - 1 - before), (0, 0)))
    mistakes = {
        "probabilities-returned": _sigmoid(right),
        "padding-added": _cnn_logits(kernel, bias, dense, last, padded),
        "pooled-by-mean": _cnn_logits(kernel, bias, dense, last, x, pool=np.mean),
        "bend-left-out": _cnn_logits(kernel, bias, dense, last, x, bend=lambda z: z),
        "last-layer-cut": np.maximum(right, 0),
    }
    wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right, atol=1e-4)}
    inputs = {"width": width, "x": f"{x.shape[0]} sequences of {x.shape[1]} letters"}
    got = probes.pull(model, "apply", {"params": params}, x)
    return expect_close(got, right, rtol=1e-4, atol=1e-4, inputs=inputs, mistakes=wrong)


def _cnn_logits(kernel, bias, dense, last, x, pool=np.max, bend=lambda z: np.maximum(z, 0)):
    """What the network gives, in NumPy."""
    x, width = np.asarray(x), len(kernel)
    places = [np.tensordot(x[:, at : at + width], kernel, 2) + bias for at in range(x.shape[1] - width + 1)]
    return pool(bend(np.stack(places)), axis=0) @ dense + last


PATIENTS = [[0.5, -1.0, 2.0], [1.5, 0.0, -0.5], [-1.0, 1.0, 1.0], [0.0, 2.0, 0.5], [2.0, -0.5, 1.5]]


def test_RegularizedModel_uses_the_running_averages(RegularizedModel):
    """With train=False, the outputs are what the params and the running averages give, without any key."""
    model, variables = _regularized(RegularizedModel, width=6, rate=0.5)
    _expect_regularized(model, variables, train=False, rate=0.5)
    names = sorted(probes.pull(model, "init", jax.random.key(SEED + 10), _f32(PATIENTS), train=False))
    expect(names == ["batch_stats", "params"], "wrong-form", f"The collections are {', '.join(names)}.")


def test_RegularizedModel_judges_each_sample_alone(RegularizedModel):
    """With train=False, a sample has the same output in a batch of its own as among others, and it is right."""
    model, variables = _regularized(RegularizedModel, width=4, rate=0.25)
    for rows in ([0], [3], [0, 3, 1]):
        _expect_regularized(model, variables, train=False, rate=0.25, rows=rows)


def test_RegularizedModel_trains_with_the_batch(RegularizedModel):
    """With train=True and rate=0.0, the batch normalizes the outputs, and the running averages move toward it."""
    model, variables = _regularized(RegularizedModel, width=6, rate=0.0)
    updates = _expect_regularized(model, variables, train=True, rate=0.0)
    (stats,) = expect_fields(updates, "batch_stats", inputs={"looked at": "what may change"})
    parts = _regularized_parts(variables)
    hidden = np.asarray(PATIENTS) @ parts["kernel"] + parts["bias"]
    for name, now in (("mean", hidden.mean(axis=0)), ("var", hidden.var(axis=0))):
        found = [leaf for path, leaf in _leaves(stats).items() if path.split("/")[-1] == name]
        mistakes = {"averages-kept-still": parts[name]}
        (got,) = expect_pair(found, 1, inputs={"looked at": f"the running averages called {name}"})
        moved = 0.99 * parts[name] + 0.01 * now
        expect_close(got, moved, rtol=1e-4, atol=1e-5, inputs={"looked at": f"the new {name}"}, mistakes=mistakes)


def test_RegularizedModel_drops_by_the_key(RegularizedModel):
    """With train=True, dropout acts by its rate. The same key gives the same outputs, another key others."""
    x = _f32(np.tile(PATIENTS, (80, 1)))
    model, variables = _regularized(RegularizedModel, width=8, rate=0.75)
    one, again, other = (_train(model, variables, x, jax.random.key(SEED + n))[0] for n in (11, 11, 12))
    _expect_dropped(one, variables, x, rate=0.75)
    expect_close(again, one, inputs={"looked at": "the outputs for the same key"}, diagnosis="not-reproducible")
    saw = "The outputs are the same for two different keys."
    expect(not np.allclose(one, other), "same-units-dropped", saw, one=one[:5], other=other[:5])


def _regularized(RegularizedModel, width, rate):
    """A model, and numbers for its variables, all of them drawn anew, with variances above 1."""
    model = RegularizedModel(width=width, rate=rate)
    variables = probes.pull(model, "init", jax.random.key(SEED + 10), _f32(PATIENTS), train=False)
    (params,) = expect_fields(variables, "params", inputs={"width": width, "rate": rate})
    draw = np.random.default_rng(SEED + 1)
    stats = variables.get("batch_stats", {})
    return model, {
        "params": jax.tree.map(lambda leaf: _f32(draw.normal(size=leaf.shape)), params),
        "batch_stats": jax.tree.map(lambda leaf: _f32(draw.uniform(1, 2, size=leaf.shape)), stats),
    }


def _regularized_parts(variables):
    """The numbers of the model by what they are for. A layer that is not there does nothing."""
    params = _leaves(variables["params"])
    places = {path.rsplit("/", 1)[0]: leaf for path, leaf in params.items() if leaf.ndim == 2}
    norm = next((path.rsplit("/", 1)[0] for path in params if path.endswith("scale")), "")
    saw = "The params are not those of two dense layers, the second one with one output."
    expect(sorted(leaf.shape[1] == 1 for leaf in places.values()) == [False, True], "wrong-shape", saw)
    (first,) = (name for name, leaf in places.items() if leaf.shape[1] != 1)
    (last,) = (name for name, leaf in places.items() if leaf.shape[1] == 1)
    width = places[first].shape[1]
    stats = {path.rsplit("/", 1)[-1]: leaf for path, leaf in _leaves(variables["batch_stats"]).items()}
    parts = {
        "kernel": places[first],
        "bias": params.get(f"{first}/bias", np.zeros(width)),
        "scale": params.get(f"{norm}/scale", np.ones(width)),
        "shift": params.get(f"{norm}/bias", np.zeros(width)) if norm else np.zeros(width),
        "mean": stats.get("mean", np.zeros(width)),
        "var": stats.get("var", np.ones(width)),
        "readout": places[last],
        "last": params.get(f"{last}/bias", np.zeros(1)),
    }
    return {name: np.asarray(leaf, np.float64) for name, leaf in parts.items()}


def _units(parts, x, by_batch):
    """What leaves ReLU, by the statistics of the batch or by the running averages: f64[n, width]."""
    hidden = np.asarray(x) @ parts["kernel"] + parts["bias"]
    return np.maximum(_normed(parts, hidden, by_batch), 0)


def _normed(parts, hidden, by_batch):
    mean, var = (hidden.mean(axis=0), hidden.var(axis=0)) if by_batch else (parts["mean"], parts["var"])
    return (hidden - mean) / np.sqrt(var + 1e-5) * parts["scale"] + parts["shift"]


def _expect_regularized(model, variables, train, rate, rows=slice(None)):
    """The outputs without dropout, and for wrong ones the misconception they show. Returns what changed in training."""
    x = np.asarray(PATIENTS)[rows]
    parts = _regularized_parts(variables)
    by_averages, by_batch = (_units(parts, x, by) @ parts["readout"] + parts["last"] for by in (False, True))
    bent = np.maximum(x @ parts["kernel"] + parts["bias"], 0)
    turned = _normed(parts, bent, train) @ parts["readout"] + parts["last"]
    updates = None
    if train:
        got, updates = _train(model, variables, _f32(x), jax.random.key(SEED + 13))
        nothing_kept = np.broadcast_to(parts["last"], by_batch.shape)
        right, mistakes = by_batch, {"averages-while-training": by_averages, "rate-swapped": nothing_kept}
    else:
        got = _use(model, variables, _f32(x))
        right, mistakes = by_averages, {"batch-mates-matter": by_batch}
    inputs = {"x": x, "rate": rate, "train": train}
    mistakes = _told_apart(mistakes | {"steps-in-another-order": turned}, right)
    expect_close(got, right, rtol=1e-3, atol=1e-4, inputs=inputs, mistakes=mistakes)
    return updates


def _use(model, variables, x):
    """The outputs with train=False. Nothing may change then, so Flax refuses a model that learns from the batch."""
    try:
        return probes.pull(model, "apply", variables, x, train=False)
    except AnswerError as raised:
        saw = "With train=False, the model wanted to move its running averages."
        expect(raised.error.kind != "ModifyScopeVariableError", "batch-used-afterwards", saw, certain=True)
        raise


def _train(model, variables, x, key):
    """The outputs of a step of training, and what it changed."""
    got = probes.pull(model, "apply", variables, x, train=True, rngs={"dropout": key}, mutable=["batch_stats"])
    return expect_pair(got, 2)


def _expect_dropped(got, variables, x, rate):
    """Outputs that dropout makes of those without it: on average the same, and each as far off as chance has it."""
    parts = _regularized_parts(variables)
    shares = _units(parts, x, by_batch=True) * parts["readout"][:, 0]
    off = expect_shape(got, (len(x), 1))[:, 0] - (shares.sum(axis=1) + parts["last"])
    variance = (shares**2).sum(axis=1) * rate / (1 - rate)
    saw = "With train=True the outputs are those without dropout."
    expect(np.abs(off).max() > 1e-3, "step-left-out", saw, rate=rate)
    zeros = int((np.asarray(got) == 0).sum())
    saw = f"Of {len(x)} outputs, {zeros} are exactly 0. No dense layer can have come after dropout."
    expect(zeros < len(x) / 10, "steps-in-another-order", saw, certain=True, rate=rate)
    saw = f"Over {len(x)} samples, the outputs are off by {off.mean():.3f} on average."
    expect(abs(off.mean()) < 5 * np.sqrt(variance.mean() / len(x)), "wrong-distribution", saw, rate=rate)
    ratio = float((off**2).mean() / variance.mean())
    saw = f"Over {len(x)} samples, dropout scatters the outputs {ratio:.2f} times as much as this rate does."
    for other, name in ((1 - rate, "rate-swapped"), (0.5, "rate-not-used")):
        expected = other / (1 - other) * (1 - rate) / rate
        expect(abs(ratio / expected - 1) > 0.3, name, saw, certain=True, rate=rate)
    expect(abs(ratio - 1) < 0.5, "wrong-distribution", saw, rate=rate)


def test_nnx_twin_gives_the_same(nnx_twin):
    """The object gives for `x` what TwoLayerModel gives with these params."""
    for x, sizes in ((THREE_CELLS, (3, 4, 2)), ([[0.5, -2.0]], (2, 1, 3))):
        _expect_twin_outputs(nnx_twin(_two_layer_params(*sizes)), _two_layer_params(*sizes), x)


def test_nnx_twin_holds_the_numbers(nnx_twin):
    """The layers `hidden` and `readout` of the NNX model hold the numbers of the params, and its outputs are right."""
    params = _two_layer_params(3, 5, 2)
    twin = nnx_twin(params)
    held = probes.tree(twin) or {}
    for name in ("hidden", "readout"):
        for part in ("kernel", "bias"):
            path = f"{name}/{part}"
            expect(path in held, "wrong-kind", f"The object is no NNX model that holds a `{path}`.", got=twin)
            try:
                expect_close(held[path], params[name][part], diagnosis="numbers-not-copied")
            except CheckFailed as failed:
                certain = failed.finding.diagnosis == "numbers-not-copied"
                raise CheckFailed(failed.finding, certain=certain) from None
    _expect_twin_outputs(twin, params, THREE_CELLS)


def test_nnx_twin_makes_another_one_each_time(nnx_twin):
    """Two models of different params are two: the outputs of the first are still right when the second is made."""
    params = _two_layer_params(3, 4, 2)
    other = jax.tree.map(lambda leaf: leaf / 2 + 1, params)
    first, second = nnx_twin(params), nnx_twin(other)
    _expect_twin_outputs(second, other, THREE_CELLS)
    _expect_twin_outputs(first, params, THREE_CELLS)


def _expect_twin_outputs(twin, params, x):
    layers = [(params[name]["kernel"], params[name]["bias"]) for name in ("hidden", "readout")]
    right = _mlp(layers, x)
    mistakes = {"no-activation": _mlp(layers, x, bend=lambda z: z), "last-layer-cut": np.maximum(right, 0)}
    got = expect_callable(twin)(_f32(x))
    expect_close(got, right, rtol=1e-4, atol=1e-5, inputs={"x": x}, mistakes=mistakes)
