"""Takes `np.asarray` for a copy: of a NumPy array it is the array itself."""
# diagnosis: input-changed

import jax.numpy as jnp
import numpy as np


def mask_reads(bases, phred, q):
    masked = np.asarray(bases)
    masked[np.asarray(phred) < q] = 4
    return jnp.asarray(masked)
