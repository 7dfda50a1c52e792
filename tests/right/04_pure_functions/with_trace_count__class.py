"""A class that counts, with a method for each of the two."""

import jax


class Counted:
    def __init__(self, f):
        self.f, self.traces = f, 0
        self.compiled = jax.jit(self._run)

    def _run(self, *args):
        self.traces += 1
        return self.f(*args)

    def count(self) -> int:
        return self.traces


def with_trace_count(f):
    """Counts the traces of `f`."""
    counted = Counted(f)
    return counted.compiled, counted.count
