"""The sample class: each folder in tests/submissions holds what a student handed in, and in `expected.json` the report
that it must get, in the short form of `told`. The folder's name is the story.

To add one, make the folder and leave `expected.json` out: the failing test prints the report that it got.
"""

import dataclasses
import json
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.notebook_file import read_notebook
from autograder.report.json_file import from_json
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Runner

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "submissions"
STORY_NAMES = sorted(path.name for path in STORIES.iterdir() if path.is_dir())
# Graded once more, each alone and the last first: whoever breaks something for others is among them.
ALONE = [
    "plots_the_counts",
    "two_draws_from_one_key",
    "reads_hidden_checks_from_disk",
    "patches_the_comparisons",
    "exits_in_the_middle",
]


def told(report):
    """A report in short: what must hold with every release of Python and JAX."""
    short = {"lab": report.lab, "points": f"{report.points:g}/{report.max_points:g}"}
    short["tasks"] = {task.name: ended(task) for task in report.tasks}
    short["cells"] = [f"{cell.cell} {ended(cell)}" for cell in report.cells]
    short["problem"] = report.problem
    return {name: value for name, value in short.items() if value}


def ended(part):
    """The outcome and the diagnosis."""
    shown = part.finding is not None and part.finding.diagnosis not in ("not-attempted", "crashed", "timed-out")
    return f"{part.outcome}: {part.finding.diagnosis}" if shown else str(part.outcome)


def expected(story):
    path = STORIES / story / "expected.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


@pytest.fixture(scope="session")
def submissions():
    """What there is to grade, in order, by its source's last two parts: the story and the file."""
    return collect([STORIES]).submissions


@pytest.fixture(scope="session")
def reports(graded_class):
    """The report of each submission of the class, by its id."""
    paths = (graded_class.out / "reports").glob("*.json")
    return {path.stem: from_json(path.read_text("utf-8")) for path in paths}


@pytest.mark.parametrize("story", STORY_NAMES)
def test_the_story_ends_as_it_must(story, submissions, reports):
    got = {one.filename: told(reports[one.id]) for one in submissions if one.student == story}
    assert got == expected(story), json.dumps(got, indent=1)


def test_every_story_is_a_student(submissions):
    assert sorted({one.student for one in submissions}) == STORY_NAMES


def test_the_command_ends_well(graded_class):
    assert graded_class.code == 0, graded_class.said


def test_a_report_is_the_same_whatever_else_is_in_the_class(grader, submissions, reports):
    for story in reversed(ALONE):
        (one,) = collect([STORIES / story]).submissions
        again = grader.grade(one)
        theirs = next(reports[other.id] for other in submissions if other.student == story)
        assert plain(again) == plain(theirs), story


def plain(report):
    """A report without what is allowed to differ, and without the name of the place it was found in."""
    return dataclasses.replace(report, submission="", source="")


def test_a_cell_that_ended_everything_is_shown_with_its_line_and_what_it_did(submissions, reports):
    (cell,) = next(reports[one.id] for one in submissions if one.student == "exits_in_the_middle").cells
    assert cell.finding.line.text == "os._exit(0)  # done!"
    assert cell.finding.saw == "The whole Python process was ended by the code itself (exit code 0)."


def test_a_refused_magic_is_shown_as_the_student_wrote_it(submissions, reports):
    cells = next(reports[one.id] for one in submissions if one.student == "shell_magics_around_right_answers").cells
    assert [cell.finding.line.text for cell in cells] == [
        "%pip install -q jax",
        "!pip install biopython",
        "!ls -l",
        "files = !ls",
    ]
    assert cells[0].finding.saw == (
        "`%pip` does not run while a notebook is graded: no shell, no installation, no network. "
        "The rest of the cell still runs. Keep the answer in plain Python."
    )


def test_what_a_notebook_drew_is_on_its_page(submissions, reports, graded_class):
    report = next(reports[one.id] for one in submissions if one.student == "plots_the_counts")
    (figure,) = report.figures
    assert figure.says == "how often each k-mer occurs, x: k-mer, y: count"
    page = (graded_class.out / "feedback" / f"{report.submission}.html").read_text("utf-8")
    assert f'alt="Figure drawn by your cell {figure.cell}: {figure.says}"' in page
    assert sum(len(one.figures) for one in reports.values()) == 1, "the course's own are no student's"


def test_the_thief_would_find_the_answers_where_there_is_no_sandbox():
    """So the story of `reads_hidden_checks_from_disk` is about the sandbox, and not about a thief who looks amiss."""
    (thief,) = collect([STORIES / "reads_hidden_checks_from_disk"]).submissions
    runner = Runner()
    with quiet():
        for number, source in enumerate(read_notebook(thief.data).cells, 1):
            runner.run(number, source)
    stolen = {path.relative_to(ROOT).as_posix() for path in runner.namespace["found"] if path.is_relative_to(ROOT)}
    assert stolen >= {"solutions/02_immutability.py", "solutions/hidden/test_02_immutability.py"}
    assert runner.namespace["alias_prediction"] == {"x": [2, 3, 4], "u": [1, 2, 3]}


def test_the_class_has_every_outcome(reports):
    """A new outcome needs a story; a fault of ours must have none."""
    outcomes = {task.outcome for report in reports.values() for task in report.tasks}
    assert outcomes == set(Outcome) - {Outcome.GRADER_ERROR}
