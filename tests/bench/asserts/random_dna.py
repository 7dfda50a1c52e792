# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def bases(key, n, length, p):
    got = random_dna(key, n, length, jnp.array(p, jnp.float32))
    assert got.shape == (n, length) and got.dtype == jnp.int32
    got = np.asarray(got)
    assert got.min() >= 0 and got.max() <= 3
    return got


def is_near(shares, p, count):
    return (np.abs(shares - p) <= 5 * np.sqrt(np.asarray(p) * (1 - np.asarray(p)) / count)).all()


rng = np.random.default_rng(7)
for p in ([0.7, 0.15, 0.1, 0.05], np.insert(0.1 + 0.7 * rng.dirichlet([1, 1, 1]), 2, 0.0)):
    drawn = bases(jax.random.key(int(rng.integers(10_000))), 20, 50, p)
    assert len(np.unique(drawn, axis=0)) == 20 and (np.ptp(drawn, axis=1) > 0).all()
    assert is_near(np.bincount(drawn.ravel(), minlength=4) / 1000, p, 1000)
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (bases(make_key(n), 20, 50, [0.25] * 4) for n in (4, 4, 5))
    assert (one == again).all() and len(np.unique([*one, *other], axis=0)) == 40
for equal in (one[1:] == one[:-1], one[:, 1:] == one[:, :-1], one == other):
    assert is_near(equal.mean(), 0.25, equal.size)
for length in (1, 7):
    assert (bases(jax.random.key(8), 1, length, [0, 0, 1, 0]) == 2).all()
