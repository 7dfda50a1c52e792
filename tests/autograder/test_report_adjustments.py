"""What was changed of the points stands on the student's page, with its reason, and is only text there."""

import re
from dataclasses import replace

import pytest

from autograder.report.html_page import feedback_page
from autograder.report.record import Adjustment, Report, TaskReport
from autograder.report.words import difference, points
from dlfb_lab._outcome import Outcome

TASK = TaskReport("counts", "Count", Outcome.FAILED, 0.5, 2.0)
REPORT = Report("ada--02", "Ada", "ada/02.ipynb", "02_immutability", (TASK,))
CHANGES = (
    Adjustment("override", "counts", 1.5, "The text was unclear."),
    Adjustment("late", "", -0.25, "A day late."),
    Adjustment("extension", "", 0.0, "Until Friday."),
)


def text_of(page):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_each_change_is_told_with_its_reason_and_the_sum_stands_on_top():
    text = text_of(feedback_page(replace(REPORT, adjustments=CHANGES)))
    assert "1.75 of 2 points" in text
    assert "counts , override: 1.5 more. The text was unclear." in text
    assert "late: 0.25 less. A day late." in text
    assert "extension: no change. Until Friday." in text
    assert "Graded with 0.5, with these changes 1.75 of 2 points." in text


def test_a_page_without_changes_does_not_speak_of_them():
    assert "changed of the points" not in feedback_page(REPORT)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202ex", "{{ 7 * 7 }}", "\x1b[31m"])
def test_a_reason_is_only_text(text):
    page = feedback_page(replace(REPORT, adjustments=(Adjustment(text, text, 1.0, text),)))
    assert text == "{{ 7 * 7 }}" or text not in page


@pytest.mark.parametrize(
    ("points", "words"), [(1.5, "1.5 more"), (-0.25, "0.25 less"), (0, "no change"), (-0.001, "no change")]
)
def test_a_difference_is_told_in_words(points, words):
    assert difference(points) == words


def test_tables_show_what_it_comes_to():
    assert points(replace(REPORT, adjustments=CHANGES)) == "1.75/2"
    assert (points(REPORT), points(TASK)) == ("0.5/2", "0.5/2")
