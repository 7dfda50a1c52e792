"""`observe`: run an answer once, or a few times, and say what could be seen from beside it."""

import contextlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlfb_lab.probes._forms import Form, anything, checked, is_count, list_of, none_or, of_type
from dlfb_lab.probes._keys import MAX_KEYS, USES, key_uses
from dlfb_lab.probes._leaks import leaks
from dlfb_lab.probes._printed import printed_lines
from dlfb_lab.probes._program import primitives_of
from dlfb_lab.probes._registry import probe
from dlfb_lab.probes._settings import compiling, settings_kept
from dlfb_lab.probes._traces import COMPILE, TRACE, counting, forget_programs, own_names

WATCHES = frozenset("keys leaks primitives printed settings traces warnings".split())


@dataclass(frozen=True)
class KeyUses:
    """The data of every key that a call used, in order, as bytes.

    Attributes:
        drawn: keys handed to a sampler.
        split: keys handed to `split`.
        folded: keys handed to `fold_in`.
        split_children: keys that `split` made.
        fold_children: keys that `fold_in` made.
    """

    drawn: tuple[bytes, ...]
    split: tuple[bytes, ...]
    folded: tuple[bytes, ...]
    split_children: tuple[bytes, ...]
    fold_children: tuple[bytes, ...]


@dataclass(frozen=True)
class Seen:
    """What was seen of a call. What was not watched for, or could not be seen, is None.

    Attributes:
        value: what the call returned.
        calls: how many calls there were, those of `again` among them.
        inputs_after: the positional arguments after the call, to compare with what was sent.
        key_uses: what the random keys served for.
        traces: how often JAX traced a function of the student's own, over the call and `again`.
        compiles: how often it compiled one.
        primitives: how often each primitive occurs in the jaxpr, inner ones included.
        leaks: whether a tracer outlived its trace.
        warnings: the texts of the warnings.
        printed: the lines printed by the call and by `again`, those of `jax.debug.print` among them.
        settings: the names of JAX's settings that the calls left changed, such as "jax_disable_jit"; now put back.
    """

    value: Any
    calls: int
    inputs_after: tuple[Any, ...]
    key_uses: KeyUses | None
    traces: int | None
    compiles: int | None
    primitives: dict[str, int] | None
    leaks: bool | None
    warnings: tuple[str, ...] | None
    printed: tuple[str, ...] | None
    settings: tuple[str, ...] | None

    @property
    def keys(self) -> tuple[bytes, ...] | None:
        """The data of every key handed to a sampler."""
        return None if self.key_uses is None else self.key_uses.drawn

    @property
    def repeated_keys(self) -> int:
        """How many times a key was consumed that had been consumed before; 0 when keys were not seen."""
        return 0 if self.keys is None else len(self.keys) - len(set(self.keys))


def observe(answer: Any, *args: Any, watch: str = "", again: Sequence[Sequence[Any]] = (), **kwargs: Any) -> Seen:
    """Call `answer(*args, **kwargs)`, then once with each of the argument lists in `again`; see `Seen`.

    `watch` names what else to look at, separated by spaces: keys traces primitives leaks warnings printed
    settings. A call that raises raises here too. Measured, warm: value, primitives, traces, printed, settings 1 to 8
    ms; leaks 5 to 200 ms; keys 20 to 250 ms.
    """
    unknown = set(watch.split()) - WATCHES
    if unknown:
        raise ValueError(f"observe cannot watch {', '.join(sorted(unknown))}; it knows {', '.join(sorted(WATCHES))}")
    got = observation(answer, list(args), kwargs, watch, [list(more) for more in again])
    parts = checked(got, _FORMS, "the call")
    rows = parts.pop("keys")
    for name in ("inputs_after", "warnings", "printed", "settings"):
        parts[name] = None if parts[name] is None else tuple(parts[name])
    return Seen(
        **parts,
        calls=1 + len(again),
        key_uses=None if rows is None else KeyUses(**{use: _as_bytes(rows[use]) for use in USES}),
    )


def _is_key_rows(part: Any) -> bool:
    return type(part) is dict and part.keys() == set(USES) and all(_is_rows(rows) for rows in part.values())


def _is_rows(rows: Any) -> bool:
    return isinstance(rows, np.ndarray) and rows.dtype == np.uint32 and rows.ndim == 2 and len(rows) <= MAX_KEYS


def _as_bytes(rows: np.ndarray) -> tuple[bytes, ...]:
    return tuple(row.tobytes() for row in rows)


# What may come back from the student's process.
_FORMS: dict[str, Form] = {
    "value": anything,
    "inputs_after": of_type(list),
    "traces": none_or(of_type(int)),
    "compiles": none_or(of_type(int)),
    "primitives": none_or(is_count),
    "leaks": none_or(of_type(bool)),
    "warnings": none_or(list_of(of_type(str))),
    "printed": none_or(list_of(of_type(str))),
    "settings": none_or(list_of(of_type(str))),
    "keys": none_or(_is_key_rows),
}


@probe
def observation(
    answer: Any, args: list[Any], kwargs: dict[str, Any], watch: str, again: list[list[Any]]
) -> dict[str, Any]:
    """The raw observation behind `observe`, as plain data. Runs where the answer lives."""
    watched = set(watch.split())
    if "traces" in watched:
        forget_programs(answer)
    lines: list[str] = []
    changed: list[str] = []
    with contextlib.ExitStack() as around:
        counts = around.enter_context(counting(own_names(answer)))
        caught = around.enter_context(warnings.catch_warnings(record=True))
        if "printed" in watched:
            around.enter_context(printed_lines(lines))
        if "settings" in watched:
            around.enter_context(settings_kept(changed, alarms_off=True))
        elif "traces" in watched:
            around.enter_context(compiling())
        warnings.simplefilter("always")
        value = answer(*args, **kwargs)
        for more in again:
            answer(*more)
    return {
        "value": value,
        "inputs_after": args,
        "traces": counts[TRACE] if "traces" in watched else None,
        "compiles": counts[COMPILE] if "traces" in watched else None,
        "warnings": [str(w.message)[:500] for w in caught[:20]] if "warnings" in watched else None,
        "printed": lines if "printed" in watched else None,
        "settings": changed if "settings" in watched else None,
        "keys": key_uses(answer, tuple(args), kwargs) if "keys" in watched else None,
        "primitives": primitives_of(answer, args, kwargs) if "primitives" in watched else None,
        "leaks": leaks(answer, args, kwargs) if "leaks" in watched else None,
    }
