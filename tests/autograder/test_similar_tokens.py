"""What counts when answers are compared: tokens in which names, comments and the order of lines do not matter."""

import pytest

from autograder.similar.answers import answer_to
from autograder.similar.fingerprints import LENGTH, WINDOW, all_hashes, fingerprints_of
from autograder.similar.notebook_code import LONGEST_CELL, read_code
from autograder.similar.tokens import Token, tokens_of

IMPORTS = "import jax\nimport jax.numpy as jnp\n"
FIRST = """
def spread(x, scale):
    low = jnp.min(x)
    high = jnp.max(x)
    total = 0.0
    for number in range(3):
        total = total + scale * number
    return (high - low) * total
"""


def words(source, task="spread", imports=IMPORTS):
    code = read_code([imports, source])
    answer = answer_to(task, code)
    return [token.word for token in tokens_of(answer.text, answer.imported)]


SAME = {
    "other names": FIRST.replace("low", "a")
    .replace("high", "b")
    .replace("total", "c")
    .replace("x,", "data,")
    # each argument, too
    .replace("(x)", "(data)")
    .replace("scale", "factor"),
    "comments and a docstring": FIRST.replace("):\n    low", '):\n    """My words."""\n    # lowest\n    low'),
    "other lines first": FIRST.replace(
        "    low = jnp.min(x)\n    high = jnp.max(x)\n    total = 0.0\n", "    total = 0.0\n"
    ).replace("    for", "    high = jnp.max(x)\n    low = jnp.min(x)\n    for"),
    "two at once": FIRST.replace(
        "    low = jnp.min(x)\n    high = jnp.max(x)\n", "    low, high = jnp.min(x), jnp.max(x)\n"
    ),
    "added in place": FIRST.replace("total = total + scale * number", "total += scale * number"),
    "annotations": FIRST.replace("(x, scale)", "(x: jax.Array, scale: float) -> jax.Array"),
    "more parentheses": FIRST.replace("scale * number", "(scale * (number))"),
    "prints": FIRST.replace("    return", "    print(total, low)\n    return"),
    "values nobody reads": FIRST.replace("    return", "    seen = total\n    twice = 2 * seen\n    return"),
    "a branch never taken": FIRST.replace("    return", "    if False:\n        return 0\n    return"),
    "a branch that does nothing": FIRST.replace("    return", "    if total > 9:\n        print('large')\n    return"),
}


@pytest.mark.parametrize("story", SAME)
def test_it_is_the_same_with(story):
    assert SAME[story] != FIRST
    assert words(SAME[story]) == words(FIRST)


def test_it_is_the_same_with_another_import():
    other = FIRST.replace("jnp.min", "lowest").replace("jnp.max", "numbers.max")
    assert words(other, imports="from jax.numpy import min as lowest\nfrom jax import numpy as numbers\n") == words(
        FIRST
    )


@pytest.mark.parametrize(
    "change", [("jnp.min", "jnp.mean"), ("0.0", "1.0"), ("high - low", "high + low"), ("x)", "scale)")]
)
def test_another_function_number_operator_or_argument_is_something_else(change):
    assert words(FIRST.replace(*change)) != words(FIRST)


def test_lines_that_depend_on_each_other_keep_their_order():
    one = "def f(x):\n    y = x + 1\n    z = y * 2\n    return z\n"
    two = "def f(x):\n    z = x * 2\n    y = z + 1\n    return y\n"
    assert words(one, "f") != words(two, "f")


def test_fields_and_methods_of_a_class_may_bear_other_names():
    one = "class Box:\n    s: int = 3\n    def grow(self, b):\n        self.a = self.s + b\n        return self.a\n"
    two = (
        "class Box:\n    width: int = 3\n    def more(me, n):\n        me.last = me.width + n\n        return me.last\n"
    )
    assert words(one, "Box") == words(two, "Box")


def test_an_attribute_of_a_library_object_is_told_from_a_value_of_the_same_name():
    one = "def f(state):\n    params = state.params\n    return state.replace(params=params)\n"
    two = "def f(state):\n    p = state.params\n    return state.replace(params=p)\n"
    assert words(one, "f") == words(two, "f")
    assert ".params" in words(one, "f")


def test_each_token_knows_its_line():
    answer = answer_to("spread", read_code([IMPORTS, FIRST]))
    lines = {token.word: token.line for token in tokens_of(answer.text, answer.imported)}
    assert (lines["jax.numpy.min"], lines["jax.numpy.max"], lines["Return"]) == (2, 3, 7)


# ---- Answers are found by their names -------------------------------------------------------------------------------


