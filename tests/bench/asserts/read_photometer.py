# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(18)
for length in (3, 1, 8):
    light = rng.uniform(1.0, 9.0, size=length).astype(np.float32)
    for gain, dark in ((2.0, 1.0), (10.0, 1.0), (10.0, 3.0), (0.5, -2.0)):
        for kind in (float, jnp.float32):
            settings = {"gain": kind(gain), "dark": kind(dark)}
            for run in (read_photometer, jax.jit(read_photometer)):
                np.testing.assert_allclose(run(settings, jnp.array(light)), gain * (light - dark), rtol=1e-4, atol=1e-5)
                assert {name: float(number) for name, number in settings.items()} == {"gain": gain, "dark": dark}
plain_kinds = (int, float, list, dict)
held_outside = {name: repr(value) for name, value in globals().items() if type(value) in plain_kinds}
read_photometer({"gain": 7.25, "dark": 0.5}, jnp.ones(3))
assert held_outside == {name: repr(globals()[name]) for name in held_outside}
