"""Thinks that another distribution makes a used key safe."""
# diagnosis: draws-correlated

import jax


def noisy_line(key, n):
    x = jax.random.uniform(key, (n, 1))
    noise = jax.random.normal(key, (n, 1))
    return x, 2 * x + 1 + 0.1 * noise
