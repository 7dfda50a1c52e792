"""Whole numbers of NumPy and JAX."""

import jax.numpy as jnp
import numpy as np

jaxpr_prediction = {"add": np.int64(1), "sub": np.int32(0), "exp": jnp.array(1), "mul": 3}
