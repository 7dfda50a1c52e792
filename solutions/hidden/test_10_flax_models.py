"""Hidden checks of the lab on Flax models."""

# A check bears the name of its task, and three of these tasks ask for a class.
# ruff: noqa: N802

from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np

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


def test_init_mlp_fits_any_sizes(init_mlp, make_key):
    """The tables and biases have the right shapes and dtypes for any sizes, and the biases are 0."""
    # Few different tables: compiling the draw of each new shape is what costs.
    for sizes in ([1, 1], [2, 3, 4, 2, 1, 1]):
        for w, b in _layers(init_mlp(make_key(1), sizes), sizes):
            expect_close(b, np.zeros(len(b)))
            expect(w.size < 10 or w.std() > 0, "one-draw-for-all", "All weights of a table are the same.")


def test_init_mlp_is_spread_by_the_fan_in(init_mlp, make_key):
    """In large tables, the weights have mean 0 and variance 1/m, where m is the number of rows."""
    sizes = [120, 40, 40]
    for w, _ in _layers(init_mlp(make_key(2), sizes), sizes):
        ratio = float((w**2).mean() * len(w))
        saw = "The variance of the weights is not the one that the task asks for."
        expect(abs(ratio - 1) < 5 * np.sqrt(2 / w.size), "initial-spread", saw)
        near = abs(w.mean()) < 5 / np.sqrt(len(w) * w.size)
        expect(near, "wrong-distribution", "The mean of the weights is not 0.")


def test_init_mlp_draws_independent_weights(init_mlp, make_key):
    """The weights of one layer tell nothing about those of another one, nor a row about the next."""
    sizes = [40, 40, 40]
    first, second = (w for w, _ in _layers(init_mlp(make_key(3), sizes), sizes))
    expect(not np.array_equal(first, second), "layers-identical", "Two layers of the same size are the same.")
    for one, other in ((first, second), (first[1:], first[:-1]), (first[:, 1:], first[:, :-1])):
        related = abs(np.corrcoef(one.ravel(), other.ravel())[0, 1])
        expect(related < 5 / np.sqrt(one.size), "numbers-related", "Some weights go up and down together.")


