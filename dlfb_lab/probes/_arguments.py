"""The arguments of a call, parted into what JAX traces and what is given as it is.

Arrays and floating-point numbers are traced. Whole numbers, texts and functions are not, since a program often depends
on them: a number of steps, a shape, a mode.
"""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from dlfb_lab._data import is_jax_data, is_numpy_data

Chosen = Callable[[Any], bool]


def is_traced(leaf: Any) -> bool:
    """Whether `leaf` is an array, a random key or a floating-point number."""
    return is_jax_data(leaf) or is_numpy_data(leaf) or type(leaf) in (float, complex)


def is_float(leaf: Any) -> bool:
    """Whether `leaf` has a slope: a float, or an array of them."""
    dtype = getattr(leaf, "dtype", None) if is_traced(leaf) else None
    return type(leaf) is float or (dtype is not None and bool(jnp.issubdtype(dtype, jnp.floating)))


def parted(
    answer: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], chosen: Chosen = is_traced
) -> tuple[Callable[..., Any], list[Any], list[int]]:
    """`answer` as a function of the `chosen` leaves of its arguments alone, those leaves, and their places."""
    leaves, tree = jax.tree.flatten((args, kwargs))
    places = [place for place, leaf in enumerate(leaves) if chosen(leaf)]

    def of_chosen(*values: Any) -> Any:
        filled = list(leaves)
        for place, value in zip(places, values, strict=True):
            filled[place] = value
        all_args, all_kwargs = jax.tree.unflatten(tree, filled)
        return answer(*all_args, **all_kwargs)

    return of_chosen, [leaves[place] for place in places], places
