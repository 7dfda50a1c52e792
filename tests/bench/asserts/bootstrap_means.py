# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def means_of(key, x, count):
    got = bootstrap_means(key, x, count)
    assert got.shape == (count,)
    got = np.asarray(got)
    assert np.isfinite(got).all() and (got >= x.min() - 1e-4).all() and (got <= x.max() + 1e-4).all()
    return got


np.testing.assert_allclose(means_of(jax.random.key(1), jnp.full(8, 4.0), 40), [4.0] * 40, rtol=1e-5)
x = jnp.array([11.0, 12.5, 9.0, 14.0, 10.5, 13.0, 8.0, 15.5])
means = means_of(jax.random.key(2), x, 40)
assert np.ptp(means) > 1e-4
assert abs(means.mean() - 11.6875) < 5 * float(np.std(x)) / np.sqrt(320)
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (means_of(make_key(n), x, 40) for n in (3, 3, 4))
    assert (one == again).all() and np.ptp(one) > 1e-4 and (one != other).any()
rng = np.random.default_rng(5)
x = jnp.array(rng.normal(20.0, 3.0, size=33), jnp.float32)
means = means_of(jax.random.key(int(rng.integers(2**31))), x, 300)
error = float(np.std(x)) / np.sqrt(33)
assert abs(means.std() / error - 1) < 6 / np.sqrt(600)
assert abs(means.mean() - float(np.mean(x))) < 5 * error / np.sqrt(300)
chance = 1 - (1 - 1 / 33) ** 33
for place in (32, int(rng.integers(0, 32))):
    share = (means_of(jax.random.key(6), jnp.zeros(33).at[place].set(1.0), 300) > 1e-6).mean()
    assert abs(share - chance) < 5 * np.sqrt(chance * (1 - chance) / 300)
first, second = (means_of(jax.random.key(int(seed)), x, 300) for seed in rng.choice(10_000, 2, replace=False))
assert len(np.unique(first)) > 270 and len(np.unique([*first, *second])) > 540
np.testing.assert_allclose(means_of(jax.random.key(7), jnp.array([4.0]), 1), [4.0])
