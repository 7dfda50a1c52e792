"""When work was handed in: only moments that are the same everywhere, from where a teacher said to look."""

import datetime
import os
import zipfile

import pytest

from autograder.report.record import Report
from autograder.roster import Roster, Student
from autograder.times import Clock, Row, TimesError, parse_time, read_times

MOMENT = datetime.datetime(2025, 3, 3, 22, 59, tzinfo=datetime.UTC)
CLASS = Roster((Student("ada", "Ada Lovelace"), Student("ben", "Ben")))
ADA = Report("ada--02", "Ada Lovelace", "", "02")


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-03T23:59:00+01:00",
        "2025-03-03T22:59Z",
        "2025-03-03 22:59:00.000000 UTC",
        " 2025-03-03  23:59 Europe/Berlin ",
    ],
)
def test_a_moment_can_be_written_in_many_ways(text):
    assert parse_time(text) == MOMENT


@pytest.mark.parametrize("text", ["2025-03-03T23:59:00", "2025-03-03", "2025-03-03 23:59:00.123456"])
def test_a_time_without_offset_is_refused(text):
    with pytest.raises(TimesError, match=f"{text!r} has no offset from UTC, so nobody can tell when it is"):
        parse_time(text)


@pytest.mark.parametrize("text", ["", "tomorrow", "2025-13-03T00:00Z", "2025-03-03 23:59 Nowhere/Land", "1 ../etc/x"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(TimesError, match=r"is no time\. Write it as 2025-03-03T23:59:00\+01:00\."):
        parse_time(text)


def write(folder, text):
    path = folder / "times.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_times_is_read(tmp_path):
    path = write(tmp_path, "Lab,Time,Student,Remark\n02,2025-03-03T22:59Z,ada,x\n03,2025-03-03T22:59Z,ada,\n")
    assert read_times(path) == (Row("ada", "02", MOMENT), Row("ada", "03", MOMENT))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("student,lab,time\nada,02,\n", ", row 2: no time. The columns are student, lab, time."),
        ("student,lab\nada,02\n", ", row 2: no time."),
        ("student,lab,time\nada,02,2025-03-03T22:59\n", ", row 2: '2025-03-03T22:59' has no offset"),
        ("student,lab,time\n" + "ada,02,2025-03-03T22:59Z\n" * 2, ", row 3: ada and 02 stand there twice. Keep one."),
        ('student,lab,time\nada,02,"2025', ": cannot be read ("),
    ],
)
def test_a_file_of_times_that_cannot_be_used_says_where(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(TimesError) as caught:
        read_times(path)
    assert str(caught.value).startswith(f"{path}{message}")


@pytest.mark.parametrize("name", ["ada", "Ada Lovelace", "ada--02"])
def test_a_row_is_found_by_student_or_submission(name):
    assert Clock(CLASS, [Row(name, "02", MOMENT)]).of(ADA) == MOMENT


def test_a_row_of_another_lab_or_student_says_nothing_and_is_told():
    clock = Clock(CLASS, [Row("ada", "03", MOMENT), Row("zoe", "02", MOMENT), Row("ben", "02", MOMENT)])
    assert clock.of(ADA) is None
    assert clock.strange_rows([ADA]) == [
        "The time of ada, 03, is of nobody and nothing that was graded.",
        "The time of zoe, 02, is of nobody and nothing that was graded.",
    ]


@pytest.fixture
def work(tmp_path):
    """A notebook in a folder of its own."""
    path = tmp_path / "ada" / "02.ipynb"
    path.parent.mkdir()
    path.touch()
    os.utime(path, (MOMENT.timestamp(), MOMENT.timestamp()))
    return path


def on(source):
    return Report("ada--02", "Ada Lovelace", str(source), "02")


def test_a_time_stamp_beside_the_notebook_counts_and_a_row_wins(work):
    work.with_name("timestamp.txt").write_text("2025-03-03 22:59:00.000000 UTC\n")
    assert Clock(CLASS).of(on(work)) == MOMENT
    later = MOMENT + datetime.timedelta(days=1)
    assert Clock(CLASS, [Row("ada", "02", later)]).of(on(work)) == later


def test_a_time_stamp_in_a_zip_counts(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as made:
        made.writestr("ada/02.ipynb", "")
        made.writestr("ada/timestamp.txt", "2025-03-03T22:59Z")
    assert Clock(CLASS).of(on(f"{tmp_path / 'class.zip'}: ada/02.ipynb")) == MOMENT


def test_a_time_stamp_that_cannot_be_used_is_told_and_stops_nobody(work):
    work.with_name("timestamp.txt").write_bytes(b"2025-03-03 22:59" + b"\xff" * 10_000)
    clock = Clock(CLASS)
    assert clock.of(on(work)) is None
    assert clock.problems[0].startswith(f"timestamp.txt beside {work}: ")


def test_a_time_stamp_that_is_a_link_is_not_followed(work, tmp_path):
    (tmp_path / "other.txt").write_text("2025-03-03T22:59Z")
    work.with_name("timestamp.txt").symlink_to(tmp_path / "other.txt")
    assert Clock(CLASS).of(on(work)) is None


def test_the_files_own_time_counts_only_when_it_is_asked_for(work):
    assert Clock(CLASS).of(on(work)) is None
    assert Clock(CLASS, use_file_times=True).of(on(work)) == MOMENT
    assert Clock(CLASS, use_file_times=True).of(on(work.with_name("gone.ipynb"))) is None
