"""How often something occurs: histograms, tables, bars."""

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dlfb_lab.plot._picture import DARK, LIGHT, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def histogram(values: Any, *, xlabel: str, marks: Mapping[str, float] | None = None, bins: int = 30) -> Picture:
    """How often which value occurs.

    Args:
        values: f32[n], n at least 1.
        xlabel: what the values are, with their unit.
        marks: vertical lines, each with its label.
        bins: how many bars.
    """
    numbers = np.asarray(values, np.float64).ravel()
    lines = list((marks or {}).items())

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        axes.hist(numbers, bins=bins, color=LIGHT, edgecolor=DARK, linewidth=0.6)
        for style, (label, place) in zip(itertools.cycle(("-", "--", ":")), lines, strict=False):
            axes.axvline(place, color="black", linestyle=style, label=f"{label}: {place:.3g}")
        if lines:
            axes.legend(frameon=False)
        axes.set(xlabel=xlabel, ylabel="how many")

    low, high = np.quantile(numbers, [0.05, 0.95])
    said = "".join(f" A line marks {label} at {place:.3g}." for label, place in lines)
    alt = (
        f"Histogram of {numbers.size} values of {xlabel}, from {numbers.min():.3g} to {numbers.max():.3g}; "
        f"nine of ten lie between {low:.3g} and {high:.3g}.{said}"
    )
    return Picture(alt, (6.4, 3.2), 1, draw)


def table(counts: Any, *, rows: Sequence[str], columns: Sequence[str], title: str = "") -> Picture:
    """A small table of numbers: the larger a number, the darker its field.

    Args:
        counts: i32[r, c].
        rows: r labels.
        columns: c labels.
        title: what is counted.
    """
    numbers = np.asarray(counts)

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        axes.imshow(numbers, cmap="Greys", vmin=0, vmax=2 * max(float(numbers.max()), 1.0), aspect="auto")
        for (row, column), number in np.ndenumerate(numbers):
            axes.text(column, row, f"{number:g}", ha="center", va="center", fontsize=14)
        axes.set_xticks(range(len(columns)), columns)
        axes.set_yticks(range(len(rows)), rows)
        axes.tick_params(length=0)
        axes.set_title(title, fontsize=11)

    fields = [
        f"{name}: " + ", ".join(f"{column} {number:g}" for column, number in zip(columns, line, strict=True))
        for name, line in zip(rows, numbers, strict=True)
    ]
    alt = " ".join(f"Table{' of ' + title if title else ''}. {'; '.join(fields)}.".split())
    return Picture(alt, (1.6 + 1.5 * len(columns), 1.2 + 0.7 * len(rows)), 1, draw)


def bars(labels: Sequence[str], values: Any, *, xlabel: str, ylabel: str, title: str = "") -> Picture:
    """One bar a label, with its number written on it.

    Args:
        labels: n texts, n at least 1.
        values: f32[n].
        xlabel: what the labels name.
        ylabel: what is counted or measured, with its unit.
        title: what the bars have in common.
    """
    numbers = [float(value) for value in np.asarray(values).ravel()]
    if len(numbers) != len(labels):
        raise ValueError(f"plot.bars got {len(labels)} labels and {len(numbers)} values; it needs one value a label.")

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        drawn = axes.bar(range(len(labels)), numbers, color=LIGHT, edgecolor=DARK)
        axes.bar_label(drawn, [f"{number:.3g}" for number in numbers])
        axes.set_xticks(range(len(labels)), labels)
        axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
        axes.margins(y=0.15)

    said = ", ".join(f"{label}: {number:.3g}" for label, number in zip(labels, numbers, strict=True))
    alt = f"Bars of {ylabel} for each of {xlabel}{f' ({title})' if title else ''}. {said}."
    return Picture(" ".join(alt.split()), (max(3.2, 1.6 + 0.7 * len(labels)), 3.0), 1, draw)
