def one_generation(key, shares, copies):
    draws = jax.random.uniform(key, (shares.shape[0], copies))
    hits = draws < shares.reshape(-1, 1)
    return hits.astype(jnp.float32).mean(axis=1)


def drift_replicates(key, p0, N, T, B):
    table = jnp.zeros((B, T + 1), dtype=jnp.float32)
    table = table.at[:, 0].set(p0)
    keys = jax.random.split(key, T)
    for t in range(1, T + 1):
        before = table[:, t - 1]
        now = one_generation(keys[t - 1], before, N)
        table = table.at[:, t].set(now)
    return table
