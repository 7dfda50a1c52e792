"""A notebook prints without end, to every stream that it can find."""

from pathlib import Path

import pytest
from arena import UNHURRIED, outcome, points, verdicts
from threat import OTHER, WRONG, Threat

from autograder.report.html_page import feedback_page
from autograder.report.json_file import to_json
from dlfb_lab._outcome import Outcome

# 100 MB through each of them. All in all more than a kernel's front end survives.
FLOOD = """\
import ctypes, logging, os, sys, warnings
line, loot = "flood " * 2000, []
for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
    for _ in range(8000):
        print(line, file=stream)
    loot.append(stream.name)
for fd in (1, 2):
    loot.append(sum(os.write(fd, line.encode()) for _ in range(8000)))
puts = ctypes.CDLL(None).puts
for _ in range(8000):
    puts(line.encode())
display(*[line] * 8000)
logging.warning(line)
warnings.warn(line)
"""
WAYS_OUT = """\
loot = {}
for path in ("/dev/tty", "/dev/pts/0", "/dev/ptmx", "/dev/console", "/dev/kmsg"):
    try:
        open(path, "w").close()
        loot[path] = "open"
    except OSError as error:
        loot[path] = type(error).__name__
"""

THREAT = Threat(
    50,
    "Floods on standard output and standard error",
    "Both lead to /dev/null. Nothing printed is read, kept or shown, so there is nothing to limit.",
    "outputs are kept; cut after the fact, where LimitOutput is switched on",
    (FLOOD, WRONG),
)


def test_a_flood_changes_nothing_and_is_kept_nowhere(arena):
    report = arena.grade(*THREAT.cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    for page in (to_json(report), feedback_page(report)):
        assert len(page) < 200_000
        assert "flood flood" not in page


def test_it_was_a_flood(arena):
    loot = arena.loot(FLOOD)
    assert loot[4:] == [96_000_000, 96_000_000]
    assert (
        arena.loot("import os\nloot = [os.readlink(f'/proc/self/fd/{n}') for n in ()]", WAYS_OUT)["/dev/tty"] != "open"
    )


@pytest.mark.parametrize("body", ["while True: print('flood')", "while True: display('flood')"])
def test_an_answer_that_prints_for_ever_is_timed_out(arena, body):
    report = arena.grade(f"def kmer_counts(idx, K):\n    {body}", OTHER, limits=UNHURRIED)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (Outcome.TIMED_OUT, 0)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_nothing_is_behind_the_streams_but_the_one_device_that_forgets(arena):
    """No terminal, no pipe, no file of the grader's."""
    devices = arena.loot("import os\nloot = [(os.fstat(n).st_mode >> 12, os.fstat(n).st_rdev) for n in (0, 1, 2)]")
    assert devices == [(2, Path("/dev/null").stat().st_rdev)] * 3
    assert set(arena.loot(WAYS_OUT).values()) <= {"PermissionError", "FileNotFoundError", "OSError"}
