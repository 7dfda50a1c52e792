"""The verdict on one task, as plain text and as HTML: one line a check, then the finding to look at first.

The same facts in the same order in both; every mark has a word beside it, so that nothing is said by color alone.
"""

import html
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from dlfb_lab._finding import Finding, diagnosis
from dlfb_lab._outcome import Outcome

_MARKS = {
    Outcome.PASSED: ("✓", "holds"),
    Outcome.FAILED: ("✗", "does not hold"),
    Outcome.NOT_ATTEMPTED: ("○", "not attempted"),
    Outcome.GRADER_ERROR: ("!", "could not be judged"),
}
_UNKNOWN = ("✗", "stopped")
WIDTH = 100


@dataclass(frozen=True)
class Line:
    """One check: its sentence and how it ended."""

    sentence: str
    outcome: Outcome


@dataclass(frozen=True)
class Verdict:
    """What `check` has to say about a task."""

    task: str
    lines: tuple[Line, ...]
    finding: Finding | None = None
    message: str = ""

    def __str__(self) -> str:
        return as_text(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(self)


def headline(verdict: Verdict) -> str:
    """The first line: the task, and how many of its checks hold."""
    if verdict.message:
        return verdict.message
    held = sum(line.outcome is Outcome.PASSED for line in verdict.lines)
    if held == len(verdict.lines) == 1:
        return f"{verdict.task}: its check holds."
    if held == len(verdict.lines):
        return f"{verdict.task}: all {held} checks hold. Well done!"
    if verdict.finding is not None and verdict.finding.diagnosis == "no-such-name":
        return f"{verdict.task}: {verdict.finding.saw} Run the cell with your answer, and check again."
    if all(line.outcome is Outcome.NOT_ATTEMPTED for line in verdict.lines):
        return f"{verdict.task}: not attempted yet. Replace the starter with your answer, run the cell, check again."
    return f"{verdict.task}: {held} of {len(verdict.lines)} checks hold."


def explanation(finding: Finding) -> list[tuple[str, str]]:
    """The finding as labelled paragraphs, the way a student should read them."""
    known = diagnosis(finding.diagnosis)
    rows = [("What we saw", " ".join(dict.fromkeys(part for part in (known.title, finding.saw) if part)))]
    rows += list(finding.evidence)
    if finding.line is not None:
        where = f"cell {finding.line.cell}, " if finding.line.cell is not None else ""
        rows.append(("Your line", f"{where}line {finding.line.number}: {finding.line.text}"))
    rows += [("Why", known.why), ("Look at", known.look), ("Read", known.link)]
    return [(label, text) for label, text in rows if text]


def as_text(verdict: Verdict, width: int = WIDTH) -> str:
    """The verdict for a terminal of that many columns."""
    lines = [headline(verdict)]
    if verdict.lines:
        lines.append("")
        words = max(len(_mark(line.outcome)[1]) for line in verdict.lines)
        lines += [_text_line(line, words, width) for line in verdict.lines]
    if verdict.finding is not None and not _is_quiet(verdict):
        lines.append("")
        lines += _text_rows([*explanation(verdict.finding), _help_for(verdict)], width)
    return "\n".join(lines)


def _help_for(verdict: Verdict) -> tuple[str, str]:
    return "Stuck?", f'`hint("{verdict.task}")` shows a hint, and then a second and a third.'


def finding_as_text(finding: Finding) -> str:
    """The finding alone, as `as_text` shows it below the checks."""
    return "\n".join(_text_rows(explanation(finding), WIDTH))


def _is_quiet(verdict: Verdict) -> bool:
    return all(line.outcome is Outcome.NOT_ATTEMPTED for line in verdict.lines)


def _mark(outcome: Outcome) -> tuple[str, str]:
    return _MARKS.get(outcome, _UNKNOWN)


def _text_line(line: Line, words: int, width: int) -> str:
    symbol, word = _mark(line.outcome)
    start = f"  {symbol} {word:<{words}}  "
    return textwrap.fill(line.sentence, width, initial_indent=start, subsequent_indent=" " * len(start))


def _text_rows(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    labels = max(len(label) for label, _ in rows)
    out = []
    for label, text in rows:
        first, *more = text.split("\n")
        start = f"  {label:<{labels}}  "
        indent = " " * len(start)
        out.append(textwrap.fill(first, width, initial_indent=start, subsequent_indent=indent, break_long_words=False))
        out += [indent + line for line in more]
    return out


BOX = "border-left:4px solid currentColor;padding:.2em 1em;margin:.5em 0;line-height:1.5;max-width:60em"
_CELL = "padding:.1em .8em .1em 0;vertical-align:top;text-align:left;background:none;border:0"


def as_html(verdict: Verdict) -> str:
    """The verdict for a notebook. Uses the page's own colors, so that it reads in light and dark alike."""
    parts = [f'<div style="{BOX}" role="status"><strong>{inline(headline(verdict))}</strong>']
    if verdict.lines:
        parts.append('<ul style="list-style:none;padding:0;margin:.4em 0">')
        parts += [_html_line(line) for line in verdict.lines]
        parts.append("</ul>")
    if verdict.finding is not None and not _is_quiet(verdict):
        parts.append(_html_rows([*explanation(verdict.finding), _help_for(verdict)]))
    return "".join(parts) + "</div>"


def _html_line(line: Line) -> str:
    symbol, word = _mark(line.outcome)
    weight = "" if line.outcome is Outcome.PASSED else ";font-weight:600"
    return (
        f'<li style="margin:0"><span aria-hidden="true">{symbol}</span> '
        f'<span style="font-size:.85em{weight}">{word}</span> &ensp;{inline(line.sentence)}</li>'
    )


def _html_rows(rows: Sequence[tuple[str, str]]) -> str:
    body = "".join(
        f'<tr style="background:none"><th scope="row" style="{_CELL};white-space:nowrap">{html.escape(label)}</th>'
        f'<td style="{_CELL};white-space:pre-wrap">{_value(label, text)}</td></tr>'
        for label, text in rows
    )
    return f'<table style="border:0;border-collapse:collapse"><tbody>{body}</tbody></table>'


def _value(label: str, text: str) -> str:
    if label == "Read" and text.startswith("https://"):
        return f'<a href="{html.escape(text)}">{html.escape(text)}</a>'
    if label in {"What we saw", "Why", "Look at", "Stuck?"}:
        return inline(text)
    return f"<code>{html.escape(text)}</code>"


def inline(text: str) -> str:
    """HTML of a sentence: escaped text, with `this` as code and *this* stressed."""
    parts = re.split(r"`([^`]+)`", html.escape(text))
    shown = [re.sub(r"\*(\w[^*]*)\*", r"<em>\1</em>", part) for part in parts]
    shown[1::2] = [f"<code>{part}</code>" for part in parts[1::2]]
    return "".join(shown)
