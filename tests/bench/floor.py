"""The least that a notebook can cost: its own cells and the calls of all checks, in one warm process without walls.

Runs as a program of its own, because it runs the answers of the sample class in its own process:
`python floor.py FOLDER` prints the processor seconds of each notebook, as JSON. JAX keeps what one notebook has
compiled for the next, so whoever comes late finds most programs in memory: no grader that gives each student a fresh
process can be as fast.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from processes import run_measured
from samples import Row, Section
from school import lab_of, write_class

from autograder.course import Course

ROOT = Path(__file__).parents[2]


def floor(course: Course, folder: Path, whole: float | None) -> Section:
    """The floor of the class beside what a notebook costs whole.

    Args:
        course: the course.
        folder: an empty one.
        whole: processor seconds of a notebook through the grader; None where that was not measured.
    """
    write_class(course, folder / "floor")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
    ended = run_measured([sys.executable, __file__, str(folder / "floor")], ROOT, environment, folder / "floor.txt")
    if ended.code:
        raise RuntimeError(f"exit code {ended.code}: {ended.output[-2000:]}")
    seconds = json.loads(ended.output.splitlines()[-1])
    rows = [Row("cells and checks of a notebook, one warm process", seconds, note="no fork, no walls, no report")]
    if whole is not None:
        rows.append(Row("the grader / this floor, processor time", [whole / (sum(seconds) / len(seconds))], "x"))
    return Section("The floor", rows)


def main(folder: Path) -> None:
    """Print what each notebook costs in this process, after one of them has warmed it."""
    from autograder.course import load_course
    from autograder.grade import _LabKit
    from autograder.sandbox.warm import import_all, prepare_jax
    from autograder.sandbox.xla import quick_options

    os.environ |= {"XLA_FLAGS": quick_options(), "MPLBACKEND": "Agg", "JAX_PLATFORMS": "cpu"}
    import_all()
    prepare_jax()
    course = load_course(ROOT)
    kit = _LabKit(lab_of(course), course.seed)
    files = sorted(folder.glob("*/*.ipynb"))
    _seconds(files[0], kit)
    print(json.dumps([_seconds(file, kit) for file in files]))


def _seconds(file: Path, kit: Any) -> float:
    from autograder.notebook_file import read_notebook
    from dlfb_lab._host import DirectTransport, Host
    from dlfb_lab._quiet import quiet
    from dlfb_lab._runner import Runner

    start, runner = time.process_time(), Runner()
    with quiet():
        for number, cell in enumerate(read_notebook(file.read_bytes()).cells):
            runner.run(number, cell)
    kit.judge(DirectTransport(Host(runner.namespace, runner.fates)))
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
