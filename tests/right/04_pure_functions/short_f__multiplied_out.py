"""Multiplied out, compiled, with types."""

import jax


@jax.jit
def short_f(x: jax.Array) -> jax.Array:
    """The mean of x² + 4x + 7."""
    return (x * x + 4 * x + 7).mean()
