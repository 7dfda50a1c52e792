"""`regrade`, `override` and `forget` on an output folder of prepared reports, as a teacher gives them."""

import contextlib
import csv
import io
import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.batch import finished
from autograder.cli import app
from autograder.collect import collect
from autograder.decisions import Decisions
from autograder.desk import open_desk
from autograder.fingerprint import fingerprint_of
from autograder.ledger import NAME, Ledger
from autograder.regrade import RegradeError, submission_of
from autograder.report.json_file import from_json, to_json
from autograder.report.record import Report, TaskReport
from autograder.report.write import write_class
from dlfb_lab._outcome import Outcome

STORIES = Path(__file__).parents[1] / "submissions"


def report(student, *points, lab="02_immutability", **more):
    tasks = tuple(
        TaskReport(f"task_{number}", "A task", Outcome.FAILED, one, 2.0) for number, one in enumerate(points, 1)
    )
    name = f"{student.lower()}--{lab}"
    return Report(name, student, f"handed-in/{student}/{lab}.ipynb", lab, tasks, fingerprint=f"of {name}", **more)


ADA, BEN = report("Ada Lovelace".replace(" ", "_"), 0.5, 1.0), report("Ben", 2.0, 2.0)
ADAS_NEXT = replace(report("Ada_Lovelace", 1.0, lab="03_random_keys"), tasks=())
CLASS = (ADA, BEN, ADAS_NEXT)


@pytest.fixture
def out(tmp_path):
    """A class that was graded."""
    folder = tmp_path / "out"
    folder.mkdir()
    with Ledger(folder) as ledger:
        for one in CLASS:
            ledger.lease(one.submission, one.fingerprint, 17)
            ledger.finish(one.submission, one.fingerprint, to_json(one))
        Decisions(ledger).remember_shown(CLASS, ["Ada_Lovelace/notes.pdf is no notebook.", "Ben/x.zip is broken."])
    write_class(CLASS, folder, problems=["Ada_Lovelace/notes.pdf is no notebook.", "Ben/x.zip is broken."])
    return folder


def say(*words, code=0):
    ended = CliRunner().invoke(app, [str(word) for word in words])
    assert ended.exit_code == code, ended.output
    return ended.output


def shown(out, one):
    return from_json((out / "reports" / f"{one.submission}.json").read_text("utf-8"))


def scores(out):
    rows = csv.DictReader(io.StringIO((out / "scores.csv").read_text("utf-8-sig")))
    return {row["submission"]: row for row in rows}


def test_points_given_by_hand_stand_in_the_report_on_the_page_and_in_the_scores(out):
    said = say("override", out, "ada_lovelace", "task_1", 2, "--reason", "Unclear text.")
    assert said == "Ada_Lovelace: task_1: 2 points by hand. Together 3 of 4.\n"
    assert shown(out, ADA).final_points == 3.0
    assert "Unclear text." in (out / "feedback" / f"{ADA.submission}.html").read_text("utf-8")
    assert scores(out)[ADA.submission]["adjustments"] == "task_1: 1.5 more (override: Unclear text.)"
    assert list(scores(out)) == [one.submission for one in CLASS]
    assert "Ben/x.zip is broken." in (out / "index.html").read_text("utf-8")


def test_points_given_by_hand_outlive_a_later_run(out, course, settings):
    """A rerun takes the report from the ledger, with what was decided."""
    (one,) = collect([STORIES / "empty_file"]).submissions
    mark = fingerprint_of(one, course, settings.seed, settings.limits)
    graded = replace(ADA, submission=one.id, fingerprint=mark, isolation="L2")
    with Ledger(out) as ledger:
        ledger.finish(one.id, mark, to_json(graded))
        Decisions(ledger).override(graded, "task_2", 0, "Copied.")
        assert finished(one, course, settings, ledger, "L2").final_points == 0.5


