"""Draws the line y = x + 2."""
# diagnosis: wrong-value

import jax


def noisy_line(key, n):
    _, x_key, noise_key = jax.random.split(key, 3)
    x = jax.random.uniform(x_key, (n, 1))
    return x, x + 2 + 0.1 * jax.random.normal(noise_key, (n, 1))
