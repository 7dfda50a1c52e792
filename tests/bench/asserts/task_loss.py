# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np
import optax

rng = np.random.default_rng(9)
jitted = jax.jit(task_loss, static_argnums=0)


def expect(kind, outputs, targets, right):
    for run in (task_loss, jitted):
        got = run(kind, outputs, targets)
        assert got.shape == ()
        np.testing.assert_allclose(got, right, rtol=1e-4, atol=1e-4)


for n in (1, 3, 8):
    outputs, numbers = jnp.float32(rng.normal(size=n)), jnp.float32(rng.normal(size=n))
    truths = jnp.array(rng.integers(0, 2, size=n))
    for a, b in ((1, 1), (0, 1), (1, 0), (0, 0)):
        given = outputs if a else outputs[:, None]
        expect("number", given, numbers if b else numbers[:, None], ((outputs - numbers) ** 2).mean())
        right = optax.sigmoid_binary_cross_entropy(outputs, truths).mean()
        expect("yes_no", given, truths if b else jnp.float32(truths)[:, None], right)
    logits, classes = jnp.float32(rng.normal(size=(n, 5))), jnp.array(rng.integers(0, 5, size=n), jnp.int32)
    right = optax.softmax_cross_entropy_with_integer_labels(logits, classes).mean()
    expect("one_of_many", logits, classes, right)
    labels = jnp.array(rng.integers(0, 2, size=(n, 5)))
    expect("any_of_many", logits, labels, optax.sigmoid_binary_cross_entropy(logits, labels).mean())
sure = jnp.array([[1000.0, -1000.0], [-1000.0, 1000.0], [400.0, -300.0]])
expect("yes_no", sure[:, 0], jnp.array([0, 0, 1]), 1000 / 3)
expect("one_of_many", sure, jnp.array([0, 1, 1], jnp.int32), 700 / 3)
expect("any_of_many", sure, jnp.float32([[1, 0], [0, 1], [0, 0]]), 400 / 6)
