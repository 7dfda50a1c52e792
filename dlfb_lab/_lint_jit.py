"""Lines that go wrong, or do something else than they seem to, because JAX traces them."""

import ast
from collections.abc import Iterator

from dlfb_lab._lint_names import Found, Function, bound, dotted, gone_over, parameters, repeated

_JIT = frozenset({"jit", "jax.jit"})
_PARTIAL = frozenset({"partial", "functools.partial"})
# What is known of an array while it is traced.
_KNOWN = frozenset({"shape", "ndim", "dtype", "size"})
_ASKS_FOR_TYPE = frozenset({"len", "isinstance", "type", "callable", "hasattr"})


def jit_in_loop(function: Function) -> Found:
    """A new function in each round, compiled in each round. `jax.jit(f)` of one and the same `f` is compiled once.

    What a loop goes over is made elsewhere: `for f in functions` compiles each of them once.
    """
    for loop, nodes in repeated(function):
        names = bound(loop) - gone_over(loop)
        for node in nodes:
            if isinstance(node, ast.FunctionDef) and any(map(_is_jit, node.decorator_list)):
                yield "jit-made-anew", node
            elif isinstance(node, ast.Call) and dotted(node.func) in _JIT and node.args:
                made = node.args[0]
                if isinstance(made, ast.Lambda | ast.Call) or (isinstance(made, ast.Name) and made.id in names):
                    yield "jit-made-anew", node


def print_while_tracing(function: Function) -> Found:
    """`print(x)` in a function that is compiled. Who prints a shape, or that it is traced, may mean just that."""
    for compiled in compiled_in(function):
        computed = _traced(compiled) | bound(compiled) - set(parameters(compiled))
        for call in _calls(compiled):
            if dotted(call.func) == "print" and any(_asks_for_value(argument, computed) for argument in call.args):
                yield "printed-while-tracing", call


def numpy_on_tracer(function: Function) -> Found:
    """`np.log(x)` of an argument of a compiled function."""
    for compiled in compiled_in(function):
        traced = _traced(compiled)
        for call in _calls(compiled):
            is_numpy = dotted(call.func).startswith(("np.", "numpy."))
            if is_numpy and any(_asks_for_value(argument, traced) for argument in call.args):
                yield "numpy-on-tracer", call


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def branch_on_tracer(function: Function) -> Found:
    """`if x > 0` of an argument of a compiled function."""
    for compiled in compiled_in(function):
        traced = _traced(compiled)
        for node in ast.walk(compiled):
            if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert) and _asks_for_value(node.test, traced):
                yield "python-if-on-tracer", node


def compiled_in(function: Function) -> Iterator[ast.FunctionDef]:
    """The function and those inside it, where a decorator compiles them."""
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef) and any(map(_is_jit, node.decorator_list)):
            yield node


def _is_jit(decorator: ast.expr) -> bool:
    """`@jax.jit`, `@jax.jit(...)` or `@partial(jax.jit, ...)`."""
    if isinstance(decorator, ast.Call):
        wrapped = decorator.args[0] if dotted(decorator.func) in _PARTIAL and decorator.args else decorator.func
        return dotted(wrapped) in _JIT
    return dotted(decorator) in _JIT


def _traced(function: ast.FunctionDef) -> set[str]:
    """The parameters that have no value while the function is traced: all but the static ones."""
    names = parameters(function)
    static: set[str] = set()
    for decorator in function.decorator_list:
        for word in decorator.keywords if isinstance(decorator, ast.Call) else ():
            constants = [node.value for node in ast.walk(word.value) if isinstance(node, ast.Constant)]
            if word.arg == "static_argnames":
                static |= {name for name in constants if isinstance(name, str)}
            elif word.arg == "static_argnums":
                static |= {names[n] for n in constants if isinstance(n, int) and n < len(names)}
    return set(names) - static - {"self"}


def _asks_for_value(node: ast.AST, traced: set[str]) -> bool:
    """Whether `node` needs the value of a traced argument, and not only its shape or whether it is None."""
    if isinstance(node, ast.Attribute) and node.attr in _KNOWN:
        return False
    if isinstance(node, ast.Call) and dotted(node.func) in _ASKS_FOR_TYPE:
        return False
    if isinstance(node, ast.Compare) and all(isinstance(sign, ast.Is | ast.IsNot) for sign in node.ops):
        return False
    if isinstance(node, ast.Name):
        return node.id in traced
    return any(_asks_for_value(part, traced) for part in ast.iter_child_nodes(node))
