"""The key ledger: what did a call do with its random keys?

Theory of operation. Every sampler of `jax.random`, and `split` and `fold_in`, are wrapped so that they first mark their
key, and the last two their children too: they bind an identity primitive on the key's data, which says what the key
serves for. What happens next depends on how the call is run.

- Sliced. The call is traced with only its keys abstract, under `disable_jit` so that jitted functions and `scan`
  unfold. The marks are then equations of a jaxpr. We keep just the equations that lead from the call's keys to the
  marks (key derivations: no sampling, none of the student's arithmetic), run them, and read the keys off. A mark
  under `vmap` sees its whole batch, because the primitive's batching rule keeps the batch together.
- Eager. A function that branches on a drawn value cannot be traced like that. Then the call runs as it is, under
  `disable_jit`, and the primitive's own implementation writes down each key that passes.

Limits. Marks inside `custom_vjp` or `checkpoint`, whose bodies do not unfold, and inside a `cond` or `while_loop` on a
traced value are seen only by the eager run. A draw inside a `checkpoint` under `grad` is not seen at all. A `cond`
under `vmap` runs both its branches, and both count. One key that a `vmap` shares between its replicates is one mark:
compare the replicates' values to find that. A sampler that was imported by name is seen under that name, but not in a
container or a default.
Cost: 20 to 250 ms, mostly the first compilation of the slice. Source: JAX documentation, "Pseudorandom numbers".
"""

import contextlib
import functools
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.core import ClosedJaxpr, Jaxpr, Primitive, jaxpr_as_fun
from jax.interpreters import batching

from dlfb_lab.probes._reach import module_of

SAMPLERS = tuple(
    (
        "ball bernoulli beta binomial bits categorical cauchy chisquare choice dirichlet "
        "double_sided_maxwell exponential f gamma generalized_normal geometric gumbel laplace loggamma "
        "logistic lognormal maxwell multinomial multivariate_normal normal orthogonal pareto permutation "
        "poisson rademacher randint rayleigh t triangular truncated_normal uniform wald weibull_min"
    ).split()
)
# What a key can serve for: a draw, a split or a fold-in; or come from: a split or a fold-in.
USES = ("drawn", "split", "folded", "split_children", "fold_children")
MAX_KEYS = 20_000

_make_jaxpr, _disable_jit = jax.make_jaxpr, jax.disable_jit  # bound early: a notebook may put others in their places
_mark = Primitive("dlfb_key_mark")
_log: list[tuple[str, Any]] = []


def _record(key_data: Any, use: str) -> Any:
    _log.append((use, key_data))
    return key_data


def _mark_batch(args: Any, dims: Any, use: str) -> Any:
    return _mark.bind(args[0], use=use), dims[0]


_mark.def_impl(_record)
_mark.def_abstract_eval(lambda key_data, use: key_data)
batching.primitive_batchers[_mark] = _mark_batch


def key_uses(run: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, np.ndarray] | None:
    """The data of every key that `run(*args, **kwargs)` uses, by use, in order.

    Returns:
        For each of `USES` u32[n, 2] (a row a key; other key types have other widths), or None when the call could not
        be observed.
    """
    with _makers_marked(run), _disable_jit():
        for attempt in (_sliced, _eager):
            try:
                return _rows(attempt(run, args, kwargs))
            except Exception:
                continue
    return None


def _sliced(run: Callable[..., Any], args: Any, kwargs: Any) -> list[tuple[str, Any]]:
    leaves, tree = jax.tree.flatten((args, kwargs))
    places = [place for place, leaf in enumerate(leaves) if _is_key_like(leaf)]

    def of_keys(*keys: Any) -> Any:
        filled = list(leaves)
        for place, key in zip(places, keys, strict=True):
            filled[place] = key
        again_args, again_kwargs = jax.tree.unflatten(tree, filled)
        run(*again_args, **again_kwargs)

    keys = [leaves[place] for place in places]
    closed = _make_jaxpr(of_keys)(*keys)
    if any(_hides_mark(equation) for equation in closed.jaxpr.eqns):
        raise NotImplementedError("a mark in a body that does not unfold")
    uses = [equation.params["use"] for equation in closed.jaxpr.eqns if equation.primitive is _mark]
    with _disable_jit(False):
        return list(zip(uses, jaxpr_as_fun(_slice_to_marks(closed))(*keys), strict=True))


