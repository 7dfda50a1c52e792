"""Splits, and then draws both with the same child."""
# diagnosis: draws-correlated

import jax


def noisy_line(key, n):
    _, data_key, _ = jax.random.split(key, 3)
    x = jax.random.uniform(data_key, (n, 1))
    y = 2 * x + 1 + 0.1 * jax.random.normal(data_key, (n, 1))
    return x, y
