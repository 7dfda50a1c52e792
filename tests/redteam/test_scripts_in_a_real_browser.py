"""Scripts in all that a student controls, in the pages of a report, opened in a real browser: rows 38, 39 and 64.

That the pages hold no tag of a stranger's is tested in tests/autograder/test_report_html.py. Here a browser has the
last word, for it reads more as a script than any parser of ours.
"""

import re

import pytest
from arena import LAB, notebook
from browser import NoBrowser, dom_of

from autograder.collect import Submission
from autograder.report.record import CellProblem, CheckReport, Report, TaskReport
from autograder.report.write import write_class
from dlfb_lab._finding import Finding, SourceLine
from dlfb_lab._outcome import Outcome

# Each runs without a click, and marks the page's outermost tag.
MARKS = "document.documentElement.dataset"
SCRIPTS = {
    "script": f"<script>{MARKS}.script=1</script>",
    "img": f"<img src=x onerror={MARKS}.img=1>",
    "svg": f"<svg onload={MARKS}.svg=1></svg>",
    "toggle": f"<details open ontoggle={MARKS}.toggle=1></details>",
    "focus": f"<input autofocus onfocus={MARKS}.focus=1>",
    "video": f"<video><source onerror={MARKS}.video=1></video>",
    "frame": f'<iframe src="javascript:parent.{MARKS}.frame=1"></iframe>',
}
# A policy cannot forbid this one, so nothing but escaping stops it.
LEAVES = "<meta http-equiv=refresh content=0;url=elsewhere.html>"
ELSEWHERE = "<!DOCTYPE html><html data-elsewhere=1>"
OUT_OF_EVERYTHING = "'\"></title></style></code></pre></a></summary>-->"
PAYLOADS = [OUT_OF_EVERYTHING + one for one in (*SCRIPTS.values(), LEAVES)]
PAYLOADS += [f'x" onmouseover={MARKS}.over=1 autofocus onfocus={MARKS}.focus=1 x="', f"javascript:{MARKS}.link=1"]
UNTOUCHED = '<html lang="en">'


@pytest.fixture(scope="session")
def dom(tmp_path_factory):
    """What a browser makes of a page, as text, some seconds after it was opened."""
    profile = tmp_path_factory.mktemp("profile")

    def dom(path):
        try:
            return dom_of(path.as_uri(), profile)
        except NoBrowser as why:
            pytest.skip(str(why))

    return dom


def hostile_report(number):
    """A report that holds one payload wherever it holds a text."""
    text = PAYLOADS[number]
    finding = Finding(text, text, ((text, text),), SourceLine(1, 1, text))
    check = CheckReport(text, text, True, Outcome.FAILED, finding)
    task = TaskReport(f"task{number}{text}", text, Outcome.FAILED, 1, 2, (check,), finding)
    cells = (CellProblem(1, Outcome.FAILED, finding),)
    more = {"isolation": text, "fingerprint": text, "versions": {text: text}}
    return Report(f"student{number}", text, text, text, (task,), problem=text, cells=cells, faults=(text,), **more)


def ran(seen):
    """The scripts that marked the page."""
    return set(re.findall(r"data-(\w+)=", re.search("<html[^>]*>", seen)[0]))


def assert_nothing_ran(page, dom, *, shows):
    seen = dom(page)
    assert re.search("<html[^>]*>", seen)[0] == UNTOUCHED, page.name
    assert seen.count(MARKS) >= shows, "the payloads are not in this page"
    return seen


def test_pages_of_reports_that_are_scripts_all_over_run_none(tmp_path, dom):
    reports = [hostile_report(number) for number in range(len(PAYLOADS))]
    mixed = Report(
        "mixed", "Ada", "", LAB, sum((one.tasks for one in reports), ()), cells=sum((one.cells for one in reports), ())
    )
    start = write_class([*reports, mixed], tmp_path, problems=PAYLOADS)
    for folder in (tmp_path, tmp_path / "feedback"):
        (folder / "elsewhere.html").write_text(ELSEWHERE, "utf-8")
    pages = [
        assert_nothing_ran(start, dom, shows=3 * len(SCRIPTS)),
        assert_nothing_ran(tmp_path / "feedback" / "mixed.html", dom, shows=6 * len(SCRIPTS)),
    ]
    for page in pages:  # what would wait for a click
        assert not re.search(r"<[^>]*(href|src)=\"?javascript:", page)
    for number in (0, len(SCRIPTS)):  # a payload in the page's title, too: one that runs, and the one that leaves
        assert_nothing_ran(tmp_path / "feedback" / f"student{number}.html", dom, shows=0)


def test_the_page_of_a_hostile_notebook_runs_none(tmp_path, dom, arena):
    """Where its words really come through: in lines, names and messages of errors, and in values."""
    lines = [f"raise ValueError({text!r})  # {text}" for text in PAYLOADS]
    answers = [
        f"def set_first(b, v):\n    raise type({PAYLOADS[0]!r}, (ValueError,), {{}})({PAYLOADS[1]!r})  # {PAYLOADS[0]}",
        f"def kmer_counts(idx, K):\n    return {' '.join(PAYLOADS[:3])!r}",
        f"alias_prediction = {{{PAYLOADS[2]!r}: {PAYLOADS[3]!r}}}",
    ]
    name = f"{PAYLOADS[7]} {LAB}.ipynb"
    submission = Submission("attacker", PAYLOADS[0], name, name, notebook(*lines, *answers))
    report = arena.grader().grade(submission)
    assert len(report.cells) == len(PAYLOADS)
    start = write_class([report], tmp_path)
    (tmp_path / "feedback" / "elsewhere.html").write_text(ELSEWHERE, "utf-8")
    assert_nothing_ran(start, dom, shows=1)
    assert_nothing_ran(tmp_path / "feedback" / "attacker.html", dom, shows=2 * len(SCRIPTS))


def test_without_escaping_the_policy_alone_would_stop_every_script(tmp_path, dom):
    write_class([hostile_report(0)], tmp_path)
    page = tmp_path / "feedback" / "student0.html"
    text = page.read_text("utf-8").replace("<main>", "<main>" + "".join(SCRIPTS.values()))
    page.write_text(text, "utf-8")
    assert_nothing_ran(page, dom, shows=len(SCRIPTS))
    page.write_text(text.replace('http-equiv="Content-Security-Policy"', 'name="no-policy"'), "utf-8")
    assert ran(dom(page)) == set(SCRIPTS), "so it was the policy"


def test_in_a_page_without_both_every_one_of_them_runs(tmp_path, dom):
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html>{UNTOUCHED}<body>{''.join(SCRIPTS.values())}", "utf-8")
    assert ran(dom(page)) == set(SCRIPTS)
    page.write_text(f"<!DOCTYPE html>{UNTOUCHED}<body>{LEAVES}", "utf-8")
    (tmp_path / "elsewhere.html").write_text(ELSEWHERE, "utf-8")
    assert "data-elsewhere" in dom(page)
