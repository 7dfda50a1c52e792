"""`solution`: only with the course at hand, with its leave, and after a pass or the last hint. Else one sentence."""

import shutil

import pytest
from helpers import COURSE, ROOT
from student import folder as folder

from autograder.course import load_course
from autograder.percent import read_cells
from dlfb_lab import _solution, solution
from dlfb_lab._hint import hint_page
from dlfb_lab._progress import TaskProgress, progress_on, record
from dlfb_lab._quiet import quiet
from dlfb_lab._solution import solution_page

PASSED = TaskProgress(held=2, of=2)


@pytest.fixture
def course(folder):
    """The student's folder is a course that shows its solutions."""
    shutil.copytree(COURSE / "solutions", folder / "solutions")
    allow(folder, "show_solutions = true")
    return folder


def allow(folder, line):
    (folder / "solutions/course.toml").write_text(f'title = "X"\nseed = 1\n{line}\n')


def test_after_a_pass_it_shows_the_answer_without_the_markers(course):
    record("int8_prediction", PASSED)
    assert str(solution_page("int8_prediction")) == (
        "int8_prediction: one way to answer it. Yours may be another and just as right.\n\n    int8_prediction = -126"
    )
    assert progress_on("int8_prediction").solution


def test_after_the_last_hint_it_opens_and_the_hints_say_so(course):
    for left in (3, 2, 1):
        assert "opens once all its checks hold" in str(solution_page("make_scorer")), left
        page = hint_page("make_scorer")
    assert page.then.endswith('`solution("make_scorer")` shows a reference answer.')
    assert "def make_scorer(weights):" in str(solution_page("make_scorer"))
    assert hint_page("make_scorer").then == '`solution("make_scorer")` shows a reference answer.'


def test_before_that_it_says_what_is_missing(course):
    assert str(solution_page("make_scorer")) == (
        "The reference answer of `make_scorer` opens once all its checks hold, or you have seen its last hint. "
        '`hint("make_scorer")` shows the next one.'
    )
    assert not progress_on("make_scorer").solution


def test_without_the_course_it_says_so(folder):
    record("make_scorer", PASSED)
    assert str(solution_page("make_scorer")) == (
        "The reference answer of `make_scorer` is not on this computer: it is in the course's own folder, `solutions`, "
        "which only comes with the whole repository."
    )
    assert hint_page("make_scorer", 3).then.endswith("shows hint 1.")


@pytest.mark.parametrize(
    "line", ["", "show_solutions = false", 'show_solutions = "true"', "show_solutions = 1", "not toml"]
)
def test_without_leave_it_says_so(course, line):
    record("make_scorer", PASSED)
    allow(course, line)
    assert str(solution_page("make_scorer")) == (
        "This course keeps its reference answers to itself. "
        '`hint("make_scorer")` and `check("make_scorer")` help you on.'
    )


def test_a_file_without_the_answer_is_said_to_be_unreadable(course):
    record("make_scorer", PASSED)
    (course / "solutions/90_kinds.py").write_bytes(b"\xff\xfe")
    assert str(solution_page("make_scorer")).startswith("The reference answer of `make_scorer` cannot be read from ")


def test_nothing_is_run(course):
    record("make_scorer", PASSED)
    source = course / "solutions/90_kinds.py"
    source.write_text('raise SystemExit(3)\n# %% answer="make_scorer"\n1 / 0\n# %%\nmore\n')
    assert str(solution_page("make_scorer")).endswith("\n\n    1 / 0")


def test_a_kernel_in_exercises_finds_the_course_above(course, monkeypatch, capsys):
    monkeypatch.chdir(course / "exercises")
    record("int8_prediction", PASSED)
    int8_prediction = -126
    assert solution(int8_prediction) is None
    assert capsys.readouterr().out.endswith("    int8_prediction = -126\n")


def test_it_does_nothing_while_a_notebook_is_graded(course, capsys):
    record("int8_prediction", PASSED)
    with quiet():
        solution("int8_prediction")
    assert capsys.readouterr().out == ""


def test_an_unknown_name_gets_the_sentence_that_check_gives(course, capsys):
    solution("make_score")
    assert capsys.readouterr().out == "No task is called `make_score`. Did you mean `make_scorer`?\n"


def test_the_page_escapes_the_code(course):
    record("batches", PASSED)
    page = solution_page("batches")._repr_html_()
    assert "<pre" in page
    assert "color:#" not in page


@pytest.mark.parametrize("root", [ROOT, COURSE], ids=["the repository's course", "every kind of answer"])
def test_what_is_read_is_what_the_grader_reads(root):
    for lab in load_course(root).labs:
        answers = {cell.task: cell.text for cell in read_cells(lab.source) if cell.role == "answer"}
        for task, text in answers.items():
            kept = [line for line in text.splitlines() if "SOLUTION" not in line]
            assert _solution._answer_in(lab.source, task) == "\n".join(kept).strip("\n")
