# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

for numbers, right in (([1, 2, 3, 4, 5], 10874275), ([5, 4, 3, 2], 10874274), ([2], 1024), ([3, 0, 1], 59050)):
    got = ten_power_sum(jnp.array(numbers))
    assert got.shape == () and got.dtype == jnp.int32
    assert int(got) == right
assert int(ten_power_sum(jnp.arange(37) % 3)) == 12 + 12 * 1024
rng = np.random.default_rng(5)
for length in (9, 1, 31):
    numbers = rng.integers(0, 7, size=length)
    assert int(ten_power_sum(jnp.array(numbers, jnp.int32))) == (numbers**10).sum()
