# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(11)


def drawn(width, rate, x):
    model = RegularizedModel(width=width, rate=rate)
    variables = model.init(jax.random.key(1), x, train=False)
    assert set(variables) == {"params", "batch_stats"}
    return model, jax.tree.map(lambda leaf: jnp.float32(rng.uniform(1, 2, size=leaf.shape) - 0.2), variables)


def parts(variables):
    leaves = jax.tree_util.tree_flatten_with_path(variables["params"])[0]
    arrays = {tuple(part.key for part in path): np.asarray(leaf) for path, leaf in leaves}
    first, last = sorted((p for p in arrays if arrays[p].ndim == 2), key=lambda p: arrays[p].shape[1] == 1)
    norm = next(path[:-1] for path in arrays if path[-1] == "scale")
    bias = arrays.get((*first[:-1], "bias"), 0)
    mean, var = (np.asarray(leaf) for leaf in jax.tree.leaves(variables["batch_stats"]))
    return (
        arrays[first],
        bias,
        arrays[(*norm, "scale")],
        arrays[(*norm, "bias")],
        mean,
        var,
        arrays[last],
        arrays[(*last[:-1], "bias")],
    )


def expected(variables, x, by_batch):
    kernel, bias, scale, shift, mean, var, last, last_bias = parts(variables)
    hidden = x @ kernel + bias
    if by_batch:
        mean, var = hidden.mean(axis=0), hidden.var(axis=0)
    units = np.maximum((hidden - mean) / np.sqrt(var + 1e-5) * scale + shift, 0)
    return hidden, units, units @ last + last_bias


def train(model, variables, x, seed):
    rngs = {"dropout": jax.random.key(seed)}
    return model.apply(variables, x, train=True, rngs=rngs, mutable=["batch_stats"])


x = jnp.float32(rng.normal(size=(8, 3)))
model, variables = drawn(5, 0.3, x)
for rows in (slice(None), slice(2, 3), slice(4, 7)):
    got = model.apply(variables, x[rows], train=False)
    np.testing.assert_allclose(got, expected(variables, x, False)[2][rows], rtol=1e-3, atol=1e-3)
model, variables = drawn(7, 0.0, x)
got, updates = train(model, variables, x, 2)
hidden, _, right = expected(variables, x, True)
np.testing.assert_allclose(got, right, rtol=1e-3, atol=1e-3)
for old, new, now in zip(parts(variables)[4:6], jax.tree.leaves(updates), (hidden.mean(0), hidden.var(0)), strict=True):
    np.testing.assert_allclose(new, 0.99 * old + 0.01 * now, rtol=1e-4, atol=1e-4)
many = jnp.float32(rng.normal(size=(600, 3)))
for rate in (0.2, 0.7):
    model, variables = drawn(9, rate, x)
    one, again, other = (train(model, variables, many, seed)[0] for seed in (3, 3, 4))
    assert (one == again).all() and not np.allclose(one, other)
    _, units, right = expected(variables, many, True)
    off = np.asarray(one - right)[:, 0]
    variance = ((units * parts(variables)[6][:, 0]) ** 2).sum(axis=1) * rate / (1 - rate)
    assert abs(off.mean()) < 5 * np.sqrt(variance.mean() / 600)
    assert abs((off**2).mean() / variance.mean() - 1) < 0.4
