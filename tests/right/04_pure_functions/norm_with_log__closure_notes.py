"""An inner function notes each step, in a list of the call."""

import jax.numpy as jnp


def norm_with_log(x):
    notes = []

    def note(value):
        notes.append(value)
        return value

    root = jnp.sqrt(note(jnp.sum(note(x**2))))
    return root, notes
