"""Code -> the same without what changes nothing: words, prints, what nobody reads, branches never taken."""

import ast
import copy
from collections.abc import Iterable, Set

from autograder.similar.notebook_code import all_nodes

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_ROUNDS = 5


def own_names(module: ast.Module) -> frozenset[str]:
    """Every name that the code itself gives: to values, functions and arguments, but not by an import."""
    arguments = {node.arg for node in all_nodes(module) if isinstance(node, ast.arg)}
    return frozenset(arguments | _stored(module) | _defined(module))


def own_attributes(module: ast.Module) -> frozenset[str]:
    """Every attribute that the code itself gives, to `self` or to others, as a field or as a method."""
    nodes = list(all_nodes(module))
    written = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    bodies = [statement for node in nodes if isinstance(node, ast.ClassDef) for statement in node.body]
    methods = {statement.name for statement in bodies if isinstance(statement, _Definition)}
    return frozenset(written | methods | _fields(bodies))


def tidied(module: ast.Module) -> ast.Module:
    """A copy of `module` in which every statement does something, and binds one thing at a time."""
    unread: frozenset[str] = frozenset()
    for _ in range(_ROUNDS):  # what only an idle statement reads is not read
        swept = ast.Module(_swept(module.body, unread), [])
        found = _unread(swept) - _kept(module)
        if found <= unread:
            break
        unread |= found
    return swept


def _defined(module: ast.Module) -> set[str]:
    return {node.name for node in all_nodes(module) if isinstance(node, _Definition)}


def _kept(module: ast.Module) -> set[str]:
    """The names that others may read: those at the top level, and the fields of classes."""
    classes = [node for node in all_nodes(module) if isinstance(node, ast.ClassDef)]
    blocks: list[ast.Module | ast.ClassDef] = [module, *classes]
    return _fields([statement for block in blocks for statement in block.body])


def _fields(body: Iterable[ast.stmt]) -> set[str]:
    return {name for statement in body if not isinstance(statement, _Definition) for name in _stored(statement)}


def _unread(module: ast.Module) -> set[str]:
    read = {one.id for one in all_nodes(module) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    return _stored(module) - read


def _stored(node: ast.AST) -> set[str]:
    return {one.id for one in all_nodes(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}


def _swept(body: list[ast.stmt], unread: Set[str]) -> list[ast.stmt]:
    inner = [_with_swept_blocks(statement, unread) for statement in body]
    return [one for statement in inner if not _is_idle(statement, unread) for one in _one_by_one(statement)]


def _with_swept_blocks(statement: ast.stmt, unread: Set[str]) -> ast.stmt:
    """The statement, with the blocks inside of it swept. The tree that was given stays as it is."""
    blocks = {name: value for name, value in ast.iter_fields(statement) if _is_block(value)}
    if not blocks:
        return statement
    swept = copy.copy(statement)
    for name, block in blocks.items():
        setattr(swept, name, _swept(block, unread))
    return swept


def _is_block(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], ast.stmt)


def _is_idle(statement: ast.stmt, unread: Set[str]) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Global() | ast.Nonlocal():
            return True
        case ast.Expr(value=ast.Constant() | ast.Name() | ast.Call(func=ast.Name(id="print"))):
            return True
        case ast.If(test=ast.Constant(value=value), orelse=[]) | ast.While(test=ast.Constant(value=value)):
            return not value
        case ast.If(body=[], orelse=[]) | ast.For(body=[], orelse=[]):
            return True
        case ast.Assign(targets=targets):
            return all(isinstance(one, ast.Name) and one.id in unread for one in targets)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            return name in unread
    return False


def _one_by_one(statement: ast.stmt) -> list[ast.stmt]:
    """`a, b = 1, 2` as `a = 1` and `b = 2`."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            starred = any(isinstance(one, ast.Starred) for one in (*targets, *values))
            if len(targets) == len(values) and not starred:
                pairs = zip(targets, values, strict=True)
                return [ast.copy_location(ast.Assign([one], value), value) for one, value in pairs]
    return [statement]
