"""Visible checks of the lab 91_mine."""

import jax.numpy as jnp

from dlfb_lab import expect_close


def test_plate_mean_of_a_small_plate(plate_mean):
    """Each row of a small plate has its own mean."""
    plate = jnp.array([[1.0, 2.0, 6.0], [0.0, 0.0, 3.0]])
    expect_close(plate_mean(plate), [3.0, 1.0], inputs={"plate": plate})
