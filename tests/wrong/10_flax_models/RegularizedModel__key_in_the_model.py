"""Writes the key of dropout into the model."""
# diagnosis: same-units-dropped

import flax.linen as nn
import jax


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width)(x)
        x = nn.relu(nn.BatchNorm(use_running_average=not train)(x))
        x = nn.Dropout(self.rate)(x, deterministic=not train, rng=jax.random.key(0))
        return nn.Dense(1)(x)
