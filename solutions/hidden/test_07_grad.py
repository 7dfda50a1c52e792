"""Hidden checks of the lab on gradients."""

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


def test_grad_f_holds_for_other_inputs(grad_f, rng):
    """For other inputs, few or many, the slopes are right."""
    for length in (7, 2, 31):
        x = rng.normal(scale=3.0, size=length).astype(np.float32)
        mistakes = {"sum-and-mean-swapped": 2 * (x + 2), "value-instead-of-slope": np.mean((x + 2) ** 2 + 3)}
        expect_close(grad_f(jnp.array(x)), 2 * (x + 2) / length, rtol=1e-4, mistakes=mistakes)


def test_grad_f_works_inside_jit_for_other_inputs(grad_f, rng):
    """The slopes are right inside `jax.jit`, for other inputs."""
    x = rng.normal(scale=3.0, size=7).astype(np.float32)
    expect_close(probes.jitted(grad_f, jnp.array(x)), 2 * (x + 2) / 7, rtol=1e-4)


def test_loss_and_grad_holds_for_other_arrays(loss_and_grad, rng):
    """For other parameters in an array, and no data, loss and gradient are right."""
    center, w = float(rng.integers(-3, 4)), rng.normal(size=5).astype(np.float32)
    value, grads = expect_pair(loss_and_grad(props.quadratic(center), jnp.array(w)))
    expect_close(value, np.sum((w - center) ** 2), rtol=1e-4)
    expect_close(grads, 2 * (w - center), rtol=1e-4, atol=1e-5)


def test_loss_and_grad_holds_for_other_data(loss_and_grad, rng):
    """For other parameters in a dictionary, and other data, both parts are right, and the loss was computed once."""
    for weighted in (False, True):
        params, x, y = _line(rng)
        data = (x, y, jnp.array(rng.uniform(0.1, 2.0, size=len(y)), jnp.float32)) if weighted else (x, y)
        loss = props.counted_fit()
        _expect_value_and_slopes(expect_pair(loss_and_grad(loss, params, *data)), params, *data)
        _expect_one_call(loss)


def test_enzyme_grad_holds_for_other_enzymes(enzyme_grad, rng):
    """For other enzymes and measurements, with whole numbers and with decimal ones, both slopes are right."""
    for dtype, size in ((np.int32, 6), (np.float32, 6), (np.float32, 1)):
        s, v, params = _enzyme(rng, dtype, size)
        _expect_enzyme_slopes(enzyme_grad(s, v, params), s, v, params)


def test_enzyme_grad_works_inside_jit_for_other_enzymes(enzyme_grad, rng):
    """The slopes are right inside `jax.jit`, for other enzymes."""
    s, v, params = _enzyme(rng, np.int32, 6)
    _expect_enzyme_slopes(probes.jitted(enzyme_grad, s, v, params), s, v, params)


def test_grad_with_extras_holds_for_other_data(grad_with_extras, rng):
    """For other parameters and data, loss, dictionary and gradient are right, and the loss was computed only once."""
    for _ in range(2):
        params, x, y = _line(rng)
        loss = props.counted_fit_with_extras()
        got = grad_with_extras(loss, params, x, y)
        expect(not _is_misplaced(got, params), "aux-misplaced", "The parts are in another order.", certain=True)
        value, extras, grads = expect_pair(got, 3)
        _expect_value_and_slopes((value, grads), params, x, y)
        errors = np.asarray(_predicted(params, x)) - np.asarray(y)
        predicted, largest = expect_fields(extras, "predicted", "largest")
        expect_close(predicted, errors + np.asarray(y), rtol=1e-4, atol=1e-5)
        expect_close(largest, np.abs(errors).max(), rtol=1e-4)
        _expect_one_call(loss)


def test_grad_with_extras_ignores_what_came_along(grad_with_extras, rng):
    """The gradient is that of the loss alone, whatever came along, and every part is right."""
    params, x, y = _line(rng)
    far = jnp.asarray(y) + 100.0  # now what came along is large, too
    got = grad_with_extras(props.counted_fit_with_extras(), params, x, far)
    expect(not _is_misplaced(got, params), "aux-misplaced", "The parts are in another order.", certain=True)
    value, extras, grads = expect_pair(got, 3)
    _expect_value_and_slopes((value, grads), params, x, far)
    (predicted,) = expect_fields(extras, "predicted")
    expect_close(predicted, _predicted(params, x), rtol=1e-4, atol=1e-4)


