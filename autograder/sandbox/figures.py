"""The figures that a notebook's cells draw, as small PNG images.

In a kernel a figure is shown and closed by `plt.show()` or at the end of its cell; so it is here, but for being shown.
The last few are kept, undrawn. They are drawn when the grader asks, which it does before it sends any input of a hidden
check: a picture cannot carry one out. This runs beside the student's code, so an image is the student's word as all
else is, and whatever goes wrong here means that there is no picture.
"""

import contextlib
import io
import math
import sys
import time
from collections import deque
from collections.abc import Callable, Container
from typing import Any

import numpy as np

from dlfb_lab.plot import Picture

MAX_IMAGES = 4
MAX_BYTES = 60_000
MAX_BYTES_TOGETHER = 90_000
_KEPT = 12
_PIXELS = (640, 560)  # at most so wide and so high, but for what stands out beyond the figure's frame
_STANDS_OUT = 1.4
_LEAST_DOTS = 60  # an inch
_SHRINKS = (1.0, 0.6, 0.35)
# Of the processor's time, so that a busy machine draws as much as an idle one.
_SECONDS = 1.0
Image = list[Any]


class Figures:
    """What the cells of one notebook draw."""

    def __init__(self) -> None:
        self._cell = 0
        self._kept: deque[tuple[int, Any]] = deque(maxlen=_KEPT)
        self._watched: Any = None
        _watch_pictures(lambda picture: self._kept.append((self._cell, picture)))

    def begin(self, cell: int) -> None:
        """Code cell number `cell` runs from here on."""
        self._cell = cell
        with _whatever_happens():
            self._watch()

    def end(self) -> None:
        """The cell has ended: what it has left open is its figure."""
        with _whatever_happens():
            self._take()

    def images(self, cells: Container[int]) -> list[Image]:
        """The last figures of these cells, in order: `[cell, what it shows in words, uint8[bytes of a PNG]]` each."""
        wanted = [(cell, figure) for cell, figure in self._kept if cell in cells][-MAX_IMAGES:]
        started, left, images = time.process_time(), MAX_BYTES_TOGETHER, []
        for position, (cell, figure) in enumerate(wanted):
            if time.process_time() - started > _SECONDS:
                break
            with contextlib.suppress(Exception):
                png = _png(figure, min(MAX_BYTES, left // (len(wanted) - position)))
                left -= len(png)
                images.append([cell, _words(figure)[:500], np.frombuffer(png, np.uint8)])
        self._kept.clear()
        return images

    def _watch(self) -> None:
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None and pyplot is not self._watched:
            pyplot.show = lambda *args, **kwargs: self._take()
            self._watched = pyplot

    def _take(self) -> None:
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return
        figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
        pyplot.close("all")
        self._kept.extend((self._cell, figure) for figure in figures if figure.axes)


def _whatever_happens() -> contextlib.suppress:
    """For calls of what the student's code may have replaced."""
    return contextlib.suppress(BaseException)


def _watch_pictures(made: Callable[[Picture], object]) -> None:
    """Tell of each picture of `dlfb_lab.plot` that is made: it is no figure of pyplot's, and drawn when it is shown."""
    begin = Picture.__init__

    def begin_and_tell(self: Picture, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        made(self)

    Picture.__init__ = begin_and_tell  # type: ignore[method-assign]


def _png(figure: Any, limit: int) -> bytes:
    """The image, in the largest size that has at most `limit` bytes. Raises ValueError where none has."""
    figure = figure.figure() if isinstance(figure, Picture) else figure
    dots = min(pixels / inches for pixels, inches in zip(_PIXELS, figure.get_size_inches(), strict=True))
    if dots < _LEAST_DOTS:  # a poster: its text would be dust
        figure.set_size_inches(figure.get_size_inches() * dots / _LEAST_DOTS)
        dots = _LEAST_DOTS
    box = _part_to_show(figure)
    for shrink in _SHRINKS:
        stream, more = io.BytesIO(), {"dpi": dots * shrink, "bbox_inches": box, "facecolor": "white"}
        figure.savefig(stream, format="png", metadata={"Software": None}, **more)
        if stream.tell() <= limit:
            return stream.getvalue()
    raise ValueError("too large")


def _part_to_show(figure: Any) -> Any:
    """In inches: all that is drawn; None, which is the frame, where that is far outside of it."""
    figure.draw_without_rendering()
    box = figure.get_tightbbox().padded(0.1)
    sizes = zip((box.width, box.height), figure.get_size_inches(), strict=True)
    fits = all(math.isfinite(drawn) and drawn <= _STANDS_OUT * size for drawn, size in sizes)
    return box if fits else None


def _words(figure: Any) -> str:
    """What a figure says of itself: the titles and the labels of its axes."""
    if isinstance(figure, Picture):
        return figure.alt
    said = []
    for axes in figure.axes:
        labels = [("", axes.get_title()), ("x: ", axes.get_xlabel()), ("y: ", axes.get_ylabel())]
        said += [f"{word}{text}" for word, text in labels if text]
    return ", ".join(dict.fromkeys(said))
