"""JAX's settings: what a call changes in them, and what an answer does under one of them."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import jax

from dlfb_lab.probes._registry import probe

# What a check may call a setting, and how it is switched on for a while.
SETTINGS: dict[str, Callable[[], contextlib.AbstractContextManager[Any]]] = {
    "no-jit": jax.disable_jit,
    "nan-stops": lambda: jax.debug_nans(True),
    "rank-promotion-raises": lambda: jax.numpy_rank_promotion("raise"),
    "no-tracing": lambda: jax.no_tracing(True),
    "transfer-guard": lambda: jax.transfer_guard("disallow"),
}
# These forbid what every first call does: it traces, and moves its constants to the device.
_AFTER_A_FIRST_CALL = ("no-tracing", "transfer-guard")
_ALARMS = ("jax_disable_jit", "jax_debug_nans", "jax_debug_infs", "jax_check_tracer_leaks", "jax_debug_key_reuse")
_disable_jit = jax.disable_jit  # bound early: a notebook may put another function in its place


def under(answer: Any, *args: Any, setting: str) -> Any:
    """What `answer(*args)` returns with one of JAX's settings on, which is off again afterward, also after an error.

    - no-jit: compiled functions run line by line, scans as Python loops (a Flax step takes a second or more).
    - nan-stops: the first NaN raises a FloatingPointError.
    - rank-promotion-raises: adding a vector to a matrix raises a ValueError. Legitimate in `X @ w + b`, so of use only
      around losses and the like.
    - no-tracing: a second call that traces anything raises; the answer is called once before, without.
    - transfer-guard: a second call that moves a NumPy array or a number to the device raises; likewise.

    Raises what the answer raises, and a ValueError for any other setting. Measured: 1 to 10 ms; nan-stops up to 200 ms.
    """
    if setting not in SETTINGS:
        raise ValueError(f"under knows no setting {setting!r}; it knows {', '.join(sorted(SETTINGS))}")
    return under_setting(answer, list(args), setting)


@probe
def under_setting(answer: Any, args: list[Any], setting: str) -> Any:
    """What `under` returns. Runs where the answer lives."""
    with settings_kept([]):
        if setting in _AFTER_A_FIRST_CALL:
            answer(*args)
        with SETTINGS[setting]():
            return answer(*args)


def compiling() -> contextlib.AbstractContextManager[Any]:
    """JAX compiles meanwhile, even where the notebook has left `jax_disable_jit` on."""
    return _disable_jit(False)


@contextlib.contextmanager
def settings_kept(changed: list[str], *, alarms_off: bool = False) -> Iterator[None]:
    """Put back what code changes in JAX's settings meanwhile, and add the names of those settings to `changed`.

    With `alarms_off`, those that a notebook may have left on are off at first: to switch on what is on changes nothing.
    A setting that a `with` left on which never ended is seen, but cannot be put back.
    """
    before = _settings()
    for name in _ALARMS if alarms_off else ():
        jax.config.update(name, False)
    start = _settings()
    try:
        yield
    finally:
        after = _settings()
        changed += [name for name in start if after[name] != start[name]]
        for name in before:
            if after[name] != before[name]:
                jax.config.update(name, before[name])


def _settings() -> dict[str, Any]:
    return {name: getattr(jax.config, name) for name in jax.config.values if hasattr(jax.config, name)}
