"""A notebook reads, changes or poisons the files of another that is being graded beside it."""

import os
from pathlib import Path

from arena import LIMITS
from threat import Threat
from weapons import REFUSED, tools, unguarded

from autograder.session import Session

LEAVES = """
import os
from pathlib import Path
loot = {}
for place in (Path.cwd(), Path.home() / ".cache", Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/")):
    try:
        place.mkdir(exist_ok=True)
        (place / "answer_to_share").write_text("copied")
        loot[str(place)] = "done"
    except OSError as error:
        loot[str(place)] = type(error).__name__
"""
STEALS = """
def read(path):
    with open(path) as stream:
        stream.read()
def write(path):
    with open(path, "a") as stream:
        stream.write("poison")
attempt("read", read, THEIRS + "/answer_to_share")
attempt("read by the process", read, f"/proc/{PID}/cwd/answer_to_share")
attempt("change", write, THEIRS + "/answer_to_share")
attempt("plant", write, THEIRS + "/numpy.py")
attempt("list", os.listdir, THEIRS)
attempt("list all", os.listdir, os.path.dirname(THEIRS))
attempt("link", os.link, THEIRS + "/answer_to_share", "mine")
attempt("move", os.rename, THEIRS + "/answer_to_share", "mine too")
attempt("open up", os.chmod, THEIRS, 0o777)
"""

THREAT = Threat(
    28,
    "Files of another submission",
    "Landlock gives each child one folder, which goes when the child goes; and each has a uid of its own.",
    "same user, same /tmp, same home",
)


def test_who_leaves_a_file_for_others_can_leave_it_only_at_home(arena):
    left = arena.loot(LEAVES)
    assert sorted(left.values()) == ["PermissionError"] * 4 + ["done"] * 2
    assert not [place for place in ("/tmp", "/var/tmp", "/dev/shm", "/") if Path(place, "answer_to_share").exists()]


def test_a_neighbor_gets_at_nothing_of_it(arena, tmp_path):
    with Session(arena.zygote, [LEAVES], LIMITS) as neighbor:
        neighbor.start()
        theirs = neighbor._child.scratch
        assert (theirs / "answer_to_share").read_text("utf-8") == "copied"
        loot = arena.loot(tools(), f"THEIRS, PID = {str(theirs)!r}, {neighbor._child.pid}", STEALS)
        assert (theirs / "answer_to_share").read_text("utf-8") == "copied"
    assert len(loot) == 9, "not all was tried"
    assert set(loot.values()) <= {*REFUSED, "EXDEV"}, loot  # which is how Landlock refuses to move a file
    assert not theirs.exists()


def test_without_a_sandbox_a_neighbor_gets_at_all_of_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "answer_to_share").write_text("copied", "utf-8")
    here = os.open(theirs, os.O_RDONLY)  # `/proc/<id>/cwd` of a process that stands there
    monkeypatch.chdir(theirs)
    loot = unguarded(tools(), f"THEIRS, PID = {str(theirs)!r}, {os.getpid()}", STEALS)
    os.close(here)
    assert set(loot.values()) == {"done"}, loot
