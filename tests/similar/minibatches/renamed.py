def minibatches(rng_key, data, labels, batch_size, n_epochs):
    data = jnp.asarray(data)
    labels = jnp.asarray(labels)
    n_rows = data.shape[0]
    n_full = n_rows // batch_size
    left_over = n_rows - n_full * batch_size
    result = []
    for e in range(n_epochs):
        rng_key, subkey = jax.random.split(rng_key)
        perm = jax.random.permutation(subkey, n_rows)
        shuffled_data = data[perm]
        shuffled_labels = labels[perm]
        for i in range(n_full):
            start = i * batch_size
            stop = start + batch_size
            result.append((shuffled_data[start:stop], shuffled_labels[start:stop], jnp.ones((batch_size,), jnp.float32)))
        if left_over > 0:
            start = n_full * batch_size
            missing = batch_size - left_over
            tail_data = jnp.vstack([shuffled_data[start:], jnp.zeros((missing, data.shape[1]), data.dtype)])
            tail_labels = jnp.vstack([shuffled_labels[start:], jnp.zeros((missing, 1), labels.dtype)])
            w = jnp.hstack([jnp.ones((left_over,)), jnp.zeros((missing,))]).astype(jnp.float32)
            result.append((tail_data, tail_labels, w))
    return result
