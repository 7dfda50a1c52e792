"""The sum by a dot product and the norm by `linalg`; the pair as a list."""

import jax.numpy as jnp


def norm_with_log(x):
    print("computing a norm")
    return [jnp.linalg.norm(x), (x**2, jnp.dot(x, x))]
