"""Compiled, with a format and the old number beside the new one."""

import jax


@jax.jit
def reported_step(n: float, rate: float) -> jax.Array:
    """One hour of growth."""
    grown = n + rate * n
    jax.debug.print("{old:.1f} -> {new:.3f}", old=n, new=grown)
    return grown