def test_gradient_descent_holds_for_other_losses(gradient_descent, reference, rng):
    """For other parameters, data and losses, the parameters are right after some steps."""
    for kind, steps in (("squares", 4), ("smooth", 7)):
        _expect_descended(gradient_descent, reference, _line(rng), kind, 0.05, steps)


def test_gradient_descent_takes_other_learning_rates(gradient_descent, reference, rng):
    """For other learning rates, after one step, and after none, the parameters are right."""
    for lr, steps in ((float(rng.uniform(0.01, 0.02)), 1), (float(rng.uniform(0.1, 0.2)), 2), (0.1, 0)):
        _expect_descended(gradient_descent, reference, _line(rng), "smooth", lr, steps)


def test_gradient_descent_leaves_other_dictionaries_alone(gradient_descent, reference, rng):
    """The parameters are right, and the caller's dictionaries hold the same as before."""
    params, x, y = _line(rng)
    losses, nested = props.row_losses("squares"), _nested(params)
    seen = probes.observe(gradient_descent, losses, nested, x, y, 0.1, 3)
    try:
        expect_equal(seen.inputs_after[1], nested, diagnosis="dictionary-changed")
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None
    expect_close(_row(seen.value), _row(reference(losses, nested, x, y, 0.1, 3)), rtol=1e-4, atol=1e-5)


def test_shannon_diversity_holds_for_other_meadows(shannon_diversity, rng):
    """For other shares, some of them 0, in any order, the value is right."""
    for there, absent in ((6, 0), (5, 3), (1, 4)):
        p = _shares(rng, there, absent)
        mistakes = {"log-of-zero": np.nan} if absent else {}
        expect_close(shannon_diversity(jnp.array(p)), _diversity(p), rtol=1e-3, atol=1e-3, mistakes=mistakes)


def test_shannon_diversity_has_slopes_everywhere(shannon_diversity, rng):
    """For other shares, some of them 0, value and slopes are right and finite."""
    for there, absent in ((8, 0), (5, 3)):
        p = _shares(rng, there, absent)
        expect_shape(shannon_diversity(jnp.array(p)), ())  # of anything else, there is no gradient
        seen = probes.gradient(shannon_diversity, jnp.array(p))
        expect_close(seen.value, _diversity(p), rtol=1e-3, atol=1e-3)
        slopes = expect_shape(seen.slope, p.shape)
        expect(np.isfinite(slopes).all(), "log-slope-at-zero", "Some slopes are not finite.", certain=True)
        right = -np.log(p[p > 0]) - 1
        expect_close(slopes[p > 0], right, rtol=1e-3, atol=1e-3, mistakes={"gradient-lost": 0 * right})


def test_shannon_diversity_works_inside_jit_with_zeros(shannon_diversity, rng):
    """The value is right inside `jax.jit`, for other shares."""
    p = _shares(rng, 5, 3)
    expect_close(probes.jitted(shannon_diversity, jnp.array(p)), _diversity(p), rtol=1e-3, atol=1e-3)


def test_pair_energy_holds_for_other_tissues(pair_energy, rng):
    """For other cells, two of them in the same place, the energy is right, whatever their order."""
    cells = _cells(rng)
    for places in (cells, cells[rng.permutation(len(cells))], cells[:2]):
        right = _energy(places)
        expect_close(
            pair_energy(jnp.array(places)), right, rtol=1e-3, atol=1e-3, mistakes={"pairs-counted-twice": 2 * right}
        )


def test_pair_energy_pulls_at_every_cell(pair_energy, rng):
    """For other cells, two of them in the same place, energy and gradient are right and finite."""
    places = _cells(rng)
    expect_shape(pair_energy(jnp.array(places)), ())  # of anything else, there is no gradient
    seen = probes.gradient(pair_energy, jnp.array(places))
    expect_close(seen.value, _energy(places), rtol=1e-3, atol=1e-3)
    pulls = expect_shape(seen.slope, places.shape)
    expect(np.isfinite(pulls).all(), "root-at-zero", "The energy itself is right.", certain=True)
    expect_close(pulls, _pulls(places), rtol=1e-3, atol=1e-3)


def test_pair_energy_works_inside_jit_for_other_tissues(pair_energy, rng):
    """The energy is right inside `jax.jit`, for other cells."""
    places = _cells(rng)
    expect_close(probes.jitted(pair_energy, jnp.array(places)), _energy(places), rtol=1e-3, atol=1e-3)


