"""Gives the parts in a dictionary."""
# diagnosis: wrong-kind

import jax.numpy as jnp


def make_state(tx):
    params = {"w": jnp.zeros(3)}
    return {"step": 0, "params": params, "opt_state": tx.init(params)}
