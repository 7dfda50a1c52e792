# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(6)
for k, length in ((3, 7), (1, 4), (3, 3), (2, 5), (1, 1), (5, 31)):
    pwm = rng.normal(size=(k, 4)).astype(np.float32)
    x = np.eye(4, dtype=np.float32)[rng.integers(0, 4, size=(2, length))]
    right = [[(pwm * one[i : i + k]).sum() for i in range(length - k + 1)] for one in x]
    for f in (scan_motif, jax.jit(scan_motif)):
        np.testing.assert_allclose(f(jnp.array(pwm), jnp.array(x[0])), right[0], rtol=1e-4, atol=1e-5)
    got = jax.vmap(scan_motif, in_axes=(None, 0))(jnp.array(pwm), jnp.array(x))
    np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-5)
lengths = [len(jax.make_jaxpr(scan_motif)(jnp.zeros((3, 4)), jnp.zeros((n, 4))).eqns) for n in (6, 18)]
assert lengths[1] - lengths[0] < 12
