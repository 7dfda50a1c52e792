"""Hands a list to `vmap`."""
# diagnosis: vmap-of-list

import jax


def add_two(number):
    return number + 2


def add_two_vmap(numbers):
    return jax.vmap(add_two)(numbers)
