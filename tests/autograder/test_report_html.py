import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from autograder.report.html_page import feedback_page, index_page, prose, safe_link
from autograder.report.record import Adjustment, CellProblem, CheckReport, Figure, Report, TaskReport
from dlfb_lab._finding import Diagnosis, Finding, SourceLine
from dlfb_lab._outcome import Outcome

LINK = "https://docs.example.org/add?a=1&b=2"
DIAGNOSES = {
    "set-not-add": Diagnosis("set-not-add", "A5", "One `wrote` over the other.", "The why.", "Try `.add`?", LINK),
    "wrong-value": Diagnosis("wrong-value", "", "The values differ.", "", "", "javascript:alert(1)"),
}
EVIDENCE = (("inputs", "[0, 0]"), ("expected", "[2]"), ("got", "[1]"))
FINDING = Finding("set-not-add", "`counts` gave 1.", EVIDENCE, SourceLine(3, 2, "    x.at[0].set(1)"))
HIDDEN = CheckReport("test_hidden", "A long read, too.", False, Outcome.FAILED, Finding("wrong-value"))
TASK = TaskReport(
    "counts",
    "Count `k`-mers",
    Outcome.FAILED,
    0.5,
    2.0,
    (CheckReport("test_counts", "Both are counted.", True, Outcome.FAILED, FINDING), HIDDEN),
    FINDING,
)
DONE = TaskReport("first", "Set it", Outcome.PASSED, 1, 1, (CheckReport("t", "It is set.", True, Outcome.PASSED),))
PNG = b"\x89PNG\xff"
REPORT = Report("ada--02", "Ada", "ada/02.ipynb", "02_immutability", (DONE, TASK), isolation="L2", fingerprint="abc")


@pytest.fixture(autouse=True)
def diagnoses(monkeypatch):
    monkeypatch.setattr("dlfb_lab._finding.diagnoses", lambda: DIAGNOSES)


class Page(HTMLParser):
    """What a browser would make of a page: its tags in order, and its text."""

    VOID = {"meta", "br", "rect", "img", "input"}

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self._open = [], [], []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def everything():
    """One page with all that a page can show, and the start page."""
    cells = (CellProblem(4, Outcome.TIMED_OUT, FINDING),)
    ends = tuple(TaskReport(f"t_{end}", end.value, end, 0, 1) for end in Outcome)
    more = {"versions": {"jax": "0.10"}, "figures": (Figure(12, "x: <step>", PNG), Figure(13, "", PNG))}
    full = replace(REPORT, tasks=(*REPORT.tasks, *ends), cells=cells, problem="A problem.", **more)
    tasks = tuple(replace(task, name=f"u_{task.name}") for task in full.tasks)
    other = replace(full, submission="ben--05", lab="05_jit", tasks=tasks, problem="")
    other = replace(other, adjustments=(Adjustment("late", "", -1, "Late."),))
    return feedback_page(full), index_page([full, other], ["class/x cannot be read."], {"ben--05": 3.0})


def test_the_page_says_what_was_seen_why_and_what_to_look_at():
    page = Page(feedback_page(REPORT))
    assert "What we saw One wrote over the other. counts gave 1." in page.text
    assert "Why The why. What to look at Try .add ?" in page.text
    assert LINK in [attributes["href"] for attributes in page.all("a")]


def test_the_page_shows_the_students_own_line():
    assert "<figcaption>Your code, cell 3, line 2</figcaption>" in feedback_page(REPORT)
    assert "<code>    x.at[0].set(1)</code>" in feedback_page(REPORT)


def test_each_check_is_its_sentence_with_a_sign_and_a_word():
    text = Page(feedback_page(REPORT)).text
    assert "✓ passed It is set." in text
    assert "✗ failed Both are counted." in text
    assert "✗ failed A long read, too. (hidden check) The values differ." in text


def test_a_visible_check_shows_inputs_expected_and_got():
    assert "This time inputs [0, 0] expected [2] got [1]" in Page(feedback_page(REPORT)).text


def test_a_hidden_check_shows_nothing_that_it_saw():
    leaky = replace(HIDDEN, finding=Finding("wrong-value", "SECRET", (("inputs", "SECRET"),)))
    for first in (leaky.finding, FINDING, None):
        page = feedback_page(replace(REPORT, tasks=(replace(TASK, checks=(leaky,), finding=first),)))
        assert "SECRET" not in page
        assert "The values differ." in page


def test_points_stand_on_top_and_with_each_task():
    text = Page(feedback_page(REPORT)).text
    assert "1.5 of 3 points" in text
    assert "0.5 of 2 points" in text


def test_the_next_step_is_the_first_task_that_does_not_hold():
    text = Page(feedback_page(REPORT)).text
    assert "What to try next Go on with Count k -mers . Try .add ?" in text
    assert 'Then check("counts") in the notebook tells you at once whether it holds.' in text


