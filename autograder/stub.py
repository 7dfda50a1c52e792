"""An answer cell -> what the student gets instead: the lines between the solution markers become a stub.

Inside a function (or a method) the stub raises NotImplementedError with the task's name, so that "not attempted" can be
told apart from "wrong". At the top level `name = value` becomes `name = None`, so that "Run All" never dies on a stub,
and decorators above a function are left out.
"""

import ast

from autograder.percent import Cell

BEGIN = "# BEGIN SOLUTION"
END = "# END SOLUTION"


def has_marker(text: str) -> bool:
    """Whether any line of `text` is a solution marker."""
    return any(line.strip() in (BEGIN, END) for line in text.splitlines())


def kind_of(cell: Cell) -> str:
    """What an answer cell asks for: "function" where it defines a function or a class, "value" where it assigns.

    Raises:
        CourseError: the cell is no Python, or does not give its task's name a value.
    """
    for node in _parse(cell, cell.text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == cell.task:
            return "function"
        if cell.task in _assigned(node):
            return "value"
    raise cell.problem(
        f"the answer cell never defines `{cell.task}`. Define a function, a class or a value of that name."
    )


def stub_of(cell: Cell) -> str:
    """The text of an answer cell as the student gets it.

    Raises:
        CourseError: a marker is missing, unclosed or out of order, or what is left is no Python.
    """
    kept: list[str] = []
    solution: list[str] | None = None
    begin = ""
    for line in cell.text.splitlines():
        if line.strip() == BEGIN:
            if solution is not None:
                raise cell.problem(f"`{BEGIN}` stands twice before `{END}`. Close the first one.")
            solution, begin = [], line
        elif line.strip() == END:
            if solution is None:
                raise cell.problem(f"`{END}` has no `{BEGIN}` before it. Add one above the solution.")
            kept += _stub_lines(cell, begin, solution)
            solution = None
        else:
            (kept if solution is None else solution).append(line)
    if solution is not None:
        raise cell.problem(f"`{BEGIN}` is never closed. Put `{END}` below the solution.")
    if not begin:
        raise cell.problem(
            f"the answer cell of `{cell.task}` has no solution markers. Put `{BEGIN}` and `{END}` around it."
        )
    return _that_still_defines_the_name(cell, "\n".join(kept))


def _stub_lines(cell: Cell, begin: str, solution: list[str]) -> list[str]:
    indent = begin[: -len(begin.lstrip())]
    if indent:
        return [f'{indent}raise NotImplementedError("{cell.task}")']
    if _are_decorators(solution):
        return []
    names = [_one_name(cell, node) for node in _parse(cell, "\n".join(solution)).body]
    return [f"{name} = None" for name in names]


def _are_decorators(lines: list[str]) -> bool:
    """Whether these lines are decorators, and nothing else, of whatever stands below them."""
    try:
        (node,) = ast.parse("\n".join([*lines, "def below(): pass"])).body
    except (SyntaxError, ValueError):
        return False
    return bool(getattr(node, "decorator_list", [])) and getattr(node, "name", "") == "below"


def _one_name(cell: Cell, node: ast.stmt) -> str:
    names = _assigned(node)
    if len(names) != 1:
        raise cell.problem(
            "markers at the top level may only enclose lines like `name = value`. "
            "Where the answer is a function, put them inside it, around its body."
        )
    return names[0]


def _assigned(node: ast.stmt) -> list[str]:
    """The plain names that an assignment binds; none for any other statement."""
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _parse(cell: Cell, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        place = f"line {error.lineno} of the cell" if error.lineno else "the cell"
        raise cell.problem(f"the answer of `{cell.task}` is no Python ({error.msg}, {place}). Correct it.") from error


def _that_still_defines_the_name(cell: Cell, stub: str) -> str:
    try:
        left = ast.parse(stub)
    except SyntaxError as error:
        raise cell.problem(
            f"without its solution the answer cell of `{cell.task}` is no Python ({error.msg}). "
            "Put the markers around whole statements of one block."
        ) from error
    defined = {getattr(node, "name", None) for node in left.body} | {n for node in left.body for n in _assigned(node)}
    if cell.task not in defined:
        raise cell.problem(f"without its solution the answer cell does not define `{cell.task}`. Keep its `def` line.")
    return stub
