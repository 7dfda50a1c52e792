"""Takes another smooth curve, x times sigmoid, for gelu."""
# diagnosis: wrong-value

import jax
import jax.numpy as jnp


def activate(name, x):
    if name == "gelu":
        return x / (1 + jnp.exp(-x))
    return {"relu": jax.nn.relu, "sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "softmax": jax.nn.softmax}[name](x)
