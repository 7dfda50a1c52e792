"""Takes a dense layer for the model, whose params then have no layer around them."""
# diagnosis: layer-drawn-alone

import flax.linen as nn


def untrained_line(key, x):
    model = nn.Dense(features=1)
    variables = model.init(key, x)
    return variables["params"], model.apply(variables, x)
