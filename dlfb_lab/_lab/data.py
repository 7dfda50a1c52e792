"""What the commands say, as plain data for a program: the values behind the words."""

import time
from collections.abc import Collection, Mapping
from typing import Any

from dlfb_lab._catalog import CatalogTask, catalog, labs
from dlfb_lab._finding import diagnosis
from dlfb_lab._hint import HintPage
from dlfb_lab._lab.saved import SavedCheck, is_attempted, is_passed
from dlfb_lab._progress import TaskProgress, read_progress
from dlfb_lab._verdict_text import Verdict


def listing_data(wanted: Collection[str]) -> dict[str, Any]:
    """These labs, their tasks, and how far one has come."""
    known = read_progress()
    return {"labs": [_lab(name, known) for name in wanted]}


def check_data(result: SavedCheck, warning: str) -> dict[str, Any]:
    """What came of checking one notebook."""
    saved = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(result.notebook.saved))
    return {
        "lab": result.notebook.path.stem,
        "notebook": str(result.notebook.path),
        "saved": saved,
        "holds": result.holds,
        "finished": result.finished,
        "tasks": [_verdict(verdict) for verdict in result.verdicts],
        "unchecked": list(result.unchecked),
        "notes": [*result.notes, *([warning] if warning else [])],
    }


def hint_data(task: str, page: HintPage) -> dict[str, Any]:
    """The hints that are shown now; none where the one that was asked for does not exist."""
    return {"task": task, "title": page.title, "hints": [text for _, text in page.hints], "then": page.then}


def _lab(name: str, known: Mapping[str, TaskProgress]) -> dict[str, Any]:
    tasks = [_task(task, known.get(task.name, TaskProgress())) for task in catalog().values() if task.lab == name]
    return {"lab": name, "title": labs()[name].title, "tasks": tasks}


def _task(task: CatalogTask, known: TaskProgress) -> dict[str, Any]:
    return {
        "task": task.name,
        "points": task.points,
        "difficulty": task.difficulty,
        "minutes": task.minutes,
        "holds": known.passed,
        "checks_held": known.held,
        "checks": known.of,
        "hints_seen": known.hints.bit_count(),
        "solution_seen": known.solution,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "task": verdict.task,
        "holds": is_passed(verdict),
        "attempted": is_attempted(verdict),
        "checks": [{"sentence": line.sentence, "outcome": line.outcome.value} for line in verdict.lines],
        "finding": _finding(verdict),
        "message": verdict.message,
    }


def _finding(verdict: Verdict) -> dict[str, Any] | None:
    finding = verdict.finding
    if finding is None:
        return None
    known = diagnosis(finding.diagnosis)
    line = finding.line and {"cell": finding.line.cell, "line": finding.line.number, "text": finding.line.text}
    return {
        "diagnosis": finding.diagnosis,
        "title": known.title,
        "saw": finding.saw,
        "evidence": dict(finding.evidence),
        "line": line,
        "why": known.why,
        "look": known.look,
        "link": known.link,
    }
