"""Visible checks of the lab on gradients."""

from contextlib import contextmanager
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    CheckFailed,
    expect,
    expect_close,
    expect_equal,
    expect_fields,
    expect_pair,
    expect_shape,
    probes,
    props,
)

AFTERWARDS = "the dictionary of the caller, looked at after the call"


def test_grad_f_gives_the_slopes(grad_f):
    """For three inputs, the slopes are those of `f`."""
    x = jnp.array([0.0, 1.0, 2.0])
    _refuse_numbers(grad_f)
    _expect_slopes_of_f(grad_f(x), x)


def test_grad_f_takes_any_number_of_inputs(grad_f):
    """For one input and for five, the slopes are right as well."""
    _refuse_numbers(grad_f)
    for numbers in ([0.5], [3.0, -2.0, 0.0, 1.5, -4.0]):
        x = jnp.array(numbers)
        _expect_slopes_of_f(grad_f(x), x)


def test_grad_f_works_inside_jit(grad_f):
    """The slopes are right inside `jax.jit`, too."""
    x = jnp.array([1.0, -3.0])
    _refuse_numbers(grad_f)
    _expect_slopes_of_f(probes.jitted(grad_f, x), x)


def _refuse_numbers(grad_f):
    is_array = isinstance(grad_f, jax.Array | np.ndarray)
    expect(not is_array, "numbers-not-function", "`grad_f` is an array.", certain=True, grad_f=grad_f)


def _expect_slopes_of_f(got, x):
    numbers = np.asarray(x)
    is_function = _kind(got) in ("function", "PjitFunction")
    expect(not is_function, "function-not-called", "`grad_f(x)` returned a function.", certain=True, x=x, got=got)
    mistakes = {
        "value-instead-of-slope": np.mean((numbers + 2) ** 2 + 3),
        "sum-and-mean-swapped": 2 * (numbers + 2) if len(numbers) > 1 else None,
    }
    right = 2 * (numbers + 2) / len(numbers)
    is_near = _is_close(got, right, 3e-2, 3e-2) and not _is_close(got, right, 1e-5, 1e-6)
    saw = "They are a little off."
    expect(not is_near, "slopes-estimated", saw, certain=True, x=x, expected=right, got=got)
    expect_close(got, right, inputs={"x": x}, mistakes=_known(mistakes))


def test_loss_and_grad_takes_an_array(loss_and_grad):
    """For parameters in an array, and no data, the loss comes first and its gradient second, and both are right."""
    w = jnp.array([1.0, 3.5, -2.0])
    slopes, inputs = [-2.0, 3.0, -8.0], {"loss": "the sum of (w - 2)²", "params": w}
    value, grads = expect_pair(loss_and_grad(props.quadratic(2.0), w), inputs=inputs)
    expect(not _is_close(value, slopes), "pair-swapped", "The gradient is the first of them.", certain=True, **inputs)
    expect_close(value, 19.25, inputs=inputs)
    expect_close(grads, slopes, inputs=inputs, mistakes={"value-instead-of-slope": 19.25})


def test_loss_and_grad_takes_a_dictionary_and_data(loss_and_grad):
    """For parameters in a dictionary, and two or three arrays of data, loss and gradient are right."""
    weight = jnp.array([1.0, 0.0, 2.0, 0.5])
    for data in ((X, Y), (X, Y, weight)):
        inputs = {"loss": "the mean of the squared errors of `x @ w + b`", "params": PARAMS, "data": data}
        got = expect_pair(loss_and_grad(props.counted_fit(), PARAMS, *data), inputs=inputs)
        _expect_value_and_slopes(got, *data, inputs=inputs)


def test_loss_and_grad_calls_the_loss_once(loss_and_grad):
    """Loss and gradient are right, and the loss was computed only once."""
    loss = props.counted_fit()
    got = expect_pair(loss_and_grad(loss, PARAMS, X, Y))
    _expect_value_and_slopes(got, X, Y)
    _expect_one_call(loss)


def test_enzyme_grad_takes_whole_numbers(enzyme_grad):
    """If `S` holds whole numbers, both slopes are right."""
    s, v = jnp.array([1, 2, 5, 10]), jnp.array([1.6, 2.9, 4.9, 6.6])
    with _told_apart(ENZYME_ERRORS):
        got = enzyme_grad(s, v, _enzyme(8.0, 3.0))
    _expect_enzyme_slopes(got, s, v, 8.0, 3.0)


