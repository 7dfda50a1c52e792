def minibatches(key, x, y, size, epochs):
    """Batches of equal size for each epoch."""
    batches = []
    y = jnp.asarray(y)
    x = jnp.asarray(x)
    count = x.shape[0]
    full = count // size
    rest = count - full * size
    for epoch in range(epochs):
        key, use = jax.random.split(key)
        order = jax.random.permutation(use, count)
        ys = y[order]
        xs = x[order]
        for number in range(full):
            low = number * size
            high = low + size
            batches.append((xs[low:high], ys[low:high], jnp.ones((size,), jnp.float32)))
        if rest > 0:
            gap = size - rest
            mask = jnp.hstack([jnp.ones((rest,)), jnp.zeros((gap,))]).astype(jnp.float32)
            low = full * size
            last_y = jnp.vstack([ys[low:], jnp.zeros((gap, 1), y.dtype)])
            last_x = jnp.vstack([xs[low:], jnp.zeros((gap, x.shape[1]), x.dtype)])
            batches.append((last_x, last_y, mask))
    return batches