def test_init_mlp_has_fresh_keys(init_mlp, make_key):
    """Same key, same weights; another key, others; and no key is used twice."""
    sizes = [3, 4, 2]
    seen = probes.observe(init_mlp, make_key(4), sizes, watch="keys")
    one, again, other = (
        [w for w, _ in _layers(got, sizes)]
        for got in (seen.value, init_mlp(make_key(4), sizes), init_mlp(make_key(5), sizes))
    )
    expect_fresh_keys(seen)
    same = all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    expect(same, "not-reproducible", "One key gave two different sets of weights.", certain=True)
    differ = not any(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    expect(differ, "key-ignored", "Two keys gave the same weights.")


def _layers(got, sizes):
    """The layers of an MLP of these sizes, each as its table and its bias."""
    layers = []
    for layer, m, n in zip(expect_pair(got, len(sizes) - 1), sizes[:-1], sizes[1:], strict=True):
        w, b = expect_fields(layer, "w", "b")
        layers.append((expect_shape(w, (m, n)), expect_shape(b, (n,))))
        expect_dtype(w, jnp.float32)
        expect_dtype(b, jnp.float32)
        expect_finite(w)
    return layers


def test_apply_mlp_holds_for_random_networks(apply_mlp, rng):
    """The outputs are right for networks of any depth and width, for batches and for single samples, in float32."""
    for sizes in ([5, 1], [4, 9, 3], [2, 6, 5, 4, 3]):
        layers = _random_layers(rng, sizes)
        x = rng.normal(size=(7, sizes[0])).astype(np.float32)
        for data in (x, x[0]):
            expect_dtype(_expect_outputs(apply_mlp, layers, data), jnp.float32)


def test_apply_mlp_leaves_random_params_alone(apply_mlp, rng):
    """The outputs are right, and the params hold the same as before."""
    layers = _random_layers(rng, [3, 5, 2])
    params, x = _params(layers), jnp.array(rng.normal(size=(4, 3)), jnp.float32)
    seen = probes.observe(apply_mlp, params, x)
    try:
        expect_equal(list(seen.inputs_after), [params, x], diagnosis="input-changed")
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None
    expect_close(seen.value, _mlp(layers, x), rtol=1e-4, atol=1e-5)


def test_apply_mlp_can_be_transformed(apply_mlp, rng):
    """The outputs are right inside `jax.jit`, and inside `jax.vmap` over a stack of networks."""
    stack = [_random_layers(rng, [3, 6, 2]) for _ in range(4)]
    x = jnp.array(rng.normal(size=(5, 3)), jnp.float32)
    expect_close(probes.jitted(apply_mlp, _params(stack[0]), x), _mlp(stack[0], x), rtol=1e-4, atol=1e-5)
    params = jax.tree.map(lambda *leaves: jnp.stack(leaves), *map(_params, stack))
    got = probes.mapped(apply_mlp, params, x, in_axes=(0, None))
    expect_close(got, [_mlp(layers, x) for layers in stack], rtol=1e-4, atol=1e-5)


def _random_layers(rng, sizes):
    return [(rng.normal(size=(m, n)), rng.normal(size=n) - 0.5) for m, n in pairwise(sizes)]


def _expect_outputs(apply_mlp, layers, x):
    right = _mlp(layers, x)
    without_bias = [(w, np.zeros(len(b))) for w, b in layers]
    mistakes = {
        "last-layer-cut": np.maximum(right, 0),
        "no-activation": _mlp(layers, x, bend=lambda z: z),
        "bias-left-out": _mlp(without_bias, x),
    }
    wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right)}
    return expect_close(apply_mlp(_params(layers), jnp.array(x)), right, rtol=1e-4, atol=1e-4, mistakes=wrong)


def _params(layers):
    return [{"w": jnp.array(w, jnp.float32), "b": jnp.array(b, jnp.float32)} for w, b in layers]


def _mlp(layers, x, bend=lambda z: np.maximum(z, 0)):
    """What the network gives, in NumPy."""
    x = np.asarray(x, np.float64)
    for place, (w, b) in enumerate(layers):
        x = x @ np.asarray(w, np.float32).astype(np.float64) + np.asarray(b, np.float32)
        x = bend(x) if place < len(layers) - 1 else x
    return x


def test_untrained_line_gives_the_same_as_flax(untrained_line, reference, rng, make_key):
    """For any key and any number of columns, the params are those that Flax makes from this key."""
    for n, shape in enumerate(((6, 1), (3, 5), (1, 2))):
        x = jnp.array(rng.normal(size=shape), jnp.float32)
        kernel, bias = _line(untrained_line(make_key(n), x), x)
        expected = reference(make_key(n), x)[0]["Dense_0"]
        expect_close(kernel, expected["kernel"], diagnosis="recipe-not-followed")
        expect_close(bias, expected["bias"])


def test_untrained_line_ignores_the_numbers_in_x(untrained_line, rng, make_key):
    """The params depend on the key and on the number of columns, and on nothing else."""
    few, many = (jnp.array(rng.normal(size=(n, 4)), jnp.float32) for n in (2, 9))
    one, again = (_line(untrained_line(make_key(7), x), x)[0] for x in (few, many))
    expect_close(again, one)
    other = _line(untrained_line(make_key(8), few), few)[0]
    expect(not np.isclose(one, other).any(), "key-ignored", "The kernel is the same for both keys.")


def _line(got, x):
    params, predictions = expect_pair(got, 2)
    swapped = type(predictions) is dict and type(params) is not dict
    expect(not swapped, "pair-swapped", "The params come second.", certain=True)
    nested = type(params) is dict and "params" in params
    expect(not nested, "nested-params", "The params still have the key `params`.", certain=True)
    _expect_names(params, "Dense_0")
    (layer,) = expect_fields(params, "Dense_0")
    kernel, bias = expect_fields(layer, "kernel", "bias")
    kernel, bias = expect_shape(kernel, (x.shape[1], 1)), expect_shape(bias, (1,))
    expect_close(predictions, np.asarray(x) @ kernel + bias, rtol=1e-4, atol=1e-5)
    return kernel, bias


