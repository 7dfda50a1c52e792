"""Makes Python numbers, which cannot work inside jit."""
# diagnosis: concrete-value-in-jit

import jax.numpy as jnp


def grow_population(state):
    counts = [float(n) * (1 + float(r)) for n, r in zip(state["counts"], state["rate"], strict=True)]
    return {**state, "day": state["day"] + 1, "counts": jnp.array(counts)}
