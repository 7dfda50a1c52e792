"""Multiplies with a matrix that swaps."""

import jax.numpy as jnp


def swap_rows(x, i, j):
    eye = jnp.eye(x.shape[0], dtype=x.dtype)
    swap = eye.at[i].set(eye[j]).at[j].set(eye[i])
    return swap @ x
