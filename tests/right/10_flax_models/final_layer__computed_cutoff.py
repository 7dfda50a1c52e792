"""Computes the cutoff as the logarithm of the odds."""

import jax.numpy as jnp

final_layer = dict(
    healthy="B", tissue="C", stage="C", location="B", resistance="B", fold_change="A", energy="A", correlation="E"
)
final_layer["cutoff"] = jnp.log(0.5 / (1 - 0.5))
