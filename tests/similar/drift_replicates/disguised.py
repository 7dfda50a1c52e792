def drift_replicates(rng, p_start, size, steps, reps):
    """Wright-Fisher drift."""
    all_keys = jax.random.split(rng, steps)  # one for each
    freq = jnp.zeros((reps, steps + 1), dtype=jnp.float32)
    freq = freq.at[:, 0].set(p_start)
    fixed = 0
    for i in range(1, steps + 1):
        old = freq[:, i - 1]
        # sample
        sampled = sample_all(all_keys[i - 1], old, size)
        freq = freq.at[:, i].set(sampled)
        fixed += 1
    return freq


def sample_all(rng, p, n):
    """Draws n copies each."""
    r = jax.random.uniform(rng, (p.shape[0], n))
    below = r < p.reshape(-1, 1)
    return below.astype(jnp.float32).mean(axis=1)
