"""Prints what each step took."""

import contextlib
import time
from collections.abc import Iterator


class Clock:
    """Used as `with clock("image built"): ...`; prints the step's seconds, and those since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @contextlib.contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        now = time.monotonic()
        print(f"{now - began:6.1f} s  (since the start {now - self._start:6.1f} s)  {step}", flush=True)
