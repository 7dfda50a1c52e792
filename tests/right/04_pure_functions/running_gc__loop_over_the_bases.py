"""A scan over the bases of a read."""

import jax
import jax.numpy as jnp


def running_gc(counts, seq):
    def one(carry, base):
        gc, bases = carry
        return (gc + jnp.where((base == 1) | (base == 2), 1, 0), bases + 1), None

    (gc, bases), _ = jax.lax.scan(one, (counts["gc"], counts["bases"]), seq)
    return dict(gc=gc, bases=bases), gc.astype(jnp.float32) / bases.astype(jnp.float32)
