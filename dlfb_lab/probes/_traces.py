"""How often JAX traces and compiles functions of the student's own, as JAX itself reports it."""

import contextlib
import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jax

from dlfb_lab._data import is_jitted
from dlfb_lab.probes._reach import code_within, followed, is_own_function, module_of, reached, unwrapped

TRACE = "/jax/core/compile/jaxpr_trace_duration"
COMPILE = "/jax/core/compile/backend_compile_duration"
MAX_ENTRIES = 100


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
    functions = [plain] if inspect.isfunction(plain) else []
    functions += [unwrapped(value) for value in _nearby(answer) if is_own_function(unwrapped(value))]
    names = {code.co_name for function in functions for code in code_within(function.__code__)}
    return frozenset(names | {getattr(plain, "__name__", "<lambda>")} | (set() if functions else {"<lambda>"}))


def forget_programs(answer: Any) -> None:
    """Drop what JAX has compiled of the answer, and of compiled functions near it.

    Else a function that was called before, by its author or by an earlier check, would be traced no more.
    """
    for value in [answer, *_nearby(answer)]:
        if is_jitted(value) and (value is answer or is_own_function(unwrapped(value))):
            value.clear_cache()


def _nearby(answer: Any) -> list[Any]:
    """What the answer is made of, what stands in its module, and what containers among that hold."""
    near = [answer, *followed(answer), *reached(answer).values()]
    near += module_of(answer).values()
    return near + [entry for value in near for entry in _entries(value)]


def _entries(value: Any) -> list[Any]:
    if type(value) in (list, tuple):
        return list(value[:MAX_ENTRIES])
    return list(value.values())[:MAX_ENTRIES] if type(value) is dict else []
