"""Adds 3 to the mean, which is the same."""

import jax.numpy as jnp

short_f = lambda v: jnp.mean((v + 2.0) ** 2) + 3
