"""Compiled by a decorator, with the results taken apart later."""

import jax


@jax.jit
def train_step(state, x, y):
    """One step; the predictions come along."""

    def forward(params):
        preds = state.apply_fn({"params": params}, x)
        loss = ((preds - y) ** 2).mean()
        return loss, preds

    out, grads = jax.value_and_grad(forward, has_aux=True)(state.params)
    loss, preds = out
    new = state.apply_gradients(grads=grads)
    return new, (loss, preds)
