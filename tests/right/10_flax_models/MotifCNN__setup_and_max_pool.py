"""Makes the layers in `setup`, pools with Flax, and bends after pooling."""

import flax.linen as nn
import jax
import jax.numpy as jnp


class MotifCNN(nn.Module):
    filters: int
    width: int

    def setup(self):
        self.motifs = nn.Conv(self.filters, (self.width,), padding=0)
        self.score = nn.Dense(1)

    def __call__(self, x: jax.Array):
        h = self.motifs(x)
        h = nn.max_pool(h, window_shape=(h.shape[1],))
        h = h.reshape(len(x), -1)
        return self.score(jax.nn.relu(h))
