"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax


def bootstrap_means(key, x, B):
    keys = jax.random.split(jax.random.key(42), B)
    return jax.vmap(lambda k: jax.random.choice(k, x, x.shape).mean())(keys)