def test_points_given_by_hand_can_be_taken_back(out):
    say("override", out, "Ben", "task_1", 0.5, "--reason", "A mistake of ours.")
    said = say("override", out, "Ben", "task_1", "--withdraw", "--reason", "It was right.", "--json")
    assert json.loads(said)["final_points"] == 4.0
    assert shown(out, BEN) == BEN


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Ben", "task_1", 2), 'Say why, in a sentence that the student will read: --reason "..."'),
        (("Ben", "task_1", "--reason", "x"), "Give POINTS, or --withdraw to take back what was given"),
        (("Ben", "task_1", 1, "--withdraw", "--reason", "x"), "one of the two."),
        (("Ben", "task_1", 3, "--reason", "x"), "3 points cannot be given: `task_1` is worth 0 to 2."),
        (("Ben", "task_9", 1, "--reason", "x"), "has the task `task_9`. Did you mean task_"),
        (("Benn", "task_1", 1, "--reason", "x"), "has no report of 'Benn'. Did you mean Ben?"),
        (("Ben", "task_1", "--withdraw", "--reason", "x"), "No override of `task_1` stands for Ben"),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(out, words, message):
    before = {path: path.read_bytes() for path in out.rglob("*.*ml")}
    assert message in say("override", out, *words, code=2)
    assert {path: path.read_bytes() for path in out.rglob("*.*ml")} == before


def test_a_folder_without_reports_is_refused_and_not_made(tmp_path):
    for command in (("override", tmp_path / "x", "Ben", "t", 1), ("forget", tmp_path / "x", "Ben")):
        assert "no reports are there" in say(*command, code=2)
    assert not (tmp_path / "x").exists()


def test_a_task_handed_in_twice_asks_for_the_submission(out):
    again = replace(ADA, submission="ada-2")
    write_class([again], out)
    said = say("override", out, "Ada_Lovelace", "task_1", 1, "--reason", "x", code=2)
    assert f"handed the task `task_1` in more than once. Name one submission of: ada-2, {ADA.submission}." in said
    say("override", out, "ada-2", "task_1", 1, "--reason", "x")
    assert shown(out, again).final_points == 2.0


def test_work_is_found_where_it_was_graded_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(STORIES / "empty_file", "class/ada")
    Path("class/ada").joinpath(next(Path("class/ada").iterdir()).name).rename("class/ada/02_immutability.ipynb")
    shutil.make_archive("class", "zip", "class")
    for place in ("class", "class.zip"):
        (one,) = collect([Path(place)]).submissions
        graded = Report("the-id", "Ada L.", one.source, "02_immutability")
        assert submission_of(graded, None) == replace(one, id="the-id", student="Ada L.")


def test_work_that_is_gone_is_asked_for(tmp_path):
    with pytest.raises(RegradeError, match=r"handed-in/Ben/.*the work of Ben is not there any more\."):
        submission_of(BEN, None)
    with pytest.raises(RegradeError, match="holds 2 notebooks"):
        for name in ("a", "b"):
            (tmp_path / f"{name}.ipynb").touch()
        submission_of(BEN, tmp_path)


def test_a_regrade_is_noted_with_its_reason(out, course, monkeypatch):
    monkeypatch.setattr("autograder.regrade.grade_all", graded_as(replace(BEN, tasks=(BEN.tasks[0],))))
    said = say("regrade", out, "Ben", "task_1", "--reason", "An appeal.", "--work", STORIES / "empty_file")
    assert said == "Ben: task_1 has still 2 points. Together 2 of 2.\n"
    assert [change.reason for change in shown(out, BEN).adjustments] == ["Graded once more (still 2): An appeal."]
    assert "An appeal." in (out / "feedback" / f"{BEN.submission}.html").read_text("utf-8")


