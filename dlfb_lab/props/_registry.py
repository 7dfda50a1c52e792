"""How a prop is made, remembered and named.

A task that takes a function, a model or an optimizer must be given one, and code may not cross into the student's
process. So a check makes a prop by name, here in its own process, and only the name and the arguments travel: the
student's process builds its own, once for each prop the check made, so that identity holds over several calls.

Arguments of a prop are numbers and texts only.
"""

import functools
import itertools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from dlfb_lab._data import PropRef

P = ParamSpec("P")
T = TypeVar("T")

_MAKERS: dict[str, Callable[..., Any]] = {}
_MADE: dict[int, tuple[Any, PropRef]] = {}
_SERIAL = itertools.count(1)


def prop(make: Callable[P, T]) -> Callable[P, T]:
    """Register a maker of props. What it returns is remembered, so that a reference to it can travel."""

    @functools.wraps(make)
    def remember(*args: P.args, **kwargs: P.kwargs) -> T:
        if kwargs:
            raise TypeError(f"{make.__name__}: a prop takes positional arguments only")
        made = make(*args, **kwargs)
        _MADE[id(made)] = (made, PropRef(next(_SERIAL), make.__name__, tuple(args)))
        return made

    _MAKERS[make.__name__] = make
    return remember


def prop_ref(value: object) -> PropRef | None:
    """The reference of a prop made in this process; None for anything else."""
    made = _MADE.get(id(value))
    return made[1] if made is not None and made[0] is value else None


def build_prop(reference: PropRef) -> Any:
    """The prop that `reference` names, built anew.

    Raises:
        KeyError: there is no such prop.
    """
    return _MAKERS[reference.name](*reference.args)


def forget_props() -> None:
    """Drop the props made so far. Called after each check."""
    _MADE.clear()
