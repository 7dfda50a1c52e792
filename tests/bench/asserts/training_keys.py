# ruff: noqa: F821
import jax
import numpy as np


def rows(keys):
    return [row.tobytes() for row in np.asarray(jax.random.key_data(keys))]


def handed_out(key, steps):
    pair = training_keys(key, steps)
    assert len(pair) == 2
    for keys in pair:
        assert keys.dtype == key.dtype and keys.shape == (steps, *key.shape)
    both = [data for keys in pair for data in rows(keys)]
    assert len(set(both)) == 2 * steps and rows(key.reshape(1, *key.shape))[0] not in both
    return both


rng = np.random.default_rng(6)
for make_key in (jax.random.key, jax.random.PRNGKey):
    for steps in (4, 1, 9, 200):
        both = handed_out(make_key(int(rng.integers(10_000))), steps)
        parents = jax.random.wrap_key_data(np.frombuffer(b"".join(both[:20]), np.uint32).reshape(-1, 2))
        children = jax.vmap(lambda parent: jax.random.split(parent, 25))(parents)
        assert not set(rows(children.reshape(-1))) & set(both)
    one, again, other = (handed_out(make_key(n), 5) for n in (3, 3, 4))
    assert one == again and not set(one) & set(other)
