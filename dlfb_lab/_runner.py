"""Runs the code cells of a notebook, in order, statement by statement, without a Jupyter kernel.

A cell that raises is recorded and the next one runs, as a student's "Run All" with the failing cells skipped. The names
that the failed part would have bound are remembered with its error, so that "your cell stopped before it defined this"
can be told apart from "you never wrote this".
"""

import ast
import builtins
import codeop
import linecache
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from dlfb_lab._errors import ErrorData
from dlfb_lab._shell import MagicRefused, Shell
from dlfb_lab._translate import describe

Progress = Callable[[int, int], None]
_BOUND = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


class Runner:
    """One run of one notebook.

    Attributes:
        namespace: what the cells have left behind, by name.
        fates: for each name that a failed part of a cell would have bound, the error that kept it from doing so.
    """

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.namespace: dict[str, Any] = self.module.__dict__
        self.fates: dict[str, ErrorData] = {}
        # Remembers `from __future__ import ...` from one statement to the next, as a kernel does.
        self._compile = codeop.Compile()
        self._filename = ""
        self._line = 1
        shell = Shell(self._run_text, lambda text, below: self._run_text(text, below, dict(self.namespace)))
        self.namespace |= {"get_ipython": lambda: shell, "display": lambda *a, **k: None, "__builtins__": builtins}
        # Without `site` (as in the sandbox) these are missing; a notebook that calls them means no harm.
        for name in ("help", "copyright", "credits", "license"):
            if not hasattr(builtins, name):
                self.namespace[name] = lambda *args: None

    def run(self, cell: int, source: str, progress: Progress | None = None, stop: int | None = None) -> list[ErrorData]:
        """Run code cell number `cell`, and say what went wrong in it: nothing, or an error a failed statement.

        Args:
            cell: counts from 1.
            source: its text, magics and all.
            progress: told the number and the line of each statement before it runs.
            stop: do not run the statements from this one on: an earlier run did not survive it.
        """
        self._filename = f"<cell {cell}>"
        linecache.cache[self._filename] = (len(source), None, source.splitlines(keepends=True), self._filename)
        try:
            statements = ast.parse(_plain(source), self._filename).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return [self._failed(error, _BOUND.findall(source))]
        return list(self._run_statements(statements, progress, stop))

    def skipped(self, cell: int, source: str, stop: int, error: ErrorData) -> None:
        """Remember that statement `stop` of the cell ended the whole process, with `error` to show for it."""
        try:
            statements = ast.parse(_plain(source)).body[stop:]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return
        self._remember(error, bound_names(statements))

    def _run_statements(
        self, statements: list[ast.stmt], progress: Progress | None, stop: int | None
    ) -> Iterator[ErrorData]:
        for number, statement in enumerate(statements):
            if number == stop:
                return
            if progress is not None:
                progress(number, statement.lineno)
            try:
                self._run_statement(statement)
            except MagicRefused as refused:
                yield describe(refused)
            except BaseException as error:
                # KeyboardInterrupt and SystemExit too: a notebook that calls sys.exit() has simply stopped here.
                yield self._failed(error, bound_names(statements[number:]))
                return

    def _run_statement(self, statement: ast.stmt) -> None:
        self._line = statement.lineno
        exec(self._compile(ast.Module([statement], []), self._filename, "exec"), self.namespace)  # type: ignore[arg-type]
        for name in bound_names([statement]):
            self.fates.pop(name, None)

    def _run_text(self, text: str, below: bool, namespace: dict[str, Any] | None = None) -> None:
        """Run what a magic was given: the rest of its line, or the lines `below` it. Line numbers stay the cell's."""
        plain = "\n" * (self._line - (not below)) + _plain(text)
        exec(self._compile(plain, self._filename, "exec"), self.namespace if namespace is None else namespace)

    def _failed(self, error: BaseException, names: Iterable[Any]) -> ErrorData:
        described = describe(error)
        flat = [name for item in names for name in (item if isinstance(item, tuple) else (item,)) if name]
        self._remember(described, flat)
        return described

    def _remember(self, error: ErrorData, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.namespace:
                self.fates[name] = error


def _plain(source: str) -> str:
    """`source` with IPython's magics as calls, and every line at its place."""
    leading = len(source) - len(source.lstrip("\n"))  # the transformation drops empty lines at the top
    return "\n" * leading + TransformerManager().transform_cell(source.lstrip("\n"))


def bound_names(statements: Iterable[ast.stmt]) -> list[str]:
    """The names that running these statements would bind."""
    names: list[str] = []
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(statement.name)
        else:
            stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
            names += [node.id for node in stored if isinstance(node.ctx, ast.Store)]
    return names


def as_main(runner: Runner) -> Mapping[str, Any]:
    """Make the notebook the process's `__main__`, as it is in a kernel: dataclasses look their annotations up there."""
    sys.modules["__main__"] = runner.module
    return runner.namespace
