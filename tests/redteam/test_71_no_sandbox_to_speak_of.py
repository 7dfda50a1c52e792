"""No attacker, but a computer on which the sandbox silently does nothing, the memory is full, or the disk."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from arena import LAB, notebook
from threat import RIGHT, WRONG, Threat
from weapons import ECHO

from autograder.doctor import measured_level
from autograder.sandbox import _libc, seccomp
from autograder.sandbox._syscall_numbers import number

ROOT = Path(__file__).parents[2]
LANDLOCK = (444, 445, 446)

THREAT = Threat(
    71,
    "The sandbox is missing, the memory full, the disk full",
    "The walls are attacked on this very machine before grading; reports are written whole; children are killed first.",
    "there is no sandbox whose absence could be noticed",
)

# A kernel without these calls: a filter on everything that this process starts says that they do not exist.
_WITHOUT = """
import ctypes, os, struct, sys
rules = [struct.pack("=HBBI", 0x20, 0, 0, 0)]
for call in {calls}:
    rules += [struct.pack("=HBBI", 0x15, 0, 1, call), struct.pack("=HBBI", 0x06, 0, 0, 0x00050000 | 38)]
rules.append(struct.pack("=HBBI", 0x06, 0, 0, 0x7FFF0000))
code = ctypes.create_string_buffer(b"".join(rules))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.c_void_p(ctypes.addressof(program))) == 0, os.strerror(ctypes.get_errno())
os.execv(sys.executable, [sys.executable, "-m", "autograder", *sys.argv[1:]])
"""


def command_without(calls, *arguments):
    """The command on a kernel that does not know these calls."""
    program = [sys.executable, "-c", _WITHOUT.format(calls=calls), *map(str, arguments)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)


@pytest.mark.parametrize("wall", ["landlock", "seccomp"])
def test_on_a_kernel_without_a_wall_nothing_is_graded(arena, tmp_path, wall):
    """The command says so, with an exit code of its own, and writes no report."""
    calls = LANDLOCK if wall == "landlock" else (number("seccomp", _libc.machine()),)
    (tmp_path / f"{LAB}.ipynb").write_bytes(notebook(RIGHT))
    out = tmp_path / "out"
    options = ("--out", out, "--workers", 1, "--course", arena.course.root)
    done = command_without(calls, "grade", tmp_path / f"{LAB}.ipynb", *options)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "reaches isolation level L1; L2 is required" in " ".join((done.stdout + done.stderr).split())
    assert not [*out.glob("reports/*"), *out.glob("feedback/*"), *out.glob("scores.csv")]


def test_walls_that_stand_in_the_list_alone_are_found_out(arena, monkeypatch):
    """As on a mount that takes Landlock's rules and does not keep them: every layer says that it holds."""
    spawn = arena.zygote.spawn

    def lying(*arguments, **options):
        child = spawn(*arguments, **options, without=["landlock", "seccomp"])
        child.layers |= {"landlock", "seccomp"}
        return child

    monkeypatch.setattr(arena.zygote, "spawn", lying)
    assert measured_level(arena.zygote) == "L1"


def test_every_report_says_how_well_it_was_isolated(arena):
    assert arena.grade(WRONG).isolation == arena.level >= "L2"


def test_the_filter_is_not_put_up_half():
    """On a processor whose calls nobody has listed there is no filter, rather than a wrong one."""
    with pytest.raises(OSError, match="not for sparc"):
        seccomp.program("sparc", 1)


def test_where_memory_is_short_the_student_is_killed_and_not_the_grader(arena):
    with arena.zygote.spawn(entry=ECHO) as child:
        assert "oom-first" in child.layers
        scores = [int(Path(f"/proc/{pid}/oom_score_adj").read_text()) for pid in (child.pid, os.getpid())]
    assert scores[0] == 1000 > scores[1]
    assert int(Path(f"/proc/{arena.zygote._process.pid}/oom_score_adj").read_text()) == scores[1]


def test_a_disk_that_is_full_leaves_the_old_report_whole_and_says_which(arena, tmp_path):
    """Here a limit on the size of files stands for the disk: the system's answer comes in the middle of a file."""
    program = """
    import resource, sys
    from pathlib import Path
    from autograder.report.write import write_whole
    path = Path(sys.argv[1])
    write_whole(path, b"the old report")
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    try:
        write_whole(path, bytes(100_000))
    except OSError as error:
        print(error.filename)
    """
    path = tmp_path / "report.json"
    command = [sys.executable, "-c", textwrap.dedent(program), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == str(path)
    assert path.read_bytes() == b"the old report"
    assert [one.name for one in tmp_path.iterdir()] == ["report.json"]
