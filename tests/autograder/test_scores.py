"""`autograder scores`: from stored reports, a roster and a policy to what everybody has in the end."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.desk import open_desk
from autograder.percent import CourseError
from autograder.policy import Policy
from autograder.policy_file import read_policy
from autograder.report.json_file import from_json
from autograder.report.record import Report, TaskReport
from autograder.report.write import write_class
from autograder.roster import Roster, Student
from autograder.scores import count_scores
from autograder.times import Clock
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
IMMUTABILITY, KEYS = "02_immutability", "03_random_keys"
SETTINGS = """
drop_lowest = 0
best_of = 1
roster = "roster.csv"
late = { percent_a_day = 10, grace_minutes = 10, cap_percent = 50 }
[groups]
"Team 1" = ["ada", "ben"]
[due]
"02_immutability" = 2025-03-03T23:59:00+01:00
[weights]
"02_immutability" = 1
"03_random_keys" = 3
[[extensions]]
student = "Zoë"
lab = "02_immutability"
due = 2025-03-09T23:59:00+01:00
reason = "ill"
"""
ROSTER = "id,name,email\nada,Ada Lovelace,ada@example.org\nben,Ben\nzoe,Zoë\nnils,Nils\n"
TIMES = """student,lab,time
ada,02_immutability,2025-03-05T10:00:00+01:00
zoe,02_immutability,2025-03-05T10:00:00+01:00
"""


def report(student, lab, points, most=10.0, **more):
    task = TaskReport("task_1", "A task", Outcome.FAILED, points, most)
    name = f"{student.lower().replace(' ', '-').replace('ë', 'e')}--{lab}"
    return Report(name, student, f"gone/{student}/{lab}.ipynb", lab, (task,), fingerprint=f"of {name}", **more)


CLASS = (
    report("Ada Lovelace", IMMUTABILITY, 8.0),
    report("zoe", IMMUTABILITY, 6.0),
    report("ben", KEYS, 10.0),
    report("zoe", KEYS, 5.0),
    report("stranger", KEYS, 1.0),
)


@pytest.fixture
def desk(tmp_path):
    """A class that was graded, and a course folder with its policy."""
    write_class(CLASS, tmp_path / "out")
    mine = tmp_path / "mine" / "solutions"
    mine.mkdir(parents=True)
    (mine / "course.toml").write_text(SETTINGS, "utf-8")
    (mine / "roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "times.csv").write_text(TIMES, "utf-8")
    return tmp_path


def say(desk, *more, code=0):
    words = ["scores", desk / "out", "--course", ROOT, "--course", desk / "mine", *more]
    ended = CliRunner().invoke(app, [str(word) for word in words])
    assert ended.exit_code == code, ended.output
    return ended.output


def final(desk):
    text = (desk / "out" / "final.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


def shown(desk, one):
    return from_json((desk / "out" / "reports" / f"{one.submission}.json").read_text("utf-8"))


def test_everybody_has_a_row_with_points_grade_and_remarks(desk):
    said = say(desk, "--times", desk / "times.csv")
    rows = final(desk)
    assert list(rows) == ["ada", "ben", "zoe", "nils", "stranger (?)"]
    assert rows["zoe"] == {
        "id": "zoe",
        "name": "Zoë",
        "email": "",
        "sis_id": "",
        "group": "",
        f"{IMMUTABILITY} (of 10)": "6",
        f"{KEYS} (of 10)": "5",
        "final": "52.5",
        "remarks": f"{IMMUTABILITY}: Due 2025-03-09 23:59+01:00, by an extension: ill",
    }
    assert rows["nils"]["final"] == "0"
    assert rows["nils"]["remarks"].startswith(f"{IMMUTABILITY}: nothing was handed in.")
    assert "! stranger handed in, and is not in the roster." in said
    assert "Zoë" in said


def test_a_group_shares_what_one_of_it_handed_in(desk):
    say(desk, "--times", desk / "times.csv")
    ada, ben = (final(desk)[name] for name in ("ada", "ben"))
    assert ada["final"] == ben["final"] == "91"
    assert ada[f"{KEYS} (of 10)"] == "10"
    assert ben[f"{IMMUTABILITY} (of 10)"] == "6.4"


def test_what_lateness_takes_stands_in_the_report_on_the_page_and_in_the_scores(desk):
    say(desk, "--times", desk / "times.csv")
    (change,) = shown(desk, CLASS[0]).adjustments
    assert (change.kind, change.points) == ("late", -1.6)
    assert "2 days late; 20 % of 8 points." in change.reason
    assert "2 days late" in (desk / "out" / "feedback" / f"{CLASS[0].submission}.html").read_text("utf-8")
    assert "2 days late" in (desk / "out" / "scores.csv").read_text("utf-8-sig")


def test_counting_again_changes_nothing_and_other_times_count_anew(desk):
    files = ("final.csv", "scores.csv", f"reports/{CLASS[0].submission}.json")
    say(desk, "--times", desk / "times.csv")
    before = [(desk / "out" / name).read_bytes() for name in files]
    say(desk, "--times", desk / "times.csv")
    assert [(desk / "out" / name).read_bytes() for name in files] == before
    assert "all of them have no known time" not in say(desk)
    assert shown(desk, CLASS[0]) == CLASS[0]


def test_points_by_hand_come_before_lateness(desk):
    words = ("override", desk / "out", "Ada Lovelace", "task_1", 10, "--reason", "Unclear.")
    assert CliRunner().invoke(app, [str(word) for word in words]).exit_code == 0
    say(desk, "--times", desk / "times.csv")
    assert [change.points for change in shown(desk, CLASS[0]).adjustments] == [2.0, -2.0]


def test_without_any_time_nobody_is_late_and_it_says_so(desk):
    said = say(desk)
    assert "2 have no known time, and none of these counts as late. Give times with --times FILE" in said
    assert final(desk)["ada"][f"{IMMUTABILITY} (of 10)"] == "8"


def test_a_program_gets_one_object(desk):
    data = json.loads(say(desk, "--times", desk / "times.csv", "--json"))
    assert data["labs"] == {IMMUTABILITY: 10.0, KEYS: 10.0}
    assert data["students"][0]["labs"] == {IMMUTABILITY: 6.4, KEYS: 10.0}
    assert data["notes"] == ["stranger handed in, and is not in the roster."]


def count(folder, reports, roster=None, policy=None):
    write_class(reports, folder)
    with open_desk(folder) as opened:
        return count_scores(opened, roster or Roster(), policy or Policy(), Clock)


def test_without_a_course_of_ones_own_everybody_who_handed_in_is_counted(tmp_path):
    scores = count(tmp_path, CLASS)
    assert {row.student.id: row.final for row in scores.rows} == {
        "Ada Lovelace": 40.0,
        "ben": 50.0,
        "stranger": 5.0,
        "zoe": 55.0,
    }
    assert scores.notes == ()


def test_a_fault_of_ours_costs_nothing_and_is_told(tmp_path):
    fault = TaskReport("task_1", "A task", Outcome.GRADER_ERROR, 0.0, 10.0)
    broken = replace(report("ben", IMMUTABILITY, 0.0), tasks=(fault,), faults=("It broke.",))
    (row,) = count(tmp_path, [broken, report("ben", KEYS, 9.0)]).rows
    assert row.final == 90.0
    assert f"{IMMUTABILITY}: could not be judged, for a fault of ours. Grade it again." in row.remarks


def test_work_that_could_not_be_graded_is_a_zero_with_its_reason(tmp_path):
    (row,) = count(tmp_path, [report("ben", KEYS, 0.0, problem="It is empty.")]).rows
    assert (row.final, row.remarks) == (0.0, (f"{KEYS}: It is empty.",))


def test_of_several_submissions_the_best_counts_and_it_says_which(tmp_path):
    again = replace(report("ben", KEYS, 9.0), submission="ben-2")
    (row,) = count(tmp_path, [report("ben", KEYS, 3.0), again]).rows
    assert row.final == 90.0
    assert row.remarks == (f"{KEYS}: of 2 submissions ben-2 counts.",)


def test_a_name_that_could_be_two_students_is_neither_and_not_lost(tmp_path):
    twins = Roster((Student("a1", "Ada Lovelace"), Student("a2", "Ada Lovelace")))
    scores = count(tmp_path, [CLASS[0]], twins)
    assert [(row.student.id, row.final) for row in scores.rows] == [
        ("a1", 0.0),
        ("a2", 0.0),
        ("Ada Lovelace (?)", 80.0),
    ]
    assert scores.notes[0].startswith("Ada Lovelace handed in, and is not in the roster.")


def test_work_of_an_unknown_lab_is_told(tmp_path):
    (row,) = count(tmp_path, [replace(report("ben", "", 0.0), tasks=()), report("ben", KEYS, 9.0)]).rows
    assert row.remarks == ("gone/ben/.ipynb: its lab cannot be told.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[due]\n"02_immutability" = 2025-03-03T23:59:00',
            "[due] 02_immutability: '2025-03-03T23:59:00' has no offset",
        ),
        ('[due]\n"02_immutability" = 2025-03-03', "[due] 02_immutability: '2025-03-03' has no offset"),
        (
            '[due]\n"02_immutabilty" = 2025-03-03T23:59:00Z',
            "'02_immutabilty', which is no lab of the course. Did you mean",
        ),
        ('[weights]\n"02_immutability" = -1', "[weights] 02_immutability = -1. It is a number from 0 to 1e+06."),
        ("[late]\npercent_a_day = 110", "[late] percent_a_day = 110. It is a number from 0 to 100."),
        ("[late]\npercent_per_day = 10", "[late] has no `percent_per_day`. Did you mean percent_a_day"),
        ('late = "never"', "late='never'. It is \"none\", or a table"),
        ("best_of = -1", "best_of=-1. It is a whole number, 0 or more."),
        ("drop_lowest = true", "drop_lowest=True. It is a whole number"),
        ("drop_lowst = 1", "`drop_lowst` is no setting of a course. Did you mean drop_lowest"),
        ('[groups]\nx = ["adda"]', "[groups] x: nobody in the roster is 'adda'. Did you mean ada"),
        ('[groups]\nx = ["ada"]\ny = ["ada"]', "[groups] ada is in x and in y. Keep one."),
        (
            '[[extensions]]\nstudent = "q"\nlab = "02_immutability"\ndue = 2025-03-03T23:59:00Z',
            "nobody in the roster is 'q'",
        ),
        ('[[extensions]]\nstudent = "ada"\nlab = "02_immutability"', "has no due. Add due = 2025-"),
        (
            '[[extensions]]\nstudent = "ada"\nlap = "x"',
            "[[extensions]] has no `lap`. Did you mean lab? Known are student",
        ),
        ('[[students]]\nname = "Ada"', "Every student has an id"),
        ('[[students]]\nid = "x"\nhanded_in_as = "x"', "Every student has an id, and all of it is text"),
        ("students = 1", "students are written as tables, each below a line [[students]]."),
        ('[[students]]\nid = "x"\n[[students]]\nid = "X"', "have the same id 'X'"),
        ('roster = "nobody.csv"', "nobody.csv: missing. Write it"),
        ("roster = 1", 'roster=1. It is the name of a file: roster = "roster.csv".'),
    ],
)
def test_a_policy_that_cannot_be_says_what_and_where(desk, text, message):
    kept = "" if text.startswith(("[[students", "students", "roster")) else 'roster = "roster.csv"\n'
    (desk / "mine" / "solutions" / "course.toml").write_text(f"{kept}{text}\n", "utf-8")
    with pytest.raises(CourseError) as caught:
        read_policy([desk / "mine"], [IMMUTABILITY, KEYS])
    assert message in str(caught.value)


def test_two_rosters_in_one_file_are_refused(desk):
    path = desk / "mine" / "solutions" / "course.toml"
    path.write_text('roster = "roster.csv"\n[[students]]\nid = "x"\n', "utf-8")
    assert "it has roster = ... and [[students]]. Keep one of them." in say(desk, code=2)
    assert not (desk / "out" / "final.csv").exists()


def test_the_folder_on_top_says_who_is_in_the_class_and_the_rest_stays(desk):
    top = desk / "top" / "solutions"
    top.mkdir(parents=True)
    (top / "course.toml").write_text('best_of = 2\n[[students]]\nid = "kim"\nhanded_in_as = ["k"]\n', "utf-8")
    (desk / "mine" / "solutions" / "course.toml").write_text('roster = "roster.csv"\ndrop_lowest = 1\n', "utf-8")
    roster, policy = read_policy([desk / "mine", desk / "top"], [IMMUTABILITY])
    assert roster.students == (Student("kim", "kim", handed_in_as=("k",)),)
    assert (policy.best_of, policy.drop_lowest) == (2, 1)


def test_times_that_cannot_be_used_stop_before_anything_is_written(desk):
    (desk / "times.csv").write_text("student,lab,time\nada,02_immutability,2025-03-05T10:00\n")
    assert "times.csv, row 2: '2025-03-05T10:00' has no offset from UTC" in say(
        desk, "--times", desk / "times.csv", code=2
    )


def test_a_folder_without_reports_is_refused(desk):
    ended = CliRunner().invoke(app, ["scores", str(desk / "nothing")])
    assert (ended.exit_code, "no reports are there" in ended.output) == (2, True)
