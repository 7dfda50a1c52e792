"""Keeps its compiled functions in a dictionary."""

import jax
import jax.numpy as jnp

programs = {"mean": jax.jit(lambda x: jnp.mean(x)), "median": jax.jit(lambda x: jnp.median(x))}


def summarize(average_method, x):
    if average_method not in programs:
        raise ValueError(f"no program for {average_method}")
    return programs[average_method](x)
