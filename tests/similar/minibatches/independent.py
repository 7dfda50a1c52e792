def minibatches(key, x, y, size, epochs):
    n = x.shape[0]
    num_batches = int(np.ceil(n / size))
    padding = num_batches * size - n
    weights = jnp.concatenate([jnp.ones(n, dtype=jnp.float32), jnp.zeros(padding, dtype=jnp.float32)])
    all_batches = []
    for _ in range(epochs):
        key, subkey = jax.random.split(key)
        perm = jax.random.permutation(subkey, n)
        perm = jnp.concatenate([perm, jnp.zeros(padding, dtype=perm.dtype)])
        for i in range(num_batches):
            sl = perm[i * size : (i + 1) * size]
            all_batches.append((x[sl], y[sl], weights[i * size : (i + 1) * size]))
    return all_batches
