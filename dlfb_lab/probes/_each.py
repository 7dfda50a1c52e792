"""`each`: many calls of an answer in one round trip, for what only many calls can show."""

from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

from dlfb_lab._data import is_key
from dlfb_lab._errors import CheckFailed
from dlfb_lab._finding import Finding
from dlfb_lab.probes._registry import probe

_jit = jax.jit  # bound early: a notebook may put another function in its place


def each(answer: Any, calls: Sequence[Sequence[Any]]) -> list[Any]:
    """`[answer(*args) for args in calls]`, sooner.

    A right answer may define a loop's body anew in each call, and JAX then compiles it in each call: 200 calls would
    take a minute. So the answer is compiled once as a whole, where it can be traced and its first result comes out the
    same; else it is called as it is. Raises what the answer raises. Measured: 0.1 ms a call, after 30 to 300 ms.
    """
    got = results(answer, [list(args) for args in calls])
    if type(got) is not list or len(got) != len(calls):
        raise CheckFailed(Finding("wrong-kind", f"{len(calls)} results were expected, one for each call."))
    return got


@probe
def results(answer: Any, calls: list[list[Any]]) -> list[Any]:
    """What `each` returns. Runs where the answer lives."""
    if not calls:
        return []
    first = answer(*calls[0])
    whole = _jit(answer)
    try:
        compiled = _alike(whole(*calls[0]), first)
    except Exception:  # whatever tracing it raises: it need not be traceable
        compiled = False
    run = whole if compiled else answer
    return [first, *(run(*args) for args in calls[1:])]


def _alike(one: Any, other: Any) -> bool:
    """Whether two results have the same structure, types of arrays, and values (up to the rounding of compilation)."""
    ones, one_tree = jax.tree.flatten(one)
    others, other_tree = jax.tree.flatten(other)
    same: bool = one_tree == other_tree  # type: ignore[operator]
    return same and all(_close(a, b) for a, b in zip(ones, others, strict=True))


def _close(a: Any, b: Any) -> bool:
    if not (isinstance(a, jax.Array) and isinstance(b, jax.Array)) or a.dtype != b.dtype or a.shape != b.shape:
        return False
    if is_key(a):
        a, b = jax.random.key_data(a), jax.random.key_data(b)
    return bool(np.allclose(np.asarray(a), np.asarray(b), rtol=1e-5, atol=1e-6))
