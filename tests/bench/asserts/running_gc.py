# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def is_right(got, gc, bases, read):
    found = int(np.isin(read, (1, 2)).sum())
    state, share = got
    assert set(state) == {"gc", "bases"}
    assert (int(state["gc"]), int(state["bases"])) == (gc + found, bases + len(read))
    assert state["gc"].dtype == state["bases"].dtype == jnp.int32
    assert share.dtype == jnp.float32
    np.testing.assert_allclose(share, (gc + found) / (bases + len(read)), rtol=1e-5)


rng = np.random.default_rng(17)
for gc, bases, length in ((0, 0, 4), (3, 10, 1), (20, 71, 30)):
    read = rng.integers(0, 4, size=length)
    state = {"gc": jnp.array(gc, jnp.int32), "bases": jnp.array(bases, jnp.int32)}
    for run in (running_gc, running_gc, jax.jit(running_gc)):
        is_right(run(state, jnp.array(read, jnp.int32)), gc, bases, read)
        assert {name: int(number) for name, number in state.items()} == {"gc": gc, "bases": bases}
reads = rng.integers(0, 4, size=(20, 6))
start = {"gc": jnp.array(0, jnp.int32), "bases": jnp.array(0, jnp.int32)}
last, shares = jax.lax.scan(running_gc, start, jnp.array(reads, jnp.int32))
found = np.isin(reads, (1, 2)).sum(axis=1).cumsum()
np.testing.assert_allclose(shares, found / (6 * np.arange(1, 21)), rtol=1e-5)
assert int(last["gc"]) == found[-1]
assert int(last["bases"]) == 120
