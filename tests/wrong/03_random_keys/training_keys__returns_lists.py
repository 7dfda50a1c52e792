"""Returns Python lists of keys."""
# diagnosis: list-of-keys

import jax


def training_keys(key, steps):
    data_root, dropout_root = jax.random.split(key)
    data_keys = [jax.random.fold_in(data_root, step) for step in range(steps)]
    dropout_keys = [jax.random.fold_in(dropout_root, step) for step in range(steps)]
    return data_keys, dropout_keys
