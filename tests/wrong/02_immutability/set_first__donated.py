"""Gives the caller's array away for speed."""
# diagnosis: donated-buffer

from functools import partial

import jax


@partial(jax.jit, donate_argnums=0)
def set_first(b, v):
    return b.at[0].set(v)