def test_enzyme_grad_takes_decimal_numbers(enzyme_grad):
    """If `S` holds decimal numbers, both slopes are right as well, and so they are for a single measurement."""
    for s, v, vmax, km in (
        ([0.5, 0.0, 7.5], [1.0, 0.5, 4.0], 6.0, 2.5),
        ([3.0], [1.0], 2.0, 1.0),
    ):
        s, v = jnp.array(s), jnp.array(v)
        with _told_apart(ENZYME_ERRORS):
            got = enzyme_grad(s, v, _enzyme(vmax, km))
        _expect_enzyme_slopes(got, s, v, vmax, km)


def test_enzyme_grad_works_inside_jit(enzyme_grad):
    """The slopes are right inside `jax.jit`, too."""
    s, v = jnp.array([2, 4]), jnp.array([3.0, 3.5])
    with _told_apart(ENZYME_ERRORS):
        got = probes.jitted(enzyme_grad, s, v, _enzyme(5.0, 1.5))
    _expect_enzyme_slopes(got, s, v, 5.0, 1.5)


# Only `S` holds whole numbers here, and only `params` is indexed by names.
ENZYME_ERRORS = {
    ("integer-grad", ""): "integers-differentiated",
    ("indexed-by-text", "string"): "array-for-dictionary",
}


def _enzyme(vmax, km):
    return {"Vmax": jnp.array(vmax), "Km": jnp.array(km)}


def _expect_enzyme_slopes(got, s, v, vmax, km):
    """The slopes by Vmax and Km of the summed squared errors, worked out by hand."""
    inputs = {"S": s, "v": v, "params": {"Vmax": vmax, "Km": km}}
    s, v = np.asarray(s, np.float64), np.asarray(v)
    back = 2 * (vmax * s / (km + s) - v)
    right = {"Vmax": np.sum(back * s / (km + s)), "Km": np.sum(-back * vmax * s / (km + s) ** 2)}
    _refuse_slopes_by(got, [-back, back * vmax * km / (km + s) ** 2], inputs)
    slopes = expect_fields(got, *right, inputs=inputs)
    for name, slope in zip(right, slopes, strict=True):
        looked_at = {**inputs, "looked at": f'the slope by "{name}"'}
        mistakes = {"sum-and-mean-swapped": right[name] / len(s) if len(s) > 1 else None, "sign-reversed": -right[name]}
        expect_close(slope, right[name], rtol=1e-4, atol=1e-4, inputs=looked_at, mistakes=_known(mistakes))


def test_grad_with_extras_gives_three_parts(grad_with_extras):
    """Loss, dictionary and gradient come in this order, and each is right."""
    _expect_three_parts(grad_with_extras(props.counted_fit_with_extras(), PARAMS, X, Y), X, Y)


def test_grad_with_extras_takes_other_data(grad_with_extras):
    """For other data, the three parts are right as well."""
    x, y = jnp.array([[0.5, 1.0]]), jnp.array([-1.0])
    _expect_three_parts(grad_with_extras(props.counted_fit_with_extras(), PARAMS, x, y), x, y)


def test_grad_with_extras_calls_the_loss_once(grad_with_extras):
    """The three parts are right, and the loss was computed only once."""
    loss = props.counted_fit_with_extras()
    _expect_three_parts(grad_with_extras(loss, PARAMS, X, Y), X, Y)
    _expect_one_call(loss)


def _expect_three_parts(got, x, y):
    inputs = {"params": PARAMS, "x": x, "y": y}
    saw = "The parts are there, but not loss, dictionary and gradient one after the other."
    expect(not _is_misplaced(got), "aux-misplaced", saw, certain=True, **inputs)
    value, extras, grads = expect_pair(got, 3, inputs=inputs)
    _expect_value_and_slopes((value, grads), x, y, inputs=inputs)
    is_part = isinstance(extras, jax.Array | np.ndarray) or type(extras) in (tuple, list, float, int)
    saw = "It is not the dictionary that `loss` returns."
    expect(not is_part, "extras-in-parts", saw, certain=True, **inputs, second=extras)
    predicted, largest = expect_fields(extras, "predicted", "largest", inputs=inputs)
    is_leaked = "JAX tracer" in (_kind(predicted), _kind(largest))
    saw = "It is in the dictionary that came along: it did not leave through `return`."
    expect(not is_leaked, "leaked-tracer", saw, certain=True, **inputs, extras=extras)
    errors = np.asarray(x) @ np.asarray(PARAMS["w"]) + np.asarray(PARAMS["b"]) - np.asarray(y)
    expect_close(predicted, errors + np.asarray(y), inputs=inputs)
    expect_close(largest, np.abs(errors).max(), inputs=inputs)


