"""Figures for the labs. Each one says in words what it shows, from the very numbers that it draws.

A function here takes arrays and returns a `Picture`, which a notebook shows with its alternative text. Everything can
be read in gray: what differs is told by place, shape or a label, and never by color alone.

A picture is drawn when somebody looks at it. Where a notebook is graded nobody does, and drawing costs more than most
answers.
"""

import base64
import html
import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jax
import numpy as np

from dlfb_lab._data import is_key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DARK, _LIGHT = "0.15", "0.85"


@dataclass(frozen=True)
class Picture:
    """A figure with its alternative text.

    Attributes:
        alt: what it shows, in words.
        size: width and height in inches.
        panels: how many there are, side by side.
        draw: draws on the axes of all panels.
    """

    alt: str
    size: tuple[float, float]
    panels: int
    draw: Callable[[Sequence["Axes"]], None]

    @cached_property
    def png(self) -> bytes:
        """The image."""
        # Without pyplot: it keeps every figure until it is closed, and asks for a screen.
        from matplotlib.figure import Figure

        figure = Figure(self.size, layout="constrained")
        self.draw(list(np.ravel(figure.subplots(1, self.panels))))
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=110, metadata={"Software": None})
        return stream.getvalue()

    def __repr__(self) -> str:
        return f"[Figure: {self.alt}]"

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.png).decode()
        return f'<img src="data:image/png;base64,{image}" alt="{html.escape(self.alt)}" style="max-width:100%">'


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
        axes.hist(numbers, bins=bins, color=_LIGHT, edgecolor=_DARK, linewidth=0.6)
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


def matches(left: Any, right: Any, *, left_label: str, right_label: str) -> Picture:
    """Two columns of keys, with a line between those that are equal.

    Args:
        left: n random keys, typed or raw.
        right: m random keys of the same form.
        left_label: where the left ones come from.
        right_label: where the right ones come from.
    """
    ours, theirs = _key_rows(left), _key_rows(right)
    pairs = [(i, j) for i, one in enumerate(ours) for j, other in enumerate(theirs) if one == other]
    height = max(len(ours), len(theirs))

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        for i, j in pairs:
            axes.plot([0, 1], [-i, -j], color="black", linewidth=1)
        _draw_keys(axes, 0, left_label, ours, {i for i, _ in pairs})
        _draw_keys(axes, 1, right_label, theirs, {j for _, j in pairs})
        axes.set(xlim=(-0.6, 1.6), ylim=(0.3 - height, 1.4))
        axes.axis("off")

    same = ", ".join(f"number {i} with number {j}" for i, j in pairs[:8]) or "none"
    alt = (
        f"{len(ours)} keys from {left_label} beside {len(theirs)} keys from {right_label}. "
        f"Lines join the equal ones: {same}{' and so on' if len(pairs) > 8 else ''}."
    )
    return Picture(alt, (6.4, 0.8 + 0.4 * height), 1, draw)


def _draw_keys(axes: "Axes", place: int, label: str, keys: Sequence[tuple[int, ...]], equal: set[int]) -> None:
    """A column of keys: a dot for one that has its equal on the other side, a cross for one that has none."""
    axes.text(place, 0.8, label, ha="center")
    for n, key in enumerate(keys):
        axes.plot(place, -n, "o" if n in equal else "x", color=_DARK, markersize=7)
        beside, side = (-0.05, "right") if place == 0 else (1.05, "left")
        axes.text(beside, -n, f"{key[0]:08x}", ha=side, va="center", family="monospace")


def images(pictures: Sequence[Any], *, titles: Sequence[str]) -> Picture:
    """Gray images side by side: 0 is white, the largest value black.

    Args:
        pictures: f32[h, w] each.
        titles: one for each.
    """
    every = [np.asarray(picture, np.float64) for picture in pictures]
    top = max(float(picture.max()) for picture in every) or 1.0

    def draw(panels: Sequence["Axes"]) -> None:
        for axes, picture, title in zip(panels, every, titles, strict=True):
            axes.imshow(picture, cmap="Greys", vmin=0, vmax=top)
            axes.set_title(title, fontsize=10)
            axes.set_xticks([])
            axes.set_yticks([])

    said = "; ".join(f"{title}: darkest {_where_dark(picture)}" for picture, title in zip(every, titles, strict=True))
    return Picture(f"{len(every)} gray images. {said}.", (1.9 * len(every), 2.3), len(every), draw)


def _where_dark(picture: np.ndarray) -> str:
    """Where the weight of an image lies, in words."""
    total = picture.sum() or 1.0
    height, width = picture.shape
    down = float((picture.sum(1) * np.arange(height)).sum() / total) - (height - 1) / 2
    across = float((picture.sum(0) * np.arange(width)).sum() / total) - (width - 1) / 2
    vertical = "below" if down > 0.2 else "above" if down < -0.2 else "level with"
    horizontal = " and right of" if across > 0.2 else " and left of" if across < -0.2 else ""
    return f"{vertical}{horizontal} the middle"


def _key_rows(keys: Any) -> list[tuple[int, ...]]:
    data = jax.random.key_data(keys) if is_key(keys) else keys
    return [tuple(int(word) for word in row) for row in np.asarray(data)]
