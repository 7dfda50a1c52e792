"""Splits once more, into a key for each row."""
# diagnosis: drawn-row-by-row

import jax


def noisy_line(key, n):
    _, x_key, noise_key = jax.random.split(key, 3)
    x = jax.vmap(jax.random.uniform)(jax.random.split(x_key, n))[:, None]
    noise = jax.vmap(jax.random.normal)(jax.random.split(noise_key, n))[:, None]
    return x, 2 * x + 1 + 0.1 * noise
