"""How often JAX traces and compiles functions of the student's own, as JAX itself reports it."""

import contextlib
import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jax

from dlfb_lab._data import is_jitted
from dlfb_lab.probes._reach import code_within, is_own_function, unwrapped

TRACE = "/jax/core/compile/jaxpr_trace_duration"
COMPILE = "/jax/core/compile/backend_compile_duration"


@contextlib.contextmanager
def counting(names: frozenset[str]) -> Iterator[Counter[str]]:
    """Count JAX's events of tracing and compiling functions called `names`."""
    counts: Counter[str] = Counter()

    def listen(event: str, duration_secs: float, **details: str | int) -> None:
        name = str(details.get("fun_name", ""))
        if name in names or (name.startswith("jit(") and name[4:-1] in names):
            counts[event] += 1

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        yield counts
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)


def own_names(answer: Any) -> frozenset[str]:
    """The names under which JAX reports traces of the student's own functions (eager operations have others)."""
    plain = unwrapped(answer)
    if not inspect.isfunction(plain):
        return frozenset({"<lambda>", getattr(plain, "__name__", "<lambda>")})
    code = [plain.__code__, *(unwrapped(other).__code__ for other in _beside(plain))]
    return frozenset(inner.co_name for one in code for inner in code_within(one)) | {plain.__name__}


def forget_programs(answer: Any) -> None:
    """Drop what JAX has compiled of the answer, and of compiled functions beside it.

    Else a function that was called before, by its author or by an earlier check, would be traced no more.
    """
    for function in [answer, *_beside(unwrapped(answer))]:
        if is_jitted(function):
            function.clear_cache()


def _beside(function: Any) -> list[Any]:
    """The student's other functions in the module of `function`, in their wrappers."""
    others = list(getattr(function, "__globals__", {}).values())
    return [other for other in others if callable(other) and is_own_function(unwrapped(other))]
