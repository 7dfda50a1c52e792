"""Scans over the speeds, all in one compiled function."""

import jax
import jax.numpy as jnp


@jax.jit
def _run(times, amounts, start, speeds):
    def loss(r):
        return jnp.mean(jnp.square(jnp.exp(-r * times) - amounts))

    def body(r, speed):
        return r - speed * jax.grad(loss)(r), r

    end, _ = jax.lax.scan(body, start, speeds)
    return end


def fit_decay(times, amounts, start, steps):
    return _run(times, amounts, start, 0.5 / (1 + jnp.arange(steps, dtype=jnp.float32)))
