"""Lets `+` do it, and needs no `vmap`."""

import jax.numpy as jnp


def add_two_vmap(numbers):
    return jnp.array(numbers) + 2
