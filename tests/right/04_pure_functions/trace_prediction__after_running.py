"""Runs it, with a counter."""

import jax
import jax.numpy as jnp

seen = []


@jax.jit
def doubled(x):
    seen.append(1)
    return 2 * x


trace_prediction = {}
calls = [jnp.zeros(3), jnp.ones(3), jnp.zeros(4), jnp.zeros(3), jnp.zeros(3, dtype=jnp.int32), 5.0, 7.0, jnp.float32(7.0)]
for name, x in zip("abcdefgh", calls):
    n = len(seen)
    doubled(x)
    trace_prediction[name] = len(seen) != n
