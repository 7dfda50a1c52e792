"""The pieces of a course folder of one's own, to be laid over the public labs."""

import ast
import builtins
import secrets
from collections.abc import Sequence
from pathlib import Path

from autograder.course import Course, CourseError, Lab
from autograder.new.draft import Draft, filled
from autograder.verify.check_file import read_checks

_OF_MINE = "_of_mine"


def course_draft(below: Course, folder: Path, labs: Sequence[Lab], title: str) -> Draft:
    """A course folder: settings with a seed that nobody knows, and for each lab a hidden check to begin with.

    Args:
        below: the course that it is to be laid over.
        folder: where it goes.
        labs: those of the course that get a file of hidden checks.
        title: what the new course is called.

    Raises:
        CourseError: the folder is the course below itself, or a file of its checks is no Python.
    """
    if folder.resolve() in [one.resolve() for one in below.folders]:
        raise CourseError(f"{folder}: this is the course that a new one is to be laid over. Choose another folder.")
    settings = filled(
        "my_course.toml",
        title=title.replace("\\", "\\\\").replace('"', '\\"'),
        seed=secrets.randbits(63),
        lab=labs[0],
        task=next((task.name for lab in labs for task in lab.tasks), "a_task"),
    )
    hidden = folder / "solutions" / "hidden"
    checks = {hidden / f"test_{lab.name}.py": _checks(lab) for lab in labs}
    return Draft({folder / "solutions" / "course.toml": settings, **checks}, {})


def _checks(lab: Lab) -> str:
    """A file of hidden checks, with one of the public ones under another name: it works, and is there to be changed."""
    head = f'"""Hidden checks of my own, {lab.name}."""\n'
    for file in lab.all_hidden:
        found = _first_that_stands_alone(file)
        if found:
            return f"{head}\n{found}"
    return head


def _first_that_stands_alone(file: Path) -> str:
    """The first check in a file that needs nothing but imports, with these; "" where there is none."""
    text = file.read_text("utf-8")
    read_checks(file, text)  # says where it is no Python
    body = ast.parse(text).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    known = {_bound(alias) for node in imports for alias in node.names} | set(dir(builtins))
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not node.decorator_list:
            used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            if _names_from_outside(node) <= known:
                source = ast.get_source_segment(text, node) or ""
                renamed = source.replace(f"def {node.name}(", f"def {node.name}{_OF_MINE}(", 1)
                note = "# TODO: an example, which anybody can read in public. Ask here what only you ask.\n"
                return f"{_imported(imports, used)}\n\n\n{note}{renamed}\n"
    return ""


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _names_from_outside(node: ast.FunctionDef) -> set[str]:
    """The names that a function reads and neither takes nor binds."""
    names = [name for name in ast.walk(node) if isinstance(name, ast.Name)]
    bound = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
    bound |= {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
    bound |= {inner.name for inner in ast.walk(node) if isinstance(inner, ast.FunctionDef)}
    return {name.id for name in names} - bound


def _imported(imports: Sequence[ast.Import | ast.ImportFrom], used: set[str]) -> str:
    """The imports of the names that are used: our own package in a paragraph of its own, below the others."""
    lines: dict[bool, list[str]] = {False: [], True: []}
    for node in imports:
        aliases = [alias for alias in node.names if _bound(alias) in used]
        if aliases:
            ours = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dlfb_lab")
            kept = ast.Import(aliases) if isinstance(node, ast.Import) else _with_aliases(node, aliases)
            lines[ours].append(ast.unparse(kept))
    return "\n\n".join("\n".join(part) for part in lines.values() if part)


def _with_aliases(node: ast.ImportFrom, aliases: list[ast.alias]) -> ast.ImportFrom:
    """The import with other names."""
    return ast.ImportFrom(node.module, aliases, node.level)
