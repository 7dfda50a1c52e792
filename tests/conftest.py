"""What the tests of whole submissions share: the sample class, graded once by the command, and one grader beside it."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "tests" / "submissions"
COMMAND = [sys.executable, "-m", "autograder"]
# As `autograder grade --timeout 6`.
TIMEOUT = 6.0
# What no other JAX or Python changes is not tried again on the other Python, which `requirements/second.py` starts.
# Nor is what only reads reports and writes files. Of the red team those threats are tried again there that reach into
# Python or JAX, and not those that come as files, floods and signals.
REACH_INTO_PYTHON = [*range(1, 8), 10, 13, *range(17, 25), 26, 27, *range(32, 36), *range(54, 57), *range(66, 71)]
if Path(sys.prefix).name.startswith(".venv-"):
    again = {f"{number:02}" for number in REACH_INTO_PYTHON}
    threats = (ROOT / "tests/redteam").glob("test_*.py")
    collect_ignore = ["bench", "devcontainer", "autograder/test_kills.py", "autograder/test_nbgrader_real.py"]
    desk = ("export", "release", "similar", "report", "pages", "policy", "roster", "scores", "times")
    collect_ignore_glob = [f"autograder/test_{word}*" for word in desk]
    collect_ignore += [str(path) for path in threats if path.name[5:7] not in again]


@pytest.fixture(scope="session", autouse=True)
def _progress_elsewhere(tmp_path_factory):
    """Nothing that a test checks counts as somebody's progress in this checkout."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(os.environ, "DLFB_LAB_FOLDER", str(tmp_path_factory.mktemp("progress")))
        yield


@dataclass(frozen=True)
class GradedClass:
    """The sample class, graded by the command."""

    out: Path
    code: int
    said: str
    seconds: float


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """The whole sample class, graded once by `autograder grade`, as `make demo` does it."""
    out = tmp_path_factory.mktemp("class") / "out"
    started = time.monotonic()
    options = ["--out", str(out), "--timeout", str(TIMEOUT)]
    ended = subprocess.run([*COMMAND, "grade", str(STORIES), *options], cwd=ROOT, capture_output=True, text=True)
    return GradedClass(out, ended.returncode, ended.stdout + ended.stderr, time.monotonic() - started)


@pytest.fixture(scope="session")
def course():
    """The repository's own course."""
    from autograder.course import load_course

    return load_course(ROOT)


@pytest.fixture(scope="session")
def settings(course):
    """What the command asks for in `graded_class`."""
    from autograder.grade import Settings
    from autograder.sandbox.limits import Limits

    return Settings(course.root, course.seed, Limits(wall_request=TIMEOUT, wall_submission=120.0))


@pytest.fixture(scope="session")
def level(zygote):
    """The level of isolation that attacks on this machine's sandbox show."""
    from autograder.doctor import measured_level

    return measured_level(zygote)


@pytest.fixture(scope="session")
def grader(course, settings, zygote, level):
    """A grader in this process, with the settings of `graded_class`."""
    from autograder.compile_cache import cache_base
    from autograder.grade import Grader

    return Grader(course, zygote, settings, level, cache_base(zygote) if level >= "L2" else None)
