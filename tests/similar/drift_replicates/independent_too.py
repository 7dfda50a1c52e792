def drift_replicates(key, p0, N, T, B):
    freqs = np.zeros((B, T + 1), dtype=np.float32)
    freqs[:, 0] = p0
    for t in range(T):
        key, subkey = jax.random.split(key)
        p = jnp.array(freqs[:, t])
        copies = jax.random.bernoulli(subkey, p[:, None], (B, N))
        freqs[:, t + 1] = np.asarray(copies).mean(axis=1)
    return jnp.array(freqs)
