"""A notebook's code -> the answer to each task, found by its name, with the helpers that it uses.

As in grading, the last definition counts, and where it stands does not matter.
"""

import ast
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass

from autograder.similar.notebook_code import Code

MOST_STATEMENTS = 60


@dataclass(frozen=True)
class Answer:
    """What one submission says to one task.

    Attributes:
        task: its name.
        text: the statements that make it, as they were written, in their order.
        imported: the path of each name that the notebook imports.
    """

    task: str
    text: str
    imported: Mapping[str, str]


def answer_to(task: str, code: Code, others: Collection[str] = (), given: Set[str] = frozenset()) -> Answer | None:
    """The answer to `task`; None where nothing in the notebook binds that name.

    Args:
        task: its name.
        code: the notebook's.
        others: names that are no helpers, for they are tasks themselves.
        given: texts of statements that are no helpers, for everybody has them.
    """
    start = code.last(task)
    if start is None:
        return None
    numbers = _with_helpers(start, code, frozenset(others) - {task}, given)
    text = "\n\n".join(code.statements[number].text for number in sorted(numbers))
    return Answer(task, text, code.imported)


def _with_helpers(start: int, code: Code, others: Set[str], given: Set[str]) -> set[int]:
    """The numbers of the statement `start` and of all that it needs, directly or through others."""
    found, waiting = {start}, [start]
    while waiting and len(found) < MOST_STATEMENTS:
        number = waiting.pop()
        for name in sorted(code.statements[number].loads - code.imported.keys() - others):
            needed = _binding(name, number, code)
            if needed is not None and needed not in found and code.statements[needed].text not in given:
                found.add(needed)
                waiting.append(needed)
    return found


def _binding(name: str, reader: int, code: Code) -> int | None:
    """What binds `name` for statement `reader`. A function sees what comes later; a value only what came before."""
    node = code.statements[reader].node
    is_later_called = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    if is_later_called:
        return code.last(name)
    before = code.last(name, reader)
    return code.last(name) if before is None else before
