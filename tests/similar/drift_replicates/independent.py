def drift_replicates(key, p0, N, T, B):
    rows = []
    for population_key in jax.random.split(key, B):
        p = jnp.float32(p0)
        row = [p]
        for generation_key in jax.random.split(population_key, T):
            alleles = jax.random.bernoulli(generation_key, p, shape=(N,))
            p = alleles.sum() / N
            row.append(p)
        rows.append(jnp.array(row, dtype=jnp.float32))
    return jnp.stack(rows)
