"""Splits into two keys, since two draws are made."""
# diagnosis: recipe-not-followed

import jax


def noisy_line(key, n):
    x_key, noise_key = jax.random.split(key)
    x = jax.random.uniform(x_key, (n, 1))
    return x, 2 * x + 1 + 0.1 * jax.random.normal(noise_key, (n, 1))
