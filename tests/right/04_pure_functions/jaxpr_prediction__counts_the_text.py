"""Counts in the text of the jaxpr."""

import jax
import jax.numpy as jnp


def three_days(counts):
    if counts.ndim == 1:
        counts = counts + 1.0
    if counts.ndim == 2:
        counts = counts - 1.0
    jnp.exp(counts)
    for _ in range(3):
        counts = counts * 2.0
    return counts


text = str(jax.make_jaxpr(three_days)(jnp.zeros(4)))
jaxpr_prediction = {name: text.count(f"= {name} ") for name in ("add", "sub", "exp", "mul")}