def test_stable_bce_holds_for_other_logits(stable_bce, rng):
    """For other logits and labels, also in an array of two axes or a single number, each entry is right."""
    for shape in ((9,), (4, 3), ()):
        z, y = _logits(rng, shape, 4.0)
        sigmoid = 1 / (1 + np.exp(-z))
        mistakes = {
            "sigmoid-twice": _cross_entropy(sigmoid, y),
            "sign-reversed": -_cross_entropy(z, y),
            "arguments-swapped": _cross_entropy(y, z),
        }
        expect_close(
            stable_bce(jnp.array(z), jnp.array(y)), _cross_entropy(z, y), rtol=1e-4, atol=1e-5, mistakes=mistakes
        )


def test_stable_bce_has_a_slope_far_out(stable_bce, rng):
    """Far out, where the model is sure and wrong, the loss and its slope are right."""
    for size in (21.0, 35.0, 95.0, 198.0):
        y = float(rng.integers(0, 2))
        z = (1 - 2 * y) * float(rng.uniform(size, size + 2))
        seen = probes.gradient(stable_bce, jnp.float32(z), jnp.float32(y))
        value, slope = expect_shape(seen.value, ()), expect_shape(seen.slope, ())
        name = "log-of-zero" if size < 50 else "infinite-far-out"
        expect(np.isfinite([value, slope]).all(), name, "It is so for other logits, too.", certain=True)
        expect(slope != 0, "gradient-cut-off", "It is so for other logits, too.")
        expect_close(value, _cross_entropy(z, y), rtol=1e-4)
        expect_close(slope, 1 - 2 * y, rtol=1e-4)


def test_stable_bce_works_inside_jit_for_other_logits(stable_bce, rng):
    """The losses are right inside `jax.jit`, far out as well."""
    z, y = _logits(rng, (4, 3), 199.0)
    got = probes.jitted(stable_bce, jnp.array(z), jnp.array(y))
    expect_close(got, _cross_entropy(z, y), rtol=1e-4, atol=1e-5)


def test_straight_through_holds_for_other_codes(straight_through, rng):
    """For other rows and codes, each row becomes its nearest code, and a code stays as it is."""
    z, codes = _rows_and_codes(rng)
    for rows in (z, codes[1:5]):
        got = straight_through(jnp.array(rows), jnp.array(codes))
        by_sizes = codes[np.abs(rows[:, None] - codes[None]).sum(axis=-1).argmin(axis=1)]
        mistakes = {"nothing-changed": rows, "other-distance": by_sizes} if rows is z else {}
        expect_close(got, _nearest(rows, codes), rtol=1e-4, atol=1e-5, mistakes=mistakes)


def test_straight_through_has_the_gradient_of_z(straight_through, rng):
    """For other rows, the codes are right, the gradient passes to `z` unchanged, and none reaches the codebook."""
    z, codes = _rows_and_codes(rng)
    at = (int(rng.integers(0, len(z))), int(rng.integers(0, z.shape[1])))
    expect_close(straight_through(jnp.array(z), jnp.array(codes)), _nearest(z, codes), rtol=1e-4, atol=1e-5)
    right = np.zeros(z.shape)
    right[at] = 1
    by_z, by_codes = (
        probes.gradient(straight_through, jnp.array(z), jnp.array(codes), argnum=argnum, at=at) for argnum in (0, 1)
    )
    expect_close(by_z.value, _nearest(z, codes)[at], rtol=1e-4, atol=1e-5)
    expect_close(by_z.slope, right, mistakes={"gradient-lost": 0 * right})
    expect_close(by_codes.slope, np.zeros(codes.shape), diagnosis="gradient-not-stopped")


def test_straight_through_works_inside_jit_for_other_codes(straight_through, rng):
    """The codes are right inside `jax.jit`, for other rows."""
    z, codes = _rows_and_codes(rng)
    got = probes.jitted(straight_through, jnp.array(z), jnp.array(codes))
    expect_close(got, _nearest(z, codes), rtol=1e-4, atol=1e-5)


def test_mutation_effects_are_those_of_real_mutations(mutation_effects, rng):
    """For a score that is linear in the sequence, every effect is what the mutation really does."""
    for length, width in ((6, 6), (9, 4)):
        weights, onehot = _motif(rng, length, width)
        score = props.place_score(1.5)
        slopes = np.zeros((length, 4))
        slopes[:width] = 1.5 * np.asarray(weights)
        got = mutation_effects(score, weights, onehot)
        expect_close(got, _real_effects(score, weights, onehot), rtol=1e-3, atol=1e-4, mistakes=_raw(slopes, onehot))


