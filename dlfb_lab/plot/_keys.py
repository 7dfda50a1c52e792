"""Two columns of random keys, joined where they are equal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import jax
import numpy as np

from dlfb_lab._data import is_key
from dlfb_lab.plot._picture import DARK, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
        axes.plot(place, -n, "o" if n in equal else "x", color=DARK, markersize=7)
        beside, side = (-0.05, "right") if place == 0 else (1.05, "left")
        axes.text(beside, -n, f"{key[0]:08x}", ha=side, va="center", family="monospace")


def _key_rows(keys: Any) -> list[tuple[int, ...]]:
    data = jax.random.key_data(keys) if is_key(keys) else keys
    return [tuple(int(word) for word in row) for row in np.asarray(data)]
