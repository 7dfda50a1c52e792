"""The pages in a real browser: can everybody read them, and do sorting, filtering and links into a page work."""

import html
import json
import re

import pytest
from axe import NoAxe, violations, without_policy
from browser import NoBrowser, dom_of
from test_report_html import everything

from autograder.report.html_page import index_page
from autograder.report.record import Report, TaskReport
from dlfb_lab._outcome import Outcome

PAGES = {"feedback": 0, "class": 1}


@pytest.fixture(scope="session")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("browser")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_to_complain_about(page, dark, room):
    try:
        assert violations(everything()[PAGES[page]], room, dark=dark) == []
    except (NoAxe, NoBrowser) as why:
        pytest.skip(str(why))


def test_axe_would_complain(room):
    try:
        found = violations("<!DOCTYPE html><html><body><img src=x><input></body></html>", room)
    except (NoAxe, NoBrowser) as why:
        pytest.skip(str(why))
    assert {"image-alt", "label", "html-has-lang", "document-title"} <= {rule for rule, _, _ in found}


def student(name, points, outcome, lab="02_immutability"):
    tasks = (TaskReport("first", "First", Outcome.PASSED, 2, 2), TaskReport("counts", "Count", outcome, points, 2))
    return Report(f"{name.lower()}--{lab}", name, "x", lab, tasks, isolation="L2")


CLASS = [
    student("Cy", 0.5, Outcome.FAILED),
    student("Ada", 2, Outcome.PASSED),
    student("Ben", 0, Outcome.NOT_ATTEMPTED),
]
# Does what a person would, one thing after the other, and writes down who is shown then.
ACTS = """
const table = document.querySelector("table.students"), said = {};
const shown = (what) => {
  const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden && row.offsetHeight > 0);
  const sorted = [...table.querySelectorAll("[aria-sort]")].map((head) => head.getAttribute("aria-sort"));
  const count = document.querySelector("output").textContent;
  said[what] = [rows.map((row) => row.cells[0].textContent), count, ...sorted];
};
const click = (column) => table.querySelectorAll("thead button")[column].click();
const write = (word) => {
  const field = document.querySelector("[type=search]");
  field.value = word;
  field.dispatchEvent(new Event("input"));
};
const go = async (hash) => {
  location.hash = hash;
  await new Promise((done) => setTimeout(done, 100));
};
(async () => {
  shown("at first");
  click(0); shown("by name");
  click(0); shown("by name, down");
  click(1); shown("by points");
  click(3); click(3); shown("by the second task, down");
  write(" A"); shown("with an a");
  await go("#task-counts"); shown("at a task");
  await go("#student-ada--02_immutability"); shown("at a student");
  await go("#task-nobody"); shown("at no task");
  await go("#task-counts"); click(0); shown("at a task, by name");
  const out = document.createElement("pre");
  out.id = "said";
  out.textContent = JSON.stringify(said);
  document.body.append(out);
})();
"""


def opened(page, room):
    path = room / "class.html"
    path.write_text(page, "utf-8")
    try:
        return dom_of(path.as_uri(), room / "profile")
    except NoBrowser as why:
        pytest.skip(str(why))


@pytest.fixture(scope="module")
def said(room):
    page = without_policy(index_page(CLASS)).replace("</body>", f"<script>{ACTS}</script></body>")
    return json.loads(html.unescape(re.search('<pre id="said">(.*?)</pre>', opened(page, room), re.DOTALL)[1]))


@pytest.mark.parametrize(
    ("acts", "shown"),
    {
        "at first": [["Cy", "Ada", "Ben"], "3 of 3"],
        "by name": [["Ada", "Ben", "Cy"], "3 of 3", "ascending"],
        "by name, down": [["Cy", "Ben", "Ada"], "3 of 3", "descending"],
        "by points": [["Ben", "Cy", "Ada"], "3 of 3", "ascending"],
        "by the second task, down": [["Ada", "Cy", "Ben"], "3 of 3", "descending"],
        "with an a": [["Ada"], "1 of 3", "descending"],
        "at a task": [["Cy", "Ben"], "2 of 3", "descending"],
        "at a student": [["Ada", "Cy", "Ben"], "3 of 3", "descending"],
        "at no task": [["Ada", "Cy", "Ben"], "3 of 3", "descending"],
        "at a task, by name": [["Ben", "Cy"], "2 of 3", "ascending"],
    }.items(),
)
def test_who_is_shown(acts, shown, said):
    assert said[acts] == shown


def test_the_policy_lets_our_own_script_run_and_no_other(room):
    dom = opened(index_page(CLASS).replace("</body>", "<script>document.body.id = 'other'</script></body>"), room)
    assert "<output>3 of 3</output>" in dom
    assert 'id="other"' not in dom


def test_without_a_script_everybody_is_there_and_no_tool_that_does_nothing():
    page = index_page(CLASS)
    assert re.findall(r'<th scope="row"><a[^>]*>(\w+)', page) == ["Cy", "Ada", "Ben"]
    assert '<p class="tools" hidden>' in page
    assert "<button" not in page
