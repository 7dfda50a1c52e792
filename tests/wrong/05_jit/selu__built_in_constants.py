"""Takes the function of JAX, with its own constants."""
# diagnosis: wrong-value

import jax


def selu(x, alpha=1.67, lambda_=1.05):
    return jax.nn.selu(x)
