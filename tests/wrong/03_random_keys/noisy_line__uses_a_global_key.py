"""Uses the keys of a cell further up."""
# diagnosis: key-from-outside

import jax

_, x_key, noise_key = jax.random.split(jax.random.key(42), 3)


def noisy_line(key, n):
    x = jax.random.uniform(x_key, (n, 1))
    noise = jax.random.normal(noise_key, (n, 1))
    return x, 2 * x + 1 + 0.1 * noise