def _is_misplaced(got):
    """Whether a dictionary, or a pair with one, stands where another part belongs."""
    if type(got) is not tuple or len(got) not in (2, 3):
        return False
    if len(got) == 2:  # as it came out of `value_and_grad`, or with the other pair inside
        return any(type(part) is tuple and len(part) == 2 for part in got)
    value, extras, _ = got
    return type(value) in (tuple, dict) or (type(extras) is dict and extras.keys() == PARAMS.keys())


def test_gradient_descent_makes_one_step(gradient_descent):
    """After one step, all parameters are right: each has moved by `lr` times its slope of the mean loss."""
    _expect_descended(gradient_descent, X, Y, 0.1, 1)


def test_gradient_descent_makes_several_steps(gradient_descent):
    """After three steps, the parameters are right. After none at all, they are as they were."""
    for steps in (3, 0):
        _expect_descended(gradient_descent, X, Y, 0.05, steps)


def test_gradient_descent_does_not_count_the_rows(gradient_descent):
    """If every row is there twice, the parameters are the same, and right."""
    _expect_descended(gradient_descent, jnp.tile(X, (2, 1)), jnp.tile(Y, 2), 0.1, 2)


def test_gradient_descent_leaves_the_dictionary_alone(gradient_descent):
    """The parameters are right, and the caller's dictionaries, the inner one too, hold the same as before."""
    losses, params = props.row_losses("squares"), _nested(PARAMS)
    seen = probes.observe(gradient_descent, losses, params, X, Y, 0.1, 2)
    _expect_same(seen.inputs_after[1], params)
    expect_close(_row(seen.value), _descended(X, Y, 0.1, 2), rtol=1e-4, atol=1e-5)


def test_gradient_descent_makes_the_loss_fall(gradient_descent):
    """After forty steps, the mean of the losses is less than a hundredth of what it was."""
    losses, params, y = props.row_losses("squares"), _nested(PARAMS), jnp.array([0.5, 3.5, 1.0, -2.0])
    got = gradient_descent(losses, params, X, y, 0.2, 40)
    w, b = _params(got)
    errors = np.asarray(X) @ w + b - np.asarray(y)
    first = np.asarray(X) @ np.asarray(PARAMS["w"]) + np.asarray(PARAMS["b"]) - np.asarray(y)
    loss, before = float(np.mean(errors**2)), float(np.mean(first**2))
    saw = f"The mean of the losses was {before:.4g} before, and is {loss:.4g} after 40 steps."
    expect(loss < before / 100, "wrong-value", saw, params=got)


def _expect_descended(gradient_descent, x, y, lr, steps):
    inputs = {"x": x, "y": y, "lr": lr, "steps": steps}
    got = gradient_descent(props.row_losses("squares"), _nested(PARAMS), x, y, lr, steps)
    row, start, right = _row(got, inputs), _descended(x, y, lr, 0), _descended(x, y, lr, steps)
    _refuse_partly_moved(row, start, right)
    first = _descended(x, y, lr, 1)
    mistakes = {
        "nothing-changed": start,
        "sum-and-mean-swapped": _descended(x, y, lr * len(y), steps),
        "gradient-uphill": _descended(x, y, -lr, steps),
        "learning-rate-left-out": _one_of(row, *(_descended(x, y, sign, steps) for sign in (1.0, -1.0))),
        "one-step-only": first,
        "gradient-not-renewed": start + steps * (first - start),
        "one-step-off": _one_of(row, *(_descended(x, y, lr, steps + off) for off in (1, -1))),
        "parameters-in-turn": _one_of(row, *(_descended(x, y, lr, steps, turns) for turns in ("wb", "bw"))),
        "one-row-a-step": _descended_by_rows(x, y, lr, steps),
    }
    mistakes = mistakes if steps else {"one-step-off": first}
    expect_close(row, right, rtol=1e-4, atol=1e-5, inputs=inputs, mistakes=mistakes)


def _refuse_partly_moved(row, start, right):
    """Fail where some parameters have their old values, and others have not."""
    moved = row != start
    partly = bool(moved.any() and not moved.all() and (right != start).all())
    expect(not partly, "one-part-only", "Some of the parameters are what they were.", certain=True, got=row)


def _row(got, inputs=None):
    """The parameters in one row: first `w`, then `b`."""
    w, b = _params(got, inputs)
    return np.array([*w, b])


def _params(got, inputs=None):
    layer, b = expect_fields(got, "layer", "b", inputs=inputs)
    (w,) = expect_fields(layer, "w", inputs=inputs)
    return expect_shape(w, (2,), inputs=inputs), expect_shape(b, (), inputs=inputs)


