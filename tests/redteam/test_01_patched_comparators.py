"""A notebook makes every comparison say yes, and returns what is wrong."""

from arena import verdicts
from threat import WRONG, Threat

# Also those of packages that only some computers have. The asserts say that the patches have taken hold.
PATCHES = """\
import contextlib, importlib
for place, names in {
    "numpy": "allclose array_equal isclose all",
    "numpy.testing": "assert_allclose assert_array_equal assert_equal assert_array_almost_equal",
    "jax.numpy": "allclose array_equal isclose",
    "jax.test_util": "check_grads",
    "chex": "assert_trees_all_close assert_trees_all_equal",
    "pytest": "approx",
    "unittest:TestCase": "assertEqual assertTrue assertAlmostEqual",
}.items():
    with contextlib.suppress(ImportError):
        module, _, owner = place.partition(":")
        found = importlib.import_module(module)
        for name in names.split():
            setattr(getattr(found, owner) if owner else found, name, lambda *args, **kwargs: True)
assert np.allclose(1, 2) and jnp.allclose(1, 2) and np.testing.assert_allclose(1, 2)
patched_to_the_end = True
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
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    assert arena.loot(*THREAT.cells, name="patched_to_the_end")


def test_tests_in_the_same_process_would_believe_it(arena):
    assert arena.fooled_beside_its_tests(*THREAT.cells)
    assert not arena.fooled_beside_its_tests(WRONG)