def _expect_names(params, *names):
    if type(params) is dict:
        same = sorted(params) == sorted(names)
        expect(same, "layer-names", "The layers have other names than the text says.", certain=True)


def test_TwoLayerModel_holds_for_any_sizes(TwoLayerModel, rng, make_key):
    """The shapes of the params and the outputs are right for any width and any number of outputs."""
    for inputs, width, outputs in ((1, 3, 2), (6, 1, 1), (2, 9, 4)):
        x = jnp.array(rng.normal(size=(5, inputs)), jnp.float32)
        model = TwoLayerModel(width=width, outputs=outputs)
        (params,) = expect_fields(probes.pull(model, "init", make_key(1), x), "params")
        _expect_names(params, "hidden", "readout")
        for name, shape in (("hidden", (inputs, width)), ("readout", (width, outputs))):
            kernel, bias = expect_fields(expect_fields(params, name)[0], "kernel", "bias")
            expect_shape(kernel, shape)
            expect_shape(bias, shape[1:])
        layers, others = _two_layers(rng, inputs, width, outputs)
        right = _mlp(layers, x)
        mistakes = {"no-activation": _mlp(layers, x, bend=lambda z: z), "last-layer-cut": np.maximum(right, 0)}
        wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right)}
        expect_close(probes.pull(model, "apply", {"params": others}, x), right, rtol=1e-4, atol=1e-4, mistakes=wrong)


def test_TwoLayerModel_embeds_any_data(TwoLayerModel, rng):
    """The method `embed` gives what leaves the hidden layer, after ReLU, for any sizes."""
    for inputs, width, outputs in ((3, 7, 2), (5, 1, 3)):
        x = jnp.array(rng.normal(size=(6, inputs)), jnp.float32)
        layers, params = _two_layers(rng, inputs, width, outputs)
        hidden = _mlp(layers[:1], x)
        model = TwoLayerModel(width=width, outputs=outputs)
        got = probes.pull(model, "apply", {"params": params}, x, method="embed")
        expect_close(got, np.maximum(hidden, 0), rtol=1e-4, atol=1e-5, mistakes={"bend-left-out": hidden})


def _two_layers(rng, inputs, width, outputs):
    """Random numbers for two layers: as pairs, and as the params of a model."""
    layers = _random_layers(rng, [inputs, width, outputs])
    named = zip(("hidden", "readout"), layers, strict=True)
    return layers, {name: {"kernel": _f32(w), "bias": _f32(b)} for name, (w, b) in named}


def _f32(numbers):
    return jnp.asarray(numbers, jnp.float32)


def test_activate_holds_for_random_numbers(activate, rng):
    """The four that look at each entry alone are right for any shape, in float32."""
    for shape in ((9,), (4, 5), (2, 3, 4)):
        x = _f32(rng.normal(size=shape) * 3)
        for name in ("relu", "sigmoid", "tanh", "gelu"):
            got = expect_close(activate(name, x), _activated(name, x), atol=2e-3 if name == "gelu" else 1e-5)
            expect_dtype(got, jnp.float32)


def test_activate_shares_hold_for_random_numbers(activate, rng):
    """The shares of softmax are right for any shape, and stay as they are when a number is added to a whole row."""
    for shape in ((6,), (5, 3), (3, 3), (2, 4, 3)):
        x = rng.normal(size=shape) * 2
        others = [_softmax(x.ravel()).reshape(shape), *(_softmax(x, axis) for axis in range(x.ndim - 1))]
        got = activate("softmax", _f32(x))
        wrong = {"shares-along-another-axis": _one_of(got, _softmax(x), others)}
        expect_close(got, _softmax(x), rtol=1e-4, atol=1e-5, mistakes=wrong)
        shift = rng.choice([-900.0, -150.0, 150.0, 900.0], size=(*shape[:-1], 1))
        expect_close(activate("softmax", _f32(x + shift)), _softmax(x), rtol=1e-3, atol=1e-3)