def test_the_next_step_for_an_untouched_starter_is_a_hint():
    untouched = TaskReport("counts", "Count", Outcome.NOT_ATTEMPTED, 0, 1)
    assert (
        'hint("counts") in the notebook says how to begin'
        in Page(feedback_page(replace(REPORT, tasks=(untouched,)))).text
    )


def test_who_has_everything_right_is_told_so():
    assert "Everything holds." in feedback_page(replace(REPORT, tasks=(DONE,)))


def test_a_problem_is_said_in_a_sentence_and_no_points_are_shown():
    page = Page(feedback_page(Report("a", "Ada", "a.pdf", "", problem="a.pdf is not a notebook.")))
    assert "Nothing could be graded a.pdf is not a notebook." in page.text
    assert "points" not in page.text


def test_a_cell_that_did_not_end_is_shown():
    page = feedback_page(replace(REPORT, cells=(CellProblem(4, Outcome.TIMED_OUT, FINDING),)))
    assert "Cell 4: timed out One wrote over the other." in Page(page).text


def test_a_grader_error_is_no_fault_of_the_students():
    broken = TaskReport("t", "T", Outcome.GRADER_ERROR, 1, 1)
    text = Page(feedback_page(replace(REPORT, tasks=(DONE, broken)))).text
    assert text.index("The grader failed") < text.index("It is set.")
    assert "It costs you no point." in text
    assert "There is nothing for you to do." in text


def test_the_page_shows_what_the_notebook_drew():
    page = Page(feedback_page(replace(REPORT, figures=(Figure(12, 'loss "<b>"', PNG), Figure(13, "", PNG)))))
    shown = [
        (image["alt"], base64.b64decode(image["src"].removeprefix("data:image/png;base64,")))
        for image in page.all("img")
    ]
    assert shown == [('Figure drawn by your cell 12: loss "<b>"', PNG), ("Figure drawn by your cell 13", PNG)]
    assert "What your notebook drew Cell 12 Cell 13" in page.text


def test_a_task_that_does_not_hold_has_an_idea_to_begin_with(monkeypatch):
    known = SimpleNamespace(title=TASK.title, hints=("Look at `at`,\nthen *add*.\n\nTwice.", "2", "3"))
    monkeypatch.setattr("autograder.report.words.catalog", lambda: {"counts": known, "first": known})
    text = Page(feedback_page(REPORT)).text
    assert text.count("An idea to begin with Look at at , then add . Twice.") == 1
    known.title = "Another course's task of the same name"
    assert "An idea to begin with" not in feedback_page(REPORT)


def test_the_start_page_puts_grader_errors_first_then_problems():
    broken = replace(REPORT, student="Ben", tasks=(TaskReport("t", "T", Outcome.GRADER_ERROR, 1, 1),))
    stuck = Report("cy", "Cy", "cy.pdf", "", problem="cy.pdf is not a notebook.")
    text = Page(index_page([REPORT, broken, stuck], ["class/x cannot be read."])).text
    order = [
        "Grader error in 1 of 3 submissions",
        "Ben : t",
        "Needs a look",
        "class/x cannot",
        "Cy : cy.pdf",
        "Student",
    ]
    places = [text.replace(": ", " : ").replace("  ", " ").index(part) for part in order]
    assert places == sorted(places)


def test_the_start_page_warns_of_grades_without_a_sandbox():
    assert "Graded without a sandbox" in index_page([replace(REPORT, isolation="L1")])
    assert "Graded without a sandbox" not in index_page([REPORT])


def test_a_class_of_nobody_has_a_page():
    assert "There is no submission yet." in index_page([])


def test_pages_need_nothing_else_and_run_nothing():
    for source in everything():
        page = Page(source)
        assert not {tag for tag, _ in page.tags} & {
            "link",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
        }
        for image in page.all("img"):
            assert image.pop("src").startswith("data:image/png;base64,")
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")]
        assert "url(" not in source
        assert "@import" not in source


def test_the_policy_lets_only_our_style_our_script_and_figures_in_the_page_through():
    feedback, index = everything()
    base = "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'"
    assert policy(feedback) == base.format(digest("style", feedback)) + "; img-src data:"
    assert policy(feedback_page(REPORT)) == base.format(digest("style", feedback))
    assert policy(index) == base.format(digest("style", index)) + f"; script-src '{digest('script', index)}'"
    assert "<script" not in feedback


def policy(source):
    (found,) = [meta["content"] for meta in Page(source).all("meta") if "http-equiv" in meta]
    return found


