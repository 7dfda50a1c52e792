"""Splits in a scan, and splits each step's key into two."""

from functools import partial

import jax


@partial(jax.jit, static_argnums=1)
def training_keys(key, steps):
    def one_step(carry, _):
        carry, step_key = jax.random.split(carry)
        data_key, dropout_key = jax.random.split(step_key)
        return carry, (data_key, dropout_key)

    return jax.lax.scan(one_step, key, None, length=steps)[1]
