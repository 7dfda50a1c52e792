"""Goes through the pairs one by one, with a helper."""

import jax
import jax.numpy as jnp


def distance(a, b):
    square = jnp.sum((a - b) ** 2)
    same = square == 0
    return jnp.where(same, 0.0, jnp.sqrt(jnp.where(same, 1.0, square)))


def pair_energy(cells):
    energy = jnp.array(0.0)
    for i in range(len(cells)):
        for j in range(i):
            energy += distance(cells[i], cells[j])
    return energy
