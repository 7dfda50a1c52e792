"""Takes the slopes along the samples instead of the weights."""
# diagnosis: wrong-value

import jax


def per_sample_grads(params, X, y):
    def loss(x, y):
        return (x @ params["w"] + params["b"] - y) ** 2

    w = jax.vmap(jax.grad(loss))(X, y)
    return {"w": w, "b": w.mean(axis=1)}
