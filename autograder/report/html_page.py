"""Reports -> pages: one for each student, and a start page for the class.

Each page is one file that needs nothing else: no font, no picture from elsewhere. All text is escaped by Jinja and
stripped of what could act; a policy in the page's head forbids the rest, should something slip through. It lets through
our own style, by its digest; on the page of the class our own script, by its digest, which sorts and filters and
without which all is there; and the figures that stand in a page as they are.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.plain_text import block, one_line
from autograder.report import words
from autograder.report.class_view import class_view
from autograder.report.record import Report, TaskReport
from autograder.report.words import for_a_student
from dlfb_lab._outcome import Outcome

_SHOWN = 5


def feedback_page(report: Report) -> str:
    """The page for the student: what holds, what does not and why, and what to try next."""
    shown = for_a_student(report)
    more = "; img-src data:" if shown.figures else ""
    return _render("feedback.html.j2", more, report=shown, next_task=next_task(shown))


def index_page(
    reports: Sequence[Report], problems: Sequence[str] = (), seconds: Mapping[str, float] | None = None
) -> str:
    """The start page for the teacher: what needs a look, what to teach again, and everybody with a link to their page.

    Args:
        reports: in the order in which they are listed.
        problems: what the intake could not look at, one sentence each.
        seconds: how long submissions took to grade, by id. All else on the page is the same for the same reports.
    """
    script = _source("class.js")
    timed = [(report, seconds[report.submission]) for report in reports if seconds and report.submission in seconds]
    return _render(
        "index.html.j2",
        f"; script-src '{_digest(script)}'",
        reports=reports,
        problems=problems,
        broken=[report for report in reports if report.has_grader_error],
        levels=sorted({report.isolation for report in reports if report.isolation}),
        labs=class_view(reports),
        shown=_SHOWN,
        slowest=sorted(timed, key=lambda one: -one[1])[:_SHOWN],
        script=Markup(script),
    )


def next_task(report: Report) -> TaskReport | None:
    """The first task with something left to do for the student; a grader error is nothing of theirs."""
    done = {Outcome.PASSED, Outcome.GRADER_ERROR}
    return next((task for task in report.tasks if task.outcome not in done), None)


def _render(name: str, more: str = "", **values: object) -> str:
    """The page; `more` is what its policy lets through beside our style."""
    style = _source("style.css")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'{more}"
    return _environment().get_template(name).render(style=Markup(style), policy=policy, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": one_line,
        "block": block,
        "prose": prose,
        "sign": words.sign,
        "word": words.word,
        "meaning": words.meaning,
        "points": words.points,
        "number": words.number,
        "difference": words.difference,
        "first_hint": words.first_hint,
        "base64": lambda data: base64.b64encode(data).decode(),
        "level": words.level,
        "lab_title": words.lab_title,
        "explain": words.explain,
        "safe_link": safe_link,
        "host": lambda link: urlsplit(link).hostname or "",
        "css": _css,
        "by_name": lambda report: {task.name: task for task in report.tasks},
        "cell": _cell,
    }
    environment.globals["Outcome"] = Outcome
    return environment


@cache
def _source(name: str) -> str:
    """A style sheet or a script, as it stands in every page; its digest in the policy is what lets it through."""
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0].replace("\r\n", "\n")


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _css(outcome: Outcome) -> str:
    return outcome.value.replace("_", "-")


def _cell(task: TaskReport | None) -> Markup:
    """How a task went, in a table of ten thousand: a sign, a word to be heard, and points where it did not pass."""
    if task is None:
        return Markup("<td></td>")
    partly = f" {words.number(task.points)}" if task.outcome is not Outcome.PASSED and task.points else ""
    cell = Markup('<td class="{}" data-n="{}">{}{}<i> {}</i></td>')
    return cell.format(_css(task.outcome), task.points, words.sign(task.outcome), partly, words.word(task.outcome))


def prose(text: str, *, emphasis: bool = True) -> Markup:
    """`text` for a page, with `code` between backticks set as code, *this* emphasized, everything else escaped.

    Args:
        text: one paragraph.
        emphasis: False where the text may quote code outside of backticks, whose stars must stay.
    """
    pieces = re.split(r"`([^`\n]+)`", one_line(text, 2000))
    code = Markup("<code>{}</code>")
    plain = _emphasized if emphasis else Markup.escape
    return Markup("").join(code.format(piece) if odd % 2 else plain(piece) for odd, piece in enumerate(pieces))


def _emphasized(text: str) -> Markup:
    pieces = re.split(r"(?<![\w*])\*(\w(?:[^*]*[^*\s])?)\*(?![\w*])", text)
    strong = Markup("<em>{}</em>")
    return Markup("").join(strong.format(piece) if odd % 2 else piece for odd, piece in enumerate(pieces))


def safe_link(link: str) -> str:
    """`link` if it leads to a page on the web; "" for everything else, such as `javascript:`."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    plain = re.fullmatch(r"[!-~]+", link) is not None
    return link if plain and parts.scheme in ("http", "https") and parts.netloc else ""