def test_the_last_definition_counts_with_the_helpers_that_it_uses():
    cells = ["def task():\n    return 1", "def helper(x):\n    return x", "OFFSET = 2", "def unused():\n    pass"]
    code = read_code([*cells, "def task():\n    return helper(OFFSET)"])
    assert (
        answer_to("task", code).text
        == "def helper(x):\n    return x\n\nOFFSET = 2\n\ndef task():\n    return helper(OFFSET)"
    )


def test_other_tasks_and_what_the_lab_shows_are_no_helpers():
    code = read_code(["def other():\n    return 1", "given = 3", "def task():\n    return other() + given"])
    assert answer_to("task", code, ["task", "other"], {"given = 3"}).text == "def task():\n    return other() + given"


def test_a_name_inside_of_a_function_is_not_the_same_name_outside():
    code = read_code(["counts = 5", "x = 1", "def task(x):\n    counts = x\n    return counts"])
    assert answer_to("task", code).text == "def task(x):\n    counts = x\n    return counts"


def test_a_value_is_followed_to_what_it_was_made_from():
    code = read_code(["x = [1]", "y = 5", "x = x + [2]"])
    assert answer_to("x", code).text == "x = [1]\n\nx = x + [2]"


def test_a_name_that_nothing_binds_has_no_answer():
    assert answer_to("task", read_code(["print(task)"])) is None


def test_magics_and_cells_that_are_no_python_are_passed_over():
    code = read_code(
        ["%matplotlib inline\n!ls\ndef task():\n    return 1", "def broken(:", "x = 1" + " " * LONGEST_CELL]
    )
    assert answer_to("task", code).text == "def task():\n    return 1"
    assert [answer_to(name, code) for name in ("broken", "x")] == [None, None]


@pytest.mark.parametrize(
    "hostile",
    [
        "f = " + "(" * 5000 + ")" * 5000,
        "f = " + "-" * 20000 + "1",
        "f = " + "+".join("1" for _ in range(20000)),
        "f = " + "a." * 20000 + "b",
        "f = '\\0'\0",
        "f = " + "9" * 10000,
        "f = '\\d'",
        "".join(" " * depth + "if x:\n" for depth in range(99)) + " " * 99 + "f = 1",
    ],
    ids=["nested", "unary", "long sum", "chain", "nul", "digits", "escape", "blocks"],
)
def test_hostile_text_ends_in_an_answer_or_in_none_and_in_no_error(hostile):
    code = read_code([hostile, "def good(x):\n    return x"])
    answer = answer_to("f", code)
    assert answer is None or isinstance(tokens_of(answer.text, answer.imported), list)
    assert answer_to("good", code) is not None


def test_names_in_a_circle_end():
    code = read_code(["def f():\n    return g()", "def g():\n    return f()"])
    assert answer_to("f", code).text.count("def") == 2


# ---- Fingerprints ---------------------------------------------------------------------------------------------------


def run_of(text):
    return [Token(letter, number) for number, letter in enumerate(text, 1)]


def test_whatever_is_long_enough_and_shared_leaves_a_common_fingerprint():
    shared = "abcdefghijklm"[: LENGTH + WINDOW - 1]
    one, two = fingerprints_of(run_of("0123456789" + shared)), fingerprints_of(run_of(shared + "9876543210"))
    assert one.keys() & two.keys()


def test_nothing_shorter_does():
    shared = "abcdefghijklm"[: LENGTH - 1]
    one, two = fingerprints_of(run_of("0123456789" + shared)), fingerprints_of(run_of(shared + "9876543210"))
    assert not one.keys() & two.keys()


def test_one_of_each_window_is_kept_and_knows_its_lines():
    tokens = run_of("abcdefghijklmnopqrstuvwxyz")
    kept = fingerprints_of(tokens)
    hashes = all_hashes(tokens)
    assert all(kept.keys() & set(hashes[start : start + WINDOW]) for start in range(len(hashes) - WINDOW + 1))
    assert len(kept) < len(hashes)
    assert all(len(lines) == LENGTH for lines in kept.values())


@pytest.mark.parametrize(("length", "count"), [(0, 0), (LENGTH - 1, 0), (LENGTH, 1), (LENGTH + WINDOW - 1, 1)])
def test_few_tokens_give_few_fingerprints(length, count):
    assert len(fingerprints_of(run_of("abcdefghijklmn"[:length]))) == count


def test_a_hash_is_the_same_in_every_process():
    assert all_hashes(run_of("abcdefgh")) == [0xBF9901B317D013BB]