def test_activate_is_right_far_from_zero(activate, rng):
    """All five are finite and right for numbers from -1000 to 1000."""
    x = _f32([*rng.uniform(-1000, 1000, size=12), -1000.0, 1000.0])
    for name in ("relu", "sigmoid", "tanh", "gelu", "softmax"):
        got = expect_finite(activate(name, x))
        expect_close(got, _activated(name, x), rtol=1e-3, atol=1e-3)


def test_activate_works_inside_jit_for_random_numbers(activate, rng):
    """The values are right inside `jax.jit`, too."""
    x = _f32(rng.normal(size=(3, 5)) * 4)
    for name in ("relu", "sigmoid", "tanh", "gelu", "softmax"):
        got = probes.jitted(activate, name, x, static=(0,))
        expect_close(got, _activated(name, x), rtol=1e-4, atol=2e-3 if name == "gelu" else 1e-5)


def _one_of(got, right, wrongs):
    """Of several values that one mistake gives, that of `got`; the first where it is none."""
    differing = [wrong for wrong in wrongs if not np.allclose(wrong, right)]
    shaped = isinstance(got, jax.Array | np.ndarray) and np.shape(got) == np.shape(right)
    found = [wrong for wrong in differing if shaped and np.allclose(np.asarray(got, np.float64), wrong, atol=1e-5)]
    return (found or differing or [np.full(np.shape(right), np.inf)])[0]


def _activated(name, x):
    x = np.asarray(x, np.float64)
    if name == "softmax":
        return _softmax(x)
    if name == "gelu":
        return np.asarray(jax.nn.gelu(_f32(x), approximate=False))
    with np.errstate(over="ignore"):
        return {"relu": np.maximum(x, 0), "sigmoid": 1 / (1 + np.exp(-x)), "tanh": np.tanh(x)}[name]


def _softmax(x, axis=-1):
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


OFFERED = "ABCDEFG"


def test_final_layer_is_right_where_one_of_many_is_true(final_layer):
    """The choices for classes are right: "tissue" and "stage"."""
    for name in ("tissue", "stage"):
        _expect_choice(final_layer, name, "C", {"G": "activation-twice", "F": "activation-twice"})


def test_final_layer_is_right_where_labels_stand_alone(final_layer):
    """The choices for labels that are each true or not are right: "healthy", "location" and "resistance"."""
    for name in ("healthy", "location", "resistance"):
        _expect_choice(final_layer, name, "B", {"F": "activation-twice", "G": "activation-twice"})


def test_final_layer_is_right_for_numbers(final_layer):
    """The choices for numbers are right: "fold_change", "energy" and "correlation"."""
    for name in ("fold_change", "energy"):
        _expect_choice(final_layer, name, "A", {"D": "last-layer-cut", "E": "last-layer-cut"})
    _expect_choice(final_layer, "correlation", "E", {"A": "range-not-kept", "D": "range-not-kept"})


def test_final_layer_knows_where_to_cut(final_layer):
    """The logit above which a cell counts as healthy is right."""
    (cutoff,) = expect_fields(final_layer, "cutoff")
    expect_close(cutoff, 0.0, mistakes={"threshold-on-logits": 0.5}, diagnosis="prediction-wrong")


def _expect_choice(final_layer, name, right, mistakes):
    """The right choice; another one either shows a mistake of its own, or belongs to another kind of task."""
    (choice,) = expect_fields(final_layer, name)
    if type(choice) is str:
        choice = choice.upper()
    wrong = {letter: "loss-of-another-kind" for letter in OFFERED if letter != right} | mistakes
    diagnosis = wrong.get(choice, "wrong-form") if type(choice) is str else "wrong-form"
    expect_equal(choice, right, mistakes={diagnosis: choice})


