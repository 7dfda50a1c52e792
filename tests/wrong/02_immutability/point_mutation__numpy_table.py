"""Takes the new row out of a NumPy table, which needs a base that is known."""
# diagnosis: numpy-on-tracer

import numpy as np

ROWS = np.eye(4, dtype=np.float32)


def point_mutation(onehot, pos, base):
    return onehot.at[pos].set(ROWS[base])
