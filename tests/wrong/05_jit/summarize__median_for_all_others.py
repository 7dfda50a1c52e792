"""Takes every other word for the median."""
# diagnosis: no-error

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="average_method")
def summarize(average_method, x):
    return jnp.mean(x) if average_method == "mean" else jnp.median(x)
