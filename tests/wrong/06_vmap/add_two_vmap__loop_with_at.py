"""Goes from entry to entry in a Python loop."""
# diagnosis: grows-with-data

import jax.numpy as jnp


def add_two_vmap(numbers):
    out = jnp.asarray(numbers)
    for i in range(len(out)):
        out = out.at[i].add(2)
    return out
