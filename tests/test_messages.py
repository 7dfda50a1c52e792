"""The sentences a person reads when something is not as it should be: each is provoked, and read to the letter.

A message says what it is about, what is wrong, and what to do. The sentences about wrong answers are the diagnoses',
which have tests of their own.
"""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from dlfb_lab import expect, probes, props
from dlfb_lab._check import verdict_on
from dlfb_lab._data import copy_data
from dlfb_lab._finding import diagnosis
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import judge
from dlfb_lab._notebook import code_cells, find_notebook
from dlfb_lab._outcome import Outcome
from dlfb_lab._runner import Runner
from dlfb_lab._verdict_text import Line, Verdict, as_html, as_text


def raised(run):
    with pytest.raises(Exception) as error:
        run()
    return str(error.value.args[0] if error.value.args else error.value)


def said(answer, **names):
    return str(verdict_on(answer, names))


def told_by_runner(source):
    return Runner().run(1, source)[0].message


def same(value):
    return DirectTransport(Host({"same": lambda x: x})).answer("same")(value)


def judged(tmp_path, body, argument="answer, reference"):
    file = tmp_path / "test_lab.py"
    file.write_text(f"def test_answer({argument}):\n    {body}\n")
    (result,) = judge([file], ["answer"], DirectTransport(Host({"answer": len})))
    return result.note


def broken_notebook(tmp_path):
    path = tmp_path / "lab.ipynb"
    path.write_text('{"cells"')
    return code_cells(path)


# What happens, and what a student reads then.
FOR_STUDENTS = {
    "a task's name mistyped": (
        lambda at: said("kmer_count"),
        "No task is called `kmer_count`. Did you mean `kmer_counts`?",
    ),
    "a value that is no task": (
        lambda at: said([1, 2]),
        'No task is bound to this object. Call check with the name of a task, as in check("kmer_counts").',
    ),
    "a value that several tasks have": (
        lambda at: said(len, two_draws=len, step_key=len),
        'Several tasks have this very value. Say which one you mean: check("two_draws").',
    ),
    "a shell command": (
        lambda at: told_by_runner("!pip install jax"),
        "`!pip` does not run while a notebook is graded: no shell, no installation, no network. "
        "The rest of the cell still runs. Keep the answer in plain Python.",
    ),
    "a magic that reaches out": (
        lambda at: told_by_runner("%pip install jax"),
        "`%pip` does not run while a notebook is graded: no shell, no installation, no network. "
        "The rest of the cell still runs. Keep the answer in plain Python.",
    ),
    "no notebook": (
        lambda at: raised(lambda: find_notebook("03_random_keys", [at])),
        r"There is no notebook 03_random_keys.ipynb in <folder>, and none in its folder exercises. "
        "Run pytest in the folder that holds your notebooks.",
    ),
    "half a notebook": (
        lambda at: raised(lambda: broken_notebook(at)),
        "<folder>/lab.ipynb cannot be read as a notebook (JSONDecodeError: Expecting ':' delimiter: "
        "line 1 column 9 (char 8)). Open it in the editor, and save it again.",
    ),
}

# The same for those who write checks.
FOR_AUTHORS = {
    "a condition that is none": (
        lambda at: raised(lambda: expect(np.ones(2), "wrong-value", "")),
        "expect() takes True or False as its condition, not an ndarray",
    ),
    "code handed to an answer": (
        lambda at: raised(lambda: same(print)),
        "A check may hand an answer plain data, a prop or a handle, not a builtin_function_or_method. "
        "If the answer needs a function or an object, add it to dlfb_lab/props.",
    ),
    "a prop with a keyword": (
        lambda at: raised(lambda: props.spy_sgd(learning_rate=0.1)),
        "spy_sgd: a prop takes positional arguments only",
    ),
    "a watch that there is not": (
        lambda at: raised(lambda: probes.observe(len, [], watch="colors")),
        "observe cannot watch colors; it knows keys, leaks, primitives, printed, settings, traces, warnings",
    ),
    "a setting that there is not": (
        lambda at: raised(lambda: probes.under(len, [], setting="fast")),
        "under knows no setting 'fast'; it knows nan-stops, no-jit, no-tracing, rank-promotion-raises, transfer-guard",
    ),
    "a diagnosis that there is not": (
        lambda at: raised(lambda: diagnosis("forgot-it")),
        "diagnoses.toml has no entry [forgot-it]. Add one, or correct the name in the check.",
    ),
    "a value of too many parts": (
        lambda at: raised(lambda: copy_data([0] * 20_000, lambda part: part)),
        "a value nested deeper than 32 levels or of more than 20000 parts",
    ),
}


@pytest.mark.parametrize(
    ("happens", "sentence"), [*FOR_STUDENTS.values(), *FOR_AUTHORS.values()], ids=[*FOR_STUDENTS, *FOR_AUTHORS]
)
def test_what_is_said(happens, sentence, tmp_path):
    assert happens(tmp_path).replace(str(tmp_path), "<folder>") == sentence


@pytest.mark.parametrize(("happens", "sentence"), FOR_STUDENTS.values(), ids=FOR_STUDENTS)
def test_a_student_reads_whole_sentences_and_learns_what_to_do(happens, sentence, tmp_path):
    text = happens(tmp_path)
    assert re.match(r"[A-Z`/<]", text)
    assert text[-1] in ".?"
    assert "Traceback" not in text
    assert "\n" not in text


def test_a_visible_check_cannot_ask_for_the_reference(tmp_path):
    assert "visible checks have no reference answers; compare with values, or hide the check" in judged(
        tmp_path, "pass"
    )


# The head of a verdict.


@pytest.mark.parametrize(
    ("outcomes", "head"),
    [
        (["passed", "passed"], "two_draws: all 2 checks hold. Well done!"),
        (["passed", "failed"], "two_draws: 1 of 2 checks hold."),
        (["failed", "crashed"], "two_draws: 0 of 2 checks hold."),
        (
            ["not_attempted"] * 2,
            "two_draws: not attempted yet. Replace the starter with your answer, run the cell, check again.",
        ),
    ],
)
def test_the_head_of_a_verdict_says_how_much_holds(outcomes, head):
    lines = tuple(Line(f"Sentence {n}.", Outcome(outcome)) for n, outcome in enumerate(outcomes))
    assert as_text(Verdict("two_draws", lines)).splitlines()[0] == head
    assert head in as_html(Verdict("two_draws", lines))


def test_every_outcome_has_a_sign_and_a_word():
    lines = tuple(Line("It holds.", outcome) for outcome in Outcome)
    text = as_text(Verdict("two_draws", lines)).splitlines()[2:]
    assert len(text) == len(Outcome)
    for line in text:
        assert re.fullmatch(
            r"  [✓✗○!] (holds|does not hold|not attempted|stopped|could not be judged) +It holds\.", line
        )


@pytest.mark.parametrize("name", ["02_immutability", "03_random_keys"])
def test_every_check_that_a_student_sees_is_one_sentence(name):
    tree = ast.parse((Path(__file__).parents[1] / f"dlfb_lab/checks/test_{name}.py").read_text("utf-8"))
    checks = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    assert checks
    for check in checks:
        sentence = " ".join((ast.get_docstring(check) or "").split())
        assert re.fullmatch(r"[A-Z`].{10,120}\.", sentence), check.name
