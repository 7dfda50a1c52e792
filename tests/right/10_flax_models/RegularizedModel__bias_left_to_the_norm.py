"""Leaves the bias of the first layer to the normalization, which has one."""

import flax.linen as nn


class Block(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(self.width, use_bias=False)(x)
        x = nn.BatchNorm(use_running_average=not train)(x)
        return nn.Dropout(self.rate, deterministic=not train)(nn.relu(x))


class RegularizedModel(nn.Module):
    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        return nn.Dense(1)(Block(self.width, self.rate)(x, train))
