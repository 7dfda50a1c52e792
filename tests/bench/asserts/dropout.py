# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def dropped_of(got, x, rate):
    assert got.shape == x.shape and got.dtype == jnp.float32
    dropped = np.asarray(got == 0)
    assert (dropped | np.isclose(got, x / (1 - rate))).all()
    return dropped


def expect_share(dropped, rate):
    assert abs(dropped.mean() - rate) < 5 * np.sqrt(rate * (1 - rate) / dropped.size)


activity = np.arange(1, 121, dtype=np.float32).reshape(12, 10) / 16
jitted = jax.jit(dropout, static_argnums=2)
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (dropped_of(dropout(make_key(n), jnp.asarray(activity), 0.5), activity, 0.5) for n in (3, 3, 4))
    assert (one == again).all() and (one != other).any()
    assert (one == dropped_of(dropout(make_key(3), jnp.asarray(2 * activity), 0.5), 2 * activity, 0.5)).all()
    np.testing.assert_allclose(
        jitted(make_key(5), activity, 0.25), dropout(make_key(5), jnp.asarray(activity), 0.25), rtol=1e-5
    )
rng = np.random.default_rng(8)
for shape in ((2, 3), (), (7,), (2, 3, 4)):
    x = jnp.asarray(rng.normal(size=shape), jnp.float32)
    for run in (dropout, jitted):
        np.testing.assert_array_equal(run(jax.random.key(2), x, 0.0), x)
        np.testing.assert_array_equal(run(jax.random.key(2), x, 1.0), 0 * x)
x = rng.uniform(1, 5, size=(24, 20)).astype(np.float32)
for rate in (0.5, 0.9, 0.1):
    dropped = dropped_of(dropout(jax.random.key(6), jnp.asarray(x), rate), x, rate)
    expect_share(dropped, rate)
    for one, other in ((dropped[1:], dropped[:-1]), (dropped[:, 1:], dropped[:, :-1])):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 5 / np.sqrt(one.size)
x = rng.uniform(1, 5, size=(6, 7)).astype(np.float32)
keys = [jax.random.key(int(seed)) for seed in rng.integers(2**31, size=300)]
dropped = np.array([dropped_of(jitted(key, x, 0.3), x, 0.3) for key in keys])
for place in np.ndindex(x.shape):
    expect_share(dropped[(slice(None), *place)], 0.3)
assert abs(dropped.sum(axis=(1, 2)).var() / (42 * 0.21) - 1) < 5.5 * np.sqrt(2 / 300)
