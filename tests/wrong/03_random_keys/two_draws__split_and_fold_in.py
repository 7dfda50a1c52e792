"""Takes one child from `split` and one from `fold_in`: they are the same."""
# diagnosis: split-and-fold-in

import jax


def two_draws(key):
    first_key, _ = jax.random.split(key)
    second_key = jax.random.fold_in(key, 0)
    return jax.random.normal(first_key), jax.random.normal(second_key)
