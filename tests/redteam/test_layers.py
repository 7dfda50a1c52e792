"""Every attack against every layer left out in turn: as root, as root with the same uid, and as an ordinary user.

What one layer lets through, another one must hold. The tables say what each is needed for; nothing beyond them may get
through. Where a table says that something does, the test has also seen it: so the attack is worth something.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from weapons import ECHO, tools

ROOT = Path(__file__).parents[2]
TRIAL = Path(__file__).with_name("layers_trial.py")
NOBODY = 65534

FILES = {"delete-file", "list-folder", "read-file", "symlink", "write-outside"}
KERNEL = {"fork", "hidden-room", "kernel", "memfd", "shared-memory", "socket", "undo-jail"}
PROGRAMS = {"exec", "posix-spawn", "subprocess"}
NEIGHBORS = {"affinity", "prlimit"}
LOCAL = {"connect"}
# Without both walls a process of the same uid reaches the others; a root without its powers, only by signals.
BY_UID = {
    "own uid": {"landlock": set(), "seccomp": set(), "both": set()},
    "root": {"landlock": set(), "seccomp": {"chmod", "touch", "prlimit"}, "both": {"kill"}},
    "ordinary user": {
        # The system's pages about a process are files: what the filter cannot see.
        "landlock": {"parent-memory", "their-environment"},
        "seccomp": NEIGHBORS,
        "both": {"kill", "process-vm", "ptrace"},
    },
}
# Those that no attack shows alone: with all of them gone, the walls still hold everything.
SMALL = "session folder oom-first private-namespace own-uid no-capabilities dies-with-parent undumpable".split()
SETS = {
    "nothing": [],
    "the small ones": SMALL,
    "descriptors": ["descriptors"],
    "limits": ["limits"],
    "no-new-privileges": ["no-new-privileges"],
    "landlock": ["landlock"],
    "seccomp": ["seccomp"],
    "both walls": ["landlock", "seccomp"],
    "both walls and the network": ["landlock", "seccomp", "private-namespace"],
}


def expected(who, name):
    """What may get through, and what must, to show that the attacks are some."""
    mine = BY_UID[who]
    both = FILES | KERNEL | PROGRAMS | mine["landlock"] | mine["seccomp"] | mine["both"]
    network = LOCAL if who == "ordinary user" else set()  # who is no root has no network of its own to hide in
    return {
        "nothing": (set(), set()),
        "the small ones": (set(), set()),
        "descriptors": ({"descriptors"}, {"descriptors"}),
        "limits": ({"large-file", "many-files", "memory", "raise-limits"}, {"large-file", "many-files"}),
        # An ordinary process may put up a wall only after it has renounced.
        "no-new-privileges": (both | network, {"read-file", "fork"}),
        "landlock": (FILES | mine["landlock"], {"read-file", "list-folder", "write-outside"}),
        "seccomp": (KERNEL | mine["seccomp"], {"fork", "memfd", "shared-memory"}),
        "both walls": (both | network, {"read-file", "fork", *PROGRAMS}),
        "both walls and the network": (both | LOCAL, {"read-file", "fork", *PROGRAMS, *LOCAL}),
    }[name]


@pytest.fixture(scope="module")
def trials():
    """What got through, for each kind of user and each set, all three at the same time; or why it was not tried."""
    if sys.platform != "linux":
        pytest.skip("the layers are part of Linux")
    packages = next(path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    begun = {
        "root": begin(sys.executable, packages, 0) if os.geteuid() == 0 else "the tests do not run as root",
        "own uid": begin(readable_python(packages), packages, 0),
        "ordinary user": begin(readable_python(packages), packages, NOBODY),
    }
    if os.geteuid() != 0:
        begun["own uid"] = "only root can change the uid"
        begun["ordinary user"] = begin(sys.executable, packages, None)
    return {who: one if type(one) is str else ended(one) for who, one in begun.items()}


def readable_python(packages):
    """A Python of this version with JAX that every user may run; None where there is none."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (os.path.realpath(sys.executable), f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        code = f"import sys; sys.path[:0] = {[str(ROOT), packages]!r}; import jax.version, numpy, autograder"
        try:
            done = subprocess.run([python, "-c", code], **as_user(NOBODY), cwd="/", capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return None


def begin(python, packages, uid):
    if python is None:
        return "no Python of this version with JAX here is readable to an ordinary user"
    command = [python, str(TRIAL), json.dumps([str(ROOT), packages]), json.dumps(list(SETS.values()))]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, **as_user(uid), cwd="/", env={"PATH": os.environ.get("PATH", "")}, **streams)