def _slice_to_marks(closed: ClosedJaxpr) -> ClosedJaxpr:
    whole = closed.jaxpr
    marked = [equation.invars[0] for equation in whole.eqns if equation.primitive is _mark]
    live, kept = {id(var) for var in marked}, []
    for equation in reversed(whole.eqns):
        if any(id(var) in live for var in equation.outvars):
            if equation.primitive is not _mark:
                kept.append(equation)
            live |= {id(var) for var in equation.invars}
    with warnings.catch_warnings():
        # It misses debug information, of which a program that nobody will read has no need.
        warnings.simplefilter("ignore", DeprecationWarning)
        return ClosedJaxpr(Jaxpr(whole.constvars, whole.invars, marked, kept[::-1]), closed.consts)


def _hides_mark(equation: Any) -> bool:
    return equation.primitive is not _mark and "dlfb_key_mark" in str(equation.params)


def _eager(run: Callable[..., Any], args: Any, kwargs: Any) -> list[tuple[str, Any]]:
    _log.clear()
    try:
        run(*args, **kwargs)
        return list(_log)
    finally:
        _log.clear()


def _rows(marked: list[tuple[str, Any]]) -> dict[str, np.ndarray]:
    rows: dict[str, list[np.ndarray]] = {use: [] for use in USES}
    for use, data in marked:
        rows[use].append(np.asarray(data, np.uint32).reshape(-1, np.shape(data)[-1]))
    none = np.zeros((0, 2), np.uint32)
    return {use: np.concatenate(found)[:MAX_KEYS] if found else none for use, found in rows.items()}


def _is_key_like(leaf: Any) -> bool:
    """A typed key, or what may be a raw one."""
    if not isinstance(leaf, jax.Array):
        return False
    if jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key):
        return True
    return leaf.dtype == np.uint32 and leaf.ndim > 0 and leaf.shape[-1] == 2


@contextlib.contextmanager
def _makers_marked(run: Callable[..., Any]) -> Iterator[None]:
    """Wrap what uses keys, in `jax.random` and under any name the student's own module has for it."""
    known = {name: getattr(jax.random, name) for name in SAMPLERS if hasattr(jax.random, name)}
    wrapped = {id(sampler): _marking_draw(sampler) for sampler in known.values()}
    for name, use, children in (("split", "split", "split_children"), ("fold_in", "folded", "fold_children")):
        known[name] = getattr(jax.random, name)
        wrapped[id(known[name])] = _marking_children(known[name], use, children)
    namespace = module_of(run)
    imported = {name: value for name, value in namespace.items() if id(value) in wrapped}
    try:
        for name, sampler in known.items():
            setattr(jax.random, name, wrapped[id(sampler)])
        namespace.update({name: wrapped[id(value)] for name, value in imported.items()})
        yield
    finally:
        for name, sampler in known.items():
            setattr(jax.random, name, sampler)
        namespace.update(imported)


def _marking_draw(sampler: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(sampler)
    def mark_then_sample(*args: Any, **kwargs: Any) -> Any:
        _bind(args[0] if args else kwargs.get("key"), "drawn")
        return sampler(*args, **kwargs)

    return mark_then_sample


def _marking_children(maker: Callable[..., Any], use: str, children_use: str) -> Callable[..., Any]:
    @functools.wraps(maker)
    def mark_then_make(*args: Any, **kwargs: Any) -> Any:
        _bind(args[0] if args else kwargs.get("key"), use)
        children = maker(*args, **kwargs)
        _bind(children, children_use)
        return children

    return mark_then_make


def _bind(key: Any, use: str) -> None:
    if isinstance(key, jax.Array):
        typed = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
        _mark.bind(jax.random.key_data(key) if typed else key, use=use)
