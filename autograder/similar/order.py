"""Statements of a block -> an order that does not depend on how they were written down, as far as their names allow.

A statement waits for those before it that bind what it reads or read what it binds; among those that need not wait, the
one whose tokens come first in the alphabet is next. It is for comparing alone: nobody runs the result.
"""

import ast
import heapq
from collections.abc import Sequence

from autograder.similar.notebook_code import all_nodes

_LONGEST_BLOCK = 200
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BARRIERS = (ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Assert, ast.Delete, ast.Try, ast.With)


def standard_order(body: Sequence[ast.stmt], words: Sequence[str]) -> list[int]:
    """The numbers of the statements in their standard order. `words` are the tokens of each statement as one text."""
    if len(body) > _LONGEST_BLOCK or len(body) < 2:
        return list(range(len(body)))
    after, waits = _dependencies(body)
    ready = [(words[number], number) for number in range(len(body)) if not waits[number]]
    heapq.heapify(ready)
    found: list[int] = []
    while ready:
        _, number = heapq.heappop(ready)
        found.append(number)
        for later in after[number]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, (words[later], later))
    return found


def _dependencies(body: Sequence[ast.stmt]) -> tuple[list[list[int]], list[int]]:
    """For each statement, those that wait for it, and how many it waits for."""
    uses = [_uses(statement) for statement in body]
    defines = [isinstance(statement, _DEFINITIONS) for statement in body]
    after: list[list[int]] = [[] for _ in body]
    waits = [0] * len(body)
    for later, (reads, writes, is_barrier) in enumerate(uses):
        for earlier in range(later):
            if defines[earlier] and defines[later]:
                continue  # functions see each other whichever comes first
            before_reads, before_writes, was_barrier = uses[earlier]
            touches = writes & (before_reads | before_writes) or reads & before_writes
            if touches or is_barrier or was_barrier:
                after[earlier].append(later)
                waits[later] += 1
    return after, waits


def _uses(statement: ast.stmt) -> tuple[set[str], set[str], bool]:
    """The names that a statement reads, those that it binds or changes, and whether it must stay where it is."""
    reads, writes, is_barrier = set[str](), set[str](), isinstance(statement, _BARRIERS)
    if isinstance(statement, _DEFINITIONS):
        writes.add(statement.name)
    for node in all_nodes(statement):
        if isinstance(node, ast.Name):
            (writes if isinstance(node.ctx, ast.Store) else reads).add(node.id)
        elif isinstance(node, ast.Attribute | ast.Subscript):
            writes |= _root(node) if isinstance(node.ctx, ast.Store) else set()
        elif isinstance(node, ast.Yield | ast.YieldFrom | ast.Await):
            is_barrier = True
    if isinstance(statement, ast.AugAssign):
        reads |= _root(statement.target)
    if isinstance(statement, ast.Expr):  # `batches.append(row)` changes what it is called on
        writes |= _root(statement.value)
    return reads, writes, is_barrier


def _root(node: ast.AST) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()