def as_user(uid):
    return {"user": uid, "group": uid, "extra_groups": []} if uid and os.geteuid() == 0 else {}


def ended(process):
    said, complaints = process.communicate(timeout=600)
    assert process.returncode == 0, complaints
    layers, why, found = json.loads(said)
    return set(layers), why, dict(zip(SETS, map(set, found), strict=True))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("who", BY_UID)
def test_without_a_layer_the_others_hold_what_is_theirs(trials, who, name):
    if type(trials[who]) is str:
        pytest.skip(trials[who])
    layers, why_no_uid, found = trials[who]
    if who == "root" and not why_no_uid:
        pytest.skip("the tests' own interpreter is readable to all, so root gives each child a uid of its own")
    if not {"landlock-scope", "landlock-tcp", "seccomp"} <= layers:
        pytest.skip(f"this machine has not all walls, or older ones: {sorted(layers)}")
    if "network" in name and who != "ordinary user" and "private-namespace" not in layers:
        pytest.skip("this machine gives root no network of its own")
    at_most, at_least = expected(who, name)
    assert at_least <= found[name] <= at_most


def test_each_layer_is_left_out_at_least_once(arena):
    with arena.zygote.spawn(entry=ECHO) as child:
        known = {name for name in child.layers | child.missing.keys() if not name.startswith("landlock-")}
    assert known <= {name for without in SETS.values() for name in without}


def test_each_user_reaches_the_level_that_is_promised(trials):
    for who, trial in trials.items():
        if type(trial) is str or "seccomp" not in trial[0] or "landlock" not in trial[0]:
            continue
        assert ("own-uid" in trial[0]) is (who == "own uid")
        assert ("private-namespace" in trial[0]) <= (who != "ordinary user")


def test_the_filter_alone_keeps_the_kernel_from_signalling_a_stranger(arena):
    """Older kernels' Landlock has no scope for signals. Whoever owns a descriptor is signalled when bytes arrive."""
    owner = """
import fcntl, socket, struct
here, there = socket.socketpair()
attempt("F_SETOWN", fcntl.fcntl, here, fcntl.F_SETOWN, os.getppid())
attempt("FIOSETOWN", fcntl.ioctl, here, 0x8901, struct.pack("i", os.getppid()))
attempt("SIOCSPGRP", fcntl.ioctl, here, 0x8902, struct.pack("i", os.getppid()))
attempt("FIOASYNC", fcntl.ioctl, here, 0x5452, struct.pack("i", 1))
there.send(b"x")
"""
    assert set(arena.told("loot", tools(), owner, without=("landlock",)).values()) == {"EPERM"}


@pytest.mark.parametrize(("without", "came"), [([], "EACCES"), (["undumpable"], "done")])
def test_a_neighbor_of_the_same_uid_cannot_be_read_even_without_walls(arena, without, came):
    """Since it is not dumpable. Where it is, its memory lies open: this is what the layer is for."""
    with arena.zygote.spawn(entry=ECHO, without=without) as sibling:
        if "own-uid" in sibling.layers:
            pytest.skip("here every child has a uid of its own")
        look = f'attempt("memory", lambda: os.close(os.open("/proc/{sibling.pid}/mem", os.O_RDWR)))'
        assert arena.told("loot", tools(), look, without=("landlock", "seccomp")) == {"memory": came}
