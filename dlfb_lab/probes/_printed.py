"""What a call prints: by `print`, and by `jax.debug.print` from inside a compiled program."""

import contextlib
import io
from collections.abc import Iterator

import jax

MAX_LINES = 200
MAX_WIDTH = 200


@contextlib.contextmanager
def printed_lines(lines: list[str]) -> Iterator[None]:
    """Gather in `lines` what is printed meanwhile, instead of showing it; at most 200 lines of 200 characters.

    Other threads print into it too: JAX's callbacks do, later than the call returns, so it waits for them.
    """
    jax.effects_barrier()
    with contextlib.redirect_stdout(io.StringIO()) as heard:
        try:
            yield
        finally:
            jax.effects_barrier()
            lines.extend(line[:MAX_WIDTH] for line in heard.getvalue().splitlines()[:MAX_LINES])
