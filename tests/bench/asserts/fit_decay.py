# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np


def expected(times, amounts, rate, steps):
    for k in range(steps):
        left = np.exp(-rate * times)
        rate = rate - 0.5 / (1 + k) * np.mean(2 * (left - amounts) * -times * left)
    return rate


rng = np.random.default_rng(12)
times = np.array([0.0, 1.0, 2.0, 4.0], np.float32)
cases = [(times, np.exp(-0.7 * times), 0.2, steps) for steps in (1, 2, 5, 9)]
cases += [(np.float32([0.5, 3.0, 1.5]), np.float32([0.9, 0.35, 0.6]), 1.5, 4)]
cases += [(np.float32(rng.uniform(0.3, 3, size=9)), np.float32(rng.uniform(0, 1, size=9)), 0.8, 20)]
for times, amounts, start, steps in cases:
    got = fit_decay(jnp.array(times), jnp.array(amounts), jnp.float32(start), steps)
    np.testing.assert_allclose(got, expected(times, amounts, start, steps), rtol=1e-3)