def _descended(x, y, lr, steps, turns=("wb",)):
    """What gradient descent on the mean of the squared errors leads to, from `PARAMS` on: w and b in one row.

    The parameters of a turn move together, by one gradient; the next turn takes a new one.
    """
    params = {name: np.asarray(value, np.float64) for name, value in PARAMS.items()}
    for _ in range(steps):
        for names in turns:
            _, slopes, _ = _fit(params, x, y)
            params |= {name: params[name] - lr * slopes[name] for name in names}
    return np.array([*params["w"], params["b"]])


def _descended_by_rows(x, y, lr, steps):
    """Where one gets who takes a step for the loss of each row."""
    params = {name: np.asarray(value, np.float64) for name, value in PARAMS.items()}
    for i in [*range(len(y))] * steps:
        _, slopes, _ = _fit(params, x[i : i + 1], y[i : i + 1])
        params = {name: params[name] - lr * slopes[name] for name in params}
    return np.array([*params["w"], params["b"]])


def _nested(params):
    return {"layer": {"w": params["w"]}, "b": params["b"]}


def test_shannon_diversity_holds_for_species_that_are_there(shannon_diversity):
    """For four equal shares it is log 4, for unequal ones less, and for a single species 0."""
    for shares in ([0.25, 0.25, 0.25, 0.25], [0.5, 0.3, 0.2], [1.0]):
        p = np.array(shares)
        right = -np.sum(p * np.log(p))
        mistakes = {
            "sign-reversed": -right if right else None,
            "sum-and-mean-swapped": right / len(p) if right else None,
        }
        got = shannon_diversity(jnp.array(shares))
        is_near = _is_close(got, right, 2e-2, 2e-2) and not _is_close(got, right, 1e-3, 1e-3)
        saw = "It is off by less than two parts in a hundred."
        expect(not is_near, "nearly-right", saw, certain=True, p=p, expected=right, got=got)
        expect_close(got, right, rtol=1e-3, atol=1e-3, inputs={"p": p}, mistakes=_known(mistakes))


def test_shannon_diversity_counts_no_absent_species(shannon_diversity):
    """Where some shares are 0, the value is right: that of the other species alone."""
    for shares in ([0.5, 0.5, 0.0], [0.0, 0.2, 0.0, 0.8, 0.0]):
        p = np.array(shares)
        got, mistakes = shannon_diversity(jnp.array(shares)), {"log-of-zero": np.nan}
        expect_close(got, _diversity(p), rtol=1e-3, atol=1e-3, inputs={"p": p}, mistakes=mistakes)


def test_shannon_diversity_has_the_right_slopes(shannon_diversity):
    """Where no share is 0, value and slopes are right."""
    _expect_diversity_slopes(shannon_diversity, [0.6, 0.3, 0.1])


def test_shannon_diversity_has_finite_slopes_at_zero(shannon_diversity):
    """Where a share is 0, value and slopes are right as well, and that of the absent species is a finite number."""
    _expect_diversity_slopes(shannon_diversity, [0.0, 0.7, 0.3])


def test_shannon_diversity_works_inside_jit(shannon_diversity):
    """The value is right inside `jax.jit`, too."""
    p = np.array([0.125, 0.0, 0.875, 0.0])
    expect_close(probes.jitted(shannon_diversity, jnp.array(p)), _diversity(p), rtol=1e-3, atol=1e-3, inputs={"p": p})


def _expect_diversity_slopes(shannon_diversity, shares):
    p = np.array(shares, np.float32)
    expect_shape(shannon_diversity(jnp.array(p)), (), inputs={"p": p})  # of anything else, there is no gradient
    seen = probes.gradient(shannon_diversity, jnp.array(p))
    expect_close(seen.value, _diversity(p), rtol=1e-3, atol=1e-3, inputs={"p": p})
    slopes = expect_shape(seen.slope, p.shape, inputs={"p": p})
    saw = f"Of {slopes.size} slopes, {np.sum(~np.isfinite(slopes))} are not finite."
    expect(np.isfinite(slopes).all(), "log-slope-at-zero", saw, certain=True, p=p, gradient=slopes)
    there = p > 0
    right, inputs = -np.log(p[there]) - 1, {"p": p, "looked at": "the gradient where p > 0"}
    expect_close(slopes[there], right, rtol=1e-3, atol=1e-3, inputs=inputs, mistakes={"gradient-lost": 0 * right})


def _diversity(p):
    return -np.sum(p[p > 0] * np.log(p[p > 0]))


