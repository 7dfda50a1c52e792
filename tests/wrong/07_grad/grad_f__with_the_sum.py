"""Writes the formula again, with a sum."""
# diagnosis: sum-and-mean-swapped

import jax
import jax.numpy as jnp

grad_f = jax.grad(lambda x: jnp.sum((x + 2) ** 2 + 3))
