"""Who is in the class, and who is meant by the names that hand-ins bear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.roster import Roster, RosterError, Student, did_you_mean
from autograder.roster_file import read_roster

ADA = Student("ada", "Ada Lovelace", "ada.l@example.org", "A0042", "Team 1", ("countess",))
BEN = Student("ben", "Ben Müller", "ben@example.org", "A0043", "Team 1")
LI = Student("li", "李雷", "", "", "")
CLASS = Roster((ADA, BEN, LI))


@pytest.mark.parametrize(
    "text",
    ["ada", "ADA", "Ada  Lovelace", "ada.l@example.org", "a0042", "countess", "lovelaceada", "Lovelace, Ada", "ada_l"],
)
def test_a_student_is_found_by_all_that_is_known_of_them(text):
    assert CLASS.find(text) == ADA


def test_accents_may_be_composed_in_either_way():
    assert CLASS.find("Ben Mu\u0308ller") == BEN


def test_names_of_other_scripts_are_found():
    assert CLASS.find("李雷") == LI


@pytest.mark.parametrize("text", ["", "  ", "---", "adam", "Lovelace"])
def test_who_is_not_known_is_not_guessed(text):
    assert CLASS.find(text) is None


def test_what_could_be_two_students_is_neither():
    twins = Roster((Student("a1", "Ada Lovelace"), Student("a2", "Ada Lovelace")))
    assert twins.find("Ada Lovelace") is None
    assert twins.find("a2") == twins.students[1]


def test_an_id_wins_over_a_name_that_looks_like_it():
    roster = Roster((Student("adalovelace", "Anna Other"), Student("x", "Ada Lovelace")))
    assert roster.find("adalovelace") == roster.students[0]


def test_members_of_a_group_hand_in_together():
    assert CLASS.together_with(ADA) == (ADA, BEN)
    assert CLASS.together_with(LI) == (LI,)


def test_the_nearest_names_are_suggested():
    assert CLASS.nearest("Ada Lovelance")[0] == "Ada Lovelace"
    assert did_you_mean("adda", ["ada", "zoe"]) == " Did you mean ada?"
    assert did_you_mean("qqq", ["ada", "zoe"]) == ""


@pytest.mark.parametrize("field", ["id", "email", "sis_id"])
def test_nobody_is_listed_twice(field):
    with pytest.raises(RosterError, match="have the same"):
        Roster((ADA, Student(**{"id": "other", "name": "O", field: getattr(ADA, field).upper()})))


def write(tmp_path, text):
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_roster_is_read_from_its_columns(tmp_path):
    text = (
        "id,name,email,sis_id,group,handed_in_as\n"
        "ada,Ada Lovelace,ada.l@example.org,A0042,Team 1,countess\n"
        "ben,Ben Müller,ben@example.org,A0043,Team 1,\n"
        "\nli,李雷\n"
    )
    assert read_roster(write(tmp_path, text)) == CLASS


def test_what_a_spreadsheet_or_another_system_writes_is_read_too(tmp_path):
    text = b"\xef\xbb\xbfStudent;SIS User ID;SIS Login ID;Section\r\nLovelace, Ada;A0042;ada;1\r\n;;;\r\n"
    assert read_roster(write(tmp_path, text)).students == (Student("ada", "Lovelace, Ada", sis_id="A0042"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,email\nAda,a@b", ": no column is headed `id`. Begin the file with a line such as id,name"),
        ("", ": no column is headed `id`."),
        ("id,login\na,b", ": two columns say what `id` is. Rename or remove one."),
        ("id,name\nada,Ada\n,Ben", ", row 3: has no id. Every student needs one."),
        ("id,name\nada,Lovelace, Ada", ", row 2: has 3 cells, but there are 2 headings. Quote commas."),
        ("id,name\nada,Ada\nADA,Ann", ": Ada and Ann have the same id 'ADA'. Correct one of them."),
        (b"id,name\nada,\xff", ": cannot be read ("),
        ('id,name\nada,"Ada', ": no CSV ("),
    ],
)
def test_a_roster_that_cannot_be_used_says_where(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(RosterError) as caught:
        read_roster(path)
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_roster_that_is_missing_says_so(tmp_path):
    with pytest.raises(RosterError, match=r"roster.csv: missing\. Write it"):
        read_roster(tmp_path / "roster.csv")


@given(st.lists(st.text(max_size=8), max_size=5), st.text(max_size=8))
def test_looking_somebody_up_never_breaks(names, text):
    students = (Student(f"id{number}", name, handed_in_as=(name,)) for number, name in enumerate(names))
    found = Roster(tuple(students)).find(text)
    assert found is None or isinstance(found, Student)