def test_mutation_effects_follow_the_slopes(mutation_effects, reference, rng):
    """For a score with bends, every effect is that of the slopes."""
    weights, onehot = _motif(rng, 11, 4)
    for sharpness in (0.5, 2.0):
        score = props.best_place_score(sharpness)
        mistakes = {"mutated-one-by-one": _real_effects(score, weights, onehot)}
        got, right = mutation_effects(score, weights, onehot), reference(score, weights, onehot)
        expect_close(got, right, rtol=1e-3, atol=1e-4, mistakes=mistakes)


def _line(rng):
    """The parameters of a linear model, and data for it: w: f32[3], x: f32[5, 3]."""
    params = {"w": jnp.array(rng.normal(size=3), jnp.float32), "b": jnp.array(rng.normal(), jnp.float32)}
    x, y = rng.normal(size=(5, 3)), rng.normal(size=5)
    return params, jnp.array(x, jnp.float32), jnp.array(y, jnp.float32)


def _predicted(params, x):
    return np.asarray(x) @ np.asarray(params["w"]) + np.asarray(params["b"])


def _expect_value_and_slopes(got, params, x, y, weight=1.0):
    value, grads = got
    errors, weight, x = _predicted(params, x) - np.asarray(y), np.asarray(weight), np.asarray(x)
    back = 2 * weight * errors / len(errors)
    expect_close(value, np.mean(weight * errors**2), rtol=1e-4)
    others = [np.outer(back, np.asarray(params["w"])), -back]
    by_another = any(_is_close(grads, other) for other in others)
    expect(not by_another, "wrong-argument-differentiated", "These are the slopes by the data.", certain=True)
    w, b = expect_fields(grads, "w", "b")
    expect_close(w, back @ x, rtol=1e-3, atol=1e-4)
    expect_close(b, back.sum(), rtol=1e-3, atol=1e-4)


def _is_misplaced(got, params):
    """Whether a pair or a dictionary stands where another part belongs."""
    if type(got) is not tuple or len(got) not in (2, 3):
        return False
    if len(got) == 2:
        return any(type(part) is tuple and len(part) == 2 for part in got)
    value, extras, _ = got
    return type(value) in (tuple, dict) or (type(extras) is dict and extras.keys() == params.keys())


def _expect_one_call(loss):
    (calls,) = expect_fields(probes.report(loss), "calls")
    many = type(calls) is int and calls > 1
    expect(not many, "loss-called-again", "It was computed several times.", certain=True)
    expect(calls == 1, "wrong-value", "The loss was not called.")


def _enzyme(rng, dtype, size):
    s = rng.integers(0, 20, size=size) if dtype is np.int32 else rng.uniform(0.1, 20.0, size=size)
    params = {"Vmax": jnp.float32(rng.uniform(2.0, 9.0)), "Km": jnp.float32(rng.uniform(1.0, 6.0))}
    return jnp.array(s, dtype), jnp.array(rng.uniform(0.5, 9.0, size=size), jnp.float32), params


def _expect_enzyme_slopes(got, s, v, params):
    s, v = np.asarray(s, np.float64), np.asarray(v, np.float64)
    vmax, km = float(params["Vmax"]), float(params["Km"])
    back = 2 * (vmax * s / (km + s) - v)
    right = {"Vmax": np.sum(back * s / (km + s)), "Km": np.sum(-back * vmax * s / (km + s) ** 2)}
    others = [-back, back * vmax * km / (km + s) ** 2]
    by_another = any(_is_close(got, other) for other in others)
    expect(not by_another, "wrong-argument-differentiated", "These are the slopes by the data.", certain=True)
    for name, slope in zip(right, expect_fields(got, *right), strict=True):
        mistakes = {"sign-reversed": -right[name]}
        if len(s) > 1:
            mistakes["sum-and-mean-swapped"] = right[name] / len(s)
        expect_close(slope, right[name], rtol=1e-3, atol=1e-3, mistakes=mistakes)


def _nested(params):
    return {"layer": {"w": params["w"]}, "b": params["b"]}


def _row(params):
    """The parameters in one row: first `w`, then `b`."""
    layer, b = expect_fields(params, "layer", "b")
    (w,) = expect_fields(layer, "w")
    return np.array([*expect_shape(w, (3,)), expect_shape(b, ())])


