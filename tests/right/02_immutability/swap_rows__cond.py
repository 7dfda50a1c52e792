"""Leaves equal rows alone, with the `if` that JAX has."""

import jax


def swap_rows(x, i, j):
    def swapped(_):
        return x.at[i].set(x[j]).at[j].set(x[i])

    return jax.lax.cond(i == j, lambda _: x, swapped, None)
