"""The arena, made once for all threats, and looked over after each of them."""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

# With import mode "importlib" a folder of tests is on no path.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "bench")]

ROOT = Path(__file__).parents[2]
# The other Python, whose environment `requirements/second.py` makes, has the same kernel, and walls are the kernel's.
# So there only those threats are tried again that play with Python itself.
if Path(sys.prefix).name.startswith(".venv-"):
    AGAIN = ("01", "02", "03", "05", "06", "10", "13", "17", "30", "32", "42", "55", "56")
    collect_ignore = [
        path.name for path in Path(__file__).parent.glob("test_[0-9]*.py") if path.name.split("_")[1] not in AGAIN
    ]
    collect_ignore += ["test_layers.py", "test_scripts_in_a_real_browser.py"]


@pytest.fixture(scope="session")
def canary():
    """In this environment and among this process's open files before anything starts that could inherit them."""
    word = f"canary_{secrets.token_hex(16)}"
    os.environ["NOT_FOR_ATTACKERS"] = word
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "canary").write_text(word, "utf-8")
        left_open = os.open(folder, os.O_RDONLY)
        os.set_inheritable(left_open, True)
        yield word
        os.close(left_open)
    del os.environ["NOT_FOR_ATTACKERS"]


@pytest.fixture(scope="session")
def redteam_zygote(canary):
    """A running fork server. Where this system has none, there is no sandbox to attack."""
    if sys.platform != "linux":
        pytest.skip("this system has no sandbox to attack, and says so (see test_practice.py)")
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running


@pytest.fixture(scope="session")
def ground(tmp_path_factory, redteam_zygote, canary):
    """The arena itself. Most threats want `arena`, which looks after each of them whether anything is left."""
    from arena import LAB, Arena

    from autograder.course import load_course
    from autograder.doctor import measured_level

    folder = tmp_path_factory.mktemp("course")
    _copy_lab(folder, LAB, canary)
    with tempfile.TemporaryDirectory() as cache:
        Path(cache).chmod(0o711)  # children of another uid pass through, as they do in the real one
        yield Arena(load_course(folder), redteam_zygote, measured_level(redteam_zygote), canary, Path(cache))


@pytest.fixture(scope="module")
def bystander(ground):
    """Is graded once more after the attacks of a file."""
    yield
    ground.assert_bystander_is_unharmed()


@pytest.fixture
def arena(ground, bystander):
    """The arena, for one attack. Skips where the machine does not promise to stop any."""
    if ground.level < "L2":
        pytest.skip(f"this machine reaches {ground.level}, and official grading refuses it")
    before = ground.footprint()
    yield ground
    ground.assert_as_before(before)


@pytest.fixture(scope="session")
def searched(ground):
    """What `searches_everywhere.py` found, how often it looked and was refused; it also looks while checks run.

    It carries a decoy, which it must find wherever it reaches its own memory: so the search works behind the walls.
    """
    from threat import DECOY

    from autograder.sandbox.limits import Limits

    if ground.level < "L2":
        pytest.skip(f"this machine reaches {ground.level}, and official grading refuses it")
    hostile = Path(__file__).with_name("searches_everywhere.py").read_text("utf-8")
    before = f"COURSE = {str(ground.course.root)!r}\ndecoy = '{DECOY[:7]}' + '{DECOY[7:]}'"
    after = "everything = {'loot': loot, 'tried': tried, 'refused': refused}"
    return ground.told("everything", before, hostile, after, limits=Limits(wall_request=60, wall_submission=120))


def _copy_lab(folder, lab, canary):
    """A course of one lab, with the canary in an answer and in a hidden check."""
    solutions = folder / "solutions"
    shutil.copytree(ROOT / "solutions", solutions, ignore=shutil.ignore_patterns("__pycache__"))
    for source in [*solutions.glob("[0-9]*.py"), *solutions.glob("hidden/test_*.py")]:
        if lab not in source.name:
            source.unlink()
    _mark(solutions / f"{lab}.py", "    return jnp.zeros(K + 1", f'    secret = "{canary}"\n    return jnp.zeros(K + 1')
    hidden = solutions / "hidden" / f"test_{lab}.py"
    hidden.write_text(f'{hidden.read_text("utf-8")}\n\nSECRET = "{canary}"\n', "utf-8")


def _mark(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} has changed; mark another place of it"
    path.write_text(text.replace(old, new), "utf-8")
