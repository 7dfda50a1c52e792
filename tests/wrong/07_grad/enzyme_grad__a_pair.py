"""Returns the two slopes in a tuple."""
# diagnosis: wrong-kind

import jax
import jax.numpy as jnp


def enzyme_loss(S, v, params):
    predicted = params["Vmax"] * S / (params["Km"] + S)
    return jnp.sum((predicted - v) ** 2)


def enzyme_grad(S, v, params):
    grads = jax.grad(enzyme_loss, argnums=2)(S, v, params)
    return grads["Vmax"], grads["Km"]
