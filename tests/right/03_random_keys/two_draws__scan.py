"""Draws in a scan, whose body is defined anew in each call."""

import jax


def two_draws(key):
    def step(carry, _):
        carry, draw_key = jax.random.split(carry)
        return carry, jax.random.normal(draw_key)

    _, drawn = jax.lax.scan(step, key, None, length=2)
    return drawn[0], drawn[1]
