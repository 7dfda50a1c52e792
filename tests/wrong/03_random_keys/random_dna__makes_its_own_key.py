"""Makes a key from a fixed seed inside."""
# diagnosis: key-made-inside

import jax


def random_dna(key, n, L, p):
    return jax.random.choice(jax.random.PRNGKey(1), 4, (n, L), p=p)
