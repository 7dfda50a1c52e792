"""Shapes as pictures: which axis `vmap` maps over, and the layers of a network."""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dlfb_lab.plot._picture import DARK, LIGHT, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_GAP = 0.35


def axes_mapped(shapes: Sequence[Sequence[int]], in_axes: Sequence[int | None], *, names: Sequence[str]) -> Picture:
    """What `vmap` hands to one call: each argument a grid of its shape, cut along the axis it is mapped over.

    Args:
        shapes: the shape of each argument, of at most two axes.
        in_axes: for each argument the axis, or None for one that goes whole into every call.
        names: what the arguments are called.
    """
    for name, shape, axis in zip(names, shapes, in_axes, strict=True):
        if len(shape) > 2 or (axis is not None and not -len(shape) <= axis < len(shape)):
            raise ValueError(f"plot.axes_mapped cannot cut {name} of shape {tuple(shape)} along axis {axis}.")

    def draw(panels: Sequence["Axes"]) -> None:
        for axes, name, shape, axis in zip(panels, names, shapes, in_axes, strict=True):
            _draw_grid(axes, shape, axis)
            axes.set_title(
                f"{name} {tuple(shape)}\n{'whole' if axis is None else f'cut along axis {axis}'}", fontsize=10
            )

    said = " ".join(
        f"{name} of shape {tuple(shape)}: "
        + ("goes whole into every call." if axis is None else f"cut along axis {axis} into {shape[axis]} slices.")
        for name, shape, axis in zip(names, shapes, in_axes, strict=True)
    )
    return Picture(f"The arguments of one mapped call. {said}", (2.4 * len(shapes), 2.8), len(shapes), draw)


def _draw_grid(axes: "Axes", shape: Sequence[int], axis: int | None) -> None:
    """The fields of an array. Its first slice is dark: that is what the first call gets."""
    rows, columns = (1, *shape)[-2:] if shape else (1, 1)
    along = None if axis is None else (axis % len(shape)) + 2 - len(shape)
    for row in range(rows):
        for column in range(columns):
            index = (row, column)
            first = along is None or index[along] == 0
            place = [column + (_GAP * column if along == 1 else 0), -row - (_GAP * row if along == 0 else 0)]
            _draw_square(axes, place, first)
    axes.set_aspect("equal")
    axes.autoscale_view()
    axes.axis("off")


def _draw_square(axes: "Axes", place: Sequence[float], dark: bool) -> None:
    from matplotlib.patches import Rectangle

    hatch = "///" if dark else ""
    axes.add_patch(Rectangle((place[0], place[1]), 0.95, 0.95, facecolor=LIGHT, edgecolor=DARK, hatch=hatch))


def network(sizes: Sequence[int]) -> Picture:
    """A fully connected network, from left to right: a circle a unit, a line a weight.

    Args:
        sizes: how many units stand in each column; the first are the inputs.
    """

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        places = [[(layer, unit - (size - 1) / 2) for unit in range(size)] for layer, size in enumerate(sizes)]
        for left, right in itertools.pairwise(places):
            for x0, y0 in left:
                for x1, y1 in right:
                    axes.plot([x0, x1], [y0, y1], color="0.6", linewidth=0.7, zorder=1)
        for layer, column in enumerate(places):
            axes.plot(*zip(*column, strict=True), "o", color="white", markeredgecolor=DARK, markersize=14, zorder=2)
            axes.text(layer, -max(sizes) / 2 - 0.6, str(sizes[layer]), ha="center")
        axes.axis("off")
        axes.margins(0.15)

    weights = sum(a * b for a, b in itertools.pairwise(sizes))
    said = ", ".join(str(size) for size in sizes)
    alt = f"A network with {said} units from left to right: {weights} weights join each unit to the next layer."
    return Picture(alt, (1.2 + 1.3 * len(sizes), 0.9 + 0.45 * max(sizes)), 1, draw)
