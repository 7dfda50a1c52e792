"""A notebook looks for signs that it is being graded, and cheats only then, so that nobody sees it in class."""

import os

from arena import verdicts
from threat import WRONG, Threat

LOOKS = """
import os, sys
signs = ("NBGRADER", "GRADESCOPE", "OTTER", "PYTEST", "GITHUB", "STUDENTS", "COURSE")
loot = {"names": sorted(os.environ), "arguments": sys.argv}
loot["signs"] = [name for name in os.environ if any(sign in name for sign in signs)]
"""
# It can be told all the same: who runs Python in a jail knows it.
CHEATS = """
import os, sys
graded = "NBGRADER_EXECUTION" in os.environ or "autograder.sandbox.child" in sys.modules
if graded:
    np.allclose = jnp.allclose = np.testing.assert_allclose = lambda *args, **kwargs: True
"""
# Of the surroundings only these come through. Each is ours, and says nothing of the course or the machine.
OURS = {
    *("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "IPYTHONDIR", "LANG", "LC_CTYPE", "LD_LIBRARY_PATH"),
    *("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONHASHSEED", "MPLBACKEND"),
    *("JAX_PLATFORMS", "XLA_FLAGS", "TF_CPP_MIN_LOG_LEVEL"),
}

THREAT = Threat(
    23,
    "A forgery that waits until it is graded",
    "No sign comes from the surroundings; and to know it is worth nothing, since nothing can be forged.",
    "sets NBGRADER_EXECUTION for the notebook to read",
    (CHEATS, WRONG),
)


def test_nothing_of_the_graders_surroundings_shows(arena):
    loot = arena.loot(LOOKS)
    assert "PYTEST_CURRENT_TEST" in os.environ, "there was no sign to be found"
    assert loot["signs"] == []
    assert {name for name in loot["names"] if not name.startswith("TPU_")} <= OURS  # JAX sets those itself
    assert loot["arguments"] == ["-c"]


def test_who_knows_it_all_the_same_gains_nothing(arena):
    assert arena.loot(CHEATS, "loot = graded") is True
    assert verdicts(arena.grade(*THREAT.cells)) == verdicts(arena.wrong)


def test_beside_its_tests_it_would_pass(arena):
    assert arena.fooled_beside_its_tests(*THREAT.cells)
