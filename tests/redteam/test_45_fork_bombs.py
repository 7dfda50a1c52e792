"""A notebook makes processes, in every way that Python and the kernel have."""

from arena import outcome
from threat import RIGHT, Threat
from weapons import REFUSED, tools, unguarded

from dlfb_lab._outcome import Outcome

WAYS = """
import multiprocessing, subprocess
SIGCHLD = 17

def reaped(fork):
    pid = fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)

def worker(way):
    process = multiprocessing.get_context(way).Process(target=os.getpid)
    process.start()
    process.join()

attempt("fork", reaped, os.fork)
attempt("vfork", raw, "vfork") if GUARDED else None  # where it works, it needs more care than this
attempt("clone", raw, "clone", SIGCHLD, 0, 0, 0, 0) if GUARDED else None
attempt("clone3", raw, "clone3", b"\\0" * 64, 64) if GUARDED else None
attempt("posix_spawn", lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0))
attempt("subprocess", subprocess.run, ["/bin/true"])
attempt("Process", worker, "fork")
"""

THREAT = Threat(
    45,
    "Fork bombs",
    "The filter allows new threads and no new processes; a bomb has no first step.",
    "no limit on processes",
    ("import os\nwhile True: os.fork()", RIGHT),
)


def test_no_way_to_a_second_process_is_open(arena):
    loot = arena.loot(tools(), "GUARDED = True", WAYS)
    assert set(loot.values()) <= REFUSED, loot
    assert loot["clone3"] == "ENOSYS", "so that libraries fall back to a call with arguments that the filter sees"
    assert len(loot) == 7


def test_in_an_ordinary_process_all_of_them_are(arena):
    loot = unguarded(tools(), "GUARDED = False", WAYS)
    assert {loot[name] for name in ("fork", "posix_spawn", "subprocess", "Process")} == {"done"}, loot


def test_a_bomb_costs_only_its_own_cell(arena):
    report = arena.grade(*THREAT.cells)
    assert [(cell.cell, cell.outcome) for cell in report.cells] == [(2, Outcome.FAILED)]
    assert "PermissionError" in report.cells[0].finding.saw
    assert outcome(report) is Outcome.PASSED
