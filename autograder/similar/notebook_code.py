"""The code cells of a notebook -> its statements, and what each name was bound by last.

Text is parsed and never run. What cannot be parsed is left out: a name that only such a cell binds was handed in, and
cannot be read.
"""

import ast
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_CELL = 100_000
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)


@dataclass(frozen=True)
class Statement:
    """One statement at the top level of a cell.

    Attributes:
        text: its lines, decorators included.
        node: what they are.
        binds: the names that it gives a value.
        loads: the names that it reads; of a function, those that it has from outside.
        imported: the names that it imports, each with the path of what it stands for.
    """

    text: str
    node: ast.stmt
    binds: frozenset[str]
    loads: frozenset[str]
    imported: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Code:
    """The statements of a notebook in order, and the path of each name that it imports, such as jnp: jax.numpy."""

    statements: tuple[Statement, ...]
    imported: dict[str, str]

    def last(self, name: str, before: int | None = None) -> int | None:
        """The number of the last statement (of those before number `before`) that binds `name`; None without one."""
        numbers = range(len(self.statements) if before is None else before)
        return next((number for number in reversed(numbers) if name in self.statements[number].binds), None)


def read_code(cells: Iterable[str]) -> Code:
    """What the cells hold, without those that are no Python."""
    statements = tuple(statement for cell in cells for statement in _statements(cell))
    imported: dict[str, str] = {}
    for statement in statements:
        imported.update(statement.imported)
    return Code(statements, imported)


def imports(node: ast.AST) -> dict[str, str]:
    """The names that imports in `node` bind, each with the full path of what it stands for."""
    found: dict[str, str] = {}
    for inner in all_nodes(node):
        if isinstance(inner, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0]: _path(alias) for alias in inner.names}
        elif isinstance(inner, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{inner.module or ''}.{alias.name}" for alias in inner.names}
    return found


def parsed(text: str) -> ast.Module | None:
    """`text` as Python; None where it is none, or too much of it."""
    if len(text) > LONGEST_CELL:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a student's escapes in strings, for one
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def all_nodes(node: ast.AST) -> list[ast.AST]:
    """`node` and all below it in any order, as `ast.walk`, in a third of its time."""
    found, waiting = list[ast.AST](), [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for name in one._fields:
            value = getattr(one, name, None)
            if isinstance(value, list):
                waiting += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                waiting.append(value)
    return found


def _path(alias: ast.alias) -> str:
    return alias.name if alias.asname else alias.name.split(".")[0]


# A class shares the cells that nobody writes into, and each is parsed once.
@lru_cache(4096)
def _statements(cell: str) -> tuple[Statement, ...]:
    plain = _MAGIC.sub("", cell)
    module = parsed(plain)
    if module is None:
        return ()
    lines = plain.splitlines()
    try:
        return tuple(_statement(node, lines) for node in module.body)
    except RecursionError:
        return ()


def _statement(node: ast.stmt, lines: list[str]) -> Statement:
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    text = "\n".join(lines[first - 1 : node.end_lineno])
    names = [name for name in all_nodes(node) if isinstance(name, ast.Name)]
    imported = tuple(imports(node).items())
    loads = frozenset(name.id for name in names if isinstance(name.ctx, ast.Load))
    binds = frozenset(name.id for name in names if isinstance(name.ctx, ast.Store))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        inside = binds | {one.arg for one in all_nodes(node) if isinstance(one, ast.arg)}
        return Statement(text, node, frozenset([node.name]), loads - inside, imported)
    return Statement(text, node, binds, loads, imported)
