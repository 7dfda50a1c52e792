"""An answer -> tokens that stay the same when it is renamed, commented, laid out anew or reordered.

The tree of the code is walked, so comments, white space, parentheses and annotations are gone from the start. Then:

- a name of the student's own becomes `own`, an argument its place (`arg0`), a library's name its full path, so that
  `jnp.sum`, `np.sum` after another import, and `from jax.numpy import sum` are told apart or not as they should be;
- docstrings, printing, statements that only bind what nobody reads, and branches never taken are left out;
- statements that do not depend on each other stand in the order of their tokens, not in the order of the page.
"""

import ast
import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.similar.notebook_code import imports, parsed
from autograder.similar.order import standard_order
from autograder.similar.tidy import own_attributes, own_names, tidied

_SILENT = (ast.expr_context, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Expr, ast.Module, ast.arguments)
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Token:
    """A word of the normalized code, and the line of the answer's text that it stands for."""

    word: str
    line: int


Scope = Mapping[str, str]


def tokens_of(text: str, imported: Mapping[str, str]) -> list[Token]:
    """The tokens of an answer's text; none where it cannot be read.

    Args:
        text: Python.
        imported: the path of each name that the notebook around it imports.
    """
    module = parsed(text)
    if module is None:
        return []
    try:
        walker = _Walker({**imported, **imports(module)}, own_names(module), own_attributes(module))
        return walker.block(tidied(module).body, {})
    except RecursionError:
        return []


class _Walker:
    def __init__(self, imported: Mapping[str, str], own: frozenset[str], attributes: frozenset[str]) -> None:
        self._imported = imported
        self._own = own
        self._attributes = attributes
        self._line = 1

    def block(self, body: list[ast.stmt], scope: Scope) -> list[Token]:
        tokens = [self.visit(node, scope) for node in body]
        words = [" ".join(token.word for token in each) for each in tokens]
        return [token for number in standard_order(body, words) for token in tokens[number]]

    def visit(self, node: ast.AST, scope: Scope) -> list[Token]:
        self._line = getattr(node, "lineno", self._line)
        special: Callable[[ast.AST, Scope], list[Token]] | None = getattr(self, f"_{type(node).__name__}", None)
        return special(node, scope) if special else self._plain(node, scope)

    def _plain(self, node: ast.AST, scope: Scope) -> list[Token]:
        """The kind of the node, and then its parts."""
        found = [] if isinstance(node, _SILENT) else [self._token(type(node).__name__)]
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                found += self.block(value, scope)
            else:
                found += self._all(value if isinstance(value, list) else [value], scope)
        return found

    def _all(self, values: list[object], scope: Scope) -> list[Token]:
        return [token for value in values if isinstance(value, ast.AST) for token in self.visit(value, scope)]

    def _token(self, word: str) -> Token:
        return Token(word, self._line)

    def _FunctionDef(self, node: ast.FunctionDef, scope: Scope) -> list[Token]:  # noqa: N802 - as in ast
        decorators = self._all([*node.decorator_list], scope)
        inner, head = self._arguments(node.args, scope)
        return [*decorators, self._token("def"), *head, *self.block(node.body, inner)]

    _AsyncFunctionDef = _FunctionDef

    def _Lambda(self, node: ast.Lambda, scope: Scope) -> list[Token]:  # noqa: N802
        inner, head = self._arguments(node.args, scope)
        return [self._token("lambda"), *head, *self.visit(node.body, inner)]

    def _arguments(self, args: ast.arguments, scope: Scope) -> tuple[Scope, list[Token]]:
        names = [arg.arg for arg in (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg) if arg]
        inner = {**scope, **{name: f"arg{number}" for number, name in enumerate(names)}}
        defaults = self._all([*args.defaults, *args.kw_defaults], scope)
        return inner, [*(self._token(inner[name]) for name in names), *defaults]

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> list[Token]:  # noqa: N802
        head = self._all([*node.decorator_list, *node.bases, *node.keywords], scope)
        return [*head, self._token("class"), *self.block(node.body, scope)]

    def _Name(self, node: ast.Name, scope: Scope) -> list[Token]:  # noqa: N802
        return [self._token(self._word(node.id, scope))]

    def _word(self, name: str, scope: Scope) -> str:
        if name in scope:
            return scope[name]
        if name in self._own:
            return "own"
        return self._imported.get(name) or (name if hasattr(builtins, name) else "own")

    def _Attribute(self, node: ast.Attribute, scope: Scope) -> list[Token]:  # noqa: N802
        path = self._path(node, scope)
        if path:
            return [self._token(path)]
        word = ".own" if node.attr in self._attributes else f".{node.attr}"
        return [*self.visit(node.value, scope), self._token(word)]

    def _path(self, node: ast.expr, scope: Scope) -> str:
        """`jax.numpy.sum` for `jnp.sum`; "" where it does not begin with what was imported."""
        if isinstance(node, ast.Name):
            shadowed = node.id in scope or node.id in self._own
            return "" if shadowed else self._imported.get(node.id, "")
        above = self._path(node.value, scope) if isinstance(node, ast.Attribute) else ""
        return f"{above}.{node.attr}" if above and isinstance(node, ast.Attribute) else ""

    def _Call(self, node: ast.Call, scope: Scope) -> list[Token]:  # noqa: N802
        function = self.visit(node.func, scope)
        is_own = function[-1].word in ("own", ".own")
        found = [self._token("call"), *function, *self._all([*node.args], scope)]
        for keyword in sorted(node.keywords, key=lambda keyword: keyword.arg or ""):
            self._line = keyword.value.lineno
            found += [self._token("own=" if is_own else f"{keyword.arg}="), *self.visit(keyword.value, scope)]
        return found

    def _Constant(self, node: ast.Constant, scope: Scope) -> list[Token]:  # noqa: N802
        if isinstance(node.value, str):  # a key such as "params" says something, a sentence can be reworded
            return [self._token(repr(node.value) if node.value.isidentifier() else "text")]
        return [self._token(repr(node.value)[:40])]

    def _Assign(self, node: ast.Assign, scope: Scope) -> list[Token]:  # noqa: N802
        return [self._token("="), *self._all([*node.targets, node.value], scope)]

    def _AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> list[Token]:  # noqa: N802
        return [self._token("="), *self._all([node.target, node.value], scope)]

    def _AugAssign(self, node: ast.AugAssign, scope: Scope) -> list[Token]:  # noqa: N802
        return [self._token("="), *self._all([node.target, node.target, node.op, node.value], scope)]
