"""A computer whose time is counted and not measured: what a timer times can be read off to the second."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab.props._registry import prop

HANDING_OUT, COMPILING = 1.0, 1000.0
# Seconds of work of the first call, and of the later ones, again and again. No two statistics of them agree.
FIRST, LATER = 7.0, (30.0, 60.0, 15.0)
HEAD_START = 5.0  # how much sooner the small part of a result is there


class Pending:
    """A part of a result that will be there at a known time, and can be waited for, as an array of JAX can."""

    def __init__(self, computer: "FakeComputer", ready: float) -> None:
        self.computer = computer
        self.ready = ready
        self.was_waited_for = False

    def block_until_ready(self) -> "Pending":
        """Wait: the time is then no earlier than that at which this part is there."""
        self.computer.now = max(self.computer.now, self.ready)
        self.was_waited_for = True
        return self

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        """Who needs the numbers waits, too."""
        self.block_until_ready()
        return np.zeros((), dtype or np.float32)


class FakeComputer:
    """Work that is handed out at once and done later, as JAX does it, and a clock that tells the time of that world.

    A call of `work` takes 1 second, and 1000 more if it is the first. Its result is there 30 seconds later, the next
    one's 60, then 15, and again from the start; that of the first call after 7. All of this times `slowness`. Work is
    done in the order in which it was handed out.
    """

    def __init__(self, form: str, slowness: float) -> None:
        self.form = form
        self.slowness = slowness
        self.now = 0.0
        self.free_at = 0.0
        self.readings = 0
        self.results: list[list[Pending]] = []
        self.overlaps = 0
        self.traced = 0

    def clock(self) -> float:
        """The time in seconds."""
        self.readings += 1
        return self.now

    def work(self, x: Any, scale: Any) -> Any:
        """Hand out work on two arguments. Its result has two parts; the large one is there 5 seconds later."""
        if isinstance(x, jax.core.Tracer):
            self.traced += 1  # work that is only written down takes no time here
            return {"large": jnp.zeros(()), "small": jnp.zeros(())}
        self.overlaps += self._is_waiting()
        number = len(self.results)
        self.now += self.slowness * (HANDING_OUT + (0.0 if number else COMPILING))
        seconds = LATER[(number - 1) % len(LATER)] if number else FIRST
        self.free_at = max(self.now, self.free_at) + self.slowness * seconds
        large, small = Pending(self, self.free_at), Pending(self, self.free_at - self.slowness * HEAD_START)
        self.results.append([large, small])
        return {"large": large, "small": small} if self.form == "dictionary" else (small, [large])

    def _is_waiting(self) -> bool:
        """Whether the last result has a part that nobody waited for."""
        return bool(self.results) and not all(part.was_waited_for for part in self.results[-1])

    def report(self) -> dict[str, int]:
        """How often `work` was called, traced and the clock read; how many results were not waited for as a whole."""
        return {
            "calls": len(self.results),
            "readings": self.readings,
            "traced": self.traced,
            "not waited for": self.overlaps + self._is_waiting(),
        }


@prop
def fake_computer(form: str, slowness: float) -> FakeComputer:
    """A computer with its own time, `slowness` times as slow as one; its results are of the form dictionary or tuple.

    Take its two functions with `probes.fields(computer, "work", "clock")`, and read it with `probes.report`.
    """
    return FakeComputer(form, slowness)
