def next_gen(k, freqs, n_copies):
    u = jax.random.uniform(k, (freqs.shape[0], n_copies))
    is_a = u < freqs.reshape(-1, 1)
    return is_a.astype(jnp.float32).mean(axis=1)


def drift_replicates(seed_key, start, pop_size, gens, pops):
    result = jnp.zeros((pops, gens + 1), dtype=jnp.float32)
    result = result.at[:, 0].set(start)
    subkeys = jax.random.split(seed_key, gens)
    for g in range(1, gens + 1):
        prev = result[:, g - 1]
        new = next_gen(subkeys[g - 1], prev, pop_size)
        result = result.at[:, g].set(new)
    return result
