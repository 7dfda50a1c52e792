"""Differentiates by two numbers and puts them into a dictionary."""

import jax
import jax.numpy as jnp


def sse(Vmax, Km, S, v):
    return ((Vmax * S / (Km + S) - v) ** 2).sum()


def enzyme_grad(S: jax.Array, v: jax.Array, params: dict) -> dict:
    """d SSE / d Vmax and d SSE / d Km."""
    d_vmax, d_km = jax.grad(sse, argnums=(0, 1))(params["Vmax"], params["Km"], S, v)
    return {"Km": d_km, "Vmax": d_vmax}
