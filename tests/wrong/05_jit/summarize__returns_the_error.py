"""Returns the error instead of raising it."""
# diagnosis: no-error

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="average_method")
def summarize(average_method, x):
    if average_method == "mean":
        return jnp.mean(x)
    if average_method == "median":
        return jnp.median(x)
    print("ValueError: unknown method")
