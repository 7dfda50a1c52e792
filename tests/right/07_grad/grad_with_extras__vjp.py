"""Goes backward by hand, with a list at the end."""

import jax
import jax.numpy as jnp


def grad_with_extras(loss_fn, params, x, y):
    value, back, aux = jax.vjp(lambda p: loss_fn(p, x, y), params, has_aux=True)
    return [value, aux, back(jnp.ones(()))[0]]
