# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(7)
x, y = (jnp.asarray(rng.normal(size=(6, width)), jnp.float32) for width in (3, 1))
variables = cell_model.init(jax.random.key(1), x, train=False)
stats = jax.tree.map(lambda leaf: leaf + 0.5, variables["batch_stats"])
state = CellState.create(apply_fn=cell_model.apply, params=variables["params"], tx=optax.sgd(0.1), batch_stats=stats)
differences = np.asarray(cell_model.apply({**variables, "batch_stats": stats}, x, train=False) - y)
for run in (eval_step, jax.jit(eval_step)):
    for rows in ([0], [3], [0, 3], [5, 4, 3, 2, 1, 0]):
        got = run(state, x[jnp.array(rows)], y[jnp.array(rows)])
        assert set(got) >= {"loss", "error"}
        for name, right in (("loss", differences[rows] ** 2), ("error", abs(differences[rows]))):
            assert got[name].shape == () and got[name].dtype == jnp.float32
            np.testing.assert_allclose(got[name], right.mean(), rtol=1e-4)
