"""Maps over single numbers, and restores the shape."""

import jax
import jax.numpy as jnp


@jax.vmap
def add_two_each(number):
    return number + 2


def add_two_vmap(numbers):
    numbers = jnp.asarray(numbers)
    print("shape", numbers.shape)
    return add_two_each(numbers.ravel()).reshape(numbers.shape)
