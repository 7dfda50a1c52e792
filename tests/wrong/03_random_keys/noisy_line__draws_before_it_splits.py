"""Draws x with the key itself, and splits it only then."""
# diagnosis: parent-key-used

import jax


def noisy_line(key, n):
    x = jax.random.uniform(key, (n, 1))
    _, noise_key, _ = jax.random.split(key, 3)
    return x, 2 * x + 1 + 0.1 * jax.random.normal(noise_key, (n, 1))
