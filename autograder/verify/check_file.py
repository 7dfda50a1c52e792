"""A file of checks, read and not run: its functions, what they take and what they say."""

import ast
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.course import CourseError, Lab


@dataclass(frozen=True)
class CheckFunction:
    """One check as it is written. `last` is its last line, `sentence` its docstring's first paragraph."""

    file: Path
    name: str
    line: int
    last: int
    arguments: tuple[str, ...]
    sentence: str

    def task(self, tasks: Collection[str]) -> str:
        """The first of its arguments that is a task; "" where none is."""
        return next((name for name in self.arguments if name in tasks), "")


def checks_of(lab: Lab) -> list[CheckFunction]:
    """The checks of a lab, visible and hidden.

    Raises:
        CourseError: a file of checks is no Python.
    """
    files = [lab.visible_checks, *lab.all_hidden]
    return [check for file in files for check in read_checks(file, file.read_text("utf-8"))]


@cache
def read_checks(file: Path, text: str) -> tuple[CheckFunction, ...]:
    """The checks in the text of a file."""
    try:
        nodes = ast.parse(text).body
    except SyntaxError as error:
        raise CourseError(f"{file}, line {error.lineno}: no Python ({error.msg}). Correct it.") from error
    return tuple(_check(file, n) for n in nodes if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


def _check(file: Path, node: ast.FunctionDef) -> CheckFunction:
    arguments = tuple(argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
    sentence = " ".join((ast.get_docstring(node) or "").split("\n\n", 1)[0].split())
    return CheckFunction(file, node.name, node.lineno, node.end_lineno or node.lineno, arguments, sentence)
