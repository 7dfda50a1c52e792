"""The Jacobian of all losses."""

import jax


def per_sample_grads(params, X, y):
    def losses(params):
        return (X @ params["w"] + params["b"] - y) ** 2

    return jax.jacrev(losses)(params)
