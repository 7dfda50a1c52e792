"""Says by its place which argument is static."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(0,))
def summarize(method, values):
    match method:
        case "mean":
            return values.sum() / values.size
        case "median":
            return jnp.quantile(values.astype(float), 0.5)
    raise ValueError("unknown method: " + method)
