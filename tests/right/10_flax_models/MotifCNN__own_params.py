"""Declares the four arrays itself."""

import flax.linen as nn
import jax.numpy as jnp
from jax import lax


class MotifCNN(nn.Module):
    filters: int
    width: int

    @nn.compact
    def __call__(self, x):
        init = nn.initializers.lecun_normal()
        kernel = self.param("kernel", init, (self.width, 4, self.filters))
        bias = self.param("bias", nn.initializers.zeros_init(), (self.filters,))
        w = self.param("w", init, (self.filters, 1))
        b = self.param("b", nn.initializers.zeros_init(), (1,))
        y = lax.conv_general_dilated(x, kernel, (1,), "VALID", dimension_numbers=("NWC", "WIO", "NWC"))
        return jnp.maximum(y + bias, 0).max(1) @ w + b
