"""Lets JAX compute it, and gives what came out."""

import jax.numpy as jnp

int8_prediction = int(jnp.int8(127) + jnp.int8(3))
