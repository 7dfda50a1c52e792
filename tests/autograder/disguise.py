"""Makes a copy of an answer look like another: other names, another order of independent lines, idle lines."""

import ast
import random

from autograder.similar.order import _dependencies
from autograder.similar.tidy import own_names

_KEPT = {"self", "setup"}


def disguised(source: str, task: str) -> str:
    """The same answer to `task`, in disguise."""
    return _padded(_renamed(_reordered(source), task))


def _renamed(source: str, task: str) -> str:
    module = ast.parse(source)
    own = sorted(name for name in own_names(module) - _KEPT - {task} if not name.startswith("__"))
    other = {name: f"other_{number}" for number, name in enumerate(own)}
    written = {
        node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            node.id = other.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = other.get(node.arg, node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.name = other.get(node.name, node.name)
        elif isinstance(node, ast.Attribute) and node.attr in written:
            node.attr = other.get(node.attr, node.attr)
    return ast.unparse(module)


def _reordered(source: str) -> str:
    module, drawn = ast.parse(source), random.Random(1)
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.For):
            node.body = _other_order(node.body, drawn)
    return ast.unparse(module)


def _other_order(body: list[ast.stmt], drawn: random.Random) -> list[ast.stmt]:
    after, waits = _dependencies(body)
    ready, found = [number for number in range(len(body)) if not waits[number]], []
    while ready:
        number = ready.pop(drawn.randrange(len(ready)))
        found.append(body[number])
        for later in after[number]:
            waits[later] -= 1
            ready += [later] if not waits[later] else []
    return found


def _padded(source: str) -> str:
    module = ast.parse(source)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.args.args:
            seen = f"seen = {node.args.args[-1].arg}\nif len(str(seen)) > 1000:\n    print('long')\n"
            node.body = [*ast.parse("'My own words.'").body, *node.body[:1], *ast.parse(seen).body, *node.body[1:]]
    return ast.unparse(module)
