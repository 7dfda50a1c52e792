# My solution. First I count the batches, then I fill up the last one.
def minibatches(key, x, y, size, epochs):
    """This makes batches.

    It goes through the epochs, and in each through all the rows.
    """
    # make arrays of them
    x = jnp.asarray(x)
    y = jnp.asarray(y)
    debug = False
    count = x.shape[0]
    full = count // size  # how many full batches
    rest = count - full * size  # what is left
    total_seen = 0
    batches = []
    for epoch in range(epochs):
        if debug:
            print("epoch", epoch)
        key, use = jax.random.split(key)  # never use a key twice
        order = jax.random.permutation(use, count)
        xs = x[order]
        ys = y[order]
        total_seen = total_seen + count
        for number in range(full):
            low = number * size
            high = low + size
            batches.append((xs[low:high], ys[low:high], jnp.ones((size,), jnp.float32)))
        if rest > 0:
            # the last batch needs zeros
            low = full * size
            gap = size - rest
            last_x = jnp.vstack([xs[low:], jnp.zeros((gap, x.shape[1]), x.dtype)])
            last_y = jnp.vstack([ys[low:], jnp.zeros((gap, 1), y.dtype)])
            mask = jnp.hstack([jnp.ones((rest,)), jnp.zeros((gap,))]).astype(jnp.float32)
            batches.append((last_x, last_y, mask))
    assert len(batches) > 0, "there must be batches"
    return batches