def test_task_loss_holds_for_random_outputs(task_loss, reference, rng):
    """The loss of each kind is right for other outputs and targets, of any number of samples."""
    for n in (1, 8):
        for kind, outputs, targets, mistakes in _drawn(rng, n):
            got = task_loss(kind, outputs, targets)
            right = np.asarray(reference(kind, outputs, targets))
            wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right)}
            expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=wrong)


def test_task_loss_of_columns_and_rows(task_loss, reference, rng):
    """A column of outputs may meet a row of targets, and the other way round, with the same loss."""
    outputs, numbers = _f32(rng.normal(size=6)), _f32(rng.normal(size=6))
    truths = jnp.array(rng.permutation([0, 1, 1, 0, 1, 0]), jnp.int32)
    for kind, targets in (("number", numbers), ("yes_no", truths), ("yes_no", _f32(truths))):
        right = np.asarray(reference(kind, outputs, targets))
        table = outputs[:, None] + 0 * targets, targets[None] + 0 * outputs[:, None].astype(targets.dtype)
        mistakes = {"rank-promotion": np.asarray(reference(kind, *table))}
        for a, b in ((outputs[:, None], targets), (outputs, targets[:, None]), (outputs[:, None], targets[:, None])):
            expect_close(task_loss(kind, a, b), right, rtol=1e-4, atol=1e-5, mistakes=mistakes)


def test_task_loss_of_a_sure_model(task_loss, rng):
    """The loss of a sure model is almost 0 where it is right, and large where it is wrong, also inside `jax.jit`."""
    classes, labels = rng.integers(0, 4, size=5), rng.integers(0, 2, size=(5, 4))
    for kind, outputs, targets, others, large in (
        ("number", labels[:, 0], _f32(labels[:, 0]), _f32(labels[:, 0] - 20), 400.0),
        ("yes_no", 60 * labels[:, 0] - 30, _i32(labels[:, 0]), _i32(1 - labels[:, 0]), 30.0),
        ("one_of_many", 900 * np.eye(4)[classes], _i32(classes), _i32((classes + 1) % 4), 900.0),
        ("any_of_many", 1800 * labels - 900, _i32(labels), _i32(1 - labels), 900.0),
    ):
        for truth, right in ((targets, 0.0), (others, large)):
            expect_close(task_loss(kind, _f32(outputs), truth), right, rtol=1e-4, atol=1e-4)
            got = probes.jitted(task_loss, kind, _f32(outputs), truth, static=(0,))
            expect_close(got, right, rtol=1e-4, atol=1e-4)


def _i32(numbers):
    return jnp.asarray(numbers, jnp.int32)


def _drawn(rng, n):
    """For each kind of task some outputs and targets, and what mistakes give."""
    k = 5
    logits, classes, labels = rng.normal(size=(n, k)) * 2, rng.integers(0, k, size=n), rng.integers(0, 2, size=(n, k))
    numbers, column, truths = rng.normal(size=n), rng.normal(size=n) * 2, labels[:, 0]
    one_hot = np.eye(k)[classes]
    yield "number", _f32(column), _f32(numbers), {"loss-halved": ((column - numbers) ** 2).mean() / 2}
    twice = {"activation-twice": _binary(_sigmoid(column), truths).mean()}
    yield "yes_no", _f32(column), jnp.array(truths, jnp.int32), twice
    wrong = {
        "activation-twice": _classes(_softmax(logits), one_hot).mean(),
        "loss-of-another-kind": _binary(logits, one_hot).mean(),
    }
    yield "one_of_many", _f32(logits), jnp.array(classes, jnp.int32), wrong
    wrong = {
        "activation-twice": _binary(_sigmoid(logits), labels).mean(),
        "loss-of-another-kind": _classes(logits, labels).mean(),
        "labels-added-up": _binary(logits, labels).sum(axis=-1).mean(),
    }
    yield "any_of_many", _f32(logits), _f32(labels), wrong


