"""`hint`: three hints one after the other, their words, their page, and their silence while a notebook is graded."""

import ast
import html
import re
from pathlib import Path

import pytest
from student import folder as folder

import dlfb_lab
from dlfb_lab import hint
from dlfb_lab._hint import hint_page
from dlfb_lab._progress import progress_on
from dlfb_lab._prose import prose_as_html, prose_as_text
from dlfb_lab._quiet import quiet

FIRST = """\
make_scorer: hint 1 of 3

  A function can be defined inside another one, and returned by it.

Still stuck? `hint("make_scorer")` shows hint 2."""

AGAIN = """\
make_scorer: all 3 hints again

  Hint 1
  A function can be defined inside another one, and returned by it.

  Hint 2
  The inner function may use `weights`.

  Hint 3
  Return the function itself, not what it gives: no brackets after its name."""


def test_each_call_shows_the_next_one_and_after_the_last_all_of_them(folder):
    said = [str(hint_page("make_scorer")) for _ in range(4)]
    assert said[0] == FIRST
    assert [text.splitlines()[0] for text in said[1:3]] == ["make_scorer: hint 2 of 3", "make_scorer: hint 3 of 3"]
    assert said[2].endswith('You have seen them all now. `hint("make_scorer")` shows them again.')
    assert said[3] == AGAIN


def test_one_can_be_asked_for_by_its_number_and_the_next_is_the_first_unseen(folder):
    assert str(hint_page("make_scorer", 2)).startswith(
        "make_scorer: hint 2 of 3\n\n  The inner function may use `weights`."
    )
    assert 'hint("make_scorer")` shows hint 1.' in str(hint_page("make_scorer", 2))
    assert str(hint_page("make_scorer")).startswith("make_scorer: hint 1 of 3")
    assert str(hint_page("make_scorer")).startswith("make_scorer: hint 3 of 3")


@pytest.mark.parametrize("number", [0, 4, -1, True, 1.0, "1"])
def test_a_number_that_no_hint_has_is_told_which_there_are(folder, number):
    said = str(hint_page("make_scorer", number))
    assert said == 'make_scorer has 3 hints, numbered from 1. `hint("make_scorer")` shows the next one.'
    assert progress_on("make_scorer").hints == 0


def test_the_function_prints_and_takes_the_answer_itself(folder, capsys):
    def make_scorer(weights):
        return None

    assert hint(make_scorer) is None
    assert capsys.readouterr().out == FIRST + "\n"
    hint("make_scorer", 3)
    assert capsys.readouterr().out.startswith("make_scorer: hint 3 of 3")


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        ("make_score", "No task is called `make_score`. Did you mean `make_scorer`?\n"),
        (3.5, 'No task is bound to this object. Call hint with the name of a task, as in hint("kmer_counts").\n'),
    ],
)
def test_what_is_no_task_gets_the_sentence_that_check_gives(folder, capsys, task, sentence):
    hint(task)
    assert capsys.readouterr().out == sentence


def test_it_does_nothing_while_a_notebook_is_graded(folder, capsys):
    with quiet():
        hint("make_scorer")
        hint("no such task")
    assert capsys.readouterr().out == ""
    assert progress_on("make_scorer").hints == 0


def test_it_goes_on_where_nothing_can_be_written(folder):
    (folder / ".dlfb_lab").write_text("a file in its place")
    heads = [str(hint_page("make_scorer")).splitlines()[0] for _ in range(4)]
    assert heads[1:] == ["make_scorer: hint 2 of 3", "make_scorer: hint 3 of 3", "make_scorer: all 3 hints again"]


def test_the_page_says_the_same_as_the_text(folder):
    for _ in range(3):
        hint_page("make_scorer")
    shown = hint_page("make_scorer")
    plain = re.sub(r"<[^>]+>", " ", re.sub(r"</?code>", "", shown._repr_html_()))
    assert html.unescape(plain).split() == str(shown).replace("`", "").split()
    assert "<code>weights</code>" in shown._repr_html_()
    assert "color:#" not in shown._repr_html_()


PROSE = """\
Two lines
of one paragraph.

- an item
  that goes on
- another `x < 1`

```python
if a < b:
    c
```
The end."""


def test_prose_keeps_items_and_code_and_joins_lines():
    assert prose_as_text(PROSE, 30) == (
        "  Two lines of one paragraph.\n  - an item that goes on\n  - another `x < 1`\n"
        "      if a < b:\n          c\n  The end."
    )


def test_prose_is_escaped_on_the_page():
    page = prose_as_html(PROSE)
    assert "<code>if a &lt; b:\n    c</code>" in page
    assert "another <code>x &lt; 1</code>" in page
    assert "<b:" not in page


# ---- The names of the package ---------------------------------------------------------------------------------------


def test_each_public_name_stands_in_both_lists_and_is_what_its_home_holds():
    tree = ast.parse(Path(dlfb_lab.__file__).read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    listed = {alias.asname for node in block.body for alias in node.names}
    assert listed == set(dlfb_lab.__all__)
    assert listed <= set(dir(dlfb_lab))
    for name in listed:
        assert getattr(dlfb_lab, name).__name__.rpartition(".")[2] == name


def test_a_name_that_there_is_not_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'chekc'"):
        dlfb_lab.chekc  # noqa: B018
