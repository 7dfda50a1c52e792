"""Curves over a quantity, and points with a line through them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dlfb_lab.plot._picture import DARK, DASHES, MARKERS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lines(
    x: Any,
    curves: Mapping[str, Any],
    *,
    xlabel: str,
    ylabel: str,
    marks: Mapping[str, float] | None = None,
    log: bool = False,
) -> Picture:
    """Curves over the same x, told apart by dashes and markers.

    Args:
        x: f32[n], n at least 1.
        curves: f32[n] each, with its label.
        xlabel: what x is, with its unit.
        ylabel: what the curves show, with its unit.
        marks: vertical lines at places of x, each with its label.
        log: whether the y axis is logarithmic.
    """
    places = np.asarray(x, np.float64).ravel()
    drawn = {label: np.asarray(values, np.float64).ravel() for label, values in curves.items()}
    for label, values in drawn.items():
        if len(values) != len(places):
            raise ValueError(f"plot.lines got {len(places)} places of x and {len(values)} values of {label!r}.")

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        for number, (label, values) in enumerate(drawn.items()):
            axes.plot(places, values, **_style(number), markevery=max(len(places) // 8, 1), label=label)
        for number, (label, place) in enumerate((marks or {}).items()):
            axes.axvline(
                place, color="0.5", linestyle=DASHES[(number + 2) % len(DASHES)], label=f"{label}: {place:.3g}"
            )
        axes.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
        if len(drawn) > 1 or marks:
            axes.legend(frameon=False)

    said = " ".join(_course(label, places, values) for label, values in drawn.items())
    marked = "".join(f" A line marks {label} at {place:.3g}." for label, place in (marks or {}).items())
    return Picture(f"Curves of {ylabel} over {xlabel}. {said}{marked}", (6.4, 3.4), 1, draw)


def _style(number: int) -> dict[str, Any]:
    shade = ("0.0", "0.35", "0.55")[number % 3]
    return {"linestyle": DASHES[number % len(DASHES)], "marker": MARKERS[number % len(MARKERS)], "color": shade}


def _course(label: str, places: np.ndarray, values: np.ndarray) -> str:
    """A curve in words: where it begins and ends, and between what it lies."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return f"{label}: no finite value."
    lowest, highest = places[np.nanargmin(values)], places[np.nanargmax(values)]
    return (
        f"{label}: from {values[0]:.3g} to {values[-1]:.3g}; "
        f"smallest {finite.min():.3g} at {lowest:.3g}, largest {finite.max():.3g} at {highest:.3g}."
    )


def scatter(x: Any, y: Any, *, xlabel: str, ylabel: str, line: Any = None) -> Picture:
    """Points, and a line through them.

    Args:
        x: f32[n] or f32[n, 1], n at least 1.
        y: of the same size.
        xlabel: what x is, with its unit.
        ylabel: what y is, with its unit.
        line: (slope, intercept), or (xs: f32[m], ys: f32[m]); None for no line.
    """
    across, up = np.asarray(x, np.float64).ravel(), np.asarray(y, np.float64).ravel()
    if len(across) != len(up):
        raise ValueError(f"plot.scatter got {len(across)} values of x and {len(up)} of y; each point needs both.")
    drawn = _line(line, across)

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        axes.plot(across, up, "o", color=DARK, markerfacecolor="none", markersize=4)
        if drawn is not None:
            axes.plot(*drawn, color="black")
        axes.set(xlabel=xlabel, ylabel=ylabel)

    alt = (
        f"{len(across)} points: {xlabel} from {across.min():.3g} to {across.max():.3g}, "
        f"{ylabel} from {up.min():.3g} to {up.max():.3g}."
    )
    if drawn is not None:
        (left, *_, right), (start, *_, end) = drawn
        alt += f" A line goes from {start:.3g} at {left:.3g} to {end:.3g} at {right:.3g}."
    return Picture(alt, (6.4, 3.4), 1, draw)


def _line(line: Any, across: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    if line is None:
        return None
    first, second = (np.asarray(part, np.float64).ravel() for part in line)
    if len(first) == len(second) == 1:
        ends = np.array([across.min(), across.max()])
        return ends, first * ends + second
    return first, second
