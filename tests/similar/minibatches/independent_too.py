def minibatches(key, x, y, size, epochs):
    n, d = x.shape
    for epoch_key in jax.random.split(key, epochs):
        shuffled = jax.random.permutation(epoch_key, jnp.hstack([x, y]))
        i = 0
        while i < n:
            chunk = shuffled[i : i + size]
            k = chunk.shape[0]
            w = jnp.ones((k,))
            if k < size:
                chunk = jnp.vstack([chunk, jnp.zeros((size - k, d + 1))])
                w = jnp.concatenate([w, jnp.zeros((size - k,))])
            yield chunk[:, :d], chunk[:, d:], w
            i += size
