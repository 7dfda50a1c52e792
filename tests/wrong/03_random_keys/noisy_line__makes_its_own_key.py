"""Makes the key of the example inside."""
# diagnosis: key-made-inside

import jax


def noisy_line(key, n):
    rng = jax.random.PRNGKey(42)
    rng, x_key, noise_key = jax.random.split(rng, 3)
    x = jax.random.uniform(x_key, (n, 1))
    return x, 2 * x + 1 + 0.1 * jax.random.normal(noise_key, (n, 1))
