"""Makes layers in one place, and lets an argument say what to return."""

import flax.linen as nn
import jax
import jax.numpy as jnp


class TwoLayerModel(nn.Module):
    width: int = 4
    outputs: int = 2

    @nn.compact
    def __call__(self, x: jax.Array, hidden_only: bool = False) -> jax.Array:
        h = jnp.maximum(nn.Dense(features=self.width, name="hidden")(x), 0)
        y = nn.Dense(features=self.outputs, name="readout")(h)
        return h if hidden_only else y

    def embed(self, x):
        return self(x, hidden_only=True)
