"""Carries a sum and a count along."""

import jax
import jax.numpy as jnp


def expressed_mean(x, threshold):
    def body(carry, value):
        total, count = carry
        counts = value > threshold
        return (total + jnp.where(counts, value, 0.0), count + counts.astype(jnp.float32)), None

    (total, count), _ = jax.lax.scan(body, (jnp.float32(0), jnp.float32(0)), x)
    return jax.lax.cond(count > 0, lambda: total / count, lambda: jnp.float32(0))
