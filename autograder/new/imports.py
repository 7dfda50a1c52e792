"""One more import in the text of a Python file, where the linter wants it."""

import ast
import sys

_LONGEST = 120


def with_names(text: str, module: str, names: list[str]) -> str:
    """`text` with `from module import` these names too. The module is our own: its import comes last."""
    there = next((n for n in _imports(text) if isinstance(n, ast.ImportFrom) and n.module == module), None)
    if there is None:
        return _after_imports(text, _from(module, names), own_paragraph=True)
    known = [alias.name for alias in there.names]
    if set(names) <= set(known):
        return text
    lines = text.split("\n")
    lines[there.lineno - 1 : there.end_lineno] = _from(module, [*known, *names]).split("\n")
    return "\n".join(lines)


def with_import(text: str, module: str, alias: str) -> str:
    """`text` with `import module as alias` too, among the other packages that are not our own."""
    nodes = [node for node in _imports(text) if isinstance(node, ast.Import)]
    if any(name.name == module and name.asname == alias for node in nodes for name in node.names):
        return text
    others = [node for node in nodes if node.names[0].name.split(".")[0] not in sys.stdlib_module_names]
    line = f"import {module} as {alias}"
    later = next((node for node in others if node.names[0].name > module), None)
    if later is not None:
        return _insert(text, later.lineno - 1, [line])
    if others:
        return _insert(text, others[-1].end_lineno or 0, [line])
    froms = [node for node in _imports(text) if isinstance(node, ast.ImportFrom)]
    if froms:
        return _insert(text, froms[0].lineno - 1, [line, ""])
    return _after_imports(text, line, own_paragraph=True)


def _imports(text: str) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]


def _after_imports(text: str, line: str, *, own_paragraph: bool) -> str:
    """Below the last import, or below the docstring."""
    body = ast.parse(text).body
    above: list[ast.stmt] = list(_imports(text)) or body[:1]
    at = above[-1].end_lineno or 0 if above else 0
    return _insert(text, at, [*([""] if own_paragraph and above else []), *line.split("\n")])


def _insert(text: str, at: int, new: list[str]) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:at], *new, *lines[at:]])


def _from(module: str, names: list[str]) -> str:
    names = sorted(set(names), key=lambda name: (name.islower(), name))
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _LONGEST:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
