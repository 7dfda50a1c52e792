"""Takes the first key for the noise."""
# diagnosis: recipe-not-followed

import jax


def noisy_line(key, n):
    keys = jax.random.split(key, 3)
    x = jax.random.uniform(keys[1], (n, 1))
    noise = jax.random.normal(keys[0], (n, 1))
    return x, 2 * x + 1 + 0.1 * noise