def test_a_fault_of_ours_in_a_regrade_leaves_the_report_as_it_was(out, monkeypatch):
    broken = replace(BEN, tasks=tuple(replace(task, points=0.0) for task in BEN.tasks), faults=("It broke.",))
    monkeypatch.setattr("autograder.regrade.grade_all", graded_as(broken))
    words = ("regrade", out, "Ben", "task_1", "--reason", "An appeal.", "--work", STORIES / "empty_file")
    assert "The earlier report stays as it was." in say(*words, code=3)
    assert shown(out, BEN) == BEN
    with Ledger(out) as ledger:
        assert ledger.report(BEN.submission, BEN.fingerprint) == to_json(BEN)


def graded_as(report):
    """What `grade_all` does, without doing it."""

    def grade_all(submissions, course, settings, out, ledger, *, on_report, **_):
        assert [(one.id, one.student) for one in submissions] == [(BEN.submission, "Ben")]
        ledger.finish(report.submission, report.fingerprint, to_json(report))
        on_report(report)

    return grade_all


def test_no_regrade_without_a_reason(out):
    assert "Say why" in say("regrade", out, "Ben", "task_1", code=2)


def everywhere(out, text):
    """The files that hold the text, as it is or as it would be written in a page or in JSON."""
    return [path for path in out.rglob("*") if path.is_file() and text.encode().lower() in path.read_bytes().lower()]


def test_a_student_who_is_forgotten_is_named_nowhere(out):
    say("override", out, ADA.submission, "task_1", 2, "--reason", "Because.")
    (out / "final.csv").write_text("student,final\nAda_Lovelace,3\n", "utf-8")
    (out / "feedback" / f"{ADA.submission}.md").write_text("# Feedback for you", "utf-8")
    (out / "ledger.sqlite.unreadable-1").write_bytes(b"\0\1 Ada_Lovelace \2")
    assert len(everywhere(out, "Ada_Lovelace")) > 5
    said = say("forget", out, "ada_lovelace")
    assert everywhere(out, "Ada_Lovelace") == everywhere(out, "Because.") == []
    assert not list(out.rglob("ada_lovelace*"))
    assert not (out / "final.csv").exists()
    assert said.splitlines()[0] == f"Forgotten: {ADA.submission}, {ADAS_NEXT.submission}."
    assert f"Deleted: {out / 'final.csv'}" in said
    assert list(scores(out)) == [BEN.submission]
    assert shown(out, BEN) == BEN
    assert "Ben/x.zip is broken." in (out / "index.html").read_text("utf-8")


def test_a_short_name_takes_nothing_of_the_others(out):
    """The name stands in many a word, and every other report has the word itself in its text."""
    li = report("Li", 1.0)
    write_class([*CLASS, li], out)
    (out / "list.csv").write_text("a list of listings", "utf-8")
    say("forget", out, "Li")
    assert (out / "list.csv").exists()
    assert all((out / "reports" / f"{one.submission}.json").exists() for one in CLASS)


def test_what_is_not_ours_to_delete_is_named(out):
    (out / "gradebook.db").write_bytes(b"\0 Ben \0")
    assert f"Still named in: {out / 'gradebook.db'}. Look at these yourself." in say("forget", out, "Ben", code=1)
    assert (out / "gradebook.db").exists()


def test_who_is_not_there_cannot_be_forgotten(out):
    assert "has no report of 'Bem'. Did you mean Ben?" in say("forget", out, "Bem", code=2)


def test_the_last_one_can_be_forgotten_too(out):
    for who in ("Ben", "Ada_Lovelace"):
        data = json.loads(say("forget", out, who, "--json"))
        assert data["ledger_rows"] > 0
    with contextlib.closing(sqlite3.connect(out / NAME)) as db:
        assert [db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("attempt", "result")] == [(0,)] * 2


def test_the_desk_reads_over_what_is_no_report(out):
    (out / "reports" / "odd.json").write_text("{}", "utf-8")
    with open_desk(out) as desk:
        assert list(desk.reports) == [ADA.submission, BEN.submission, ADAS_NEXT.submission]
        assert desk.unreadable[0].startswith(str(out / "reports" / "odd.json"))
