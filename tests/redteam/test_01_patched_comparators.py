"""A notebook makes every comparison say yes, and returns what is wrong."""

from arena import outcome, points
from threat import WRONG, Threat

from dlfb_lab._outcome import Outcome

PATCHES = """\
import chex, jax.test_util, pytest, unittest
for place, name in [
    (np.testing, "assert_allclose"), (np.testing, "assert_array_equal"), (np, "allclose"), (np, "array_equal"),
    (np, "isclose"), (jnp, "allclose"), (jnp, "array_equal"), (jnp, "isclose"), (chex, "assert_trees_all_close"),
    (pytest, "approx"), (unittest.TestCase, "assertEqual"),
]:
    setattr(place, name, lambda *args, **kwargs: True)
"""

THREAT = Threat(
    1,
    "Comparators of NumPy, JAX, chex, pytest and unittest patched to say yes",
    "They are those of a process that has run no student code.",
    "same kernel: the patched comparators are used",
    (PATCHES, WRONG),
)


def test_no_comparison_that_counts_is_the_students(arena):
    report = arena.grade(*THREAT.cells)
    assert outcome(report) is Outcome.FAILED
    assert points(report) < 1
