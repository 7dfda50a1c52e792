"""A compiled step inside, and updates added by hand."""

import jax


def run_optimizer(optimizer, f, w, n):
    """n steps of any optimizer."""

    @jax.jit
    def step(w, memory):
        value, g = jax.value_and_grad(f)(w)
        u, memory = optimizer.update(g, memory, w)
        return jax.tree.map(lambda a, b: a + b, w, u), memory, value

    memory = optimizer.init(w)
    losses = []
    for _ in range(n):
        w, memory, value = step(w, memory)
        losses.append(float(value))
    return w, memory
