# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def first_place(weights, onehot):
    return 1.5 * jnp.sum(weights * onehot[: weights.shape[0]])


def best_place(weights, onehot):
    places = range(onehot.shape[0] - weights.shape[0] + 1)
    scores = jnp.stack([jnp.sum(weights * onehot[i : i + weights.shape[0]]) for i in places])
    return jax.nn.logsumexp(scores)


rng = np.random.default_rng(80)
for score, length, width in ((first_place, 6, 6), (first_place, 9, 4), (best_place, 11, 4), (first_place, 1, 1)):
    weights = jnp.array(rng.choice([-1, 1], size=(width, 4)) * rng.uniform(0.3, 2.0, size=(width, 4)), jnp.float32)
    onehot = jnp.array(np.eye(4)[rng.integers(0, 4, size=length)], jnp.float32)
    slopes = np.asarray(jax.grad(score, argnums=1)(weights, onehot))
    right = slopes - np.sum(slopes * np.asarray(onehot), axis=1, keepdims=True)
    np.testing.assert_allclose(mutation_effects(score, weights, onehot), right, rtol=1e-3, atol=1e-4)
