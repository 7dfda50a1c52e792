"""Makes the layers in `setup`, and gives them the flags when they run."""

import flax.linen as nn


class RegularizedModel(nn.Module):
    width: int
    rate: float = 0.5

    def setup(self):
        self.first = nn.Dense(self.width)
        self.norm = nn.BatchNorm()
        self.drop = nn.Dropout(self.rate)
        self.last = nn.Dense(1)

    def __call__(self, x, train: bool = False):
        x = self.norm(self.first(x), use_running_average=not train)
        x = self.drop(nn.relu(x), deterministic=not train)
        return self.last(x)
