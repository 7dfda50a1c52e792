"""What no submission may learn is marked with a canary, and a hostile submission looks for it wherever it can."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.grade import Grader, Settings
from autograder.sandbox.limits import Limits
from autograder.session import Session

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "tests" / "redteam" / "searches_everywhere.py"
LAB = "02_immutability"
LIMITS = Limits(wall_request=60, wall_submission=120)
WAYS = ("files", "environment", "objects", "mapped_memory", "memory", "cache")


@pytest.fixture(scope="module")
def canary():
    """A word that is nowhere else, kept in this process's memory and environment."""
    word = f"canary_{secrets.token_hex(16)}"
    os.environ["NOT_FOR_STUDENTS"] = word
    yield word
    del os.environ["NOT_FOR_STUDENTS"]


@pytest.fixture(scope="module")
def marked_course(tmp_path_factory, canary):
    """The course, with the canary in a hidden check, in an answer, and in the name of what the answer compiles."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "solutions", folder / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    mark(folder / "solutions" / "hidden" / f"test_{LAB}.py", '"""Nobody is lost', f'"""{canary}. Nobody is lost')
    source = folder / "solutions" / f"{LAB}.py"
    mark(source, "    return jnp.zeros(K + 1", f'    secret = "{canary}"\n    return jnp.zeros(K + 1')
    named = f"\n    @jax.jit\n    def {canary}(idx):\n        return idx * 3 - idx * 2\n\n    idx = {canary}(idx)"
    mark(source, "\n    known = (idx >= 0)", f"{named}\n    known = (idx >= 0)")
    return load_course(folder)


def mark(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} has changed; mark another place of it"
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def cache_home():
    """A place for compiled programs that children of another uid can reach, as the real one is."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture(scope="module")
def marked_grader(marked_course, zygote, level, cache_home):
    return Grader(marked_course, zygote, Settings(marked_course.root, 1, LIMITS), level, cache_home)


def test_a_hostile_notebook_finds_no_secret(marked_grader, marked_course, zygote, level, canary):
    """It looks before the checks, and again in the middle of hidden ones."""
    if level < "L2":
        pytest.skip("this machine does not promise to stop it")
    kit = marked_grader._kit(marked_course.labs[0])
    cells = [f"COURSE = {str(marked_course.root)!r}", HOSTILE.read_text("utf-8")]
    with Session(zygote, cells, LIMITS, marked_grader._cache(kit)) as session:
        results = kit.judge(session)
        loot, tried, refused = (session.request("lookup", name)[0] for name in ("loot", "tried", "refused"))
    assert loot == {way: [] for way in WAYS}
    assert session.cell_errors == ()
    assert [result.name for result in results if canary in result.sentence], "the canary was not there to be found"
    assert all(tried[way] for way in ("files", "environment", "objects", "memory")), "it did not look"
    assert all(refused[way] for way in ("files", "environment", "mapped_memory", "cache"))


def test_without_a_sandbox_it_finds_all_of_them(marked_grader, marked_course, canary):
    """So the search above is worth something: the same code, run in this process, finds the canary in each way."""
    import jax

    kit = marked_grader._kit(marked_course.labs[0])
    before = jax.config.jax_compilation_cache_dir
    jax.config.update("jax_compilation_cache_dir", str(marked_grader._cache(kit)))
    try:
        space = {"COURSE": str(marked_course.root), "__name__": "hostile"}
        exec(compile(HOSTILE.read_text("utf-8"), "hostile", "exec"), space)
    finally:
        jax.config.update("jax_compilation_cache_dir", before)
    # Other tests in this process may have secrets of their own.
    assert {way: canary in found for way, found in space["loot"].items()} == dict.fromkeys(WAYS, True)
