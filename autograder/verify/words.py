"""The rule on words: every check has a sentence, every task three hints that differ, and no hint holds the answer.

What a hint may not hold is the text of the answer: a whole statement, what the function returns, the value itself, or
a part that does more than one thing. A single call such as `jax.random.split(key)` is what every manual shows.
"""

import ast
import re
import textwrap
from collections.abc import Iterator

from autograder.course import HINTS_PER_TASK, Lab, Task
from autograder.percent import Cell, read_cells
from autograder.stub import BEGIN, END
from autograder.verify.check_file import checks_of
from autograder.verify.house import House
from autograder.verify.problem import Problem

# Without spaces. What is shorter says too little to give anything away.
_SHORTEST_CODE, _SHORTEST_VALUE = 10, 3
_DOES = (ast.Call, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Subscript, ast.IfExp)


def problems(house: House) -> list[Problem]:
    """Every check without a sentence, and every hint that says nothing, the same again, or too much."""
    return [p for lab in house.part.labs for p in (*_silent_checks(house, lab), *_hints(house, lab))]


def _silent_checks(house: House, lab: Lab) -> Iterator[Problem]:
    names = [task.name for task in lab.tasks]
    for check in checks_of(lab):
        if check.task(names) in {*house.part.names, ""} and not check.sentence.endswith((".", "!", "?")):
            saw = f"`{check.name}` has no sentence for the student."
            yield Problem(house.place(check.file, check.line), saw, "Write one as its docstring, with a period.")


def _hints(house: House, lab: Lab) -> Iterator[Problem]:
    cells = read_cells(lab.source)
    for task in house.tasks_of(lab):
        own = [cell for cell in cells if cell.task == task.name and cell.role == "hint"]
        answer = next(cell for cell in cells if cell.task == task.name and cell.role == "answer")
        for cell in own:
            where = house.place(lab.source, cell.line)
            if held := what_it_holds(cell.text, answer, task):
                saw = f"the hint holds a part of the answer, `{held}`."
                yield Problem(where, saw, "Say what to look at, not what to write.")
        if len({_bare(cell.text) for cell in own if _bare(cell.text)}) < HINTS_PER_TASK:
            where = house.place(lab.source, own[0].line)
            yield Problem(where, f"`{task.name}` has hints that are empty or the same.", "Let each say more.")


def what_it_holds(hint: str, answer: Cell, task: Task) -> str:
    """The longest part of the answer that stands in the hint; "" where none does."""
    solution = solution_of(answer)
    if task.kind == "value":
        text = hint.replace("`", " ").replace("'", '"')
        held = [value for value in _values(solution) if re.search(_whole(_bare(value)), text)]
    else:
        held = [part for part in telling_parts(solution) if _bare(part) in _bare(hint)]
    return max(held, key=len, default="")


def solution_of(answer: Cell) -> str:
    """What stands between the solution markers of an answer's cell."""
    parts: list[list[str]] = []
    for line in answer.text.splitlines():
        if line.strip() in (BEGIN, END):
            parts.append([])
        elif parts:
            parts[-1].append(line)
    return "\n".join(_statement(textwrap.dedent("\n".join(part))) for part in parts[::2])


def _statement(part: str) -> str:
    """`part` as whole statements: decorators get a function to stand above."""
    return f"{part}\ndef _(): ..." if part.startswith("@") else part


def telling_parts(solution: str) -> list[str]:
    """The parts of a function's solution that give it away, as they are written and as Python would write them."""
    nodes = [node for statement in ast.parse(solution).body for node in ast.walk(statement)]
    telling = [node for node in nodes if _is_telling(node)]
    telling += [node.value for node in nodes if isinstance(node, ast.Return) and node.value and _operations(node.value)]
    written = [text for node in telling for text in (ast.get_source_segment(solution, node), ast.unparse(node)) if text]
    return [text for text in dict.fromkeys(written) if len(_bare(text)) >= _SHORTEST_CODE]


def _is_telling(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr):
        return True
    if isinstance(node, ast.Return):
        return _operations(node) > 0
    return isinstance(node, ast.expr) and _operations(node) > 1


def _operations(node: ast.AST) -> int:
    return sum(isinstance(inner, _DOES) for inner in ast.walk(node))


def _values(solution: str) -> list[str]:
    values = [node.value for node in ast.parse(solution).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return [text for value in values if value is not None and len(text := ast.unparse(value)) >= _SHORTEST_VALUE]


def _bare(text: str) -> str:
    """`text` without what may differ between two ways to write the same code: spaces, kinds of quotes, backticks."""
    return re.sub(r"[\s`]", "", text).replace("'", '"')


def _whole(value: str) -> str:
    """A pattern for `value`, with spaces anywhere in it, that is no part of a longer number or word."""
    spaced = r"\s*".join(re.escape(sign) for sign in value)
    return rf"(?<![\w.]){spaced}(?!\w|\.\d)"
