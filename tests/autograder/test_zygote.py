"""Zygote and children from the grader's side: they start, end, and leave nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sandbox import launch
from autograder.sandbox.channel import ChannelClosed
from autograder.sandbox.launch import Exit, SandboxError, Zygote

ROOT = Path(__file__).parents[2]
ECHO = "autograder.sandbox.entries:echo"
END = "autograder.sandbox.entries:end"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def soon(seconds=20.0):
    return time.monotonic() + seconds


def descendants(pid):
    """The ids of all processes beneath `pid`, the dead but not collected ones too."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            found += [int(stat.parent.name), *descendants(int(stat.parent.name))]
    return found


def traces(zygote):
    """What children could leave behind: descriptors of ours and of the zygote's, processes, folders."""
    pid = zygote._process.pid
    ours, theirs = (len(list(Path(f"/proc/{who}/fd").iterdir())) for who in ("self", pid))
    return ours, theirs, descendants(pid), sorted(zygote._home.iterdir())


def eventually(condition, seconds=10.0):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_hears_and_answers(zygote):
    with zygote.spawn(entry=ECHO) as child:
        child.channel.send(b"hello", deadline=soon())
        assert child.channel.receive(100, soon()) == b"hello"
        assert child.level in ("L1", "L2", "L3")


def test_a_child_is_ready_within_milliseconds(zygote, capsys):
    times = []
    for _ in range(10):
        started = time.perf_counter()
        with zygote.spawn(entry=ECHO):
            times.append((time.perf_counter() - started) * 1000)
    with capsys.disabled():
        print(f"\nfork to ready: median {sorted(times)[5]:.1f} ms, from {min(times):.1f} to {max(times):.1f} ms")


@linux
def test_twenty_children_leave_no_process_no_descriptor_and_no_folder(zygote):
    with zygote.spawn(entry=ECHO):
        pass
    before = traces(zygote)
    for _ in range(20):
        with zygote.spawn(entry=ECHO) as child:
            child.channel.send(b"x", deadline=soon())
            child.channel.receive(10, soon())
    assert traces(zygote) == before


