"""Writes the normalization by hand, with the batch alone."""
# diagnosis: batch-mates-matter

import flax.linen as nn
import jax.numpy as jnp


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = (x - x.mean(axis=0)) / jnp.sqrt(x.var(axis=0) + 1e-5)
        scale = self.param("scale", nn.initializers.ones_init(), (self.width,))
        bias = self.param("bias", nn.initializers.zeros_init(), (self.width,))
        x = nn.relu(x * scale + bias)
        x = nn.Dropout(self.rate, deterministic=not train)(x)
        return nn.Dense(1)(x)
