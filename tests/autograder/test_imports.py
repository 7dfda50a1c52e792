"""The arrows of the house point one way, and nothing that could run a student's bytes by mistake is used in it.

solutions -> dlfb_lab -> jax, flax, optax, numpy.   autograder -> dlfb_lab.   autograder/sandbox -> dlfb_lab alone.
Read from the source, so that an import inside a function counts too.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STDLIB = set(sys.stdlib_module_names)
SCIENCE = {"jax", "flax", "optax", "numpy", "matplotlib"}

# What runs beside the student's code in the untrusted process; loaded before it, so that a child starts at once.
CHILD_SIDE = {f"autograder.sandbox.{name}" for name in ("zygote", "warm", "child", "chores", "figures")}

BANNED_MODULES = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
BANNED_CALLS = {"eval", "exec"}
BANNED_ATTRIBUTES = {(module, "load") for module in ("np", "numpy", "jnp", "yaml")}
# Who may, and why.
ALLOWED: dict[str, set[str]] = {
    # Runs the cells of a notebook: in the untrusted child, or where a student runs pytest on their own.
    "dlfb_lab/_runner.py": {"exec"},
}


def package_modules(package: str) -> dict[str, Path]:
    """Every module of `package` by its dotted name."""
    files = (ROOT / package.replace(".", "/")).rglob("*.py")
    return {place(file).removesuffix(".__init__"): file for file in files}


def imports(source: str, module: str = "", known: Iterable[str] = ()) -> set[str]:
    """The dotted names that `source` imports; `from a import b` is a.b where that is a `known` module, else a.

    `module` is the file itself, a.b or a.__init__, to which relative imports are relative.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = ".".join([*module.split(".")[: -node.level or None], *filter(None, [node.module])])
            origin = origin if node.level else node.module or ""
            names = {f"{origin}.{alias.name}" for alias in node.names}
            found |= {name if name in known else origin for name in names}
    return found


def arrows(package: str) -> dict[str, set[str]]:
    """Module -> what it imports, for every module of `package`."""
    modules = package_modules(package)
    return {name: imports(path.read_text("utf-8"), place(path), modules) for name, path in modules.items()}


def place(path: Path) -> str:
    """autograder/report/__init__.py -> autograder.report.__init__"""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def top(name: str) -> str:
    return name.split(".")[0]


def strays(found: dict[str, set[str]], allowed: set[str]) -> list[str]:
    """The imports whose top-level package is neither `allowed` nor in the standard library, as sentences."""
    return sorted(
        f"{module} imports {name}"
        for module, names in found.items()
        for name in names
        if top(name) not in allowed | STDLIB
    )


def cycle(found: dict[str, set[str]]) -> list[str]:
    """One import cycle, as the modules along it; empty where there is none."""
    done: set[str] = set()

    def visit(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        for each in sorted(found[module] & found.keys() - {module}):
            if loop := visit(each, [*path, module]):
                return loop
        done.add(module)
        return []

    return next((loop for module in sorted(found) if (loop := visit(module, []))), [])


def banned(source: str) -> Iterator[str]:
    """Everything in `source` that runs, or unpacks into objects, what it is given."""
    for name in imports(source):
        if top(name) in BANNED_MODULES:
            yield top(name)
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="builtins"), attr=name)):
                if name in BANNED_CALLS:
                    yield name
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if (owner, name) in BANNED_ATTRIBUTES:
                yield f"{owner}.{name}"
            case ast.ImportFrom(module="numpy" | "jax.numpy" | "yaml", names=names):
                yield from (f"{node.module}.load" for alias in names if alias.name == "load")
            case ast.keyword(arg="allow_pickle"):
                yield "allow_pickle"


def test_solutions_import_dlfb_lab_and_the_libraries_that_it_teaches():
    found = {str(file.relative_to(ROOT)): imports(file.read_text("utf-8")) for file in ROOT.glob("solutions/*.py")}
    assert found, "no lab was found in solutions/"
    assert strays(found, SCIENCE | {"dlfb_lab"}) == []


def test_hidden_checks_import_pytest_on_top_of_that():
    files = ROOT.glob("solutions/hidden/*.py")
    found = {str(file.relative_to(ROOT)): imports(file.read_text("utf-8")) for file in files}
    assert found, "no hidden check was found in solutions/hidden/"
    assert strays(found, SCIENCE | {"dlfb_lab", "pytest"}) == []


