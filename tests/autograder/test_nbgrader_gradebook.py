"""What the reports leave behind in nbgrader's gradebook, read with plain SQL."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader_samples import LAB, grades, report, rows, small_course
from typer.testing import CliRunner

from autograder.cli import app
from autograder.collect import Submission
from autograder.nbgrader.gradebook_file import GradebookUnusable
from autograder.nbgrader.write_back import write_back
from autograder.report.record import Adjustment, Report, TaskReport
from autograder.report.write import write_report
from dlfb_lab._outcome import Outcome

CHECK = ("ada", "gc_count-check")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("small"))


@pytest.fixture
def book(tmp_path, course):
    """`write(*reports)` into one gradebook; `.path` is its file."""

    def write(*reports, handed_in=None, patience=20.0):
        return write_back(reports, course, write.path, handed_in or {}, patience=patience)

    write.path = tmp_path / "theirs" / "gradebook.db"
    return write


def change(path, statement, *values):
    with sqlite3.connect(path) as db:
        db.execute(statement, values)
    db.close()


def set_manual(path, score):
    change(path, "UPDATE grade SET manual_score = ? WHERE auto_score = 1.33", score)


def test_points_and_comments_stand_in_their_cells(book):
    assert book(report("ada", gc=1.33), report("ben", bases=0)).scores == 2
    assert grades(book.path) == {
        ("ada", "n_bases-check"): (1.0, None, 0),
        ("ada", "gc_count-check"): (1.33, None, 0),
        ("ben", "n_bases-check"): (0.0, None, 0),
        ("ben", "gc_count-check"): (2.0, None, 0),
    }
    comments = rows(book.path, "SELECT auto_comment FROM comment WHERE auto_comment LIKE '1 of 2%'")
    assert len(comments) == 2
    assert comments[0][0].startswith("1 of 2 checks hold. The values are not the expected ones.")
    assert "<b>" not in comments[0][0], "what a student's code said is never Markdown"
    assert rows(book.path, "SELECT version_num FROM alembic_version") == [("e43177bfe90b",)]
    assert rows(book.path, "SELECT sum(max_score) FROM grade_cells") == [(3.0,)]


def test_a_rerun_updates_and_never_doubles(book):
    book(report("ada", gc=1.33), report("ben"))
    tables = [name for (name,) in rows(book.path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: rows(book.path, f"SELECT * FROM {name}") for name in tables}
    book(report("ada", gc=1.33), report("ben"))
    assert {name: rows(book.path, f"SELECT * FROM {name}") for name in tables} == before
    book(report("ada", gc=0.67))
    assert grades(book.path)[CHECK] == (0.67, None, 0)
    assert grades(book.path)["ben", "gc_count-check"] == (2.0, None, 0)
    assert len(grades(book.path)) == 4


def test_a_manual_score_stays_and_is_looked_at_only_when_the_points_changed(book):
    book(report("ada", gc=1.33))
    set_manual(book.path, 1.9)
    book(report("ada", gc=1.33))
    assert grades(book.path)[CHECK] == (1.33, 1.9, 0)
    book(report("ada", gc=2.0))
    assert grades(book.path)[CHECK] == (2.0, 1.9, 1)
    book(report("ada", gc=2.0))
    assert grades(book.path)[CHECK] == (2.0, 1.9, 1), "until a person has looked"


def test_what_a_person_wrote_stays(book):
    book(report("ada", gc=1.33))
    change(book.path, "UPDATE comment SET manual_comment = 'Well tried'")
    change(book.path, "UPDATE grade SET extra_credit = 0.5")
    change(book.path, "UPDATE submitted_assignment SET extension = '2026-12-01 00:00:00.000000'")
    change(book.path, "UPDATE student SET first_name = 'Ada'")
    book(report("ada"))
    assert set(rows(book.path, "SELECT manual_comment FROM comment")) == {("Well tried",)}
    assert set(rows(book.path, "SELECT extra_credit FROM grade")) == {(0.5,)}
    assert rows(book.path, "SELECT extension FROM submitted_assignment") == [("2026-12-01 00:00:00.000000",)]
    assert rows(book.path, "SELECT first_name FROM student") == [("Ada",)]


def test_what_could_not_be_judged_is_no_zero_and_waits_for_a_person(book):
    lost = TaskReport("gc_count", "gc_count", Outcome.GRADER_ERROR, 0.0, 2.0)
    book(report("ada", tasks=(lost,), problem="A fault of ours."))
    assert grades(book.path)[CHECK] == (None, None, 1)
    assert grades(book.path)["ada", "n_bases-check"] == (None, None, 1)


def test_changes_by_a_person_and_lateness_count(book):
    lifted = Adjustment("override", "gc_count", 0.5, "Asked for by Ada.")
    late = Adjustment("late", "", -0.3, "Two days.")
    book(report("ada", gc=1.33, adjustments=(lifted, late)))
    assert grades(book.path)[CHECK] == (1.83, None, 0)
    assert rows(book.path, "SELECT late_submission_penalty FROM submitted_notebook") == [(0.3,)]
    (comment,) = rows(book.path, "SELECT auto_comment FROM comment WHERE auto_comment LIKE '1 of%'")
    assert comment[0].endswith("A person changed the points by +0.5.")


def test_cells_that_a_person_grades_are_left_to_them(book, course):
    book(report("ada"))
    (notebook,) = rows(book.path, "SELECT id FROM notebook")[0]
    for kind, table in (("GradeCell", "grade_cells"), ("SolutionCell", "solution_cells")):
        change(book.path, "INSERT INTO base_cell VALUES (?, 'why', ?, ?)", kind, notebook, kind)
        more = (", 3.0, 'markdown'") if kind == "GradeCell" else ""
        change(book.path, f"INSERT INTO {table} VALUES (?{more})", kind)
    book(report("ada", gc=1.33))
    assert grades(book.path)["ada", "why"] == (None, None, 1)
    change(book.path, "UPDATE grade SET manual_score = 2.5, needs_manual_grade = 0 WHERE cell_id = 'GradeCell'")
    book(report("ada"))
    assert grades(book.path)["ada", "why"] == (None, 2.5, 0)


def test_a_lab_stays_in_the_assignment_that_an_instructor_put_it_in(book):
    book(report("ada"))
    change(book.path, "UPDATE assignment SET name = 'week1', duedate = '2026-12-01 00:00:00.000000'")
    book(report("ben"))
    assert rows(book.path, "SELECT name, duedate FROM assignment") == [("week1", "2026-12-01 00:00:00.000000")]
    assert len(grades(book.path)) == 4


def test_of_two_files_of_one_student_the_better_counts_and_it_is_said(book):
    again = replace(report("ada"), submission="ada~2")
    written = book(report("ada", gc=1.33), again)
    assert grades(book.path)[CHECK] == (2.0, None, 0)
    assert "ada has handed in 10_bases more than once (ada--10_bases, ada~2)" in written.problems[0]


def test_who_has_no_place_in_it_is_named(book):
    written = book(report("ada"), Report("x", "x", "x", ""), replace(report("y"), lab="99_other"))
    assert written.problems == (
        "x is not in the gradebook: its lab is unknown.",
        "y--10_bases is not in the gradebook: it is of the lab 99_other, which this course has not.",
    )


def test_a_locked_gradebook_is_told_and_nothing_is_written(book):
    book(report("ada", gc=1.33))
    other = sqlite3.connect(book.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradebookUnusable, match="is locked: another program is writing to it"):
        book(report("ada"), patience=0.05)
    other.execute("ROLLBACK")
    other.close()
    assert grades(book.path)[CHECK] == (1.33, None, 0)


def test_what_fails_half_way_leaves_all_as_it_was(book, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.nbgrader.write_back.write_whole", full)
    with pytest.raises(OSError, match="No space"):
        book(report("ada"), handed_in={f"ada--{LAB}": handed_in("ada", b"")})
    assert not book.path.exists(), "a new gradebook does not stay behind empty"
    book(report("ada", gc=1.33))
    with pytest.raises(OSError, match="No space"):
        book(report("ada"), handed_in={f"ada--{LAB}": handed_in("ada", b"")})
    assert grades(book.path)[CHECK] == (1.33, None, 0)


def test_other_files_are_refused_and_stay_as_they_are(book):
    book.path.parent.mkdir()
    book.path.write_bytes(b"no database at all, but long enough to be looked at\n" * 50)
    with pytest.raises(GradebookUnusable, match="is no gradebook: not an SQLite file"):
        book(report("ada"))
    assert book.path.read_bytes().startswith(b"no database")
    book.path.unlink()
    change(book.path, "CREATE TABLE other (x)")
    with pytest.raises(GradebookUnusable, match="but no gradebook of nbgrader's"):
        book(report("ada"))


def test_a_gradebook_of_another_version_is_refused(book):
    book(report("ada"))
    change(book.path, "UPDATE alembic_version SET version_num = '50a4d84c131a'")
    with pytest.raises(GradebookUnusable, match="run `nbgrader db upgrade`"):
        book(report("ada"))


def handed_in(student, data, folder="submitted"):
    return Submission(f"{student}--{LAB}", student, f"{folder}/{student}/{LAB}/{LAB}.ipynb", f"{LAB}.ipynb", data)


def test_when_it_was_handed_in_is_kept(book, tmp_path):
    stamp = tmp_path / "submitted" / "ada" / LAB / "timestamp.txt"
    stamp.parent.mkdir(parents=True)
    stamp.write_text("2026-11-30 11:00:00.500000 +01:00", "utf-8")
    book(report("ada"), handed_in={f"ada--{LAB}": handed_in("ada", b"", str(tmp_path / "submitted"))})
    assert rows(book.path, "SELECT timestamp FROM submitted_assignment") == [("2026-11-30 10:00:00.500000",)]
    kept = book.path.parent / "autograded" / "ada" / LAB / "timestamp.txt"
    assert kept.read_text("utf-8").strip() == stamp.read_text("utf-8")
    stamp.write_text("yesterday", "utf-8")
    book(report("ada"), handed_in={f"ada--{LAB}": handed_in("ada", b"", str(tmp_path / "submitted"))})
    assert rows(book.path, "SELECT timestamp FROM submitted_assignment") == [("2026-11-30 10:00:00.500000",)]


@pytest.mark.parametrize("student", ["../up", "a/b", ".hidden", "a\\b"])
def test_a_name_that_leads_elsewhere_gets_points_and_no_folder(book, student):
    mine = replace(report("ada"), student=student)
    written = book(mine, handed_in={f"ada--{LAB}": handed_in("ada", b"{}")})
    assert (written.scores, written.notebooks) == (1, 0)
    assert "only its points are written" in written.problems[0]
    assert sorted(path.name for path in book.path.parent.iterdir()) == ["gradebook.db"]


def test_the_command_reads_a_graded_folder(tmp_path, course):
    write_report(report("ada", gc=1.33), tmp_path / "out")
    path = tmp_path / "gradebook.db"
    command = ["nbgrader", "gradebook", str(tmp_path / "out"), str(path), "--course", str(course.root)]
    told = CliRunner().invoke(app, command)
    assert (told.exit_code, Path(path).exists()) == (0, True)
    assert "the points of 1 submissions; no notebooks: name where they lie with --submitted." in told.stdout
    data = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert data == {"gradebook": str(path), "scores": 1, "notebooks": 0, "problems": []}
    empty = CliRunner().invoke(app, [*command[:2], str(tmp_path / "none"), *command[3:]])
    assert (empty.exit_code, "no reports are there" in empty.output) == (2, True)
