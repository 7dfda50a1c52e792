"""Compiles a lambda."""

import jax
import jax.numpy as jnp

ten_power_sum = jax.jit(lambda a: jnp.sum(jnp.power(a, 10)))
