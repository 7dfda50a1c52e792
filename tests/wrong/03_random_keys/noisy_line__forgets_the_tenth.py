"""Adds the noise in full."""
# diagnosis: noise-not-scaled

import jax


def noisy_line(key, n):
    _, x_key, noise_key = jax.random.split(key, 3)
    x = jax.random.uniform(x_key, (n, 1))
    return x, 2 * x + 1 + jax.random.normal(noise_key, (n, 1))
