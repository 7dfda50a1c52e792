"""Probes that read: attributes of an object, items of an iterator, facts of an array, the report of a spy."""

import itertools
from typing import Any

import numpy as np

from dlfb_lab._data import is_jax_data, is_jitted, is_numpy_data, kind_of
from dlfb_lab.probes._forms import anything, is_count, list_of, no_sense
from dlfb_lab.probes._registry import probe


@probe
def fields(target: Any, *names: str) -> dict[str, Any]:
    """The attributes of `target` called `names`, in one round trip; a missing one is left out."""
    return {name: getattr(target, name) for name in names if hasattr(target, name)}


@probe
def parts(target: Any) -> list[Any] | None:
    """The parts of a tuple of some other type, such as a NamedTuple; None for anything else."""
    return list(target) if isinstance(target, tuple) else None


def take(iterator: Any, n: int) -> list[Any]:
    """The next `n` items of `iterator`; fewer where it ends. What can be iterated anew begins at its start."""
    got = items(iterator, n)
    if not list_of(anything, n)(got):
        raise no_sense(f"A list of {n} items at most was expected.")
    return got


@probe
def items(iterator: Any, n: int) -> list[Any]:
    """What `take` returns. Runs where the iterator lives."""
    return list(itertools.islice(iterator, n))


def report(spy: Any) -> dict[str, int]:
    """What a spy of `dlfb_lab.props` has counted."""
    got = counts(spy)
    if not is_count(got):
        raise no_sense("What was counted has no sense.")
    return got


@probe
def counts(spy: Any) -> dict[str, int]:
    """What `report` returns. Runs where the spy lives."""
    found: dict[str, int] = spy.report()
    return found


@probe
def facts(value: Any) -> dict[str, Any]:
    """What `value` is: kind, whether a JAX array, and for arrays shape, dtype, weak type; for functions, jitted.

    Looks only at types it knows, so that an odd object cannot run code here.
    """
    known: dict[str, Any] = {"kind": kind_of(value), "is_jax": is_jax_data(value)}
    if is_jax_data(value) or is_numpy_data(value):
        known |= {"shape": tuple(np.shape(value)), "dtype": str(value.dtype)}
        known["weak_type"] = bool(getattr(value, "weak_type", False))
    known["jitted"] = is_jitted(value)
    return known
