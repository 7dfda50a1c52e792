"""The lint is silent on every right answer of our own: what it says must be worth a learner's time."""

import ast
import re
from pathlib import Path

import jax
import pytest

from dlfb_lab._lint import read_function

ROOT = Path(__file__).parents[2]
ANSWER = re.compile(r'^# %% answer="(\w+)"\n(.*?)(?=^# %%|\Z)', re.MULTILINE | re.DOTALL)
REFERENCES = [
    pytest.param(name, text, path.read_text("utf-8"), id=name)
    for path in sorted(ROOT.glob("solutions/*.py"))
    for name, text in ANSWER.findall(path.read_text("utf-8"))
]
RIGHT = [
    pytest.param(path.stem.partition("__")[0], path.read_text("utf-8"), path.read_text("utf-8"), id=path.stem)
    for path in sorted(ROOT.glob("tests/right/*/*.py"))
]


@pytest.mark.parametrize(("task", "answer", "module"), [*REFERENCES, *RIGHT])
def test_a_right_answer_shows_no_mistake(task, answer, module):
    known = outside(module)
    found = [(name, ast.unparse(node)) for f in functions(task, answer) for name, node in read_function(f, known)]
    assert found == []


def test_there_are_right_answers_to_read():
    read = [functions(*case.values[:2]) for case in [*REFERENCES, *RIGHT]]
    assert sum(map(bool, read)) > 200


def functions(task, answer):
    """The function that is asked for, and those of the same cell that it calls by name."""
    every = {node.name: node for node in ast.parse(answer).body if isinstance(node, ast.FunctionDef)}
    if task not in every:
        return []
    named = {node.id for node in ast.walk(every[task]) if isinstance(node, ast.Name)}
    return [node for name, node in every.items() if name == task or name in named]


def outside(module):
    """The names that hold data after `module` ran, as far as its text tells: a number each, a key, or functions."""
    named = {}
    for node in ast.parse(module).body:
        made = ast.unparse(node.value) if isinstance(node, ast.Assign) else ""
        is_key = re.match(r"(jax\.)?random\.(key|PRNGKey|split|fold_in)\(", made)
        if is_key or re.match(r"[\d\[{'\"-]|(jnp|np|jax\.random)\.", made):
            of_functions = re.match(r"[\[{].*jax\.jit\(", made)
            value = jax.random.key(0) if is_key else [print] if of_functions else 0
            named |= {name.id: value for name in node.targets if isinstance(name, ast.Name)}
    return named
