"""Takes the gradient of all losses at once."""
# diagnosis: grad-of-vector

import jax


def per_sample_grads(params, X, y):
    def losses(params):
        return (X @ params["w"] + params["b"] - y) ** 2

    return jax.grad(losses)(params)
