"""Goes from entry to entry with if."""
# diagnosis: python-if-on-tracer

import jax.numpy as jnp


def selu(x, alpha=1.67, lambda_=1.05):
    x = jnp.asarray(x)
    out = []
    for v in x.ravel():
        if v > 0:
            out.append(lambda_ * v)
        else:
            out.append(lambda_ * alpha * (jnp.exp(v) - 1.0))
    return jnp.stack(out).reshape(x.shape)
