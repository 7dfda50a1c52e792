"""Keeps the averages, and normalizes with the batch all the same."""
# diagnosis: batch-mates-matter

import flax.linen as nn
import jax.numpy as jnp


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        normed = nn.BatchNorm(use_running_average=not train, use_scale=False, use_bias=False)(x)
        if not train:
            normed = (x - x.mean(0)) / jnp.sqrt(x.var(0) + 1e-5)
        x = nn.Dropout(self.rate, deterministic=not train)(nn.relu(normed))
        return nn.Dense(1)(x)