@linux
def test_the_zygotes_environment_holds_nothing_of_the_graders(zygote):
    environment = Path(f"/proc/{zygote._process.pid}/environ").read_bytes().split(b"\0")
    names = {entry.partition(b"=")[0].decode() for entry in environment if entry}
    assert names <= {
        *("LANG", "HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "IPYTHONDIR", "PYTHONHASHSEED", "JAX_PLATFORMS"),
        *("MPLBACKEND", "TF_CPP_MIN_LOG_LEVEL", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"),
        *("LD_LIBRARY_PATH", "XLA_FLAGS"),
    }


@pytest.mark.parametrize(("told", "ended"), [(0, Exit(0, None)), (3, Exit(3, None)), (-signal.SIGSEGV, Exit(None, 11))])
def test_how_a_child_ended_is_told(zygote, told, ended):
    with zygote.spawn(entry=END) as child:
        child.channel.send(str(told).encode(), deadline=soon())
        assert child.wait(soon()) == ended
        with pytest.raises(ChannelClosed):
            child.channel.receive(100, soon())
        assert child.kill() == ended


def test_a_killed_child_is_gone_at_once(zygote):
    child = zygote.spawn(entry="autograder.sandbox.entries:burn")
    started = time.monotonic()
    assert child.kill() == Exit(None, signal.SIGKILL)
    assert time.monotonic() - started < 2.0
    assert child.kill() == Exit(None, signal.SIGKILL)
    assert not child.scratch.exists()


def test_waiting_for_a_child_that_does_not_end_stops_at_the_deadline(zygote):
    with zygote.spawn(entry=ECHO) as child:
        started = time.monotonic()
        with pytest.raises(TimeoutError, match="still runs at the deadline"):
            child.wait(soon(0.2))
        assert 0.2 <= time.monotonic() - started < 2.0


@linux
def test_whoever_a_child_leaves_behind_is_found_and_killed(zygote):
    before = descendants(zygote._process.pid)
    without = ["seccomp"]  # with it nobody forks
    child = zygote.spawn(entry="autograder.sandbox.entries:leave_orphans", without=without)
    assert child.channel.receive(100, soon()) == b"started"
    assert eventually(lambda: len(descendants(zygote._process.pid)) >= len(before) + 4)
    child.kill()
    assert descendants(zygote._process.pid) == before


@linux
def test_killing_one_child_leaves_its_neighbours_alone(zygote):
    with zygote.spawn(entry=ECHO) as neighbour:
        with zygote.spawn(entry=ECHO):
            pass
        neighbour.channel.send(b"still there?", deadline=soon())
        assert neighbour.channel.receive(100, soon()) == b"still there?"


def test_an_entry_that_does_not_exist_is_our_fault_and_harms_nobody(zygote):
    with pytest.raises(SandboxError, match="has no attribute 'nobody'"):
        zygote.spawn(entry="autograder.sandbox.entries:nobody")
    with zygote.spawn(entry=ECHO) as child:
        child.channel.send(b"on we go", deadline=soon())
        assert child.channel.receive(100, soon()) == b"on we go"


def test_a_kernel_that_refuses_the_forks_folder_gives_no_child_of_level_one(zygote, monkeypatch):
    monkeypatch.setattr(launch._start, "make_scratch", lambda scratch, uid: None)
    with zygote.spawn(entry=ECHO) as child:
        assert "folder" in child.missing
        assert child.level == "L0"


def test_the_repository_is_not_readable_but_dlfb_lab_is(zygote):
    assert not zygote.exposes(ROOT)
    assert not zygote.exposes(ROOT / "solutions")
    assert zygote.exposes(ROOT / "dlfb_lab/diagnoses.toml")


def test_a_locked_child_uses_the_compilation_cache_without_listing_it(tmp_path, zygote):
    tmp_path.chmod(0o755)
    entry = "autograder.sandbox.chores:cache"
    seen = []
    for writing in (True, False):
        with zygote.spawn(entry=entry, cache_dir=tmp_path, cache_write=writing) as child:
            seen.append(json.loads(child.channel.receive(1 << 20, soon(60))))
    filled, read = seen
    assert filled["misses"] > 0 and filled["hits"] == 0
    assert read["hits"] == filled["misses"] and read["misses"] == 0
    assert read["warnings"] == []
    if sys.platform == "linux":
        assert read["listing"] == "PermissionError"


def test_a_child_that_only_reads_the_cache_neither_fills_it_nor_warns(tmp_path, zygote):
    with zygote.spawn(entry="autograder.sandbox.chores:cache", cache_dir=tmp_path) as child:
        seen = json.loads(child.channel.receive(1 << 20, soon(60)))
    assert seen["warnings"] == [] and seen["hits"] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_zygote_that_cannot_start_says_what_it_wrote():
    with pytest.raises(SandboxError, match=r"could not start:(.|\n)*No module named"):
        Zygote.start(site_paths=[])


@linux
def test_a_zygote_that_dies_takes_its_children_along_and_is_our_fault():
    with Zygote.start() as zygote:
        child = zygote.spawn(entry=ECHO)
        os.kill(zygote._process.pid, signal.SIGKILL)
        assert eventually(lambda: not alive(child.pid))
        with pytest.raises(SandboxError, match="fork server has died"):
            zygote.spawn(entry=ECHO)
        with pytest.raises(SandboxError):
            child.kill()
    assert not zygote._home.exists()


@linux
def test_a_zygote_that_does_not_answer_is_our_fault_and_does_not_hold_us_up(monkeypatch):
    monkeypatch.setattr(launch, "_ANSWER_SECONDS", 0.5)
    with Zygote.start() as zygote:
        os.kill(zygote._process.pid, signal.SIGSTOP)
        with pytest.raises(SandboxError, match="has not answered for"):
            zygote.spawn(entry=ECHO)
    assert zygote._process.returncode == -signal.SIGKILL


@linux
def test_a_grader_that_is_killed_takes_everybody_along():
    script = """
import sys, time
from autograder.sandbox.launch import Zygote
zygote = Zygote.start()
child = zygote.spawn(entry="autograder.sandbox.entries:burn")
print(zygote._process.pid, child.pid, zygote._home, flush=True)
time.sleep(600)
"""
    grader = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with grader:
        zygote, child, home = grader.stdout.readline().split()
        grader.kill()
    assert eventually(lambda: not alive(int(zygote)) and not alive(int(child)))
    assert eventually(lambda: not Path(home).exists())
