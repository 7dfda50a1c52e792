"""A loop over the samples, stacked leaf by leaf."""

import jax
import jax.numpy as jnp


def per_sample_grads(params, X, y):
    def loss(p, xi, yi):
        return jnp.sum((xi @ p["w"] + p["b"] - yi) ** 2)

    grads = [jax.grad(loss)(params, xi, yi) for xi, yi in zip(X, y, strict=True)]
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *grads)
