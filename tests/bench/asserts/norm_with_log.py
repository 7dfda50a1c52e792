# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def lists_outside():
    """The lists outside and how long they are: no call may add to one."""
    return {name: len(value) for name, value in globals().items() if type(value) is list}


def is_right_for(x):
    for run in (norm_with_log, jax.jit(norm_with_log)):
        norm, log = run(jnp.array(x))
        squares, total = log
        np.testing.assert_allclose(norm, np.sqrt(np.sum(x**2)), rtol=1e-5)
        np.testing.assert_allclose(squares, x**2, rtol=1e-5)
        np.testing.assert_allclose(total, np.sum(x**2), rtol=1e-5)
    slope, _ = jax.grad(lambda x: tuple(norm_with_log(x)), has_aux=True)(jnp.array(x))
    np.testing.assert_allclose(slope, x / np.sqrt(np.sum(x**2)), rtol=1e-4)


lists_before = lists_outside()
rng = np.random.default_rng(16)
for length in (2, 2, 9, 1):
    is_right_for(rng.normal(size=length).astype(np.float32) + 2)
assert lists_before == lists_outside()
