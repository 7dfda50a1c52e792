"""Writes arrays instead of lists, one of each library."""

import jax.numpy as jnp
import numpy as np

alias_prediction = {"x": np.array([2, 3, 4]), "u": jnp.array([1, 2, 3])}