def _binary(logits, targets):
    return np.logaddexp(0, logits) - np.asarray(targets) * logits


def _classes(logits, one_hot):
    return -(one_hot * np.log(_softmax(logits))).sum(axis=-1)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_MotifCNN_holds_for_random_sequences(MotifCNN, rng, make_key):
    """The params have the right shapes, and the logits are right for other numbers, widths and filters."""
    for filters, width, length in ((5, 3, 12), (2, 6, 9), (7, 1, 4)):
        x = _f32(np.eye(4)[rng.integers(0, 4, size=(3, length))])
        model = MotifCNN(filters=filters, width=width)
        parts, params = _cnn(rng, probes.pull(model, "init", make_key(1), x), filters, width, length)
        _expect_logits(model, parts, params, x)


def test_MotifCNN_takes_other_lengths(MotifCNN, rng, make_key):
    """With the same params, the logits are right for shorter and for longer sequences."""
    model = MotifCNN(filters=4, width=3)
    x = _f32(np.eye(4)[rng.integers(0, 4, size=(2, 8))])
    parts, params = _cnn(rng, probes.pull(model, "init", make_key(2), x), 4, 3, 8)
    for length in (3, 21):
        _expect_logits(model, parts, params, _f32(np.eye(4)[rng.integers(0, 4, size=(2, length))]))


def test_MotifCNN_lets_the_motif_move(MotifCNN, rng, make_key):
    """The logits are right, and stay the same when a word moves among unknown letters."""
    word, x = np.eye(4)[rng.integers(0, 4, size=7)], np.zeros((3, 20, 4))
    for row, place in enumerate((4, 6, 9)):
        x[row, place : place + 7] = word
    model = MotifCNN(filters=6, width=4)
    parts, params = _cnn(rng, probes.pull(model, "init", make_key(3), _f32(x)), 6, 4, 20)
    got = _expect_logits(model, parts, params, _f32(x))
    expect_close(got, [got[0]] * 3, rtol=1e-4, atol=1e-5, diagnosis="place-matters")


def _cnn(rng, variables, filters, width, length):
    """The four arrays of a model by what they are for, all drawn anew, and the same as its params."""
    (params,) = expect_fields(variables, "params")
    flat = [(width, 4, filters), (filters,), (filters * (length - width + 1), 1), (1,)]
    shapes = sorted(np.shape(leaf) for leaf in jax.tree.leaves(params))
    if shapes != sorted([(width, 4, filters), (filters,), (filters, 1), (1,)]):
        name = "place-matters" if shapes == sorted(flat) else "wrong-shape"
        expect(False, name, "The arrays of the params have other shapes.", certain=name == "place-matters")
    params = jax.tree.map(lambda leaf: _f32(rng.normal(size=leaf.shape)), params)
    parts = {np.shape(leaf): np.asarray(leaf) for leaf in jax.tree.leaves(params)}
    return [parts[shape] for shape in ((width, 4, filters), (filters,), (filters, 1), (1,))], params


def _expect_logits(model, parts, params, x):
    right = _logits(*parts, x)
    width = len(parts[0])
    before = (width - 1) // 2
    padded = np.pad(np.asarray(x), ((0, 0), (before, width - 1 - before), (0, 0)))
    mistakes = {
        "probabilities-returned": _sigmoid(right),
        "padding-added": _logits(*parts, padded),
        "pooled-by-mean": _logits(*parts, x, pool=np.mean),
        "bend-left-out": _logits(*parts, x, bend=lambda z: z),
        "last-layer-cut": np.maximum(right, 0),
    }
    wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right, atol=1e-4)}
    got = probes.pull(model, "apply", {"params": params}, x)
    return expect_close(got, right, rtol=1e-4, atol=1e-4, mistakes=wrong)


def _logits(kernel, bias, dense, last, x, pool=np.max, bend=lambda z: np.maximum(z, 0)):
    x, width = np.asarray(x), len(kernel)
    places = [np.tensordot(x[:, at : at + width], kernel, 2) + bias for at in range(x.shape[1] - width + 1)]
    return pool(bend(np.stack(places)), axis=0) @ dense + last


