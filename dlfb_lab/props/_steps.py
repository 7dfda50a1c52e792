"""Steps of a pipeline, each a compiled function of one array."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from dlfb_lab.props._registry import prop

STEPS: dict[str, Callable[[jax.Array], jax.Array]] = {
    "center": lambda x: x - x.mean(),
    "clean": lambda x: jnp.nan_to_num(x, nan=1.0),
    "double": lambda x: 2 * x,
    "invert": lambda x: 1 / x,
    "log": jnp.log,
    "root": jnp.sqrt,
    "share": lambda x: x / x.sum(),
    "shift": lambda x: x + 1,
}


@prop
def pipeline_step(name: str) -> Callable[[jax.Array], jax.Array]:
    """The compiled step of that name, of `x: f32[n]`, as f32[n]: center clean double invert log root share shift.

    The logarithm and the root of a negative number are NaN. "clean" puts 1 in the place of every NaN.
    """
    step = STEPS[name]
    # Subtle: a function of its own, so that each prop is compiled anew. Once a `with jax.debug_nans(True)` has been
    # there, `jax.config.update("jax_debug_nans", True)` makes JAX look at first calls, and no more at repeated ones.
    return jax.jit(lambda x: step(x))
