"""Makes each key for dropout from the data's key of that step, which a draw uses up."""
# diagnosis: parent-handed-out

import jax


def training_keys(key, steps):
    data_keys = jax.random.split(key, steps)
    dropout_keys = jax.vmap(lambda data_key: jax.random.fold_in(data_key, 1))(data_keys)
    return data_keys, dropout_keys