def test_pair_energy_adds_up_all_pairs(pair_energy):
    """The energy of three cells is the sum of their three distances."""
    cells = jnp.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
    got = pair_energy(cells)
    other = _one_of(got, 28.0, 16.0)  # the sums of both sizes, and the larger of the two
    mistakes = {"pairs-counted-twice": 40.0, "step-left-out": 150.0, "distance-of-another-kind": other}
    expect_close(got, 20.0, rtol=1e-3, atol=1e-3, inputs={"cells": cells}, mistakes=mistakes)


def test_pair_energy_takes_any_number_of_cells(pair_energy):
    """One cell has the energy 0. The energy of four is right, also if two of them are in the same place."""
    for cells in (jnp.array([[2.0, -1.0]]), CROWDED):
        right = _energy(np.asarray(cells))
        mistakes = {"pairs-counted-twice": 2 * right if right else None}
        got = pair_energy(cells)
        expect_close(got, right, rtol=1e-3, atol=1e-3, inputs={"cells": cells}, mistakes=_known(mistakes))


def test_pair_energy_has_the_right_slopes(pair_energy):
    """Where all cells are in different places, the energy and its gradient are right."""
    _expect_pulls(pair_energy, jnp.array([[0.0, 0.0], [3.0, 4.0], [1.0, -1.0]]))


def test_pair_energy_has_finite_slopes(pair_energy):
    """Where two cells are in the same place, and for a single cell, energy and gradient are right and finite, too."""
    for cells in (CROWDED, jnp.array([[2.0, -1.0]])):
        _expect_pulls(pair_energy, cells)


def test_pair_energy_works_inside_jit(pair_energy):
    """The energy is right inside `jax.jit`, too."""
    cells = jnp.array([[0.0, 0.0], [0.0, 0.0], [1.5, 2.0]])
    expect_close(probes.jitted(pair_energy, cells), 5.0, rtol=1e-3, atol=1e-3, inputs={"cells": cells})


CROWDED = jnp.array([[1.0, 2.0], [0.0, 0.5], [1.0, 2.0], [-3.0, 1.0]])


def _energy(cells):
    return np.linalg.norm(cells[:, None] - cells[None], axis=-1).sum() / 2


def _expect_pulls(pair_energy, cells):
    expect_shape(pair_energy(cells), (), inputs={"cells": cells})  # of anything else, there is no gradient
    seen, places = probes.gradient(pair_energy, cells), np.asarray(cells)
    expect_close(seen.value, _energy(places), rtol=1e-3, atol=1e-3, inputs={"cells": cells})
    pulls = expect_shape(seen.slope, places.shape, inputs={"cells": cells})
    saw = "The energy itself is right."
    expect(np.isfinite(pulls).all(), "root-at-zero", saw, certain=True, cells=cells, gradient=pulls)
    steps = places[:, None] - places[None]
    lengths = np.linalg.norm(steps, axis=-1, keepdims=True)
    right = np.sum(steps / np.where(lengths == 0, 1, lengths), axis=1)
    alone = np.sum(lengths[..., 0] == 0, axis=1) == 1
    wrong = np.any(np.abs(pulls - right) > 1e-3 * (1 + np.abs(right)), axis=1)
    only_there = bool(wrong.any() and not wrong[alone].any())
    saw = "Elsewhere, the gradient is right."
    expect(not only_there, "pull-in-one-place", saw, certain=True, cells=cells, expected=right, gradient=pulls)
    expect_close(pulls, right, rtol=1e-3, atol=1e-3, inputs={"cells": cells, "looked at": "the gradient"})


def test_stable_bce_holds_for_moderate_logits(stable_bce):
    """For moderate logits, each entry is the cross-entropy of its logit and its label, also in an array of two axes."""
    for z, y in (
        ([2.0, -1.0, 0.5, -3.0], [1.0, 1.0, 0.0, 0.0]),
        ([[1.5, -2.5], [0.25, 4.0], [-1.0, -0.5]], [[0.0, 1.0], [1.0, 1.0], [0.0, 1.0]]),
    ):
        z, y = np.array(z, np.float32), np.array(y, np.float32)
        right, twice = _cross_entropy(z, y), _cross_entropy(1 / (1 + np.exp(-z)), y)
        mistakes = {
            "sigmoid-twice": twice,
            "sign-reversed": -right,
            "arguments-swapped": _cross_entropy(y, z),
            "minus-inside-the-log": y * _cross_entropy(z, 1.0) - (1 - y) * (1 + _cross_entropy(z, 1.0)),
        }
        with _told_apart({("truth-of-an-array", ""): "one-choice-for-all"}):
            got = stable_bce(jnp.array(z), jnp.array(y))
        expect_close(got, right, rtol=1e-4, atol=1e-5, inputs={"z": z, "y": y}, mistakes=mistakes)


