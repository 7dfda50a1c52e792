# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def data(key):
    typed = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
    return np.asarray(jax.random.key_data(key) if typed else key).tobytes()


def all_different(key, pairs):
    return len({data(step_key(key, *pair)) for pair in pairs}) == len(set(pairs))


rng = np.random.default_rng(4)
powers = [10**n for n in range(1, 7)] + [2**n for n in (4, 5, 6, 7, 8, 10, 12, 16, 20)]
for make_key in (jax.random.key, jax.random.PRNGKey):
    key = make_key(1)
    got = step_key(key, 2, 5)
    assert data(got) != data(key) and got.dtype == key.dtype and got.shape == key.shape
    assert all_different(make_key(2), [(e, s) for e in range(3) for s in range(4)] + [(0, 10), (10, 0)])
    assert data(step_key(make_key(3), 3, 7)) == data(step_key(make_key(3), 3, 7)) != data(step_key(make_key(4), 3, 7))
    pairs = [(e, s) for e in range(4) for s in range(4)]
    handed_out = {data(step_key(key, *pair)) for pair in pairs}
    children = {data(child) for pair in pairs for child in jax.random.split(step_key(key, *pair), 4)}
    assert data(key) not in handed_out and not handed_out & children
    key = make_key(int(rng.integers(10_000)))
    assert all_different(key, [(0, 0), (1, 0), *((0, s) for s in powers), *((1, s) for s in powers)])
    assert all_different(key, [(0, 0), (0, 1), *((e, 0) for e in powers)])
    wanted = [(int(e), int(s)) for e, s in rng.integers(0, 60, size=(5, 2))]
    forward = [data(step_key(key, *pair)) for pair in wanted]
    assert forward == [data(step_key(key, *pair)) for pair in wanted[::-1]][::-1]
    other = make_key(int(rng.integers(10_000, 20_000)))
    assert not set(forward) & {data(step_key(other, *pair)) for pair in wanted}
assert all_different(jax.random.key(int(rng.integers(2**31))), [(e, s) for e in range(12) for s in range(30)])
