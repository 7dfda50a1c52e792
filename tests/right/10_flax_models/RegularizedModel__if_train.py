"""Asks with an if, and drops before it bends, which is the same."""

import flax.linen as nn
import jax.numpy as jnp


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        h = nn.Dense(features=self.width, name="into")(x)
        norm = nn.BatchNorm(name="normalize")
        if train:
            h = norm(h, use_running_average=False)
            h = nn.Dropout(rate=self.rate)(h, deterministic=False)
        else:
            h = norm(h, use_running_average=True)
        return nn.Dense(features=1, name="out")(jnp.maximum(h, 0))
