"""Makes NaN of what does not count, and leaves NaN out."""

import jax
import jax.numpy as jnp


@jax.jit
def expressed_mean(x, threshold):
    masked = jnp.where(x > threshold, x, jnp.nan)
    return jnp.nan_to_num(jnp.nanmean(masked))
