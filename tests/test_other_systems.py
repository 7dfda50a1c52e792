"""Windows and macOS, as far as Linux can play them: what they lack is taken away, then everything is imported anew."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# JAX and the others are imported first, as the system that this is: only our own modules meet the other one.
PRELUDE = """
    import importlib, os, pkgutil, sys
    import dlfb_lab, autograder
    import multiprocessing.popen_spawn_posix

    OURS = ("dlfb_lab", "autograder")
    NAMES = [info.name for package in (dlfb_lab, autograder)
             for info in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
             if ".checks" not in info.name and not info.name.endswith("__main__")]

    def import_ours():
        for name in NAMES:
            importlib.import_module(name)

    def become(system, modules, attributes):
        import_ours()
        for name in list(sys.modules):
            if name.partition(".")[0] in OURS:
                del sys.modules[name]
        for name in modules:
            sys.modules[name] = None
        for owner, name in attributes:
            if hasattr(owner, name):
                delattr(owner, name)
        sys.platform = system
        import_ours()

    import select, signal, socket
    NO_UNIX = ["fcntl", "resource", "pwd", "grp", "termios"]
    LINUX = "sched_getaffinity sched_setaffinity O_PATH memfd_create setresuid"
    NO_LINUX = [(os, name) for name in LINUX.split()]
    UNIX = "fork geteuid chown setsid killpg readv writev set_blocking O_NOFOLLOW O_DIRECTORY O_CLOEXEC O_NONBLOCK"
    NO_FORK = [(os, name) for name in UNIX.split()]
    NO_FORK += [(select, "poll"), (signal, "SIGXCPU"), (signal, "SIGSTOP"), (socket, "send_fds"), (socket, "recv_fds")]
"""
WINDOWS = "become('win32', NO_UNIX, NO_LINUX + NO_FORK)\n"
MACOS = "become('darwin', [], NO_LINUX)\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plays other systems on Linux")


def run(script, **environment):
    """What a script after the prelude printed."""
    code = textwrap.dedent(PRELUDE) + script
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize(("become", "name"), [(WINDOWS, "Windows"), (MACOS, "macOS")])
def test_everything_imports_and_the_grader_says_practice_level(become, name):
    said = run(become + "from autograder.sandbox.sandbox import practice_note\nprint(practice_note())")
    assert said.startswith(f"Practice level, no sandbox: on {name} a submission runs as an ordinary program of yours.")


# From reading the file to the report. What starts processes on Windows itself cannot be played.
GRADE = """
from autograder.collect import collect
from autograder.course import load_course
from autograder.grade import Settings
from autograder.sandbox.limits import Limits
from autograder.worker import IsolationTooLow, make_grader
from pathlib import Path

if __name__ == "__main__":
    course = load_course(Path.cwd())
    settings = Settings(course.root, course.seed, Limits())
    (one,) = collect([Path("tests/submissions/sets_instead_of_adding")]).submissions
    try:
        make_grader(settings, "L2")
    except IsolationTooLow as refusal:
        print(refusal)
    report = make_grader(settings, "L1").grade(one)
    print(report.isolation, *(f"{task.name} {task.outcome}" for task in report.tasks))
"""


def test_on_macos_a_submission_is_graded_at_practice_level_and_not_above(tmp_path):
    refusal, report = run(MACOS + GRADE, XDG_CACHE_HOME=str(tmp_path)).splitlines()
    assert refusal.startswith("This machine reaches isolation level L1; L2 is required.")
    assert report.startswith("L1 ")
    assert "kmer_counts failed" in report


def test_on_windows_nothing_is_used_that_it_lacks():
    """By the types: what Windows has not may be named only in the files that run on Linux alone."""
    pytest.importorskip("mypy")
    only_linux = {"attacks", "channel", "entries", "identity", "jail", "landlock", "launch", "limits", "zygote"}
    only_linux |= {"_clean", "_control", "_start", "_sweep"}
    command = [sys.executable, "-m", "mypy", "--platform", "win32", "--no-site-packages", "--cache-dir", os.devnull]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    files = {Path(line.split(":")[0]) for line in ended.stdout.splitlines() if "has no attribute" in line}
    assert Path("autograder/sandbox/landlock.py") in files, ended.stdout + ended.stderr
    assert {file for file in files if file.parts[1] != "sandbox" or file.stem not in only_linux} == set()


def test_a_terminal_with_few_signs_gets_question_marks_for_a_name_and_no_traceback():
    script = """
from autograder import __main__, cli
cli.app = lambda **_: cli.out_console.print("\\u674e\\u56db handed in")
__main__.main()
"""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert (ended.returncode, ended.stdout) == (0, "?? handed in\n"), ended.stderr


def test_check_prints_its_verdict_where_there_are_few_signs():
    script = "from dlfb_lab import check\nset_first = None\ncheck('set_first')"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert ended.returncode == 0, ended.stderr
    assert "? " in ended.stdout