def digest(tag, source):
    (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_pages_can_be_read_aloud():
    for source in everything():
        page = Page(source)
        assert page.all("html") == [{"lang": "en"}]
        assert all(cell.get("scope") in ("row", "col") for cell in page.all("th"))
        assert len(page.all("caption")) == len(page.all("table"))
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
        marks = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        assert len(marks) == len(set(marks))
        inner = [attributes["href"] for attributes in page.all("a") if attributes["href"].startswith("#")]
        assert {link[1:] for link in inner} <= set(marks)


def test_a_large_report_stays_small():
    long = Finding("set-not-add", "s" * 100_000, (("got", "g" * 1_000_000),), SourceLine(1, 1, "l" * 1_000_000))
    tasks = [replace(TASK, name=f"t{position}", finding=long, checks=()) for position in range(15)]
    assert len(feedback_page(replace(REPORT, tasks=tuple(tasks))).encode()) < 300_000


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "`<b>`",
    "{{ 7*7 }}{% raw %}",
    "</style></code></pre>",
    "\x1b[31m\u202e\x00\ud800",
    "`" * 50,
    "&lt;script&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text_wherever_it_stands(text, monkeypatch):
    monkeypatch.setitem(DIAGNOSES, "bad", Diagnosis("bad", text, text, text, text, text))
    finding = Finding("bad", text, ((text, text),), SourceLine(1, 1, text))
    check = CheckReport(text, text, True, Outcome.FAILED, replace(finding, diagnosis=text))
    task = TaskReport(text, text, Outcome.FAILED, 1, 2, (check, check), finding)
    cells = (CellProblem(1, Outcome.FAILED, finding),)
    changes, figures = (Adjustment(text, text, 1, text),), (Figure(1, text, PNG),)
    report = Report(text, text, text, text, (task, task), "", cells, text, text, {text: text}, (text,), changes)
    stuck = replace(report, problem=text, lab=f"{text} ")
    drawn = feedback_page(replace(report, figures=figures)).replace('<img src="data:', "")
    for source in (feedback_page(report), drawn, index_page([report, stuck], [text], {text: 1.0})):
        page = Page(source)
        source.encode("utf-8")
        assert not {"img", "b"} & {tag for tag, _ in page.tags}
        assert source.count("<script") == ("script-src" in source), "none but our own, on the page of the class"
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", source)
        assert "49" not in page.text


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "//evil.org", "/x", "x", "", "HTTPS://", "file:///etc/passwd", "https://[",
     "https://a b", "https://a\n.org", " https://a.org", "https://a.org/\u202e", "ftp://a.org"],
)  # fmt: skip
def test_only_links_to_the_web_are_links(link):
    assert safe_link(link) == ""


def test_links_to_the_web_are_kept():
    assert safe_link("https://docs.jax.dev/en/latest/x.html#y") == "https://docs.jax.dev/en/latest/x.html#y"
    assert safe_link(LINK) == LINK


def test_prose_sets_code_between_backticks():
    assert prose("use `x.at[0]` & `y<z`") == "use <code>x.at[0]</code> &amp; <code>y&lt;z</code>"
    assert prose("a ` alone") == "a ` alone"


def test_prose_emphasizes_what_stands_between_stars_but_not_code():
    assert prose("a *new* array, *not this one*.") == "a <em>new</em> array, <em>not this one</em>."
    for text in ("2 * 3 * 4", "f(*args, **kwargs)", "4**k or 2**k", "`a*b*c`", "* a * b"):
        assert "<em>" not in prose(text)
    assert prose("f(*a*)", emphasis=False) == "f(*a*)"


@given(st.text(st.characters() | st.sampled_from("*`<>&\"'")))
def test_prose_never_lets_a_tag_through(text):
    shown = prose(text)
    assert isinstance(shown, Markup)
    assert not re.search(r"<(?!/?(code|em)>)|(?<!code)(?<!em)>|[\"']", shown)


def test_colors_can_be_told_from_their_background_in_light_and_dark():
    styles = re.search(r"<style>(.*?)</style>", feedback_page(REPORT), re.DOTALL)[1]
    light, dark = [
        dict(re.findall(r"--([\w-]+): *(#\w+)", part)) for part in re.findall(r":root \{(.*?)\}", styles, re.DOTALL)
    ][:2]
    for colors in (light, dark):
        for name in ("ink", "soft", "link", "good", "bad", "warn", "idle", "alarm"):
            grounds = ["page", "card", "tint"] if name in ("ink", "soft", "link") else ["page", "card"]
            tinted = f"{name}-tint"
            for ground in [*grounds, *([tinted] if tinted in colors else [])]:
                assert contrast(colors[name], colors[ground]) >= 4.5, (name, ground)
        for ground in ("warn-tint", "alarm-tint"):
            assert contrast(colors["ink"], colors[ground]) >= 4.5
            assert contrast(colors["link"], colors[ground]) >= 4.5


def contrast(one, other):
    """The ratio that the accessibility guidelines (WCAG 2) ask to be 4.5 or more."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(color):
    digits = color.lstrip("#")
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
