"""Cuts the windows itself, and uses a dense layer with more axes for the filters."""

import flax.linen as nn
import jax.numpy as jnp


class MotifCNN(nn.Module):
    filters: int
    width: int

    @nn.compact
    def __call__(self, seqs):
        places = seqs.shape[1] - self.width + 1
        windows = jnp.stack([seqs[:, i : i + self.width] for i in range(places)], axis=1)
        hits = nn.DenseGeneral(self.filters, axis=(-2, -1))(windows)
        return nn.Dense(1, name="out")(jnp.max(nn.relu(hits), axis=1))
