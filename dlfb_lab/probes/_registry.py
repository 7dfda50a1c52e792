"""Which instruments there are, and the way from a check to where an answer lives."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from dlfb_lab._answer import Answer, current_transport

F = TypeVar("F", bound=Callable[..., Any])

_INSTRUMENTS: dict[str, Callable[..., Any]] = {}


def instrument(name: str) -> Callable[..., Any]:
    """The instrument called `name`, to be run where the answer lives.

    Raises:
        KeyError: there is no such instrument.
    """
    return _INSTRUMENTS[name]


def probe(run: F) -> F:
    """Make an instrument out of `run`: called with a handle or a prop of a check, it runs where that object lives.

    Called with a plain object outside any check it is an ordinary function.
    """
    _INSTRUMENTS[run.__name__] = run

    @functools.wraps(run)
    def ask(*args: Any, **kwargs: Any) -> Any:
        transport = next((a._transport for a in args if type(a) is Answer), current_transport())
        if transport is None:
            return run(*args, **kwargs)
        sent = transport.sent(list(args)), transport.sent(kwargs)
        return transport.received(transport.request("probe", run.__name__, *sent))

    return ask  # type: ignore[return-value]
