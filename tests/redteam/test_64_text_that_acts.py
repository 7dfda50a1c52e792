"""A notebook plants text that acts where it is shown: a terminal's escapes, tags, formulas, reversed reading."""

import csv
import io
import json
from importlib.resources import files

from arena import notebook, outcome
from rich.console import Console
from threat import RIGHT, Threat

from autograder.plain_text import one_line
from autograder.report.csv_file import to_csv
from autograder.report.html_page import feedback_page, index_page
from autograder.report.json_file import to_json
from autograder.report.table import class_table
from dlfb_lab._outcome import Outcome

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\x1b]8;;http://evil.example\x1b\\"
TAGS = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
TURNED = "\u202egnp.\u2066"
EVIL = f"=cmd|' /C calc'!A0{ESCAPES}{TAGS}{TURNED}\ud800"

# It sorts and filters the page of a class, and a policy lets it alone through.
OUR_SCRIPT = f"<script>{files('autograder.report').joinpath('templates/class.js').read_text('utf-8')}</script>"

# Wherever a student's text reaches a report: an error's type and message, a printed line, a returned value, a line of
# the source, a name that a cell would have bound.
PLANTS = f"""
evil = {EVIL!r}
print(evil[:-1], flush=True)

class Evil(Exception):
    def __str__(self):
        return evil

Evil.__name__ = Evil.__qualname__ = evil[:-1]  # half a character is none, and no name may hold it

def set_first(b, v):
    raise Evil(evil)  # {TAGS}{TURNED}

def point_mutation(onehot, pos, base):
    return evil

def kmer_counts(idx, K):
    return {{evil: [evil]}}
"""
FAILS = f"raise Evil(evil)  # {TAGS}{TURNED}"
TYPES = """
import fcntl, os
typed = []
for way in (lambda: os.open("/dev/tty", os.O_RDWR), lambda: fcntl.ioctl(0, 0x5412, b"x"), lambda: os.ttyname(0)):
    try:
        way()
    except OSError:
        typed.append("refused")
    else:
        typed.append("done")
typed += [os.isatty(number) for number in range(3)]
"""

THREAT = Threat(
    64,
    "Terminal escapes, HTML, formulas and reversed reading in what a teacher opens",
    "Control characters become escapes, pages escape all and forbid scripts, cells of the table begin with no sign.",
    "its pages show a student's HTML as it is",
    (PLANTS, FAILS),
)


def hostile_report(arena):
    data = notebook(PLANTS, FAILS, metadata={"dlfb_lab": {"lab": "02_immutability"}, "title": EVIL[:-1]})
    return arena.grade_bytes(data, student=EVIL)


def test_nothing_acts_on_a_page_in_a_table_or_in_a_terminal(arena):
    report = hostile_report(arena)
    assert [outcome(report, name) for name in ("set_first", "point_mutation", "kmer_counts")] == [Outcome.FAILED] * 3
    assert len(report.cells) == 1
    pages = feedback_page(report) + index_page([report], [EVIL])
    assert pages.count("<script>") == pages.count(OUR_SCRIPT) == 1
    page = pages.replace(OUR_SCRIPT, "")
    assert "&lt;script&gt;" in page, "the text did not arrive, so nothing was tried"
    screen = Console(file=io.StringIO(), width=200, color_system=None)
    screen.print(class_table([report], width=200))
    data = to_json(report)
    for text in (page, screen.file.getvalue(), to_csv([report]), data):
        assert not set(text) & {*"\x1b\x07\x9b\u202e\u2066\ud800"}
        text.encode("utf-8")
    assert "<script" not in page.lower() and "<img" not in page.lower() and ">49<" not in page
    assert json.loads(data)["student"]
    for row in csv.reader(io.StringIO(to_csv([report]))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_a_line_for_the_terminal_shows_what_it_keeps_from_acting():
    assert one_line(ESCAPES).startswith("\\x1b]0;owned\\x07")


def test_there_is_no_terminal_to_type_into(arena):
    assert arena.loot(TYPES, name="typed") == ["refused"] * 3 + [False] * 3


def test_an_honest_answer_beside_it_counts(arena):
    assert outcome(arena.grade(PLANTS, FAILS, RIGHT)) is Outcome.PASSED
