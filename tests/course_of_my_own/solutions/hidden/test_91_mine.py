"""Hidden checks of my own, 91_mine."""

import jax.numpy as jnp

from dlfb_lab import expect_close


def test_plate_mean_of_a_large_plate(plate_mean, reference, rng):
    """Each row of a large plate has its own mean."""
    plate = jnp.array(rng.normal(size=(8, 12)), jnp.float32)
    expect_close(plate_mean(plate), reference(plate))
