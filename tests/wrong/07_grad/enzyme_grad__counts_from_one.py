"""Counts the arguments from 1."""
# diagnosis: grad-by-keyword

import jax
import jax.numpy as jnp


def enzyme_loss(S, v, params):
    predicted = params["Vmax"] * S / (params["Km"] + S)
    return jnp.sum((predicted - v) ** 2)


def enzyme_grad(S, v, params):
    return jax.grad(enzyme_loss, argnums=3)(S, v, params)
