"""Collects all results first, and then looks for the first with NaN."""

import jax.numpy as jnp


def find_the_nan(steps, x):
    results = {}
    for name, step in steps.items():
        x = step(x)
        results[name] = x
    bad = [name for name, result in results.items() if bool(jnp.any(result != result))]
    return bad[0] if bad else None
