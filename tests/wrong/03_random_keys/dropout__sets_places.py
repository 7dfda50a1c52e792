"""Sets the places where a condition holds, which `jit` refuses."""
# diagnosis: boolean-mask-in-jit

import jax


def dropout(key, x, rate):
    if rate >= 1:
        return 0 * x
    drop = jax.random.uniform(key, shape=x.shape) < rate
    larger = x / (1 - rate)
    return larger.at[drop].set(0.0)
