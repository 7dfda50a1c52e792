"""The comment in Markdown: short, and nothing but text wherever a student's words are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_report_html import HOSTILE, Page

from autograder.report.markdown import code, escaped, prose, to_markdown
from autograder.report.record import Adjustment, CheckReport, Report, TaskReport
from dlfb_lab._finding import Diagnosis, Finding, SourceLine
from dlfb_lab._outcome import Outcome

LINK = "https://docs.example.org/add?a=1&b=2"
DIAGNOSES = {"set-not-add": Diagnosis("set-not-add", "A5", "One `wrote` over the other.", "Why.", "Try `.add`?", LINK)}
FINDING = Finding("set-not-add", "`counts` gave 1.", (("got", "[1]"),), SourceLine(3, 2, "    x.at[0].set(`1`)"))
HIDDEN = CheckReport("t", "A long one, too.", False, Outcome.FAILED, Finding("wrong-value", "SECRET"))
TASKS = (
    TaskReport("first", "Set it", Outcome.PASSED, 1, 1),
    TaskReport("k_mer_counts", "Count", Outcome.FAILED, 0.5, 2, (HIDDEN,), FINDING),
    TaskReport("last", "Last", Outcome.NOT_ATTEMPTED, 0, 2, (), Finding("not-attempted")),
)
REPORT = Report("ada--02", "Ada", "ada/02.ipynb", "02_immutability", TASKS, isolation="L2")


@pytest.fixture(autouse=True)
def diagnoses(monkeypatch):
    monkeypatch.setattr("dlfb_lab._finding.diagnoses", lambda: DIAGNOSES)


def test_a_comment_has_points_a_line_a_task_and_what_to_try_next():
    late = Adjustment("late", "", -0.5, "One day *late*.")
    golden = Path(__file__).with_name("golden_report") / "comment.md"
    assert to_markdown(replace(REPORT, adjustments=(late,))) == golden.read_text("utf-8")


def test_a_notebook_that_could_not_be_graded_gets_the_reason_alone():
    stuck = replace(REPORT, problem="my_file.pdf is not a notebook.", lab="", tasks=())
    assert to_markdown(stuck) == "## Your notebook\n\nNothing could be graded: my_file.pdf is not a notebook.\n"


def test_who_has_everything_right_is_told_so():
    assert "Everything holds." in to_markdown(replace(REPORT, tasks=TASKS[:1]))


def test_what_a_hidden_check_saw_is_not_there():
    leaky = replace(TASKS[1], finding=HIDDEN.finding)
    assert "SECRET" not in to_markdown(replace(REPORT, tasks=(leaky,)))


def rendered(text):
    """What a renderer that knows HTML in Markdown, tables and struck text makes of it."""
    return Page(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize(
    "text", [*HOSTILE, "![x](javascript:alert)", "[a](http://e.org)", "a\n# b\n\n---\n| a |\n|---|"]
)
def test_hostile_text_is_only_text_wherever_it_stands(text, monkeypatch):
    monkeypatch.setitem(DIAGNOSES, "bad", Diagnosis("bad", text, text, text, text, text))
    finding = Finding("bad", text, ((text, text),), SourceLine(1, 1, text))
    task = TaskReport(text, text, Outcome.FAILED, 1, 2, (), finding)
    report = Report(text, text, text, text, (task,), adjustments=(Adjustment(text, text, 1, text),))
    for one in (report, replace(report, problem=text)):
        tags = {tag for tag, _ in rendered(to_markdown(one)).tags}
        assert tags <= {"h2", "p", "strong", "ul", "li", "code"}


# Whatever Markdown or HTML could take for its own, more often than the rest.
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("*_`<>&[]()!~#\\"))


@given(TEXT)
def test_escaped_text_is_the_text_itself(text):
    page = rendered(f"- x {escaped(text)} x")
    assert {tag for tag, _ in page.tags} == {"ul", "li"}
    assert page.text == " ".join(f"x {text} x".split())


@given(TEXT.filter(bool))
def test_code_is_the_text_itself(text):
    page = rendered(f"- x {code(text)} x")
    assert {tag for tag, _ in page.tags} == {"ul", "li", "code"}
    assert page.text == " ".join(f"x {text} x".split())


@given(st.text())
def test_prose_never_makes_a_tag_but_code(text):
    assert {tag for tag, _ in rendered(f"x {prose(text)} x").tags} <= {"p", "code"}


def test_nothing_becomes_a_link_or_calls_somebody():
    shown = escaped("see HTTPS://evil.org, www.evil.org, @ada and a@b.org")
    assert not re.search(r"(?i)https?:|www\.|@", shown)
    assert rendered(shown).text == "see HTTPS://evil.org, www.evil.org, @ada and a@b.org"
