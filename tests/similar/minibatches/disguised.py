def make_last(a, start, missing):
    # helper that I do not use after all
    return a[start:]


def minibatches(k, features, targets, bs, rounds):
    """Give all the batches for training."""
    out = []
    Y = jnp.asarray(targets)
    X = jnp.asarray(features)
    n = X.shape[0]
    whole = n // bs
    seen = 0
    remainder = n - whole * bs
    for r in range(rounds):
        k, k2 = jax.random.split(k)  # new key
        idx = jax.random.permutation(k2, n)
        b = Y[idx]
        a = X[idx]
        seen += n
        for j in range(whole):
            first = j * bs
            last = first + bs
            out.append((a[first:last], b[first:last], jnp.ones((bs,), jnp.float32)))
        if remainder > 0:
            fill = bs - remainder
            weights = jnp.hstack([jnp.ones((remainder,)), jnp.zeros((fill,))]).astype(jnp.float32)
            first = whole * bs
            b_end = jnp.vstack([b[first:], jnp.zeros((fill, 1), Y.dtype)])
            a_end = jnp.vstack([a[first:], jnp.zeros((fill, X.shape[1]), X.dtype)])
            out.append((a_end, b_end, weights))
    print("made", len(out), "batches")
    return out
