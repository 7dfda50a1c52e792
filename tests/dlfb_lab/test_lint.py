"""What the text of an answer shows: read, never run."""

import pytest
from helpers import ran

from dlfb_lab._lint import lint


def linted(*cells, name="answer"):
    """Diagnosis, cell and text of each line that shows something."""
    namespace = ran(*cells).namespace
    return [(found, line.cell, line.number, line.text) for found, line in lint(namespace.get(name), namespace)]


@pytest.mark.parametrize(
    ("line", "diagnosis"),
    [
        ("x.at[0].set(1)", "dropped-result"),
        ("x.at[0].add(1)", "dropped-result"),
        ("jnp.where(x > 0, 1, x)", "dropped-result"),
        ("state.replace(step=1)", "dropped-state"),
        ("state.apply_gradients(grads=x)", "dropped-state"),
        ("jax.random.split(key)", "dropped-key"),
        ("random.fold_in(key, 1)", "dropped-key"),
        ("y = jax.random.key(0)", "key-made-inside"),
        ("y = jax.random.PRNGKey(42)", "key-made-inside"),
        ("y = np.random.normal()", "numpy-random"),
        ("y = [jax.random.normal(key) for _ in range(3)]", "key-not-advanced"),
        ("for i in range(3): x = x + jax.random.uniform(key=key)", "key-not-advanced"),
        ("for i in range(3): _, sub = jax.random.split(key); x = jax.random.normal(sub)", "key-not-advanced"),
    ],
)
def test_a_line_that_shows_a_mistake_is_found(line, diagnosis):
    source = f"import jax, numpy as np\n\ndef answer(x, key, state):\n    # a comment\n    {line}\n    return x"
    assert linted(source) == [(diagnosis, 1, 5, line)]


@pytest.mark.parametrize(
    "line",
    [
        "x = x.at[0].set(1)",
        "return x.at[0].set(1)",
        "print(x.at[0].set(1))",
        "jnp.set_printoptions(precision=3)",
        "y.replace('a', 'b')",
        "key, sub = jax.random.split(key)",
        "y = jax.random.key(x)",
        "y.set(3)",
        "y.split()",
        "y = jax.random.normal(key)",
        "y = [jax.random.normal(key) for key in jax.random.split(key)]",
        "for i in range(3): key, sub = jax.random.split(key); x = x + jax.random.normal(sub)",
        "y = [jax.random.normal(jax.random.fold_in(key, i)) for i in range(3)]",
        "y = [(lambda key: jax.random.normal(key)) for _ in range(3)]",
    ],
)
def test_a_line_that_is_right_is_left_alone(line):
    assert linted(f"import jax\n\ndef answer(x, key, y):\n    {line}\n    return x") == []


def test_a_key_made_in_a_function_of_no_key_is_its_own_affair():
    assert linted("import jax\n\ndef answer():\n    return jax.random.key(0)") == []


def test_a_helper_of_the_same_notebook_is_read_too():
    helper = "def helper(x):\n    x.at[0].set(1)\n    return x"
    assert linted(helper, "def answer(x):\n    return helper(x)") == [("dropped-result", 1, 2, "x.at[0].set(1)")]


def test_a_compiled_function_is_read_too():
    assert linted("import jax\n\n@jax.jit\ndef answer(x):\n    x.at[0].set(1)\n    return x")[0][3] == "x.at[0].set(1)"


def test_the_earliest_line_comes_first():
    found = linted("import jax\n\ndef answer(x, key):\n    k = jax.random.key(0)\n    x.at[0].set(1)\n    return x")
    assert [name for name, *_ in found] == ["key-made-inside", "dropped-result"]


@pytest.mark.parametrize("answer", [None, 3, len, int, lambda x: x, print, object()], ids=repr)
def test_what_has_no_source_in_the_notebook_shows_nothing(answer):
    assert lint(answer, {}) == []


def test_a_lambda_is_read_in_its_line():
    assert linted("import numpy as np\nanswer = lambda x: x + np.random.rand()") == [
        ("numpy-random", 1, 2, "answer = lambda x: x + np.random.rand()")
    ]


def test_nothing_of_the_answer_is_run():
    assert linted("def answer(x):\n    x.at[0].set(1 / 0)\n    raise SystemExit")[0][0] == "dropped-result"
