"""What a course must not give away: its answers, its hidden checks, and the seed of their inputs.

Each secret is a text without white space, so that another indentation or another line break hides nothing. An answer's
secrets are its whole body, each long line of it, and, where the body is short, the whole cell with its `def`. What the
exercises say themselves is no secret: some answers are spelled out there, on purpose.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course, CourseError, Lab
from autograder.percent import Cell, read_cells
from autograder.stub import BEGIN, END

# Measured on this course: shorter ones stand by chance in code that is nobody's answer.
_LEAST_BODY = 30
_LEAST_LINE = 48
_LEAST_SENTENCE = 20
_LEAST_SEED = 1000


@dataclass(frozen=True)
class Secret:
    """One text that must not leave.

    Attributes:
        what: what it is, in words: "the answer of `kmer_counts`".
        text: the text, without white space.
        is_word: it only counts where no letter, digit or `_` is next to it.
    """

    what: str
    text: str
    is_word: bool = False


def secrets_of(course: Course, public: str = "") -> list[Secret]:
    """Everything in the course's folder that must not leave it, of all its labs.

    Args:
        course: the course.
        public: code that anyone can read already: an answer that stands in it is no secret.

    Raises:
        CourseError: a lab, or a file of hidden checks, breaks a rule.
    """
    cells = {lab.name: read_cells(lab.source) for lab in course.labs}
    told = _told(course, cells) + squeezed(without_comments(public))
    visible = squeezed("\n".join(lab.visible_checks.read_text("utf-8") for lab in course.labs))
    found = [secret for lab in course.labs for secret in _answers(cells[lab.name]) if secret.text not in told]
    for lab in course.labs:
        found += [one for one in _hidden(lab) if one.is_word or one.text not in visible]
    if course.seed >= _LEAST_SEED:
        found += [Secret("the course's seed", text, True) for text in (str(course.seed), f"{course.seed:_}")]
    return list(dict.fromkeys(found))


def squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


def without_comments(text: str) -> str:
    """`text` without lines that are a comment, as answers are looked at."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def _told(course: Course, cells: Mapping[str, Sequence[Cell]]) -> str:
    """All that a student may read: every cell of the exercises, an answer's as its starter, and the hints."""
    texts = [cell.text for lab in course.labs for cell in cells[lab.name] if cell.role != "answer"]
    starters = [task.starter for lab in course.labs for task in lab.tasks]
    return squeezed("\n".join(map(without_comments, [*texts, *starters])))


def _answers(cells: Sequence[Cell]) -> Iterator[Secret]:
    for cell in cells:
        if cell.role == "answer":
            what = f"the answer of `{cell.task}`"
            yield from (Secret(what, text) for text in _passages(cell))


def _passages(cell: Cell) -> Iterator[str]:
    """What is searched for of one answer: all of it, and each part of it that nobody would write by chance."""
    lines = cell.text.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() in (BEGIN, END)]
    blocks = [_code(lines[begin:end]) for begin, end in zip(marks[::2], marks[1::2], strict=True)]
    span = "".join(_code(lines[marks[0] : marks[-1]]))
    yield span if len(span) >= _LEAST_BODY else "".join(_code(lines))
    yield from (body for body in map("".join, blocks) if len(body) >= _LEAST_BODY)
    yield from (line for block in blocks for line in block if len(line) >= _LEAST_LINE)


def _code(lines: Sequence[str]) -> list[str]:
    """The lines without comments, the markers among them, and without white space."""
    return [squeezed(line) for line in lines if not line.lstrip().startswith("#")]


def _hidden(lab: Lab) -> Iterator[Secret]:
    """The names of a lab's hidden checks, and their sentences."""
    for file in lab.all_hidden:
        yield from _hidden_in(file)


def _hidden_in(file: Path) -> Iterator[Secret]:
    try:
        tree = ast.parse(file.read_text("utf-8"))
    except (OSError, ValueError, SyntaxError) as error:
        raise CourseError(f"{file}: cannot be read ({error}). Correct it.") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield Secret(f"the hidden check {node.name}", node.name, is_word=True)
            sentence = squeezed(ast.get_docstring(node) or "")
            if len(sentence) >= _LEAST_SENTENCE:
                yield Secret(f"the sentence of the hidden check {node.name}", sentence)
