# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def mutated(key, seqs, rate):
    got = mutate_seqs(key, jnp.array(seqs, jnp.int32), rate)
    assert got.shape == seqs.shape and got.dtype == jnp.int32
    got = np.asarray(got)
    assert got.min() >= 0 and got.max() <= 3
    return got


def is_near(share, chance, count):
    return (np.abs(share - chance) <= 5 * np.sqrt(chance * (1 - chance) / count)).all()


rng = np.random.default_rng(9)
for shape in ((20, 50), (1, 1)):
    seqs = rng.integers(0, 4, shape)
    assert (mutated(jax.random.key(1), seqs, 1.0) != seqs).all()
    assert (mutated(jax.random.key(2), seqs, 0.0) == seqs).all()
seqs = rng.integers(0, 4, (20, 50))
for rate in (0.3, 0.9, 1.0):
    got = mutated(jax.random.key(int(rng.integers(10_000))), seqs, rate)
    hit = got != seqs
    assert is_near(hit.mean(), rate, 1000)
    for base in range(4):
        steps = (got - seqs)[hit & (seqs == base)] % 4
        assert is_near(np.bincount(steps, minlength=4)[1:] / steps.size, 1 / 3, steps.size)
for make_key in (jax.random.key, jax.random.PRNGKey):
    one, again, other = (mutated(make_key(n), seqs, 0.5) != seqs for n in (4, 4, 5))
    assert (one == again).all() and (one != other).any()
assert len(np.unique(one, axis=0)) > 1 and len(set(one.sum(axis=1))) > 1
for equal in (one[1:] == one[:-1], one[:, 1:] == one[:, :-1], one == other):
    assert abs(equal.mean() - 0.5) < 2.5 / np.sqrt(equal.size)