def test_dlfb_lab_imports_what_a_student_installs_and_never_the_grader():
    notebook = {"IPython", "ipykernel", "traitlets", "pytest"}
    found = arrows("dlfb_lab")
    command = {name: found.pop(name) for name in list(found) if is_of_the_command(name)}
    assert strays(found, SCIENCE | notebook | {"dlfb_lab"}) == []
    assert strays(command, {"typer", "rich", "jupyter_client", "dlfb_lab"}) == []


def test_only_the_lab_command_itself_imports_its_rooms():
    for module, names in arrows("dlfb_lab").items():
        rooms = {name for name in names if is_of_the_command(name)}
        assert is_of_the_command(module) or not rooms, f"{module} imports {rooms}"


def is_of_the_command(module: str) -> bool:
    return module in ("dlfb_lab._cli", "dlfb_lab.__main__") or module.startswith("dlfb_lab._lab")


def test_autograder_imports_dlfb_lab_and_what_a_teacher_installs():
    teacher = {"nbformat", "jupytext", "typer", "rich", "jinja2", "markupsafe", "pytest"}
    assert strays(arrows("autograder"), SCIENCE | teacher | {"dlfb_lab", "autograder", "IPython"}) == []


def test_the_sandbox_is_a_leaf_that_knows_nothing_else_of_autograder():
    for module, names in arrows("autograder.sandbox").items():
        others = {name for name in names if top(name) == "autograder" and not name.startswith("autograder.sandbox")}
        assert not others, f"{module} imports {others}"


def test_the_sandbox_imports_the_standard_library_and_dlfb_lab_except_where_the_child_is_made():
    found = arrows("autograder.sandbox")
    child_side = {module: found.pop(module) for module in CHILD_SIDE & found.keys()}
    assert strays(found, {"dlfb_lab", "autograder"}) == []
    assert strays(child_side, SCIENCE | {"dlfb_lab", "autograder", "IPython"}) == []


@pytest.mark.parametrize("package", ["dlfb_lab", "autograder"])
def test_nothing_imports_the_command_line(package):
    found = arrows(package)
    found.pop(f"{package}.__main__", None)
    assert [module for module, names in found.items() if {"autograder.cli", "dlfb_lab._cli"} & names] == []


@pytest.mark.parametrize("package", ["dlfb_lab", "autograder"])
def test_no_modules_import_each_other_in_a_circle(package):
    assert cycle(arrows(package)) == []


def test_nothing_but_the_child_runs_or_unpickles_what_it_is_given():
    found = {}
    for folder in ("dlfb_lab", "autograder", "solutions", "requirements"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            found[path] = sorted(set(banned(file.read_text("utf-8"))) - ALLOWED.get(path, set()))
    assert {path: names for path, names in found.items() if names} == {}


def test_whoever_is_allowed_to_run_code_still_does():
    for path, names in ALLOWED.items():
        assert names & set(banned((ROOT / path).read_text("utf-8"))), f"{path} no longer needs its exception"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import pickle", {"pickle"}),
        ("from joblib.memory import x", {"joblib"}),
        ("def f():\n    import marshal as m", {"marshal"}),
        ("eval('1')", {"eval"}),
        ("import builtins\nbuiltins.exec('1')", {"exec"}),
        ("np.load(path)", {"np.load"}),
        ("from numpy import load", {"numpy.load"}),
        ("f(x, allow_pickle=True)", {"allow_pickle"}),
        ("model.eval()\nre.compile('x')\njson.load(file)", set()),
    ],
)
def test_the_ban_sees(source, found):
    assert set(banned(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import a.b as c", {"a.b"}),
        ("from a import b, c", {"a.b", "a"}),
        ("from . import b", {"a.b"}),
        ("from .b import x", {"a.b"}),
        ("def f():\n    from a.b import x", {"a.b"}),
    ],
)
def test_an_import_is_seen_whatever_its_form(source, found):
    assert imports(source, module="a.here", known={"a.b"}) == found


def test_a_circle_is_seen_and_named():
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_a_stray_import_is_named():
    assert strays({"dlfb_lab.x": {"autograder.grade", "json"}}, {"jax"}) == ["dlfb_lab.x imports autograder.grade"]
