"""A report <-> its JSON file, for other programs, for the next run, and for a person with a diff.

The keys keep the record's order. Each finding carries the text of its diagnosis, so that a reader needs nothing else;
reading back ignores that text, as it ignores the totals.
"""

import base64
import json
import re
from typing import Any

from autograder.report.record import Adjustment, CellProblem, CheckReport, Figure, Report, TaskReport
from autograder.report.words import explain, for_a_student
from dlfb_lab._finding import Finding, SourceLine
from dlfb_lab._outcome import Outcome

SCHEMA = "dlfb-lab/report/1"
# Valid JSON, but each of these changes how a terminal or an editor shows the file, or cannot be stored as UTF-8 at all.
_ACTING = re.compile(r"[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class ReportFormatError(ValueError):
    """A text that is no report of this format. The message says what is wrong with it."""


def to_json(report: Report) -> str:
    """The report as JSON text, the same for the same report, ending in a line feed. Hidden checks stay redacted."""
    text = json.dumps(_report(for_a_student(report)), indent=2, ensure_ascii=False, allow_nan=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def from_json(text: str) -> Report:
    """The report that `to_json` wrote.

    Raises:
        ReportFormatError: the text is cut short, of another format, or not a report at all.
    """
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ReportFormatError(f'This is not a report of format "{SCHEMA}". Grade the submission again.')
        return _read_report(data)
    except ReportFormatError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"
        raise ReportFormatError(f"The report cannot be read ({why}). Grade the submission again.") from None


def _report(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "submission": report.submission,
        "student": report.student,
        "source": report.source,
        "lab": report.lab,
        "points": report.points,
        "max_points": report.max_points,
        "final_points": report.final_points,
        "adjustments": [_adjustment(change) for change in report.adjustments],
        "problem": report.problem,
        "grader_error": report.has_grader_error,
        "tasks": [_task(task) for task in report.tasks],
        "cells": [_cell(cell) for cell in report.cells],
        "figures": [_figure(figure) for figure in report.figures],
        "faults": list(report.faults),
        "isolation": report.isolation,
        "fingerprint": report.fingerprint,
        "versions": dict(sorted(report.versions.items())),
    }


def _adjustment(change: Adjustment) -> dict[str, Any]:
    return {"kind": change.kind, "task": change.task, "points": change.points, "reason": change.reason}


def _task(task: TaskReport) -> dict[str, Any]:
    return {
        "name": task.name,
        "title": task.title,
        "outcome": task.outcome.value,
        "points": task.points,
        "max_points": task.max_points,
        "finding": _finding(task.finding),
        "checks": [_check(check) for check in task.checks],
    }


def _check(check: CheckReport) -> dict[str, Any]:
    return {
        "name": check.name,
        "sentence": check.sentence,
        "visible": check.visible,
        "outcome": check.outcome.value,
        "finding": _finding(check.finding),
    }


def _cell(cell: CellProblem) -> dict[str, Any]:
    return {"cell": cell.cell, "outcome": cell.outcome.value, "finding": _finding(cell.finding)}


def _figure(figure: Figure) -> dict[str, Any]:
    return {"cell": figure.cell, "says": figure.says, "png": base64.b64encode(figure.png).decode()}


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    text, line = explain(finding), finding.line
    return {
        "diagnosis": finding.diagnosis,
        "title": text.title,
        "why": text.why,
        "look": text.look,
        "link": text.link,
        "saw": finding.saw,
        "evidence": [{"label": label, "text": shown} for label, shown in finding.evidence],
        "line": line and {"cell": line.cell, "number": line.number, "text": line.text},
    }


def _read_report(data: dict[str, Any]) -> Report:
    return Report(
        submission=_text(data["submission"]),
        student=_text(data["student"]),
        source=_text(data["source"]),
        lab=_text(data["lab"]),
        tasks=tuple(_read_task(task) for task in data["tasks"]),
        problem=_text(data["problem"]),
        cells=tuple(_read_cell(cell) for cell in data["cells"]),
        faults=tuple(_text(fault) for fault in data["faults"]),
        isolation=_text(data["isolation"]),
        fingerprint=_text(data["fingerprint"]),
        versions={name: _text(version) for name, version in data["versions"].items()},
        figures=tuple(_read_figure(figure) for figure in data.get("figures", [])),
        # Files that were written before there were adjustments have none.
        adjustments=tuple(_read_adjustment(change) for change in data.get("adjustments", [])),
    )


def _read_adjustment(data: dict[str, Any]) -> Adjustment:
    return Adjustment(_text(data["kind"]), _text(data["task"]), _number(data["points"]), _text(data["reason"]))


def _read_task(data: dict[str, Any]) -> TaskReport:
    return TaskReport(
        name=_text(data["name"]),
        title=_text(data["title"]),
        outcome=Outcome(data["outcome"]),
        points=_number(data["points"]),
        max_points=_number(data["max_points"]),
        checks=tuple(_read_check(check) for check in data["checks"]),
        finding=_read_finding(data["finding"]),
    )


def _read_check(data: dict[str, Any]) -> CheckReport:
    name, sentence, visible = _text(data["name"]), _text(data["sentence"]), bool(data["visible"])
    return CheckReport(name, sentence, visible, Outcome(data["outcome"]), _read_finding(data["finding"]))


def _read_cell(data: dict[str, Any]) -> CellProblem:
    finding = _read_finding(data["finding"])
    if finding is None:
        raise ReportFormatError("A cell that did not run has no finding. Grade the submission again.")
    return CellProblem(int(data["cell"]), Outcome(data["outcome"]), finding)


def _read_figure(data: dict[str, Any]) -> Figure:
    return Figure(int(data["cell"]), _text(data["says"]), base64.b64decode(_text(data["png"]), validate=True))


def _read_finding(data: dict[str, Any] | None) -> Finding | None:
    if data is None:
        return None
    evidence = tuple((_text(item["label"]), _text(item["text"])) for item in data["evidence"])
    return Finding(_text(data["diagnosis"]), _text(data["saw"]), evidence, _read_line(data["line"]))


def _read_line(data: dict[str, Any] | None) -> SourceLine | None:
    return None if data is None else SourceLine(data["cell"], int(data["number"]), _text(data["text"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, got {type(value).__name__}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, got {type(value).__name__}")
    return float(value)
