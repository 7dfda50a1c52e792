"""The page of pairs: two answers side by side, in words that accuse nobody, with everything of a student's escaped."""

import html
import re
from dataclasses import replace

import pytest

from autograder.similar import Overlap, Pair, Side, TaskSeen, as_data, similar_page
from autograder.similar.page import MOST_PAIRS, by_people
from autograder.similar.words import HINT, percent, what_cannot_be_told, what_was_seen

ADA = Side("Ada", "ada--05_jit", "class/ada/05_jit.ipynb", "def f(x):\n    return x < 1\n\n\n# end", (1, 2))
GRACE = Side("Grace", "grace--05_jit", "class/grace/05_jit.ipynb", "def f(y):\n    return y < 1", (1, 2))
PAIR = Pair("05_jit", "f", 0.834, 17, ADA, GRACE)
SEEN = (TaskSeen("05_jit", "f", 9, 8), TaskSeen("05_jit", "g", 9, 1))
OVERLAP = Overlap((PAIR,), SEEN, 9, ("class/b.ipynb: The file is empty.",))
HOSTILE = "<script>alert(1)</script>"


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<body")[2]))


def test_it_shows_both_answers_and_where_they_were_found():
    page = similar_page(OVERLAP)
    text = plain(page)
    for words in (
        "Ada and Grace",
        "83 % alike",
        "class/ada/05_jit.ipynb",
        "class/grace/05_jit.ipynb",
        "return y &lt; 1",
    ):
        assert words in text
    assert page.count('class="shared"') == 4, "two lines in each answer"
    assert page.count("in both: ") == 4, "said in words too, not by color alone"


def test_it_says_that_it_is_a_hint_and_accuses_nobody():
    text = plain(similar_page(OVERLAP)).lower()
    assert HINT.lower() in text
    assert not re.search(r"plagiar|cheat|copied|guilty|suspect|fraud", text)


def test_it_says_what_cannot_be_told_and_what_could_not_be_read():
    text = plain(similar_page(OVERLAP))
    assert "Nothing can be told on 1 of 2 tasks: the answers are too short" in text
    assert "class/b.ipynb: The file is empty." in text


def test_without_pairs_it_says_so():
    assert "No two answers look alike." in plain(similar_page(replace(OVERLAP, pairs=())))


@pytest.mark.parametrize("field", ["student", "source", "text", "submission"])
def test_whatever_a_student_wrote_is_escaped(field):
    pair = replace(PAIR, first=replace(ADA, **{field: HOSTILE + "\x1b[31m\u202e"}))
    page = similar_page(replace(OVERLAP, pairs=(pair, PAIR), problems=(HOSTILE,)))
    assert "<script" not in page
    assert not set("\x1b\u202e") & set(page)


def test_it_needs_nothing_else_and_forbids_the_rest():
    page = similar_page(OVERLAP)
    assert "default-src 'none'; style-src 'sha256-" in html.unescape(page)
    assert not re.search(r"<(script|link|img|iframe)|https?://|@import|url\(", page)


def test_two_students_with_several_tasks_are_one_entry_and_stand_on_the_same_sides():
    turned = replace(PAIR, task="g", first=GRACE, second=ADA, similarity=0.7)
    (people,) = by_people([PAIR, turned])
    assert people.names == ("Ada", "Grace")
    assert [(pair.task, pair.first.student) for pair in people.pairs] == [("f", "Ada"), ("g", "Ada")]


def test_who_has_most_in_common_comes_first_with_a_link_to_it():
    others = [replace(PAIR, task=task, first=replace(ADA, student="Noor"), similarity=0.61) for task in ("f", "g", "h")]
    page = similar_page(replace(OVERLAP, pairs=(PAIR, *others)))
    assert re.findall(r'href="#pair-(\d)">(.+?)</a>', page) == [("1", "Grace and Noor"), ("2", "Ada and Grace")]
    assert 'id="pair-2"' in page


def test_a_page_with_very_many_pairs_shows_the_strongest_and_counts_the_others():
    pairs = tuple(replace(PAIR, first=replace(ADA, student=f"s{number}")) for number in range(MOST_PAIRS + 3))
    page = similar_page(replace(OVERLAP, pairs=pairs))
    assert page.count('class="pair"') == MOST_PAIRS
    assert "3 weaker pairs are not shown here." in plain(page)


def test_the_data_hold_all_of_it():
    data = as_data(OVERLAP)
    assert data["note"] == HINT
    assert (data["students"], data["tasks_too_short"], data["problems"]) == (9, 1, list(OVERLAP.problems))
    assert data["tasks"][0] == {"lab": "05_jit", "task": "f", "answers": 9, "compared": 8}
    (pair,) = data["pairs"]
    assert (pair["task"], pair["similarity"], pair["first"]["student"], pair["second"]["lines"]) == (
        "f",
        0.834,
        "Ada",
        [1, 2],
    )


def test_counts_are_said_as_a_person_would():
    assert what_was_seen(OVERLAP) == "1 pair of answers looks alike, among 9 students and 2 tasks."
    assert what_was_seen(replace(OVERLAP, pairs=(), students=1, tasks=SEEN[:1])) == (
        "0 pairs of answers look alike, among 1 student and 1 task."
    )
    assert what_cannot_be_told(replace(OVERLAP, tasks=SEEN[:1])) == ""
    assert [percent(share) for share in (1.0, 0.999, 0.6)] == ["100 %", "99 %", "60 %"]
