# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(8)
for library in (jnp, np):
    for dishes in (13, 1):
        state = {
            "day": int(rng.integers(0, 90)),
            "counts": library.array(rng.uniform(1.0, 900.0, size=dishes), "float32"),
            "rate": library.array(rng.uniform(-0.9, 2.0, size=dishes), "float32"),
            "celsius": 37,
            "volume": library.array(rng.uniform(1.0, 5.0, size=dishes), "float32"),
        }
        before = {name: np.array(value) for name, value in state.items()}
        for run in (grow_population, jax.jit(grow_population)):
            got = run(state)
            assert set(got) >= set(before)
            np.testing.assert_allclose(got["counts"], before["counts"] * (1 + before["rate"]), rtol=1e-5)
            assert got["day"] == before["day"] + 1
            for name in ("rate", "celsius", "volume"):
                np.testing.assert_allclose(got[name], before[name])
            assert set(state) == set(before)
            for name, value in before.items():
                np.testing.assert_array_equal(state[name], value)
