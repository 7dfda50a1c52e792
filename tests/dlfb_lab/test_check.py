"""`check`, as a student meets it: by name and by object, its words, and its silence while a notebook is graded."""

import re
import time

import jax
import jax.numpy as jnp
import pytest

from dlfb_lab import _check, check
from dlfb_lab._check import verdict_on
from dlfb_lab._finding import Finding, diagnosis
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._verdict_text import as_html, explanation, headline


def set_first(b, v):
    return b.at[0].set(v)


def adds(b, v):
    return b.at[0].add(v)


def said(answer, **names):
    return str(verdict_on(answer, names))


HOLDS = """\
set_first: all 2 checks hold. Well done!

  ✓ holds  The new value comes first, and everything else is as before.
  ✓ holds  A table of int8 gets the right values, and stays a table of int8."""

DOES_NOT_HOLD = """\
set_first: 0 of 2 checks hold.

  ✗ does not hold  The new value comes first, and everything else is as before.
  ✗ does not hold  A table of int8 gets the right values, and stays a table of int8.

  What we saw  {title} The result is what this mistake gives.
  b            [12,  0,  7,  3,  5]
  v            100
  expected     [100, 0, 7, 3, 5]
  got          [112,   0,   7,   3,   5]
  Why          """


def test_an_answer_that_holds_is_told_so_in_the_sentences_of_its_checks():
    assert said("set_first", set_first=set_first) == HOLDS


def test_an_answer_that_does_not_hold_is_explained():
    text = said("set_first", set_first=adds)
    title = diagnosis("added-instead-of-set").title
    wanted = re.sub(r"\s+", " ", DOES_NOT_HOLD.format(title=title))
    assert re.sub(r"\s+", " ", text).startswith(wanted.rstrip())
    assert [line.split("  ")[1] for line in text.splitlines()[5:] if re.match(r"  \w", line)] == [
        "What we saw",
        "b",
        "v",
        "expected",
        "got",
        "Why",
        "Look at",
        "Read",
        "Stuck?",
    ]
    assert 'Stuck? `hint("set_first")` shows a hint' in re.sub(r"\s+", " ", text)


def test_the_page_says_the_same_as_the_text_with_a_word_beside_every_mark():
    verdict = verdict_on("set_first", {"set_first": adds})
    page = as_html(verdict)
    assert verdict._repr_html_() == page
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("&ensp;", " "))
    for line in verdict.lines:
        assert f"✗ does not hold {line.sentence}" in plain
    for label in ("What we saw", "expected", "got", "Why", "Look at", "Read"):
        assert f">{label}</th>" in page
    assert re.search(r'<a href="https://[^"]+">https://', page)
    assert "color:#" not in page


def test_what_a_student_wrote_is_escaped_on_the_page():
    def evil(b, v):
        raise ValueError("<script>alert(1)</script>")

    page = as_html(verdict_on("set_first", {"set_first": evil}))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_starter_is_not_attempted_yet_and_needs_no_explanation():
    def starter(b, v):
        raise NotImplementedError("set_first")

    assert said("set_first", set_first=starter).splitlines() == [
        "set_first: not attempted yet. Replace the starter with your answer, run the cell, check again.",
        "",
        "  ○ not attempted  The new value comes first, and everything else is as before.",
        "  ○ not attempted  A table of int8 gets the right values, and stays a table of int8.",
    ]


def test_a_name_that_nothing_has_is_not_attempted():
    assert {line.outcome for line in verdict_on("set_first", {}).lines} == {Outcome.NOT_ATTEMPTED}


def test_the_object_itself_is_found_by_its_name_in_the_notebook():
    assert said(set_first, set_first=set_first, other=3) == HOLDS


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("set_frist", "No task is called `set_frist`. Did you mean `set_first`?"),
        ("xyz", "No task is called `xyz`. The tasks are: set_first, "),
        (3, "No task is bound to this object. Call check with the name of a task, as in check("),
        (adds, "No task is bound to this object. Call check with the name of a task, as in check("),
    ],
)
def test_what_is_no_task_gets_one_sentence(answer, sentence):
    text = said(answer, set_first=set_first)
    assert text.startswith(sentence)
    assert "\n" not in text


def test_one_object_under_two_tasks_names_asks_which_is_meant():
    text = said(set_first, set_first=set_first, kmer_counts=set_first)
    assert text == 'Several tasks have this very value. Say which one you mean: check("set_first").'


def test_check_looks_at_the_names_of_its_caller(capsys):
    set_first = adds  # noqa: F841
    assert check("set_first") is None
    assert capsys.readouterr().out.startswith("set_first: 0 of 2 checks hold.")


def test_check_does_nothing_while_a_notebook_is_graded(capsys):
    with quiet():
        check("set_first")
        with quiet():
            check("no such task")
        check(3)
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_ours_is_said_to_be_ours(monkeypatch, tmp_path):
    broken = tmp_path / "test_02_immutability.py"
    broken.write_text("from dlfb_lab import expect\n\ndef test_set_first(set_first):\n    expect(3, '', '')\n")
    monkeypatch.setattr(_check, "checks_file", lambda lab: broken)
    text = said("set_first", set_first=set_first)
    assert text.startswith("Our own check broke, which is no fault of yours. Please report it: CheckBug: expect() ")
    assert "! could not be judged  test_set_first" in text


def test_a_check_changes_nothing_in_the_notebook():
    names = {"set_first": set_first, "b": jnp.ones(3)}
    before = dict(names)
    verdict_on("set_first", names)
    assert names == before


def test_the_same_check_again_says_the_same(capsys):
    said("set_first", set_first=set_first)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert said("set_first", set_first=set_first) == HOLDS
        times.append(time.perf_counter() - start)
    # Printed for the record: how long it takes depends on what else the machine does.
    with capsys.disabled():
        print(f"\ncheck, warm: {min(times) * 1000:.0f} to {max(times) * 1000:.0f} ms")


def test_a_name_with_a_slip_of_the_pen_is_found():
    assert headline_of("set_first") == (
        "set_first: Nothing in the notebook is called `set_first`. Run the cell with your answer, and check again."
    )
    assert headline_of("set_first", setfirst=lambda b, v: b) == (
        "set_first: Nothing in the notebook is called `set_first`. There is `setfirst`: is that meant? "
        "Run the cell with your answer, and check again."
    )


def headline_of(task, **names):
    return headline(verdict_on(task, names))


def test_what_the_title_says_already_is_not_said_again():
    title = diagnosis("wrong-shape").title
    assert dict(explanation(Finding("wrong-shape", title)))["What we saw"] == title
    assert dict(explanation(Finding("wrong-shape", "It is flat.")))["What we saw"] == f"{title} It is flat."


def test_an_alarm_that_a_notebook_left_on_is_off_while_it_is_checked():
    seen = []

    def set_first(b, v):
        seen.append(jax.config.jax_debug_nans)
        return b.at[0].set(v)

    jax.config.update("jax_debug_nans", True)
    try:
        assert "checks hold. Well done!" in said("set_first", set_first=set_first)
        assert jax.config.jax_debug_nans
    finally:
        jax.config.update("jax_debug_nans", False)
    assert seen and not any(seen)
