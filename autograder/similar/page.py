"""Overlap -> one page for the teacher: the pairs, each with its two answers side by side.

As the pages of the report it needs nothing else: no script, no font, no picture. All text is escaped and stripped of
what could act, and a policy in the head forbids the rest.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.plain_text import block, one_line
from autograder.similar.overlap import Overlap, Pair, Side
from autograder.similar.words import HINT, percent, what_cannot_be_told, what_was_seen

MOST_PAIRS = 200


@dataclass(frozen=True)
class Line:
    """A line of an answer, and whether the other answer has it too."""

    number: int
    text: str
    is_shared: bool


@dataclass(frozen=True)
class People:
    """Two students, and all their pairs; the same one always comes first."""

    names: tuple[str, str]
    pairs: tuple[Pair, ...]


def similar_page(overlap: Overlap) -> str:
    """The page. It shows the MOST_PAIRS strongest pairs, and says how many more there are."""
    shown, left = overlap.pairs[:MOST_PAIRS], max(0, len(overlap.pairs) - MOST_PAIRS)
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("similar.html.j2")
        .render(
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            overlap=overlap,
            people=by_people(shown),
            left=left,
            hint=HINT,
            seen=what_was_seen(overlap),
            untold=what_cannot_be_told(overlap),
        )
    )


def by_people(pairs: Iterable[Pair]) -> Sequence[People]:
    """The same pairs, two students at a time; who has most in common comes first."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if pair.first.student > pair.second.student:
            pair = replace(pair, first=pair.second, second=pair.first)
        found.setdefault((pair.first.student, pair.second.student), []).append(pair)
    people = [People(names, tuple(some)) for names, some in found.items()]
    return sorted(people, key=lambda one: -sum(pair.similarity * pair.shared for pair in one.pairs))


def lines_of(side: Side) -> list[Line]:
    """The lines of an answer's text, counted from 1."""
    shared = set(side.lines)
    return [Line(number, text, number in shared) for number, text in enumerate(side.text.split("\n"), 1)]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("autograder.similar"), PackageLoader("autograder.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, "block": block, "percent": percent, "lines_of": lines_of}
    return environment


@cache
def _style() -> str:
    """The style of the report's pages, and what two answers side by side need on top."""
    environment = _environment()
    loader = environment.loader
    assert loader is not None
    sheets = [loader.get_source(environment, name)[0] for name in ("style.css", "similar.css")]
    return "\n".join(sheets).replace("\r\n", "\n")
