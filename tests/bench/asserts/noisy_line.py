# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def columns(key, n):
    x, y = noisy_line(key, n)
    for part in (x, y):
        assert part.shape == (n, 1) and part.dtype == jnp.float32 and np.isfinite(part).all()
    return np.asarray(x)[:, 0], np.asarray(y)[:, 0]


for make_key in (jax.random.key, jax.random.PRNGKey):
    x, y = columns(make_key(42), 100)
    np.testing.assert_allclose(x[:3], [0.727664, 0.787868, 0.181694], rtol=1e-4)
    np.testing.assert_allclose(y[:3], [2.498559, 2.634461, 1.249221], rtol=1e-4)
    one, again, other = (np.stack(columns(make_key(n), 100)) for n in (2, 2, 3))
    np.testing.assert_allclose(one, again)
    assert not np.allclose(one[0], other[0]) and not np.allclose(one[1], other[1])
rng = np.random.default_rng(6)
x, y = np.concatenate([columns(jax.random.key(int(seed)), 100) for seed in rng.integers(2**31, size=4)], axis=1)
noise = y - 2 * x - 1
assert (x >= 0).all() and (x < 1).all()
assert abs(np.corrcoef(x, noise)[0, 1]) < 5 / np.sqrt(400)
assert abs(noise.mean()) < 0.5 / np.sqrt(400) and abs(noise.std() - 0.1) < 0.5 / np.sqrt(800)
for n in (100, 1):
    key = jax.random.key(int(rng.integers(10_000)))
    x, y = columns(key, n)
    _, x_key, noise_key = jax.random.split(key, 3)
    np.testing.assert_allclose(x, jax.random.uniform(x_key, (n, 1))[:, 0], rtol=1e-4)
    noise = jax.random.normal(noise_key, (n, 1))[:, 0]
    np.testing.assert_allclose(y, 2 * x + 1 + 0.1 * noise, rtol=1e-4, atol=1e-5)
