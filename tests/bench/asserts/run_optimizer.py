# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

starts = []


def loss(w):
    return jnp.sum((w - 1.0) ** 2)


def tree_loss(parts):
    return loss(parts["a"]) + loss(parts["b"])


def counted(tx):
    def init(params):
        starts.append(1)
        return tx.init(params)

    return optax.GradientTransformation(init, tx.update)


start = jnp.array([0.0, 4.0])
for make in (
    lambda: optax.sgd(0.25),
    lambda: optax.sgd(0.1, momentum=0.9),
    lambda: optax.adam(0.1),
    lambda: optax.adamw(0.1, weight_decay=0.1),
):
    for steps in (0, 1, 3, 6):
        starts.clear()
        got, got_state = run_optimizer(counted(make()), loss, start, steps)
        assert len(starts) == 1
        tx, params = make(), start
        state = tx.init(params)
        for _ in range(steps):
            updates, state = tx.update(jax.grad(loss)(params), state, params)
            params = optax.apply_updates(params, updates)
        np.testing.assert_allclose(got, params, rtol=1e-4, atol=1e-6)
        jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5), got_state, state)
got, _ = run_optimizer(optax.sgd(0.5), tree_loss, {"a": start, "b": start + 1}, 1)
np.testing.assert_allclose(got["a"], [1.0, 1.0])
np.testing.assert_allclose(got["b"], [1.0, 1.0])
