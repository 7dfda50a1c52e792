import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from autograder import doctor
from autograder.doctor import BROKEN, HELD, NOT_AVAILABLE, NOT_HELD, WORKS, Diagnosis, Result
from autograder.sandbox.attacks import ATTACKS
from autograder.sandbox.chores import CHORES
from autograder.sandbox.launch import SandboxError

ROOT = Path(__file__).parents[2]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls are part of Linux")


def result(outcome, level="L2", name="fork"):
    return Result(name, f"try to {name}", outcome, level, "a detail")


def all_walls(zygote):
    with zygote.spawn(entry="autograder.sandbox.entries:echo") as child:
        return {"landlock", "seccomp"} <= child.layers


@needs_fork
def test_this_machine_is_examined_by_every_attack_and_every_chore(zygote):
    started = time.monotonic()
    diagnosis = doctor.diagnose(ROOT, zygote)
    print(f"examined in {time.monotonic() - started:.1f} s")
    assert {each.name for each in diagnosis.attacks} == {*ATTACKS, "cpu"}
    assert {each.name: each.outcome for each in diagnosis.chores} == dict.fromkeys(CHORES, WORKS)
    if all_walls(zygote):
        assert diagnosis.level in ("L2", "L3")
        assert diagnosis.healthy, doctor.render(diagnosis)


@needs_fork
def test_the_quick_measurement_agrees_with_the_long_one(zygote):
    if not all_walls(zygote):
        pytest.skip("this machine has not all walls")
    started = time.monotonic()
    assert doctor.measured_level(zygote) in ("L2", "L3")
    assert time.monotonic() - started < 10  # half a second, on a machine with nothing else to do


def test_the_quick_measurement_names_attacks_that_exist():
    assert set(doctor._QUICK) <= set(ATTACKS)


@linux
@pytest.mark.parametrize("wall", ["landlock", "seccomp"])
def test_where_a_wall_is_missing_official_levels_are_not_granted(zygote, monkeypatch, wall):
    spawn = zygote.spawn
    monkeypatch.setattr(zygote, "spawn", lambda *a, **k: spawn(*a, **k, without=[wall]))
    diagnosis = doctor.diagnose(ROOT, zygote)
    assert diagnosis.level == "L1"
    assert not diagnosis.healthy
    assert (wall, "left out on request") in diagnosis.missing
    assert doctor.measured_level(zygote) == "L1"


@linux
def test_walls_that_claim_to_stand_but_do_not_are_found_out(zygote, monkeypatch):
    """The worst case: every layer says that it took hold, and files are open all the same."""
    if not all_walls(zygote):
        pytest.skip("this machine has not all walls")
    spawn = zygote.spawn

    def lying(*arguments, **options):
        child = spawn(*arguments, **options, without=["landlock"])
        child.layers |= {"landlock"}
        return child

    monkeypatch.setattr(zygote, "spawn", lying)
    assert doctor.measured_level(zygote) == "L1"
    diagnosis = doctor.diagnose(None, zygote)
    assert diagnosis.level == "L1"
    assert "read-file" in {each.name for each in diagnosis.attacks if each.outcome == NOT_HELD}


@pytest.mark.parametrize(
    ("layers", "outcomes", "level"),
    [
        ("L3", [], "L3"),
        ("L2", [result(HELD), result(NOT_AVAILABLE)], "L2"),
        ("L3", [result(NOT_HELD, "L3")], "L2"),
        ("L3", [result(NOT_HELD, "L2")], "L1"),
        ("L2", [result(NOT_HELD, "L2"), result(NOT_HELD, "L1")], "L0"),
        ("L0", [result(NOT_HELD, "L2")], "L0"),
    ],
)
def test_a_level_is_granted_only_if_all_that_it_promises_held(layers, outcomes, level):
    assert doctor.granted(layers, outcomes) == level


@linux
def test_a_child_that_vanishes_during_an_attack_counts_as_got_through(zygote):
    with zygote.spawn(entry="autograder.sandbox.entries:end") as child, doctor._ground(None) as ground:
        found = doctor._attack(child, ATTACKS["fork"], ground)
    assert found.outcome == NOT_HELD
    assert "the child did not answer" in found.detail


def test_the_diagnosis_reads_as_lines_a_person_understands():
    diagnosis = Diagnosis(
        "L1",
        (result(HELD), result(NOT_HELD, name="exec"), result(NOT_AVAILABLE, name="trace")),
        (Result("jax", "compile with JAX", WORKS), Result("figure", "draw a figure", BROKEN, detail="no fonts")),
        missing=(("landlock", "OSError: Function not implemented"),),
    )
    assert doctor.render(diagnosis).splitlines() == [
        "A hostile submission tries to ...",
        "  held                try to fork",
        "  NOT held            try to exec (a detail)",
        "  not available here  try to trace (a detail)",
        "",
        "An honest submission must be able to ...",
        "  works               compile with JAX",
        "  DOES NOT WORK       draw a figure (no fonts)",
        "",
        "Layers that did not take hold:",
        "  landlock: OSError: Function not implemented",
        "",
        "Level L1: practice level: own process, limits, deadlines, but no walls; not for official grading.",
    ]


def test_a_sandbox_that_does_not_start_gets_level_zero_and_the_reason(monkeypatch):
    def fail(*_):
        raise SandboxError("The fork server died.")

    monkeypatch.setattr(doctor, "start_sandbox", fail)
    diagnosis = doctor.diagnose()
    assert (diagnosis.level, diagnosis.healthy) == ("L0", False)
    assert doctor.render(diagnosis).startswith("The sandbox does not start: The fork server died.")
    assert "Level L0: no separation" in doctor.render(diagnosis)


@pytest.mark.parametrize(("uid", "expected"), [(0, ("L2", "L3")), (65534, ("L2",))])
@linux
def test_an_interpreter_that_all_may_read_gives_root_an_own_uid_and_an_ordinary_user_the_walls(zygote, uid, expected):
    if not all_walls(zygote):
        pytest.skip("this machine has not all walls")
    if os.geteuid() != 0:
        pytest.skip("only root can try as another user")
    python, packages = interpreter_for_all()
    script = f"""
import sys
sys.path[:0] = {[str(ROOT), packages]!r}
from autograder import doctor
diagnosis = doctor.diagnose()
print(diagnosis.level, diagnosis.healthy, "own-uid" in diagnosis.layers)
print(doctor.render(diagnosis), file=sys.stderr)
"""
    done = subprocess.run(
        [python, "-c", script],
        **({"user": uid, "group": uid, "extra_groups": []} if uid else {}),
        cwd="/",
        env={"PATH": os.environ.get("PATH", "")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    level, healthy, own_uid = done.stdout.split()
    assert level in expected, done.stderr
    assert healthy == "True", done.stderr
    assert own_uid == str(uid == 0)


@cache
def interpreter_for_all():
    """A Python of this version, and packages for it, that an ordinary user may read; skips where there is none."""
    packages = next(path for path in sys.path if path.endswith(("site-packages", "dist-packages")))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (os.path.realpath(sys.executable), f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        trial = [python, "-c", f"import sys; sys.path[:0] = {[str(ROOT), packages]!r}; import jax, autograder.doctor"]
        try:
            done = subprocess.run(
                trial, user=65534, group=65534, extra_groups=[], cwd="/", capture_output=True, timeout=120
            )
        except OSError:
            continue
        if done.returncode == 0:
            return python, packages
    pytest.skip(f"no Python {version} with JAX here is readable to an ordinary user")
