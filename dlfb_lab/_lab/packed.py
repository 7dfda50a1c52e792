"""A verdict as JSON, on its way from the process that ran the notebook."""

from dataclasses import asdict
from typing import Any

from dlfb_lab._finding import Finding, SourceLine
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict_text import Line, Verdict


def pack(verdict: Verdict) -> dict[str, Any]:
    """`verdict` as JSON takes it."""
    return asdict(verdict)


def unpack(packed: dict[str, Any]) -> Verdict:
    """The verdict that `pack` packed."""
    lines = tuple(Line(line["sentence"], Outcome(line["outcome"])) for line in packed["lines"])
    return Verdict(packed["task"], lines, _finding(packed["finding"]), packed["message"])


def _finding(packed: dict[str, Any] | None) -> Finding | None:
    if packed is None:
        return None
    evidence = tuple((label, text) for label, text in packed["evidence"])
    line = SourceLine(**packed["line"]) if packed["line"] else None
    return Finding(packed["diagnosis"], packed["saw"], evidence, line)
