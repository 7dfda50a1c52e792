"""The probe that runs an answer inside `jax.jit`, where arrays have shapes but no values yet."""

from typing import Any

import jax

from dlfb_lab.probes._registry import probe
from dlfb_lab.probes._settings import compiling

_jit = jax.jit  # bound early: a notebook may put another function in its place


@probe
def jitted(answer: Any, *args: Any, static: tuple[int, ...] = ()) -> Any:
    """What `answer(*args)` returns inside `jax.jit`, with the arguments at the places in `static` static.

    Raises what the answer raises, such as a TracerBoolConversionError. Measured: 20 to 60 ms a new shape, mostly
    compilation.
    """
    with compiling():
        return _jit(answer, static_argnums=static)(*args)
