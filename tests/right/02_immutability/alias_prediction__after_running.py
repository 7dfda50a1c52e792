"""Runs the lines and takes what comes out."""

import jax.numpy as jnp
import numpy as np

x = np.array([1, 2, 3])
y = x
y += 1

u = jnp.array([1, 2, 3])
w = u
w += 1

alias_prediction = {"u": u.tolist(), "x": x.tolist()}
