"""Draws flat arrays and makes columns of them at the end."""

import jax


def noisy_line(rng, n):
    rng, rng_x, rng_noise = jax.random.split(rng, num=3)
    x = jax.random.uniform(rng_x, shape=(n,))
    y = 2 * x + 1 + jax.random.normal(rng_noise, shape=x.shape) * 0.1
    return x[:, None], y.reshape(-1, 1)