def test_stable_bce_learns_from_the_worst_mistakes(stable_bce):
    """Where the model is sure and wrong, at 21 or 50, the loss and its slope are right."""
    for z, y in ((21.0, 0.0), (-21.0, 1.0), (50.0, 0.0), (-50.0, 1.0)):
        _expect_loss_and_slope(stable_bce, z, y)


def test_stable_bce_rests_where_the_model_is_right(stable_bce):
    """Where the model is sure and right, the loss and its slope are about 0, and neither is NaN."""
    for z, y in ((50.0, 1.0), (-50.0, 0.0), (-8.0, 0.0)):
        _expect_loss_and_slope(stable_bce, z, y)


def test_stable_bce_holds_farthest_out(stable_bce):
    """At 150 and -150, with either label, the loss and its slope are right, too."""
    for z, y in ((150.0, 0.0), (150.0, 1.0), (-150.0, 1.0), (-150.0, 0.0)):
        _expect_loss_and_slope(stable_bce, z, y)


def test_stable_bce_works_inside_jit(stable_bce):
    """The losses are right inside `jax.jit`, too."""
    z, y = np.array([50.0, -2.0, 3.0], np.float32), np.array([0.0, 1.0, 1.0], np.float32)
    got = probes.jitted(stable_bce, jnp.array(z), jnp.array(y))
    expect_close(got, _cross_entropy(z, y), rtol=1e-4, atol=1e-5, inputs={"z": z, "y": y})


def _expect_loss_and_slope(stable_bce, z, y):
    logit, label, inputs = jnp.float32(z), jnp.float32(y), {"z": z, "y": y}
    expect_shape(stable_bce(logit, label), (), inputs=inputs)  # of anything else, there is no gradient
    seen = probes.gradient(stable_bce, logit, label)
    value, slope = expect_shape(seen.value, (), inputs=inputs), expect_shape(seen.slope, (), inputs=inputs)
    is_off = abs(1 / (1 + np.exp(-z)) - y) > 0.5
    # Up to 50, no exponential is too large for 32 bits. So there it is a logarithm.
    name, saw = "log-of-zero" if abs(z) <= 50 else "infinite-far-out", f"It is so at the logit {z:g}."
    expect(np.isfinite([value, slope]).all(), name, saw, certain=True, **inputs, loss=value, slope=slope)
    saw = f"It is so at the logit {z:g}."
    expect(not (is_off and slope == 0), "gradient-cut-off", saw, **inputs, loss=value, slope=slope)
    expect_close(value, _cross_entropy(z, y), rtol=1e-4, atol=1e-5, inputs=inputs)
    expect_close(slope, 1 / (1 + np.exp(-z)) - y, rtol=1e-3, atol=1e-5, inputs={**inputs, "looked at": "the slope"})


def _cross_entropy(z, y):
    """In 64 bits, log(1 + exp(z)) - y z."""
    return np.logaddexp(0.0, np.float64(z)) - np.float64(y) * np.float64(z)


def test_straight_through_picks_the_nearest(straight_through):
    """Each row becomes the code that is nearest to it."""
    got = expect_shape(straight_through(PLACES, CODES), PLACES.shape, inputs={"z": PLACES, "codebook": CODES})
    by_sizes, by_product = [[0.0, 0.0], [3.5, 1.5], [-1.0, -4.0]], [[3.5, 1.5], [2.75, 2.75], [-1.0, -4.0]]
    mistakes = {"nothing-changed": PLACES, "other-distance": _one_of(got, by_sizes, by_product)}
    expect_close(got, NEAREST, inputs={"z": PLACES, "codebook": CODES}, mistakes=mistakes)


def test_straight_through_passes_the_gradient_on(straight_through):
    """The codes are right, and the gradient passes to `z` unchanged: each entry has the slope 1 by its own."""
    expect_close(straight_through(PLACES, CODES), NEAREST, inputs={"z": PLACES, "codebook": CODES})
    for row, column in ((0, 1), (2, 0)):
        seen = probes.gradient(straight_through, PLACES, CODES, at=(row, column))
        inputs = {"z": PLACES, "codebook": CODES, "looked at": f"the gradient of entry ({row}, {column}) by z"}
        expect_close(seen.value, NEAREST[row][column], inputs=inputs)
        right = np.zeros(PLACES.shape)
        right[row, column] = 1
        expect_close(seen.slope, right, inputs=inputs, mistakes={"gradient-lost": 0 * right})


