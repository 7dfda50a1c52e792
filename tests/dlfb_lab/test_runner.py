"""Runs a notebook's cells statement by statement: what is left behind, and what is remembered of what failed."""

import sys

import pytest
from helpers import ran

from dlfb_lab._runner import Runner, as_main, bound_names


@pytest.fixture
def runner():
    return Runner()


def fates(runner):
    return {name: error.kind for name, error in runner.fates.items()}


def test_cells_share_their_names(runner):
    assert runner.run(1, "a = 1\ndef double(x): return 2 * x") == []
    assert runner.run(2, "b = double(a)") == []
    assert runner.namespace["b"] == 2


def test_what_stands_before_an_error_stays_and_what_comes_after_it_is_remembered(runner):
    (error,) = runner.run(1, "a = 1\nb = 1 / 0\nc = 3\ndef d(): pass")
    assert (error.kind, error.line.cell, error.line.number, error.line.text) == ("ZeroDivisionError", 1, 2, "b = 1 / 0")
    assert runner.namespace["a"] == 1
    assert fates(runner) == dict.fromkeys("bcd", "ZeroDivisionError")


def test_the_next_cell_runs_all_the_same(runner):
    runner.run(1, "1 / 0")
    assert runner.run(2, "a = 1") == []


def test_a_name_that_is_bound_later_has_no_fate_any_more(runner):
    runner.run(1, "a = 1 / 0")
    runner.run(2, "a = 2")
    assert fates(runner) == {}


def test_an_error_does_not_take_a_name_that_was_bound_before(runner):
    runner.run(1, "a = 1")
    runner.run(2, "a = 1 / 0")
    assert runner.namespace["a"] == 1
    assert fates(runner) == {}


def test_a_cell_that_is_no_python_is_read_for_its_names(runner):
    (error,) = runner.run(3, "def f(x):\n    return x\n\nclass G: pass\nh: int = 3\nk = (\n")
    assert error.diagnosis == "syntax-error"
    assert error.line.cell == 3
    assert fates(runner) == dict.fromkeys(["f", "G", "h", "k"], "SyntaxError")


@pytest.mark.parametrize("source", ["x = 1\x00", "(" * 5000, "x = '\ud800'", "\t x\n y"])
def test_odd_text_is_an_error_of_its_cell_and_no_more(runner, source):
    assert len(runner.run(1, source)) == 1
    assert runner.run(2, "a = 1") == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import sys; sys.exit(3)", "SystemExit"),
        ("exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise BaseException('x')", "BaseException"),
        ("raise MemoryError", "MemoryError"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("assert False", "AssertionError"),
    ],
)
def test_whatever_ends_a_cell_ends_only_that(runner, source, kind):
    (error,) = runner.run(1, source)
    if kind == "SystemExit" and error.kind == "NameError":
        pytest.skip("this Python was started without `exit`")
    assert error.kind == kind
    assert runner.run(2, "a = 1") == []


def test_a_dataclass_with_annotations_as_text_finds_its_module(runner):
    main = sys.modules["__main__"]
    try:
        as_main(runner)
        source = "from __future__ import annotations\nfrom dataclasses import dataclass\n\n"
        source += "@dataclass\nclass Read:\n    name: str\n    size: int = 3\n\nread = Read('a')"
        assert runner.run(1, source) == []
    finally:
        sys.modules["__main__"] = main
    assert runner.namespace["read"].size == 3


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("%time a = 1", {"a": 1}),
        ("%%time\na = 1", {"a": 1}),
        ("%timeit -n 10 -r1 a = 1", {}),
        ("%%timeit\na = 1", {}),
        ("%matplotlib inline\na = 1", {"a": 1}),
        ("%load_ext autoreload\n%autoreload 2\na = 1", {"a": 1}),
        ("%%capture out\na = 1", {"a": 1}),
        ("%%html\n<b>a</b>", {}),
        ("a = 1\na?", {"a": 1}),
        ("get_ipython().anything(3)\na = 1", {"a": 1}),
        ("display(3)\na = 1;", {"a": 1}),
    ],
)
def test_a_harmless_magic_leaves_behind_what_its_author_expects(runner, source, left):
    assert runner.run(1, source) == []
    assert {name: runner.namespace[name] for name in ("a",) if name in runner.namespace} == left


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("!ls", "!ls"),
        ("files = !ls", "!ls"),
        ("%pip install x", "%pip"),
        ("%cd /", "%cd"),
        ("%%bash\nls", "%%bash"),
        ("%sx ls", "%sx"),
    ],
)
def test_a_magic_that_reaches_out_is_refused_in_words_and_the_rest_runs(runner, source, what):
    errors = runner.run(1, f"{source}" if what.startswith("%%") else f"{source}\na = 1")
    assert [error.diagnosis for error in errors] == ["magic-refused"]
    assert errors[0].message.startswith(f"`{what}` does not run while a notebook is graded: no shell, no installation")
    assert what.startswith("%%") or runner.namespace["a"] == 1


def test_an_error_in_a_timed_line_is_an_error(runner):
    assert [error.kind for error in runner.run(1, "%timeit 1 / 0")] == ["ZeroDivisionError"]


def test_progress_tells_each_statement_before_it_runs_and_can_be_stopped(runner):
    told = []
    runner.run(1, "a = 1\nb = 2\nc = 3", lambda number, *_: told.append(number))
    assert told == [0, 1, 2]
    other = Runner()
    assert other.run(1, "a = 1\nb = 2\nc = 3", stop=1) == []
    assert "b" not in other.namespace
    assert "c" not in other.namespace


def test_what_ended_the_whole_process_is_the_fate_of_what_came_after(runner):
    (error,) = runner.run(9, "1 / 0")
    runner.skipped(1, "a = 1\nimport os; os._exit(1)\nb = 2", 1, error)
    assert set(runner.fates) == {"b"}


def test_check_in_a_notebook_that_is_read_does_nothing(capsys):
    runner = ran("from dlfb_lab import check\ncheck('set_first')\ncheck(3)")
    assert runner.fates == {}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b = 1", ["a", "b"]),
        ("a, (b, *c) = x", ["a", "b", "c"]),
        ("a: int = 1\na += 1", ["a", "a"]),
        ("def f(x): y = 1", ["f"]),
        ("class C:\n    x = 1", ["C"]),
        ("for i in x: j = i", ["i", "j"]),
        ("with x as y: pass", ["y"]),
        ("if (n := 3): pass", ["n"]),
        ("a[0] = 1", []),
    ],
)
def test_the_names_that_a_statement_binds(source, names):
    import ast

    assert bound_names(ast.parse(source).body) == names
