"""Maps over the samples last, so that they come first."""
# diagnosis: batch-axis-elsewhere

import jax


def random_ensemble(key, X, k, m):
    w_key, b_key = jax.random.split(key)
    W = jax.random.normal(w_key, (k, X.shape[1], m))
    b = jax.random.normal(b_key, (k, m))

    def all_layers(x):
        return jax.vmap(lambda W, b: x @ W + b)(W, b)

    return jax.vmap(all_layers)(X)
