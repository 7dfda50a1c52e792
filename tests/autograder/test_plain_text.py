import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.plain_text import block, one_line


@pytest.mark.parametrize("text", ["Ada Lovelace", "Zoë 李雷 Бен", "علی‌رضا", "🧬👩‍🔬", "x = [1, 2]  # `a`", ""])
def test_what_people_write_stays_as_it_is(text):
    assert one_line(text) == block(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b2J", "\\x9b2J"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\rb", "a\\rb"),
        ("half \ud800", "half \\ud800"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("bell\a nul\0", "bell\\x07 nul\\x00"),
    ],
)
def test_what_could_act_is_shown_as_an_escape(text, shown):
    assert one_line(text) == block(text) == shown


def test_a_block_keeps_its_lines_and_a_line_does_not():
    assert block("a\r\n\tb\n") == "a\n\tb\n"
    assert one_line("a\n\tb") == "a\\n\\tb"


def test_a_long_text_is_cut_and_shows_it():
    assert one_line("x" * 100, 10) == "x" * 9 + "…"
    assert block("x" * 10, 10) == "x" * 10


@given(st.text(st.characters()))
def test_every_text_can_be_stored_and_holds_no_control_character(text):
    for shown, kept in ((one_line(text), ""), (block(text), "\t\n")):
        shown.encode("utf-8")
        assert not [char for char in shown if char not in kept and unicodedata.category(char) in ("Cc", "Cs")]
