"""Whether tracing an answer leaves a tracer behind: a placeholder of a trace that is over, of no use to anyone.

Two ways, since each sees what the other does not: a look at all that the answer can reach, after it was traced as `jit`
does and as `grad` does; then JAX's own check. The look comes first, for JAX takes a second to explain a leak.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab.probes._arguments import is_float, parted
from dlfb_lab.probes._reach import parts_of, reached
from dlfb_lab.probes._settings import compiling
from dlfb_lab.probes._traces import forget_programs

_make_jaxpr, _grad, _checking_leaks = jax.make_jaxpr, jax.grad, jax.checking_leaks  # bound early


def leaks(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> bool:
    """Whether a tracer outlives its trace: in a global, a closure, a default, an attribute, or a list held by one."""
    kept = {id(tracer): tracer for tracer in _tracers(answer)}  # an earlier leak of other code
    for trace in (_traced_by_jit, _traced_by_grad):
        forget_programs(answer)
        _fails(trace, answer, args, kwargs)
    if any(id(tracer) not in kept for tracer in _tracers(answer)):
        return True
    forget_programs(answer)
    with _checking_leaks():
        return "Leaked" in _fails(_traced_by_jit, answer, args, kwargs)


def _tracers(answer: Any) -> list[Any]:
    held = list(reached(answer).values())
    return [part for part in parts_of(held) if isinstance(part, jax.core.Tracer)]


def _fails(trace: Callable[..., Any], *given: Any) -> str:
    """What `trace` raises, as text: the answer need not be traceable, nor have a gradient."""
    try:
        trace(*given)
    except Exception as error:
        return str(error)
    return ""


def _traced_by_jit(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
    of_arrays, arrays, _ = parted(answer, args, kwargs)
    with compiling():
        _make_jaxpr(of_arrays)(*arrays)


def _traced_by_grad(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
    of_floats, floats, _ = parted(answer, args, kwargs, is_float)

    def total(*moved: Any) -> Any:
        return sum(jnp.sum(part) for part in jax.tree.leaves(of_floats(*moved)))

    _grad(total, argnums=tuple(range(len(floats))))(*floats)
