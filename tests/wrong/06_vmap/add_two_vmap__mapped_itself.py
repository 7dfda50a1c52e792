"""Takes what `vmap` returns as the answer, which refuses a list."""
# diagnosis: vmap-of-list

import jax


def add_two(number):
    return number + 2


add_two_vmap = jax.vmap(add_two)
