# ruff: noqa: F821
import jax.numpy as jnp
import numpy as np

entered = []


def line(x):
    entered.append(1)
    return 2 * x + 1


def product(x, y):
    return x * y


g, count = with_trace_count(line)
other, other_count = with_trace_count(line)
assert count() == 0
for length, traces in ((3, 1), (3, 1), (4, 2), (3, 2), (5, 3)):
    np.testing.assert_allclose(g(jnp.ones(length)), [3] * length)
    assert count() == traces
    assert len(entered) == traces
for number, traces in ((2.0, 4), (5.0, 4), (jnp.float32(2.0), 5)):
    g(number)
    assert count() == traces
assert other_count() == 0
other(jnp.ones(3))
assert (count(), other_count()) == (5, 1)
both, _ = with_trace_count(product)
np.testing.assert_allclose(both(jnp.arange(3.0), 10.0), [0, 10, 20])
