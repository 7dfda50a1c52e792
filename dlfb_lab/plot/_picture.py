"""A figure with its words."""

import base64
import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK, LIGHT = "0.15", "0.85"
# What tells curves apart, in this order. Never the color.
DASHES = ("-", "--", ":", "-.", (0, (8, 2, 1, 2, 1, 2)))
MARKERS = ("o", "s", "^", "x", "D")


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

    def figure(self) -> "Figure":
        """It, drawn."""
        # Without pyplot: it keeps every figure until it is closed, and asks for a screen.
        from matplotlib.figure import Figure

        figure = Figure(self.size, layout="constrained")
        self.draw(list(np.ravel(figure.subplots(1, self.panels))))
        return figure

    @cached_property
    def png(self) -> bytes:
        """The image."""
        stream = io.BytesIO()
        self.figure().savefig(stream, format="png", dpi=110, metadata={"Software": None})
        return stream.getvalue()

    def __repr__(self) -> str:
        return f"[Figure: {self.alt}]"

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.png).decode()
        return f'<img src="data:image/png;base64,{image}" alt="{html.escape(self.alt)}" style="max-width:100%">'
