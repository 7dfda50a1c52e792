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
        ("stopper.update(x)", "dropped-update"),
        ("early_stop.update(x)", "dropped-update"),
        ("tx.update(x, state)", "dropped-update"),
        ("self.optimizer.update(x, state)", "dropped-update"),
        ("optax.apply_updates(x, state)", "dropped-update"),
        ("y = [jax.jit(lambda v: v + i)(x) for i in range(3)]", "jit-made-anew"),
        ("for i in range(3): f = lambda v: v + i; x = jax.jit(f)(x)", "jit-made-anew"),
        ("for i in range(3): x = jax.jit(jax.grad(f))(x)", "jit-made-anew"),
        ("global count", "changed-outside"),
        ("y = lambda v, seen=[]: v", "default-shared"),
        ("y = optax.softmax_cross_entropy(jax.nn.softmax(x), state).mean()", "softmax-twice"),
        ("x = nn.sigmoid(x); y = optax.sigmoid_binary_cross_entropy(x, state)", "sigmoid-twice"),
    ],
)
def test_a_line_that_shows_a_mistake_is_found(line, diagnosis):
    source = f"import jax, numpy as np\n\ndef answer(x, key, state):\n    # a comment\n    {line}\n    return x"
    assert linted(source) == [(diagnosis, 1, 5, line)]


@pytest.mark.parametrize(
    "line",
    [
        "x = x.at[0].set(1)",
        "for step in state: x = jax.jit(step)(x)",
        "y = [jax.jit(step)(x) for step in state]",
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
        "for k in jax.random.split(key, 3): x = x + jax.random.normal(k)",
        "y = [jax.random.normal(k) for k in jax.random.split(key)]",
        "y = {'a': 1}; y.update(b=2)",
        "options.update(b=2)",
        "optimal.update(b=2)",
        "stops.update(b=2)",
        "stopper = stopper.update(x)",
        "updates, state = tx.update(x, state)",
        "for i in range(3): x = jax.jit(f)(x)",
        "f = jax.jit(lambda v: v + 1)",
        "y = lambda v, seen=(): v",
        "y = jax.nn.softmax(x)",
        "y = optax.softmax_cross_entropy(x, jax.nn.softmax(y))",
        "x = jax.nn.softmax(x); y = optax.sigmoid_binary_cross_entropy(x, y)",
        "y = jax.nn.sigmoid(x) > 0.5; x = optax.sigmoid_binary_cross_entropy(x, y)",
    ],
)
def test_a_line_that_is_right_is_left_alone(line):
    assert linted(f"import jax\n\ndef answer(x, key, y):\n    {line}\n    return x") == []


COMPILED = (
    "import functools, jax, jax.numpy as jnp, numpy as np\n\n{decorator}\ndef answer(x, n=3):\n    {line}\n    return x"
)


@pytest.mark.parametrize("decorator", ["@jax.jit", "@jax.jit()", "@functools.partial(jax.jit, static_argnames='n')"])
@pytest.mark.parametrize(
    ("line", "diagnosis"),
    [
        ("print(x)", "printed-while-tracing"),
        ("y = 2 * x; print(f'y is {y}')", "printed-while-tracing"),
        ("x = np.log(x)", "numpy-on-tracer"),
        ("x = 1 if x.sum() > 0 else 2", "python-if-on-tracer"),
        ("while x < 3: x = x + 1", "python-if-on-tracer"),
        ("assert x > 0", "python-if-on-tracer"),
    ],
)
def test_a_line_that_goes_wrong_while_it_is_traced_is_found(decorator, line, diagnosis):
    found = linted(COMPILED.format(decorator=decorator, line=line))
    assert found == [(diagnosis, 1, 5, line)]
    assert linted(COMPILED.format(decorator="", line=line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "print('traced for', x.shape, n)",
        "jax.debug.print('{x}', x=x)",
        "x = x + np.log(n) + np.zeros(x.shape)",
        "x = x if n > 2 and x.ndim == 1 else 2 * x",
        "x = 0.0 if x is None else x",
        "assert isinstance(x, jax.Array) and len(x) > 2",
    ],
)
def test_what_is_known_while_a_function_is_traced_may_be_asked_for(line):
    assert linted(COMPILED.format(decorator="@functools.partial(jax.jit, static_argnums=(1,))", line=line)) == []


def test_an_inner_function_is_compiled_too():
    source = (
        "import jax\n\ndef answer(x):\n    @jax.jit\n    def f(x):\n        print(x)\n        return x\n    return f(x)"
    )
    assert linted(source) == [("printed-while-tracing", 1, 6, "print(x)")]
    assert linted(source.replace("@jax.jit", "@other")) == []


