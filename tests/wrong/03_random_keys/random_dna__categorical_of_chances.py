"""Hands the chances to `categorical` as they are."""
# diagnosis: probabilities-as-logits

import jax


def random_dna(key, n, L, p):
    return jax.random.categorical(key, p, shape=(n, L))
