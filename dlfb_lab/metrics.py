"""What a training run was like: numbers by name and step, to look at afterwards.

    log = MetricsLogger()
    for step in range(100):
        state, loss = train_step(state, batch)
        log.log(step, loss=loss)
    log.best("loss")
    log.plot("loss")

But: nothing is written to disk, and nothing is logged from inside `jit`: there a number is not known yet.
"""

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dlfb_lab.plot import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STYLES = ("-", "--", ":", "-.")


class MetricsLogger:
    """Collects numbers by name and step. It changes with every `log`, so it stays outside of compiled functions."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[int, float]] = {}

    def log(self, step: int, **numbers: Any) -> None:
        """Keep the numbers of one step. A step that is logged again counts once, with its new numbers.

        Args:
            step: which step or epoch it is.
            numbers: each a Python number or an array of shape ().

        Raises:
            ValueError: an array has more than one number, or is not of shape ().
        """
        for name, number in numbers.items():
            if np.shape(number) != ():
                raise ValueError(
                    f"{name} has shape {np.shape(number)}, and log takes single numbers. Is a mean missing?"
                )
            self._numbers.setdefault(name, {})[int(step)] = float(number)

    @property
    def history(self) -> dict[str, tuple[list[int], list[float]]]:
        """Each name with its steps, smallest first, and the number at each."""
        return {name: (sorted(kept), [kept[step] for step in sorted(kept)]) for name, kept in self._numbers.items()}

    def last(self, name: str) -> float:
        """The number at the largest step.

        Raises:
            KeyError: nothing was logged under this name.
        """
        return self._of(name)[1][-1]

    def best(self, name: str, *, smallest: bool = True) -> tuple[int, float]:
        """The first step with the best number, and that number: the smallest, or with `smallest=False` the largest.

        NaN is never the best.

        Raises:
            KeyError: nothing was logged under this name.
            ValueError: all of its numbers are NaN.
        """
        known = [(step, number) for step, number in zip(*self._of(name), strict=True) if not math.isnan(number)]
        if not known:
            raise ValueError(f"Every number of {name} is NaN, so none is the best. Look at the first steps.")
        sign = 1 if smallest else -1
        return min(known, key=lambda entry: sign * entry[1])

    def plot(self, *names: str) -> Picture:
        """The numbers over the steps, a line a name; without `names`, all of them.

        Raises:
            KeyError: nothing was logged under one of the names.
        """
        curves = {name: self._of(name) for name in names or self._numbers}

        def draw(panels: Sequence["Axes"]) -> None:
            (axes,) = panels
            for style, (name, (steps, values)) in zip(itertools.cycle(_STYLES), curves.items(), strict=False):
                # The name stands at the line's end: nobody has to tell styles apart.
                axes.plot(steps, values, style, color="0.15", marker="o" if len(steps) == 1 else "")
                axes.annotate(f" {name}", (steps[-1], values[-1]), va="center", annotation_clip=False)
            axes.set(xlabel="step")

        alt = " ".join(itertools.starmap(_in_words, curves.items())) or "An empty figure: nothing was logged."
        return Picture(alt, (6.4, 3.2), 1, draw)

    def _of(self, name: str) -> tuple[list[int], list[float]]:
        if name not in self._numbers:
            raise KeyError(f"Nothing was logged as {name}. Logged so far: {', '.join(self._numbers) or 'nothing'}.")
        return self.history[name]


def _in_words(name: str, curve: tuple[list[int], list[float]]) -> str:
    steps, values = curve
    return (
        f"Line of {len(steps)} value{'' if len(steps) == 1 else 's'} of {name}: "
        f"{values[0]:.3g} at step {steps[0]}, {values[-1]:.3g} at step {steps[-1]}; "
        f"the smallest is {min(values):.3g}, the largest {max(values):.3g}."
    )
