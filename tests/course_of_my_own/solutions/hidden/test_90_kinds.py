"""Hidden checks of my own, 90_kinds."""

import numpy as np

from dlfb_lab import expect_callable, expect_close


def test_dilutions_holds_for_a_whole_plate(dilutions, rng):
    """It holds for the 96 wells of a plate."""
    factors = [float(factor) for factor in rng.uniform(1, 9, size=96)]
    made = [expect_callable(dilute) for dilute in dilutions(factors)]
    expect_close(len(made), 96)
    for well in (0, 40, 95):
        expect_close(made[well](10.0), np.float64(10.0 / factors[well]))
