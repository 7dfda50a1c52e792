"""Uses the parameters of the text, whatever it is given."""
# diagnosis: read-from-outside

import jax
import jax.numpy as jnp

params = {
    "hidden": {"w": jnp.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]]), "b": jnp.array([0.0, 0.5, -1.0])},
    "out": {"w": jnp.array([2.0, 1.0, -1.0]), "b": jnp.array(0.1)},
}
net = params


def predict_one(params, x):
    hidden = jnp.maximum(x @ params["hidden"]["w"] + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


def predict_batch(params, X):
    return jax.vmap(lambda x: predict_one(net, x))(X)
