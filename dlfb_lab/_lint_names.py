"""What the rules of the lint share: reading names and loops out of a syntax tree."""

import ast
from collections.abc import Iterator
from typing import TypeAlias

# A diagnosis, and the node whose line shows it.
Found: TypeAlias = Iterator[tuple[str, ast.stmt | ast.expr]]
Function: TypeAlias = ast.FunctionDef | ast.Lambda


def dotted(node: ast.AST) -> str:
    """`jax.random.split` as text; "" for what is no chain of names."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def parameters(function: Function) -> list[str]:
    """The names of all parameters, those given by position first."""
    arguments = function.args
    return [arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def bound(tree: ast.AST) -> set[str]:
    """Every name that `tree` gives a value, or defines, at whatever depth."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and type(node.ctx) is ast.Store}
    found |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return found | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def gone_over(tree: ast.AST) -> set[str]:
    """The names that loops and comprehensions in `tree` give to what they go over."""
    loops = (node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension))
    return {name for loop in loops for name in bound(loop.target)}


def repeated(tree: ast.AST) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Each loop and comprehension, with all nodes in it that are met in every round: what it goes over is met once."""
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For | ast.While | ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            once = loop.iter if isinstance(loop, ast.For) else None
            once = once if isinstance(loop, ast.For | ast.While) else loop.generators[0].iter
            left_out = set() if once is None else {id(node) for node in ast.walk(once)}
            yield loop, [node for node in ast.walk(loop) if id(node) not in left_out]
