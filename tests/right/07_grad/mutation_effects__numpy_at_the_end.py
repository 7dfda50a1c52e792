"""Does the subtraction with NumPy."""

import jax
import numpy as np


def mutation_effects(score, weights, onehot):
    slopes = np.array(jax.grad(score, argnums=1)(weights, onehot))
    return slopes - slopes[np.arange(len(slopes)), np.asarray(onehot).argmax(1)][:, None]
