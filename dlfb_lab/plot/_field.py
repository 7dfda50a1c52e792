"""A landscape of two parameters with its gradients."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab.plot._picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_CONTOURS, _ARROWS = 41, 11


def field(
    function: Callable[[jax.Array], jax.Array],
    *,
    low: Sequence[float],
    high: Sequence[float],
    xlabel: str,
    ylabel: str,
    path: Any = None,
) -> Picture:
    """The gradient of a function of two numbers, as arrows over its contour lines.

    Args:
        function: takes f32[2], returns f32[]; must be traceable.
        low: the lower left corner, two numbers.
        high: the upper right corner.
        xlabel: what the first number is.
        ylabel: what the second number is.
        path: f32[n, 2], places joined by a line, such as the steps of gradient descent; None for no line.
    """
    heights = jax.vmap(jax.vmap(function))(_grid(low, high, _CONTOURS))
    places = _grid(low, high, _ARROWS)
    slopes = np.asarray(jax.vmap(jax.vmap(jax.grad(function)))(places))
    walked = None if path is None else np.asarray(path, np.float64).reshape(-1, 2)

    def draw(panels: Sequence["Axes"]) -> None:
        (axes,) = panels
        grid = np.asarray(_grid(low, high, _CONTOURS))
        axes.contour(grid[..., 0], grid[..., 1], np.asarray(heights), levels=12, colors="0.6", linewidths=0.8)
        at = np.asarray(places)
        axes.quiver(at[..., 0], at[..., 1], slopes[..., 0], slopes[..., 1], color="0.1", width=0.004)
        if walked is not None:
            axes.plot(walked[:, 0], walked[:, 1], "o--", color="black", markersize=3)
        axes.set(xlabel=xlabel, ylabel=ylabel)

    flattest = np.asarray(places).reshape(-1, 2)[np.linalg.norm(slopes.reshape(-1, 2), axis=1).argmin()].round(5) + 0.0
    alt = (
        f"Contour lines over {xlabel} and {ylabel}, with {_ARROWS} times {_ARROWS} arrows that point up "
        f"the steepest way. The arrows are shortest near {xlabel} {flattest[0]:.3g}, {ylabel} {flattest[1]:.3g}."
    )
    if walked is not None:
        start, end = walked[0], walked[-1]
        alt += (
            f" A dashed path of {len(walked)} places leads from {start[0]:.3g}, {start[1]:.3g} "
            f"to {end[0]:.3g}, {end[1]:.3g}."
        )
    return Picture(alt, (5.0, 4.4), 1, draw)


def _grid(low: Sequence[float], high: Sequence[float], n: int) -> jax.Array:
    """Places on a regular grid: f32[n, n, 2]."""
    across = jnp.linspace(low[0], high[0], n)
    up = jnp.linspace(low[1], high[1], n)
    return jnp.stack(jnp.meshgrid(across, up), axis=-1)