def test_RegularizedModel_holds_when_it_is_used(RegularizedModel, rng):
    """With train=False, the outputs are right for other numbers, for batches of any size, without a key."""
    model, variables, x = _regularized(RegularizedModel, rng, width=5, rate=0.3)
    for rows in (slice(None), slice(2, 3), slice(4, 7)):
        units = _units(variables, x, False)[rows]
        among_others = _units(variables, x[rows], True)
        got = probes.pull(model, "apply", variables, x[rows], train=False)
        right, wrong = (_outputs(variables, some) for some in (units, among_others))
        expect_close(got, right, rtol=1e-3, atol=1e-4, mistakes={"batch-mates-matter": wrong})


def test_RegularizedModel_holds_while_it_learns(RegularizedModel, rng, make_key):
    """With train=True and no dropout, the outputs and the new running averages are right."""
    model, variables, x = _regularized(RegularizedModel, rng, width=7, rate=0.0)
    got, updates = _train(model, variables, x, make_key(1))
    wrong = _outputs(variables, _units(variables, x, False))
    right = _outputs(variables, _units(variables, x, True))
    mistakes = {"averages-while-training": wrong, "rate-swapped": _outputs(variables, 0 * _units(variables, x, True))}
    expect_close(got, right, rtol=1e-3, atol=1e-4, mistakes=mistakes)
    (stats,) = expect_fields(updates, "batch_stats")
    hidden = np.asarray(x) @ _part(variables, "first") + _part(variables, "bias")
    for name, now in (("mean", hidden.mean(axis=0)), ("var", hidden.var(axis=0))):
        before = _part(variables, name)
        moved = 0.99 * before + 0.01 * now
        still = {"averages-kept-still": before}
        expect_close(_by_end(stats, name), moved, rtol=1e-4, atol=1e-5, mistakes=still)


def test_RegularizedModel_drops_as_its_rate_says(RegularizedModel, rng, make_key):
    """With train=True, each unit is dropped with the chance that the rate says, and by the key alone."""
    for rate in (0.2, 0.7):
        model, variables, _ = _regularized(RegularizedModel, rng, width=9, rate=rate)
        x = _f32(rng.normal(size=(600, 3)))
        one, again, other = (_train(model, variables, x, make_key(n))[0] for n in (2, 2, 3))
        shares = _units(variables, x, True) * _part(variables, "last")[:, 0]
        off = expect_shape(one, (600, 1)) - _outputs(variables, _units(variables, x, True))
        variance = (shares**2).sum(axis=1) * rate / (1 - rate)
        expect(np.abs(off).max() > 1e-3, "step-left-out", "With train=True the outputs are those without dropout.")
        near = abs(off.mean()) < 5 * np.sqrt(variance.mean() / len(off))
        expect(near, "wrong-distribution", "On average, dropout changes the outputs.")
        ratio, error = (off[:, 0] ** 2).mean() / variance.mean(), np.sqrt((off**4).mean() / len(off)) / variance.mean()
        expect(abs(ratio - 1) < 7 * error, "wrong-distribution", "Dropout drops more, or less, than its rate says.")
        expect_close(again, one, diagnosis="not-reproducible")
        expect(not np.allclose(one, other), "same-units-dropped", "The outputs are the same for two different keys.")


def _regularized(RegularizedModel, rng, width, rate):
    """A model, numbers for its variables, with variances above 1, and some samples."""
    x = _f32(rng.normal(size=(8, 3)))
    model = RegularizedModel(width=width, rate=rate)
    variables = probes.pull(model, "init", jax.random.key(int(rng.integers(2**31))), x, train=False)
    (params,) = expect_fields(variables, "params")
    stats = variables.get("batch_stats", {})
    return (
        model,
        {
            "params": jax.tree.map(lambda leaf: _f32(rng.normal(size=leaf.shape)), params),
            "batch_stats": jax.tree.map(lambda leaf: _f32(rng.uniform(1, 2, size=leaf.shape)), stats),
        },
        x,
    )