def _expect_descended(gradient_descent, reference, line, kind, lr, steps):
    params, x, y = line
    losses, nested = props.row_losses(kind), _nested(params)
    right = _row(reference(losses, nested, x, y, lr, steps))
    wrong = {
        "sum-and-mean-swapped": (lr * len(y), steps),
        "gradient-uphill": (-lr, steps),
        "one-step-only": (lr, 1),
        "nothing-changed": (lr, 0),
    }
    used = {name: how for name, how in wrong.items() if steps > (name == "one-step-only")}
    mistakes = {name: _row(reference(losses, nested, x, y, *how)) for name, how in used.items()}
    got = _row(gradient_descent(losses, nested, x, y, lr, steps))
    for sign in (1.0, -1.0) if steps else ():
        unscaled = _row(reference(losses, nested, x, y, sign, steps))
        expect(not _is_close(got, unscaled), "learning-rate-left-out", "The steps are too long.", certain=True)
    expect_close(got, right, rtol=1e-3, atol=1e-4, mistakes=mistakes)


def _shares(rng, there, absent):
    """The shares of so many species, each at least 0.01, and so many zeros among them."""
    p = np.append(rng.uniform(0.1, 1.0, size=there), np.zeros(absent))
    return rng.permutation(p / p.sum()).astype(np.float32)


def _diversity(p):
    return -np.sum(p[p > 0] * np.log(p[p > 0]))


def _cells(rng):
    """Seven cells on a grid, at least 0.5 apart, but for two that are in the same place."""
    places = rng.choice(64, size=6, replace=False)
    cells = np.stack([places % 8, places // 8], axis=1) * 0.5 + rng.uniform(-3, 3, size=2)
    return np.append(cells, cells[3:4], axis=0).astype(np.float32)


def _energy(cells):
    return np.linalg.norm(cells[:, None] - cells[None], axis=-1).sum() / 2


def _pulls(cells):
    steps = cells[:, None] - cells[None]
    lengths = np.linalg.norm(steps, axis=-1, keepdims=True)
    return np.sum(steps / np.where(lengths == 0, 1, lengths), axis=1)


def _logits(rng, shape, scale):
    """Logits that are not 0, of either sign, and their labels."""
    z = rng.choice([-1, 1], size=shape) * rng.uniform(0.1, scale, size=shape)
    return np.asarray(z, np.float32), np.asarray(rng.integers(0, 2, size=shape), np.float32)


def _cross_entropy(z, y):
    """In 64 bits, log(1 + exp(z)) - y z."""
    return np.logaddexp(0.0, np.float64(z)) - np.float64(y) * np.float64(z)


def _rows_and_codes(rng):
    """Six codes, and five rows with one that is clearly nearest to each: f32[5, 3], f32[6, 3].

    For two of the rows, another code is nearest by the sum of the sizes of the differences.
    """
    places = rng.choice(125, size=6, replace=False)
    codes = 2.0 * np.stack([places % 5, places // 5 % 5, places // 25], axis=1) - 4.0
    rows = rng.uniform(-5, 5, size=(2000, 3))
    steps = rows[:, None] - codes[None]
    squares, sizes = np.sum(steps**2, axis=-1), np.sum(np.abs(steps), axis=-1)
    is_clear = np.diff(np.sort(squares, axis=1)[:, :2])[:, 0] > 0.2
    differs = squares.argmin(axis=1) != sizes.argmin(axis=1)
    chosen = np.concatenate([rows[is_clear & differs][:2], rows[is_clear & ~differs][:3]])
    return chosen.astype(np.float32), codes.astype(np.float32)


def _nearest(rows, codes):
    return codes[np.sum((rows[:, None] - codes[None]) ** 2, axis=-1).argmin(axis=1)]


def _motif(rng, length, width):
    """The weights of a motif and a sequence: f32[width, 4], f32[length, 4]."""
    weights = rng.choice([-1, 1], size=(width, 4)) * rng.uniform(0.3, 2.0, size=(width, 4))
    return jnp.array(weights, jnp.float32), jax.nn.one_hot(jnp.array(rng.integers(0, 4, size=length)), 4)


def _raw(slopes, onehot):
    """What comes of slopes from which nothing is subtracted, or of the opposite difference."""
    present = np.asarray(onehot)
    effects = slopes - np.sum(slopes * present, axis=1, keepdims=True)
    return {"step-left-out": slopes, "sign-reversed": -effects}


def _real_effects(score, weights, onehot):
    """By how much the score changes if each base is put at each place: [L, 4]."""
    sequence, effects = np.asarray(onehot), np.zeros(onehot.shape)
    before = float(score(weights, onehot))
    for i, b in np.ndindex(sequence.shape):
        mutated = sequence.copy()
        mutated[i] = np.eye(4)[b]
        effects[i, b] = float(score(weights, jnp.array(mutated))) - before
    return effects


def _is_close(got, wanted):
    try:
        expect_close(got, wanted, rtol=1e-3, atol=1e-4)
    except CheckFailed:
        return False
    return True