def test_straight_through_leaves_the_codebook_alone(straight_through):
    """The codes are right, and no gradient reaches the codebook."""
    expect_close(straight_through(PLACES, CODES), NEAREST, inputs={"z": PLACES, "codebook": CODES})
    for row, column in ((1, 0), (2, 1)):
        seen = probes.gradient(straight_through, PLACES, CODES, argnum=1, at=(row, column))
        inputs = {"z": PLACES, "codebook": CODES, "looked at": f"the gradient of entry ({row}, {column}) by codebook"}
        expect_close(seen.value, NEAREST[row][column], inputs=inputs)
        expect_close(seen.slope, np.zeros(CODES.shape), inputs=inputs, diagnosis="gradient-not-stopped")


def test_straight_through_works_inside_jit(straight_through):
    """The codes are right inside `jax.jit`, too, and for a single code."""
    for codes, right in ((CODES, NEAREST), (CODES[:1], [[0.0, 0.0]] * 3)):
        got = probes.jitted(straight_through, PLACES, codes)
        expect_close(got, right, inputs={"z": PLACES, "codebook": codes})


PLACES = jnp.array([[0.25, 0.125], [1.5, 1.5], [-0.5, -3.0]])
CODES = jnp.array([[0.0, 0.0], [3.5, 1.5], [2.75, 2.75], [-1.0, -4.0]])
NEAREST = [[0.0, 0.0], [2.75, 2.75], [-1.0, -4.0]]


def test_mutation_effects_are_exact_for_a_sum(mutation_effects):
    """For a score that is a sum, with one weight for each entry, every effect is what the mutation really does."""
    weights, onehot = jnp.array([[1.0, -2.0, 0.5, 3.0], [0.0, 4.0, -1.0, 2.5]]), _one_hot([2, 1])
    for scale in (1.0, -0.5):
        slopes, present = scale * np.asarray(weights), np.asarray(onehot)
        right = slopes - np.sum(slopes * present, axis=1, keepdims=True)
        got = mutation_effects(props.place_score(scale), weights, onehot)
        by_weights = _one_of(got, scale * present, scale * (present - 1))
        mistakes = {
            "wrong-argument-differentiated": by_weights,
            "step-left-out": slopes,
            "standing-base-alone": _one_of(got, slopes * (1 - present), slopes * present),
            "sign-reversed": -right,
        }
        score = f"{scale} times the sum of weights * onehot"
        inputs = {"score": score, "weights": weights, "onehot": onehot}
        expect_close(got, right, inputs=inputs, mistakes=mistakes)


def test_mutation_effects_are_largest_at_the_motif(mutation_effects):
    """For a score with bends, the effects are those of the slopes: large inside the motif, small elsewhere."""
    weights, onehot = _likes([2, 0, 3, 0]), _one_hot([1, 1, 2, 0, 3, 0, 2])
    got = expect_shape(mutation_effects(props.best_place_score(1.0), weights, onehot), onehot.shape, inputs=SCANNED)
    right, real = _effects(weights, onehot, 1.0)
    inside, place = {**SCANNED, "looked at": "rows 2 to 5, those of the motif"}, slice(2, 6)
    shown, wrong = np.round(right[place], 4), np.round(real[place], 4)
    rounded = np.round(got[place].astype(np.float64), 4)  # in this form they can be read
    expect_close(rounded, shown, rtol=2e-3, atol=1e-3, inputs=inside, mistakes={"mutated-one-by-one": wrong})
    expect_close(got, right, rtol=1e-3, atol=1e-4, inputs=SCANNED, mistakes={"mutated-one-by-one": real})


def test_mutation_effects_take_a_single_base(mutation_effects):
    """For a sequence of a single base, the effects are right, too."""
    got = mutation_effects(props.place_score(2.0), jnp.array([[1.0, 0.5, -1.0, 0.0]]), _one_hot([0]))
    inputs = {"score": "2 times the sum of weights * onehot", "weights": [[1.0, 0.5, -1.0, 0.0]], "onehot": "A"}
    expect_close(got, [[0.0, -1.0, -4.0, -2.0]], inputs=inputs)


SCANNED = {"score": "that of the motif GATA at its best place", "onehot": "CCGATAG"}


def _likes(bases):
    """Weights of a motif: 2 for its own base at each place, -1 for the others."""
    return 3 * _one_hot(bases) - 1


