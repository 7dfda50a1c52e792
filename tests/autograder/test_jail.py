"""Every attack, against all walls together and against each wall alone; and what happens where a wall is missing."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from autograder import doctor
from autograder.sandbox import _clean, chores, level
from autograder.sandbox._attack import STOPPED, THROUGH, UNAVAILABLE
from autograder.sandbox.attacks import ATTACKS
from autograder.sandbox.limits import Limits

ROOT = Path(__file__).parents[2]
WALLS = {"landlock", "seccomp"}
# What one wall does not see, so that the other is needed.
BEYOND_LANDLOCK = {
    "affinity",
    "chmod",
    "fork",
    "hidden-room",
    "kernel",
    "memfd",
    "other-door",
    "prlimit",
    "shared-memory",
    "socket",
    "touch",
    "undo-jail",
}
BEYOND_SECCOMP = {"delete-file", "list-folder", "read-course", "read-file", "write-outside", "symlink"}
# Held by something else than the two walls, or by either.
PROCESSES = {"posix-spawn", "subprocess", "exec", "kill", "ptrace", "process-vm", "connect"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are part of Linux")


@pytest.fixture(scope="module")
def ground():
    with doctor._ground(ROOT) as ground:
        yield ground


def outcomes(zygote, ground, names, without=()):
    """What came of each attack, each in a child of its own, so that none spoils the next."""
    found = {}
    for name in names:
        with zygote.spawn(doctor._LIMITS, entry="autograder.sandbox.attacks:serve", without=without) as child:
            child.channel.send(json.dumps({"name": name, "ground": asdict(ground)}).encode(), deadline=soon())
            found[name] = json.loads(child.channel.receive(1 << 20, soon()))[0]
    return found


def soon(seconds=20.0):
    return time.monotonic() + seconds


def needs(zygote, *names):
    with zygote.spawn(entry="autograder.sandbox.entries:echo") as child:
        if missing := set(names) - child.layers:
            pytest.skip(f"this machine has no {', '.join(sorted(missing))}: {child.missing}")


def test_with_all_walls_every_attack_is_stopped(zygote, ground):
    needs(zygote, *WALLS)
    found = outcomes(zygote, ground, ATTACKS)
    assert {name for name, outcome in found.items() if outcome == THROUGH} == set()
    assert {name for name, outcome in found.items() if outcome == UNAVAILABLE} <= {"other-door"}


def test_landlock_alone_holds_the_files_and_lets_through_what_the_filter_is_for(zygote, ground):
    needs(zygote, *WALLS)
    found = outcomes(zygote, ground, BEYOND_SECCOMP | BEYOND_LANDLOCK, without=["seccomp"])
    assert {found[name] for name in BEYOND_SECCOMP} == {STOPPED}
    assert {name for name in BEYOND_LANDLOCK if found[name] == THROUGH} >= {"fork", "shared-memory", "memfd"}


def test_the_filter_alone_holds_processes_and_network_and_lets_through_what_landlock_is_for(zygote, ground):
    needs(zygote, *WALLS)
    found = outcomes(zygote, ground, BEYOND_LANDLOCK | PROCESSES | BEYOND_SECCOMP, without=["landlock"])
    assert {name for name in BEYOND_LANDLOCK | PROCESSES if found[name] == THROUGH} == set()
    assert {name for name in BEYOND_SECCOMP if found[name] == THROUGH} >= {"read-file", "write-outside"}


def test_without_walls_the_attacks_get_through_so_they_are_worth_something(zygote, ground):
    needs(zygote, *WALLS)
    names = {"read-file", "list-folder", "write-outside", "fork", "subprocess", "socket", "memfd", "read-course"}
    found = outcomes(zygote, ground, names, without=WALLS)
    assert {name for name, outcome in found.items() if outcome != THROUGH} == set()


@pytest.mark.parametrize("chore", chores.CHORES)
def test_an_honest_student_can(zygote, chore):
    with zygote.spawn(entry="autograder.sandbox.chores:serve") as child:
        child.channel.send(chore.encode(), deadline=soon())
        assert json.loads(child.channel.receive(1 << 20, soon())) == ""


def test_memory_beyond_the_limit_is_a_memory_error_and_the_child_lives_on(zygote, ground):
    with zygote.spawn(Limits(data=1 << 30), entry="autograder.sandbox.attacks:serve") as child:
        for _ in range(2):
            child.channel.send(json.dumps({"name": "memory", "ground": asdict(ground)}).encode(), deadline=soon())
            assert json.loads(child.channel.receive(1 << 20, soon())) == [STOPPED, "MemoryError: "]


def test_processor_time_beyond_the_limit_is_the_end_also_for_the_deaf(zygote):
    with zygote.spawn(Limits(cpu=1), entry="autograder.sandbox.entries:burn") as child:
        assert child.wait(soon()).signal in (9, 24)


def locked_with(stub):
    """The layers of a process in which a system call has been replaced, as `lock_down` reports them."""
    script = f"""
