"""A function that chains the layers."""

import flax.linen as nn


def MotifCNN(filters, width):
    return nn.Sequential([
        nn.Conv(features=filters, kernel_size=width, padding="VALID"),
        nn.relu,
        lambda x: x.max(axis=-2),
        nn.Dense(features=1),
    ])
