"""Writes the loss again, with a mean."""
# diagnosis: sum-and-mean-swapped

import jax
import jax.numpy as jnp


def enzyme_grad(S, v, params):
    def loss(p):
        return jnp.mean((p["Vmax"] * S / (p["Km"] + S) - v) ** 2)

    return jax.grad(loss)(params)
