"""Takes the parameters out of the variables, step by step."""

import jax
import jax.numpy as jnp
from flax.training import train_state


def create_state(rng_key, net, example, optimizer):
    variables = dict(net.init(rng_key, example))
    params = variables.pop("params")
    print("parameters:", jax.tree.map(jnp.shape, params))
    return train_state.TrainState.create(apply_fn=net.apply, params=params, tx=optimizer)
