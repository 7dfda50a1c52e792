"""Killed at any moment, and run once more: the output folder is that of an undisturbed run, byte for byte."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRIALS = 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_run_that_is_killed_at_a_random_moment_loses_and_doubles_nothing(tmp_path):
    code = f"import kills, pathlib; kills.main(pathlib.Path({str(tmp_path)!r}), {TRIALS}, 7)"
    places = os.pathsep.join([str(Path(__file__).parent), str(ROOT)])
    command, environment = [sys.executable, "-c", code], {**os.environ, "PYTHONPATH": places}
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    lines = ended.stdout.splitlines()
    assert ended.returncode == 0, ended.stderr
    assert [line for line in lines if not line.endswith(": same")] == []
    assert len(lines) == TRIALS
    # Some came too late or too early to disturb anything; most did not.
    assert sum("ended with 9," in line for line in lines) > TRIALS / 4


STORIES = ("sets_instead_of_adding", "writes_into_an_array", "exits_in_the_middle", "empty_file")
TIMES = re.compile(rb'<section class="card" id="times">.*?</section>', re.DOTALL)
# What is killed: the command itself, or a process so many generations beneath it.
GENERATIONS = {"the command": 0, "a worker": 1, "a fork server": 2, "a child": 3}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for story in STORIES:
        shutil.copytree(ROOT / "tests" / "submissions" / story, folder / story)
    return folder


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory):
    """The files of a run that nobody disturbs, and its seconds."""
    out = tmp_path_factory.mktemp("undisturbed")
    started = time.monotonic()
    with command(handed_in, out) as running:
        assert running.wait() == 0
    return files(out), time.monotonic() - started


def command(handed_in, out):
    run = [sys.executable, "-m", "autograder", "grade", str(handed_in), "--out", str(out), "--workers", "2"]
    return subprocess.Popen(run, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("what", GENERATIONS)
def test_the_command_or_any_process_of_it_may_be_killed(what, handed_in, undisturbed, tmp_path):
    expected, whole = undisturbed
    dice = random.Random(what)
    with command(handed_in, tmp_path) as running:
        time.sleep(dice.uniform(0.3, 0.9) * whole)
        until = time.monotonic() + whole
        while not (there := generation(running.pid, GENERATIONS[what])) and time.monotonic() < until:
            time.sleep(0.01)
        for pid in there[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        running.wait()
    with command(handed_in, tmp_path) as running:
        assert running.wait() == 0
    assert files(tmp_path) == expected


def files(out):
    """What is in the output folder, but for the ledger and the lock, and for how long everything took."""
    found = (
        path for path in out.rglob("*") if (path.is_file() and path.parent != out) or path.suffix in (".csv", ".html")
    )
    return {str(path.relative_to(out)): TIMES.sub(b"", path.read_bytes()) for path in found}


def generation(pid, number):
    """The processes so many generations beneath `pid`. Of its children only those that have children are workers."""
    if number == 0:
        return [pid]
    below = [one for one in children(pid) if number > 1 or children(one)]
    return [two for one in below for two in generation(one, number - 1)] if number > 1 else below


def children(pid):
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text("utf-8").split()]
    except OSError:
        return []
