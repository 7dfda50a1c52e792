"""The loss of one row, mapped over all rows."""

import jax
import jax.numpy as jnp


def calculate_loss(params, apply_fn, x, y):
    def of_one(row, target):
        return (apply_fn({"params": params}, row[None])[0, 0] - target) ** 2

    return jax.vmap(of_one)(x, jnp.reshape(y, -1)).mean()
