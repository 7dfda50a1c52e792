"""Gray images side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dlfb_lab.plot._picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