def _train(model, variables, x, key):
    got = probes.pull(model, "apply", variables, x, train=True, rngs={"dropout": key}, mutable=["batch_stats"])
    return expect_pair(got, 2)


def _units(variables, x, by_batch):
    """What leaves ReLU, by the statistics of the batch or by the running averages: f64[n, width]."""
    hidden = np.asarray(x) @ _part(variables, "first") + _part(variables, "bias")
    mean, var = (
        (hidden.mean(axis=0), hidden.var(axis=0)) if by_batch else (_part(variables, "mean"), _part(variables, "var"))
    )
    normed = (hidden - mean) / np.sqrt(var + 1e-5)
    return np.maximum(normed * _part(variables, "scale") + _part(variables, "shift"), 0)


def _outputs(variables, units):
    return units @ _part(variables, "last") + _part(variables, "last_bias")


def _part(variables, name):
    """An array of the model by what it is for. What a model does not have does nothing."""
    arrays = _by_path(variables["params"])
    kernels = {leaf.shape[1] == 1: path for path, leaf in arrays.items() if leaf.ndim == 2}
    right = sorted(leaf.shape[1] == 1 for leaf in arrays.values() if leaf.ndim == 2) == [False, True]
    expect(right, "wrong-shape", "The params are not those of two dense layers, the second with one output.")
    first, last = (kernels[is_last] for is_last in (False, True))
    width = arrays[first].shape[1]
    if name in ("mean", "var"):
        found = _by_end(variables["batch_stats"], name)
        return np.full(width, float(name == "var")) if found is None else found
    norm = next((path[:-1] for path in arrays if path[-1] == "scale"), None)
    places = {"first": first, "last": last, "bias": (*first[:-1], "bias"), "last_bias": (*last[:-1], "bias")}
    if norm is not None:
        places |= {"scale": (*norm, "scale"), "shift": (*norm, "bias")}
    nothing = np.ones(width) if name == "scale" else np.zeros(1 if name == "last_bias" else width)
    return arrays.get(places.get(name), nothing)


def _by_end(tree, name):
    return next((leaf for path, leaf in _by_path(tree).items() if path[-1] == name), None)


def _by_path(tree):
    paths = jax.tree_util.tree_flatten_with_path(tree)[0]
    return {tuple(part.key for part in path): np.asarray(leaf, np.float64) for path, leaf in paths}


def test_nnx_twin_holds_for_random_params(nnx_twin, rng):
    """For other params of any sizes, the outputs are those of TwoLayerModel."""
    for inputs, width, outputs in ((1, 2, 1), (5, 3, 4), (2, 8, 3)):
        layers, params = _two_layers(rng, inputs, width, outputs)
        x = _f32(rng.normal(size=(6, inputs)))
        right = _mlp(layers, x)
        mistakes = {"no-activation": _mlp(layers, x, bend=lambda z: z), "last-layer-cut": np.maximum(right, 0)}
        wrong = {name: value for name, value in mistakes.items() if not np.allclose(value, right)}
        expect_close(expect_callable(nnx_twin(params))(x), right, rtol=1e-4, atol=1e-4, mistakes=wrong)


def test_nnx_twin_is_a_model_of_nnx(nnx_twin, rng):
    """The numbers of the params are the numbers of the NNX model, and its outputs are right."""
    layers, params = _two_layers(rng, 4, 3, 2)
    twin = nnx_twin(params)
    held = probes.tree(twin) or {}
    for name, layer in params.items():
        for part, numbers in layer.items():
            there = f"{name}/{part}" in held
            expect(there, "wrong-kind", "The object is no NNX model with the layers that the text names.")
            expect_close(held[f"{name}/{part}"], numbers, diagnosis="numbers-not-copied")
    x = _f32(rng.normal(size=(3, 4)))
    expect_close(expect_callable(twin)(x), _mlp(layers, x), rtol=1e-4, atol=1e-4)
