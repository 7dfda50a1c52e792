"""Runs a saved notebook and checks its answers, in a process of its own: `python -P -m dlfb_lab._lab.worker ARGUMENTS`.

Says what it is doing, and what came of it, in a file, one JSON object a line:

    {"cell": 3, "line": 2}        before each statement of a cell
    {"stopped": [...]}            after the cells: a sentence for each that did not run to its end
    {"task": "kmer_counts"}       before a task is checked
    {"verdict": {...}}            after it was

So whoever started this process knows where it was, however it ends. And it ends, even if nobody is left to end it.
"""

import faulthandler
import json
import os
import sys
from pathlib import Path
from typing import Any

from dlfb_lab._catalog import catalog, use_course
from dlfb_lab._check import verdict_on_task
from dlfb_lab._lab.packed import pack
from dlfb_lab._notebook import SavedRun, run_notebook
from dlfb_lab._verdict import error_finding


def main(arguments: dict[str, Any]) -> None:
    """Run, check, say.

    Args:
        arguments: `notebook` and `events` are files, `folder` is the notebook's own, `course` that of the catalog, and
            `tasks` are the names to check. `seconds`: when this process ends itself.
    """
    faulthandler.dump_traceback_later(arguments["seconds"], exit=True)
    use_course(Path(arguments["course"]))
    sys.path.insert(0, arguments["folder"])  # as in a kernel, but not before our own imports
    with Path(arguments["events"]).open("a", encoding="utf-8") as file:

        def say(**event: Any) -> None:
            file.write(json.dumps(event) + "\n")
            file.flush()

        run = run_notebook(Path(arguments["notebook"]), lambda cell, line: say(cell=cell, line=line))
        say(stopped=_stopped_cells(run))
        for task in arguments["tasks"]:
            say(task=task)
            say(verdict=pack(verdict_on_task(task, run.transport)))


def _stopped_cells(run: SavedRun) -> list[str]:
    """A sentence for each cell that did not run to its end, unless it only called what is not written yet."""
    stopped = [(cell, error) for cell, error in run.errors if error.message.strip() not in catalog()]
    return [f"Code cell {cell} stopped. {error_finding(error).saw}" for cell, error in stopped]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    # A thread that the notebook left running must not keep us.
    os._exit(0)
