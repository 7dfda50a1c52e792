import io
import subprocess
import sys

import jax
import jax.numpy as jnp
import matplotlib.image
import pytest

from dlfb_lab import plot

KEY = jax.random.key(3)
CHILDREN = jax.random.split(KEY, 3)
PICTURES = {
    "histogram": lambda: plot.histogram([1.0, 2.0, 2.0, 4.0], xlabel="length (cm)", marks={"the mean": 2.25}),
    "table": lambda: plot.table(
        [[1, 2], [3, 4]], rows=["up", "down"], columns=["left", "to the\nright"], title="flips"
    ),
    "matches": lambda: plot.matches(
        CHILDREN, CHILDREN[1:], left_label="split(key, 3)", right_label="the last two of them"
    ),
    "bars": lambda: plot.bars(["3", "4"], [1, 2], xlabel="length", ylabel="programs compiled", title="no padding"),
    "lines": lambda: plot.lines(
        [1, 2, 4],
        {"training": [4.0, 2.0, 1.0], "validation": [5.0, jnp.nan, 3.0]},
        xlabel="epoch",
        ylabel="loss",
        marks={"the best epoch": 2},
        log=True,
    ),
    "scatter": lambda: plot.scatter([[0.0], [1.0]], [[1.0], [3.1]], xlabel="dose", ylabel="growth (1/h)", line=(2, 1)),
    "field": lambda: plot.field(
        lambda w: jnp.sum(w**2), low=(-1, -1), high=(1, 1), xlabel="slope", ylabel="offset", path=[[1, 1], [0.5, 0.5]]
    ),
    "axes_mapped": lambda: plot.axes_mapped([(2, 3), (3,)], [0, None], names=["X", "w"]),
    "network": lambda: plot.network([3, 4, 1]),
    "images": lambda: plot.images([jnp.eye(4), jnp.zeros((4, 4)).at[3, 3].set(1)], titles=["a line", "a <dot>"]),
}
SAID = {
    "histogram": (
        "Histogram of 4 values of length (cm), from 1 to 4; nine of ten lie between 1.15 and 3.7. "
        "A line marks the mean at 2.25."
    ),
    "table": "Table of flips. up: left 1, to the right 2; down: left 3, to the right 4.",
    "matches": (
        "3 keys from split(key, 3) beside 2 keys from the last two of them. "
        "Lines join the equal ones: number 1 with number 0, number 2 with number 1."
    ),
    "bars": "Bars of programs compiled for each of length (no padding). 3: 1, 4: 2.",
    "lines": (
        "Curves of loss over epoch. training: from 4 to 1; smallest 1 at 4, largest 4 at 1. "
        "validation: from 5 to 3; smallest 3 at 4, largest 5 at 1. A line marks the best epoch at 2."
    ),
    "scatter": "2 points: dose from 0 to 1, growth (1/h) from 1 to 3.1. A line goes from 1 at 0 to 3 at 1.",
    "field": (
        "Contour lines over slope and offset, with 11 times 11 arrows that point up the steepest way. The arrows are "
        "shortest near slope 0, offset 0. A dashed path of 2 places leads from 1, 1 to 0.5, 0.5."
    ),
    "axes_mapped": (
        "The arguments of one mapped call. X of shape (2, 3): cut along axis 0 into 2 slices. "
        "w of shape (3,): goes whole into every call."
    ),
    "network": "A network with 3, 4, 1 units from left to right: 16 weights join each unit to the next layer.",
    "images": ("2 gray images. a line: darkest level with the middle; a <dot>: darkest below and right of the middle."),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_in_words_what_it_shows(name):
    picture = PICTURES[name]()
    assert picture.alt == SAID[name]
    assert repr(picture) == f"[Figure: {SAID[name]}]"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_in_gray(name):
    pixels = matplotlib.image.imread(io.BytesIO(PICTURES[name]().png))
    red, green, blue = (pixels[..., channel] for channel in range(3))
    assert pixels.shape[0] > 100 and red.min() < 0.3 < 0.9 < red.max()
    assert (abs(red - green) < 0.01).all() and (abs(red - blue) < 0.01).all()


def test_a_notebook_shows_the_image_with_its_words():
    shown = PICTURES["images"]()._repr_html_()
    assert shown.startswith('<img src="data:image/png;base64,iVBOR')
    assert 'alt="2 gray images. a line' in shown
    assert "a &lt;dot&gt;" in shown


def test_raw_keys_are_matched_like_new_ones():
    raw = jax.random.key_data(CHILDREN)
    assert plot.matches(raw, raw[1:], left_label="a", right_label="b").alt.endswith("number 2 with number 1.")


def test_keys_that_have_nothing_in_common_are_said_to():
    other = jax.random.split(jax.random.key(4), 2)
    assert plot.matches(CHILDREN, other, left_label="a", right_label="b").alt.endswith("the equal ones: none.")


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (lambda: plot.bars(["a"], [1, 2], xlabel="x", ylabel="y"), "got 1 labels and 2 values"),
        (lambda: plot.lines([1, 2], {"loss": [1]}, xlabel="x", ylabel="y"), "got 2 places of x and 1 values of 'loss'"),
        (lambda: plot.scatter([1, 2], [1], xlabel="x", ylabel="y"), "got 2 values of x and 1 of y"),
        (lambda: plot.axes_mapped([(2,)], [1], names=["w"]), r"cut w of shape \(2,\) along axis 1"),
    ],
)
def test_what_does_not_fit_together_is_not_drawn(draw, why):
    with pytest.raises(ValueError, match=why):
        draw()


def test_a_curve_without_a_finite_value_is_said_to_have_none():
    assert "loss: no finite value." in plot.lines([1, 2], {"loss": [jnp.nan] * 2}, xlabel="x", ylabel="y").alt


def test_no_figure_is_kept_and_no_screen_is_asked_for():
    modules = modules_after("plot.histogram([1.0], xlabel='x').png")
    assert "matplotlib.figure" in modules and "matplotlib.pyplot" not in modules


def test_a_picture_that_nobody_looks_at_is_not_drawn():
    assert "matplotlib" not in modules_after("str(plot.histogram([1.0], xlabel='x'))")


def modules_after(line):
    """What a fresh Python has imported after it did this."""
    code = f"import sys\nfrom dlfb_lab import plot\n{line}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())
