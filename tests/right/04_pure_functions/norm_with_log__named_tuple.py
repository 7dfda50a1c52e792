"""The log is a named tuple."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Log(NamedTuple):
    squares: jax.Array
    total: jax.Array


def norm_with_log(x):
    squares = jnp.square(x)
    log = Log(squares, squares.sum())
    return jnp.sqrt(log.total), log
