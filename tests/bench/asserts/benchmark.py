# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

from dlfb_lab import props

for form, repeats, right in (("dictionary", 3, 36.0), ("tuple", 3, 36.0), ("dictionary", 5, 40.0), ("tuple", 1, 31.0)):
    computer = props.fake_computer(form, 1.0)
    got = benchmark(computer.work, jnp.arange(3.0), 2.0, repeats=repeats, clock=computer.clock)
    np.testing.assert_allclose(got, right)
    seen = computer.report()
    assert seen["calls"] == repeats + 1
    assert seen["not waited for"] == 0
assert 0 < benchmark(jnp.sort, jnp.arange(1000), repeats=2) < 60