import errno, json, os, sys, tempfile
from pathlib import Path
from autograder.sandbox import _libc, jail
real, real_prctl = _libc.syscall, _libc.prctl
def refuse(*arguments):
    raise OSError(errno.ENOSYS, "Function not implemented")
{stub}
pipe = os.pipe()
if os.fork() == 0:
    done = jail.lock_down(jail.JailSpec(Path(tempfile.gettempdir()), ()), pipe)
    os.write(pipe[1], json.dumps([done.held, done.missing]).encode())
    os._exit(0)
os.wait()
print(os.read(pipe[0], 100000).decode())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    held, missing = json.loads(done.stdout)
    return set(held), missing


def test_unstubbed_the_same_process_reaches_level_two():
    held, missing = locked_with("")
    if {"landlock", "seccomp"} & set(missing):
        pytest.skip(f"this machine has not all walls: {missing}")
    assert level.level(held) == "L2"


@pytest.mark.parametrize(
    ("layer", "stub"),
    [
        ("landlock", "_libc.syscall = lambda n, *a: refuse() if n == 444 else real(n, *a)"),
        ("landlock", "_libc.syscall = lambda n, *a: refuse() if n == 446 else real(n, *a)"),
        ("seccomp", "_libc.syscall = lambda n, *a: refuse() if n in (317, 277) else real(n, *a)"),
        ("seccomp", "_libc.machine = lambda: 'riscv64'"),
        ("no-capabilities", "_libc.syscall = lambda n, *a: refuse() if n in (125, 126, 90, 91) else real(n, *a)"),
        ("no-new-privileges", "_libc.prctl = lambda o, *a: refuse() if o == 38 else real_prctl(o, *a)"),
        ("undumpable", "_libc.prctl = lambda o, *a: refuse() if o == 4 else real_prctl(o, *a)"),
        ("dies-with-parent", "_libc.prctl = lambda o, *a: refuse() if o == 1 else real_prctl(o, *a)"),
    ],
)
def test_a_layer_that_does_not_take_hold_is_missing_and_lowers_the_level(layer, stub):
    held, missing = locked_with(stub)
    assert layer not in held
    assert "Function not implemented" in missing[layer] or "riscv64" in missing[layer]
    assert level.level(held) == "L1"


def test_limits_that_cannot_be_set_leave_no_separation_worth_a_name():
    held, missing = locked_with("import resource; resource.setrlimit = refuse")
    assert "limits" in missing
    assert level.level(held) == "L0"


def test_levels_are_computed_from_the_layers_alone():
    assert level.level(set()) == "L0"
    assert level.level(level.L1) == "L1"
    assert level.level(level.L1 | {"landlock"}) == "L1"
    assert level.level(level.L2) == "L2"
    assert level.level(level.L2 | {"own-uid"}) == "L2"
    assert level.level(level.L3) == "L3"
    assert level.level(level.L3 - {"seccomp"}) == "L1"


def test_a_folder_is_removed_without_following_what_it_links_to(tmp_path):
    (tmp_path / "precious").write_text("kept")
    folder = tmp_path / "scratch"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    (folder / "file").symlink_to(tmp_path / "precious")
    os.mkfifo(folder / "pipe")
    _clean.remove(folder)
    assert not folder.exists()
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_folder_of_endless_depth_is_removed(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d" * 100, dir_fd=here)  # deeper than any path can name
        deeper = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    _clean.remove(folder)
    assert not folder.exists()


def test_a_folder_that_nobody_may_read_is_removed(tmp_path):
    folder = tmp_path / "scratch"
    (folder / "a/b").mkdir(parents=True)
    (folder / "a/b/file").write_text("x")
    for name in ("a/b", "a", "."):
        (folder / name).chmod(0)
    _clean.remove(folder)
    assert not folder.exists()


def test_removing_what_is_gone_is_no_error(tmp_path):
    _clean.remove(tmp_path / "nothing")
