"""Steps of a pipeline, each a compiled function of one array."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from dlfb_lab.props._registry import prop

STEPS: dict[str, Callable[[jax.Array], jax.Array]] = {
    "bend": jnp.tanh,
    "center": lambda x: x - x.mean(),
    "clean": lambda x: jnp.nan_to_num(x, nan=1.0),
    "cube": lambda x: x * x * x,
    "double": lambda x: 2 * x,
    "invert": lambda x: 1 / x,
    "log": jnp.log,
    "root": jnp.sqrt,
    "share": lambda x: x / x.sum(),
    "shift": lambda x: x + 1,
}
NOT_COMPILED: dict[str, Callable[[jax.Array], jax.Array]] = {
    # Operation by operation, so that JAX's alarm sees the NaN that is thrown away.
    "log or 0": lambda x: jnp.where(x > 0, jnp.log(x), 0.0),
}


@prop
def pipeline_step(name: str) -> Callable[[jax.Array], jax.Array]:
    """The step of that name, of `x: f32[n]`, as f32[n]: bend center clean cube double invert log root share shift.

    The logarithm and the root of a negative number are NaN. "clean" puts 1 in the place of every NaN. All of these are
    compiled. "log or 0" is not: it makes a NaN of a negative number as well, but throws it away and returns 0.
    """
    if name in NOT_COMPILED:
        return NOT_COMPILED[name]
    step = STEPS[name]
    # Subtle: a function of its own, so that each prop is compiled anew. Once a `with jax.debug_nans(True)` has been
    # there, `jax.config.update("jax_debug_nans", True)` makes JAX look at first calls, and no more at repeated ones.
    return jax.jit(lambda x: step(x))
