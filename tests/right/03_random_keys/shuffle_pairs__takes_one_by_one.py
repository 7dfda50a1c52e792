"""Takes the cells one by one in a loop, in an order drawn without replacement."""

import jax
import jax.numpy as jnp


def shuffle_pairs(key, features, labels):
    n = len(features)
    order = jax.random.choice(key, jnp.arange(n), (n,), replace=False)
    rows, tags = [], []
    for i in order:
        rows.append(features[i])
        tags.append(labels[i])
    return jnp.stack(rows), jnp.array(tags, dtype=labels.dtype)
