"""Compiles a lambda."""

import jax
import jax.numpy as jnp

hill = jax.jit(lambda c, n, k: 1 / (1 + (k / c) ** n))