def _effects(weights, onehot, sharpness):
    """The effects of all mutations on `best_place_score`: by its slopes, and real ones."""
    weights, onehot = np.asarray(weights, np.float64), np.asarray(onehot, np.float64)
    score, slopes = _best_place(weights, onehot, sharpness)
    real = np.zeros(onehot.shape)
    for i, b in np.ndindex(onehot.shape):
        mutated = onehot.copy()
        mutated[i] = np.eye(4)[b]
        real[i, b] = _best_place(weights, mutated, sharpness)[0] - score
    return slopes - np.sum(slopes * onehot, axis=1, keepdims=True), real


def _best_place(weights, onehot, sharpness):
    """`props.best_place_score` and its slopes by the sequence: each window counts by its share."""
    width = len(weights)
    scores = np.array([np.sum(weights * onehot[i : i + width]) for i in range(len(onehot) - width + 1)])
    powers = np.exp(sharpness * scores)
    slopes = np.zeros(onehot.shape)
    for i, share in enumerate(powers / powers.sum()):
        slopes[i : i + width] += share * weights
    return np.log(powers.sum()) / sharpness, slopes


PARAMS = {"w": jnp.array([2.0, -1.0]), "b": jnp.array(0.5)}
X = jnp.array([[1.0, 0.5], [-0.5, 2.0], [1.0, 1.0], [2.0, -1.0]])
Y = jnp.array([1.0, -1.0, 3.0, 0.5])


def _fit(params, x, y, weight=1.0):
    """The weighted mean squared error of `x @ w + b`; its slopes by the parameters; and those by x and by y."""
    x, y, weight = np.asarray(x), np.asarray(y), np.asarray(weight)
    w, b = np.asarray(params["w"]), np.asarray(params["b"])
    errors = x @ w + b - y
    back = 2 * weight * errors / len(y)
    return np.mean(weight * errors**2), {"w": back @ x, "b": back.sum()}, [np.outer(back, w), -back]


def _expect_value_and_slopes(got, x, y, weight=1.0, *, inputs=None):
    """The pair of a loss and its gradient by the parameters."""
    value, grads = got
    right, slopes, by_data = _fit(PARAMS, x, y, weight)
    expect(type(value) is not dict, "pair-swapped", "A dictionary came first.", certain=True, **(inputs or {}))
    expect_close(value, right, rtol=1e-4, inputs=inputs)
    _refuse_slopes_by(grads, by_data, inputs)
    for name, slope in zip(slopes, expect_fields(grads, *slopes, inputs=inputs), strict=True):
        looked_at = {**(inputs or {}), "looked at": f'the slope by "{name}"'}
        expect_close(slope, slopes[name], rtol=1e-4, atol=1e-5, inputs=looked_at)


def _refuse_slopes_by(got, others, inputs):
    """Fail where the slopes of one of the other arguments came."""
    found = any(_is_close(got, other) for other in others)
    saw = "These are the slopes by the data."
    expect(not found, "wrong-argument-differentiated", saw, certain=True, **(inputs or {}), got=got)


def _expect_one_call(loss):
    (calls,) = expect_fields(probes.report(loss), "calls")
    many = type(calls) is int and calls > 1
    expect(not many, "loss-called-again", f"It was computed {calls} times.", certain=True)
    expect(calls == 1, "wrong-value", "The loss was not called.")


def _expect_same(after, before):
    """The caller's dictionary is as it was. Asked before the values: this finding is certain."""
    try:
        expect_equal(after, before, inputs=AFTERWARDS, diagnosis="dictionary-changed")
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None


@contextmanager
def _told_apart(names):
    """Give an exception of the answer the diagnosis that is known for it here, by its own one and a word in it."""
    try:
        yield
    except Exception as raised:
        error = getattr(raised, "error", None)
        for (diagnosis, word), nearer in names.items():
            if error is not None and error.diagnosis == diagnosis and word in error.message:
                raised.error = replace(error, diagnosis=nearer)
        raise


def _kind(got):
    """The type of what came back and is no plain data, by its name. Of plain data, None."""
    return None if isinstance(got, jax.Array | np.ndarray) else getattr(got, "kind", None)


def _is_close(got, wanted, rtol=1e-3, atol=1e-4):
    """Whether these are numbers of this shape and about these values."""
    try:
        expect_close(got, wanted, rtol=rtol, atol=atol)
    except CheckFailed:
        return False
    return True


def _known(mistakes):
    """Without those that a special case makes equal to the right value."""
    return {name: wrong for name, wrong in mistakes.items() if wrong is not None}


def _one_of(got, *wrongs):
    """Of several values that one mistake gives, that of `got`; the first where it is none."""
    return next((wrong for wrong in wrongs if _is_close(got, wrong)), wrongs[0])


def _one_hot(bases):
    return jnp.array(np.eye(4)[bases], jnp.float32)