def test_a_function_that_is_compiled_in_each_round_is_found():
    source = "import jax\n\ndef answer(x):\n    for i in range(3):\n        @jax.jit\n        def f(x): return x + i\n"
    assert linted(f"{source}        x = f(x)\n    return x")[0][0] == "jit-made-anew"


@pytest.mark.parametrize(
    ("made", "diagnosis"),
    [
        ("3", "read-from-outside"),
        ("[1, 2]", "read-from-outside"),
        ("[(1, 2)]", "read-from-outside"),
        ("{}", "read-from-outside"),
        ("jnp.ones(2)", "read-from-outside"),
        ("np.ones(2)", "read-from-outside"),
        ("jax.random.key(0)", "key-from-outside"),
        ("jax.random.split(jax.random.key(0), 3)", "key-from-outside"),
    ],
)
def test_what_is_read_from_outside_is_found_where_it_is_first_read(made, diagnosis):
    cells = [
        "import jax, jax.numpy as jnp, numpy as np",
        f"y = {made}",
        "def answer(x):\n    x = [x, y]\n    return x, y",
    ]
    assert linted(*cells) == [(diagnosis, 3, 2, "x = [x, y]")]


@pytest.mark.parametrize("made", ["{'sum': jnp.sum}", "[jax.jit(lambda v: v)]"])
def test_a_table_of_functions_is_no_data(made):
    cells = ["import jax, jax.numpy as jnp", f"table = {made}", "def answer(x):\n    return table, x"]
    assert linted(*cells) == []


def test_a_raw_key_is_known_by_its_name():
    cells = ["import jax", "{name} = jax.random.PRNGKey(0)", "def answer(x):\n    return {name}"]
    assert linted(*(cell.format(name="my_key") for cell in cells))[0][0] == "key-from-outside"
    assert linted(*(cell.format(name="words") for cell in cells))[0][0] == "read-from-outside"


@pytest.mark.parametrize("name", ["BASES", "_programs", "jnp", "helper", "Point", "x", "y", "len"])
def test_constants_functions_modules_and_names_of_its_own_are_not_from_outside(name):
    cells = [
        "import jax.numpy as jnp\nBASES, _programs, x, y = 'ACGT', {}, 1, 2",
        "def helper(): pass\nclass Point: pass",
        f"def answer(x):\n    y = 3\n    return {name}",
    ]
    assert linted(*cells) == []


def test_nothing_of_a_students_class_is_asked_when_it_is_read():
    loud = "class Loud:\n    def __getattribute__(self, name): raise SystemExit(name)\nloud = Loud()"
    assert linted(loud, "def answer(x):\n    return loud") == []


def test_a_key_made_in_a_function_of_no_key_is_its_own_affair():
    assert linted("import jax\n\ndef answer():\n    return jax.random.key(0)") == []


def test_a_helper_of_the_same_notebook_is_read_too():
    helper = "def helper(x):\n    x.at[0].set(1)\n    return x"
    assert linted(helper, "def answer(x):\n    return helper(x)") == [("dropped-result", 1, 2, "x.at[0].set(1)")]


def test_a_compiled_helper_is_read_too():
    helper = "import jax\n@jax.jit\ndef helper(x):\n    x.at[0].set(1)\n    return x"
    assert linted(helper, "def answer(x):\n    return helper(x)") == [("dropped-result", 1, 4, "x.at[0].set(1)")]


def test_a_compiled_function_is_read_too():
    assert linted("import jax\n\n@jax.jit\ndef answer(x):\n    x.at[0].set(1)\n    return x")[0][3] == "x.at[0].set(1)"


def test_the_earliest_line_comes_first():
    found = linted("import jax\n\ndef answer(x, key):\n    k = jax.random.key(0)\n    x.at[0].set(1)\n    return x")
    assert [name for name, *_ in found] == ["key-made-inside", "dropped-result"]


@pytest.mark.parametrize(
    "answer", [None, 3, len, int, lambda x: x, print, object()], ids=lambda one: type(one).__name__
)
def test_what_has_no_source_in_the_notebook_shows_nothing(answer):
    assert lint(answer, {}) == []


def test_a_lambda_is_read_in_its_line():
    assert linted("import numpy as np\nanswer = lambda x: x + np.random.rand()") == [
        ("numpy-random", 1, 2, "answer = lambda x: x + np.random.rand()")
    ]


def test_nothing_of_the_answer_is_run():
    assert linted("def answer(x):\n    x.at[0].set(1 / 0)\n    raise SystemExit")[0][0] == "dropped-result"
