"""Whether tracing an answer leaves a tracer behind: a placeholder of a trace that is over, of no use to anyone.

Two ways, since each sees what the other does not: JAX's own check, and a look at all that the answer can reach, after
it was traced as `jit` does and as `grad` does.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab.probes._arguments import is_float, parted
from dlfb_lab.probes._reach import parts_of, reached
from dlfb_lab.probes._traces import forget_programs

_make_jaxpr, _grad, _checking_leaks = jax.make_jaxpr, jax.grad, jax.checking_leaks  # bound early


def leaks(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> bool:
    """Whether a tracer outlives its trace: in a global, a closure, a default, an attribute, or a list held by one."""
    forget_programs(answer)
    before = _tracers(answer)
    heard = _fails(_traced_by_jit, answer, args, kwargs)
    _fails(_traced_by_grad, answer, args, kwargs)
    kept = {id(tracer) for tracer in before}
    return "Leaked" in heard or any(id(tracer) not in kept for tracer in _tracers(answer))


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
    with _checking_leaks():
        _make_jaxpr(of_arrays)(*arrays)


def _traced_by_grad(answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> None:
    of_floats, floats, _ = parted(answer, args, kwargs, is_float)

    def total(*moved: Any) -> Any:
        return sum(jnp.sum(part) for part in jax.tree.leaves(of_floats(*moved)))

    _grad(total, argnums=tuple(range(len(floats))))(*floats)
