"""Writes the losses by hand, with logarithms that stay finite."""

import jax
import jax.numpy as jnp


def task_loss(kind, outputs, targets):
    if kind == "one_of_many":
        logs = jax.nn.log_softmax(outputs)
        return -jnp.mean(logs[jnp.arange(len(targets)), targets])
    a, t = outputs.reshape(-1), targets.reshape(-1)
    if kind == "number":
        return jnp.mean((a - t) ** 2)
    return jnp.mean(jnp.logaddexp(0, a) - t * a)
