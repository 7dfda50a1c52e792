# This draws one generation.
def one_generation(key, shares, copies):
    """The new shares of A."""
    number = shares.shape[0]
    draws = jax.random.uniform(key, (shares.shape[0], copies))
    # smaller than the share means A
    hits = draws < shares.reshape(-1, 1)
    print(hits.shape)
    return hits.astype(jnp.float32).mean(axis=1)


def drift_replicates(key, p0, N, T, B):
    """All populations."""
    # the table has a row for each population
    table = jnp.zeros((B, T + 1), dtype=jnp.float32)
    table = table.at[:, 0].set(p0)
    keys = jax.random.split(key, T)
    lost = 0
    for t in range(1, T + 1):
        before = table[:, t - 1]
        now = one_generation(keys[t - 1], before, N)
        lost = lost + (now == 0).sum()
        table = table.at[:, t].set(now)
    # done
    return table
