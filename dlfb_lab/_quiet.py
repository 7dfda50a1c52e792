"""Whether `check` is inert: it is while a notebook is being graded, or read for its saved answers."""

import contextlib
from collections.abc import Iterator

_depth = 0


def is_quiet() -> bool:
    """Whether `check` should do nothing."""
    return _depth > 0


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Make `check` inert."""
    global _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
