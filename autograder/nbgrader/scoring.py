"""What `check` means while nbgrader grades: it shows the verdict, hidden checks included, and its value is the points.

This runs in the kernel of the notebook, among the student's objects. nbgrader reads the points off the cell:

    an error, or anything on standard error        0 points      so all that the answers print is swallowed
    a number as the cell's last value              that many     so `check` returns one, never above the maximum
    anything else                                  all points

The hidden checks lie in the folder that DLFB_LAB_GRADING names (see course_folder.py). Only dlfb_lab and the standard
library are needed beside it, since this is imported by whatever environment the kernel has.
"""

import contextlib
import importlib.util
import json
import os
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from autograder.shares import points_of
from dlfb_lab._finding import Finding
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import CheckResult, judge
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._show import show
from dlfb_lab._verdict import lint_of, most_telling
from dlfb_lab._verdict_text import Line, Verdict
from dlfb_lab.probes._settings import settings_kept

FOLDER = "DLFB_LAB_GRADING"
_NO_FOLDER = f"{FOLDER} is not set. Let nbgrader_config.py begin with load_subconfig('grading/settings.py')."
_FAULT = "{task}: it could not be judged, for a fault of ours ({why}). All its points are given; tell your teacher."


def check(task: str) -> float:
    """Show how the answer called `task` in the caller's notebook ends, and return its points.

    Whatever breaks on our side costs no points.

    Raises:
        KeyboardInterrupt: the cell's time is up.
        LookupError: nbgrader is not set up for our labs, which `nbgrader validate` shows.
    """
    if FOLDER not in os.environ:
        raise LookupError(_NO_FOLDER)
    caller = sys._getframe(1)
    return points_in(task, {**caller.f_globals, **caller.f_locals}, Path(os.environ[FOLDER]))


@dataclass(frozen=True)
class Lab:
    """What the index says of a lab: its files, and the points of its tasks by their names."""

    source: Path
    visible: Path
    hidden: tuple[Path, ...]
    points: Mapping[str, float]
    seed: int


def points_in(task: str, namespace: Mapping[str, Any], folder: Path) -> float:
    """The points of the answer called `task` in `namespace`, by the checks in `folder`; shows the verdict, too.

    Raises:
        LookupError: no lab in the folder has that task.
    """
    lab = _lab_of(task, folder)
    most = lab.points[task]
    try:
        with _swallowed():
            results, finding = _judged(task, namespace, lab)
    except Exception as error:
        show(Verdict(task, (), message=_FAULT.format(task=task, why=f"{type(error).__name__}: {error}"[:200])))
        return most
    show(Verdict(task, tuple(Line(one.sentence, one.outcome) for one in results), finding))
    return points_of(most, [one.outcome for one in results])


def _judged(task: str, namespace: Mapping[str, Any], lab: Lab) -> tuple[Sequence[CheckResult], Finding | None]:
    """How each check of the task ended, and the finding to show. Hidden checks keep what they saw to themselves."""
    transport = DirectTransport(Host(namespace))
    lint = lint_of(transport, task)
    results = _run(task, transport, lab)
    if any(one.outcome is Outcome.FAILED for one in results) and (broken := _broken(task, lab.source)):
        results = _run(task, transport, lab, broken)
    results = [_redacted(one) if one.file.resolve() in lab.hidden else one for one in results]
    return results, most_telling(results, lint)


def _run(
    task: str, transport: DirectTransport, lab: Lab, broken: frozenset[str] = frozenset()
) -> Sequence[CheckResult]:
    with warnings.catch_warnings(), settings_kept([], alarms_off=True), quiet():
        warnings.simplefilter("ignore")
        return judge(
            [lab.visible],
            list(lab.points),
            transport,
            hidden=lab.hidden,
            seed=lab.seed,
            only=[task],
            reference=_reference(lab.source),
            broken=broken,
        )


@cache
def _broken(task: str, source: Path) -> frozenset[str]:
    """The task's checks that fail on the reference answer, too: where they fail, it is our fault."""
    own = DirectTransport(Host(_reference(source)))
    lab = _lab_of(task, source.parents[1])
    return frozenset(one.name for one in _run(task, own, lab) if one.outcome is not Outcome.PASSED)


def _redacted(result: CheckResult) -> CheckResult:
    return replace(result, finding=result.finding and result.finding.redacted())


def _lab_of(task: str, folder: Path) -> Lab:
    for lab in _labs(folder):
        if task in lab.points:
            return lab
    raise LookupError(f"No lab in {folder} has a task `{task}`. Run `autograder nbgrader course` again.")


@cache
def _labs(folder: Path) -> tuple[Lab, ...]:
    index = json.loads((folder / "labs.json").read_text("utf-8"))
    return tuple(
        Lab(
            folder / lab["source"],
            folder / lab["visible"],
            tuple((folder / name).resolve() for name in lab["hidden"]),
            lab["points"],
            lab["seed"],
        )
        for lab in index.values()
    )


@cache
def _reference(source: Path) -> dict[str, Any]:
    """What running the lab's source leaves behind, by name, without what it draws."""
    spec = importlib.util.spec_from_file_location(f"_reference_{source.stem}", source)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with quiet(), _swallowed():
        spec.loader.exec_module(module)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")  # a cell shows what is open at its end; those of earlier cells have been shown
    return vars(module)


@contextlib.contextmanager
def _swallowed() -> Iterator[None]:
    """Nothing that is printed, displayed or logged meanwhile becomes an output of the cell, from C++ neither."""
    from IPython.utils.capture import capture_output

    kept = [(number, os.dup(number)) for number in (1, 2)]
    try:
        with Path(os.devnull).open("w") as nowhere, capture_output():
            for number, _ in kept:
                os.dup2(nowhere.fileno(), number)
            yield
    finally:
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)
