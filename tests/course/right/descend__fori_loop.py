"""Compiles the whole descent, with value_and_grad inside a loop of JAX."""

import jax


def descend(loss, w, rate, steps):
    def step(_, w):
        value, slope = jax.value_and_grad(loss)(w)
        return w - rate * slope

    return jax.jit(lambda w: jax.lax.fori_loop(0, steps, step, w))(w)
