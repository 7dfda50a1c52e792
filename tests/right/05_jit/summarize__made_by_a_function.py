"""Lets a function make the compiled ones, once for each word."""

import jax
import jax.numpy as jnp


def make(name):
    def inner(x):
        return getattr(jnp, name)(x)

    return jax.jit(inner)


_programs = {name: make(name) for name in ("mean", "median")}


def summarize(average_method, x):
    try:
        program = _programs[average_method]
    except KeyError:
        raise ValueError("only mean and median") from None
    return program(x)
