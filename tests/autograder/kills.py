"""Grades a class with stand-ins again and again, kills the run or a worker at a random moment, and runs it once more.

`main(folder, trials, seed)` prints one line for each trial: what was killed and when, and "same" if the output folder
then held what that of an undisturbed run holds, byte for byte. The modules are imported once; each run is a fork. It is
not a program by itself, for a worker imports the program that it belongs to.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from stand_in import serve

from autograder.batch import finished, grade_all, output_folder, restore
from autograder.collect import Submission
from autograder.course import load_course
from autograder.fingerprint import fingerprint_of
from autograder.ledger import NAME, Ledger
from autograder.report.write import write_overview
from autograder.sandbox.limits import Limits

COURSE = load_course(Path(__file__).parents[2])
CLASS = [Submission(f"s{n}", f"S {n}", f"s{n}/x.ipynb", "x.ipynb", f"answer {n}".encode()) for n in range(8)]
SETTINGS = SimpleNamespace(course=COURSE.root, seed=1, limits=Limits())
SETTINGS.fingerprints = {one.id: fingerprint_of(one, COURSE, 1, SETTINGS.limits) for one in CLASS}


def run(out):
    """As the command does it, in a clock that jumps to and fro."""
    clock = random.Random(os.getpid())
    time.time = lambda: clock.uniform(-1e9, 4e9)
    with output_folder(out), Ledger(out) as ledger:
        reports = {one.id: found for one in CLASS if (found := finished(one, COURSE, SETTINGS, ledger, "L2"))}
        for report in reports.values():
            restore(report, out)
        todo = [one for one in CLASS if one.id not in reports]

        def keep(report):
            reports[report.submission] = report

        grade_all(todo, COURSE, SETTINGS, out, ledger, workers=2, required="L2", on_report=keep, serve=serve)
        write_overview([reports[one.id] for one in CLASS], out)


def start(out):
    """Run in a fork; its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        run(out)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def workers_of(pid):
    """The processes that a run has started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [int(one) for one in found]


def kill_at(pid, seconds, what, dice):
    """Kill the run, or one of its processes, after so many seconds; how the run ended."""
    time.sleep(seconds)
    below = workers_of(pid)
    target = dice.choice(below) if what == "worker" and below else pid
    os.kill(target, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def files(out):
    """What is in the output folder, but for the ledger's own files and the lock."""
    found = (path for path in out.rglob("*") if path.is_file())
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in found
        if path.name.split("-")[0] not in (NAME, ".lock")
    }


def main(folder, trials, seed):
    """Try it so many times, in folders below `folder`."""
    dice = random.Random(seed)
    started = time.monotonic()
    assert os.waitpid(start(folder / "undisturbed"), 0)[1] == 0
    whole = time.monotonic() - started
    expected = files(folder / "undisturbed")
    assert len(expected) == 3 * len(CLASS) + 2, sorted(expected)
    for trial in range(trials):
        out, what, when = folder / f"trial-{trial}", dice.choice(["run", "run", "worker"]), dice.uniform(0, whole)
        first = kill_at(start(out), when, what, dice)
        if what == "run":  # on a machine that gets busier or idler, aim at its present speed
            whole *= 1.1 if first else 0.8
        again = os.waitpid(start(out), 0)[1]
        verdict = "same" if again == 0 and files(out) == expected else "DIFFERENT"
        print(
            f"{what} killed after {when:.3f} s: it ended with {first}, then {again}: {verdict}",
            flush=True,
        )
