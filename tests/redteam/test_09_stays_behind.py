"""A notebook leaves a thread or a process behind that changes results after the grader has looked."""

from arena import WALLS, verdicts
from threat import WRONG, Threat
from weapons import tools

STAYS = """
import multiprocessing, pathlib, subprocess, sys, threading, time

def linger():
    while True:
        time.sleep(0.01)
        pathlib.Path("results.json").write_text('{"score": 1000.0}')

def daemon():
    "Twice forked, in a session of its own: no longer anybody's child."
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            linger()
        os._exit(0)

attempt("fork", daemon)
attempt("posix_spawn", os.posix_spawn, "/bin/sleep", ["sleep", "600"], {})
attempt("subprocess", subprocess.Popen, ["/bin/sleep", "600"])
attempt("shell", lambda: subprocess.run("sleep 600 &", shell=True))
attempt("multiprocessing", multiprocessing.get_context("fork").Process(target=linger).start)
"""
THREAD = """
beats = [0]
def keep_forging():
    while True:
        linger_once()
def linger_once():
    time.sleep(0.005)
    beats[0] += 1
    pathlib.Path("results.json").write_text('{"score": 1000.0}')
    globals().update(points=1000.0, score=1000.0, passed=True)
threading.Thread(target=keep_forging, daemon=True).start()
threading.Thread(target=keep_forging).start()
"""

THREAT = Threat(
    9,
    "A thread or a daemon that rewrites results afterwards",
    "No processes are made; the tree is killed, swept and its folder removed before there is a report.",
    "a daemon survives the kernel, and can write what the grader wrote",
)


def test_no_process_can_be_left_behind(arena):
    loot = arena.loot(tools(), STAYS)
    assert loot == dict.fromkeys(("fork", "posix_spawn", "subprocess", "shell", "multiprocessing"), "EPERM")


def test_where_it_can_none_is_left_when_there_is_a_report(arena):
    """The arena looks for them afterwards."""
    loot = arena.told("loot", tools(), STAYS, without=WALLS)
    assert set(loot.values()) == {"done"}, loot


def test_a_thread_changes_nothing_and_ends_with_the_process(arena):
    cells = (tools(), STAYS, THREAD, WRONG)
    report = arena.grade(*cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    assert arena.told("beats", *cells)[0] > 10, "the thread was not alive while checks ran"
