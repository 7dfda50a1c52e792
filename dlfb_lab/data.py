"""Data that the labs make themselves, so that nothing has to be downloaded."""

import jax
import jax.numpy as jnp

from dlfb_lab._line_points import X as _LINE_X
from dlfb_lab._line_points import Y as _LINE_Y


def cell_image(key: jax.Array, size: int = 16) -> jax.Array:
    """A gray image of one round cell with a darker nucleus, f32[size, size] with values from 0 to 1.

    Cell and nucleus lie off the middle, to the upper left: each of the four ways to flip the image looks different.
    """
    center_key, radius_key, nucleus_key = jax.random.split(key, 3)
    row, column = jax.random.uniform(center_key, (2,), minval=0.36, maxval=0.44) * size
    radius = jax.random.uniform(radius_key, minval=0.24, maxval=0.3) * size
    down, right = jax.random.uniform(nucleus_key, (2,), minval=-0.1, maxval=-0.04) * size
    body = _disk(size, row, column, radius)
    nucleus = _disk(size, row + down, column + right, 0.4 * radius)
    return 0.4 * body + 0.6 * body * nucleus


def _disk(size: int, row: jax.Array, column: jax.Array, radius: jax.Array) -> jax.Array:
    """1 inside a circle, 0 outside, with an edge one pixel wide: f32[size, size]."""
    places = jnp.arange(size)
    distance = jnp.hypot(places[:, None] - row, places[None, :] - column)
    return jnp.clip(radius - distance + 0.5, 0.0, 1.0)


def line_points() -> tuple[jax.Array, jax.Array]:
    """The hundred noisy points along y = 2x + 1 of the book's first model: (x: f32[100, 1], y: f32[100, 1])."""
    x, y = (jnp.array([float(word) for word in table.split()], jnp.float32)[:, None] for table in (_LINE_X, _LINE_Y))
    return x, y
