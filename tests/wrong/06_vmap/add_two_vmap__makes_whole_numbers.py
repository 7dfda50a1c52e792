"""Makes whole numbers of everything."""
# diagnosis: wrong-dtype

import jax
import jax.numpy as jnp


def add_two_vmap(numbers):
    numbers = jnp.array(numbers, dtype=jnp.int32)
    return jax.vmap(lambda x: x + 2)(numbers)
