"""Differentiates by the first argument, which holds whole numbers."""
# diagnosis: integers-differentiated

import jax
import jax.numpy as jnp


def enzyme_loss(S, v, params):
    predicted = params["Vmax"] * S / (params["Km"] + S)
    return jnp.sum((predicted - v) ** 2)


def enzyme_grad(S, v, params):
    return jax.grad(enzyme_loss)(S, v, params)
