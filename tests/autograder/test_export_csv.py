"""Grades for Canvas and Moodle: golden files, hard names, and nobody left out without a word."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from export_samples import ADA, CLASS, FAULT, LATE, ROSTER, STRANGER, VOID, report

from autograder.export.canvas import fill_gradebook, from_roster
from autograder.export.canvas_gradebook import read_gradebook
from autograder.export.moodle import EMAIL, ID_NUMBER, to_moodle
from autograder.export.results_folder import ExportError
from autograder.report.record import Adjustment
from autograder.roster import Roster, Student

GOLDEN = Path(__file__).parent / "golden_exports"
EXPORTED = GOLDEN / "canvas_exported.csv"
TITLES = ["Lab 03: Random keys"]


def golden(name):
    """A golden file, with the line ends that the standard for CSV asks for; git keeps it with those of a text."""
    return (GOLDEN / name).read_text("utf-8").replace("\n", "\r\n")


def rows(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def column(text):
    """Student -> points."""
    return {row[0]: row[-1] for row in rows(text)[2:]}


def fill(reports=CLASS, titles=TITLES, scale=None, path=EXPORTED, roster=ROSTER):
    return fill_gradebook(reports, read_gradebook(path), roster, titles, scale)


@pytest.fixture
def gradebook(tmp_path):
    """Writes a gradebook like the sample, with other texts in it."""

    def write(*changes):
        text = EXPORTED.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "canvas.csv"
        path.write_text(text, "utf-8")
        return path

    return write


# ---- Canvas, into its own gradebook ---------------------------------------------------------------------------------


def test_a_gradebook_goes_back_as_canvas_wrote_it_with_one_column_of_points():
    assert fill().text == golden("canvas_filled.csv")


def test_student_columns_are_those_of_canvas_to_the_letter():
    given = [row[:5] for row in rows(EXPORTED.read_text("utf-8"))]
    assert [row[:5] for row in rows(fill().text)] == given


def test_other_assignments_are_left_out_so_that_no_stale_grade_can_come_back():
    assert rows(fill().text)[0][5:] == ["Lab 03: Random keys (4411)"]


def test_what_has_no_points_is_blank_and_listed():
    made = fill()
    points = column(made.text)
    for name, word in [("Eve, Ng", "eve"), ("Mallory", "mallory"), ("Trent", "trent")]:
        assert points[name] == "", name
        assert sum(sentence.startswith(word) for sentence in made.left_out) == 1, word
    assert any(sentence.startswith("zoe: is nobody in the class list") for sentence in made.left_out)
    assert len(made.left_out) == 4
    assert made.count == sum(point not in ("", "EX") for point in points.values())


def test_who_handed_in_nothing_is_blank_and_no_matter():
    made = fill()
    assert column(made.text)["Idle, Ida"] == ""
    assert not any("Idle" in sentence for sentence in made.left_out)


def test_excused_stays_excused_and_is_said():
    made = fill()
    assert column(made.text)["Müller, Jürgen"] == ""
    assert any("Müller, Jürgen: is excused in Canvas" in note and "2.25" in note for note in made.notes)


def test_a_late_penalty_counts(gradebook):
    made = fill(path=gradebook(("BIO-1 and BIO-2,14,EX", "BIO-1 and BIO-2,14,")))
    assert column(made.text)["Müller, Jürgen"] == "2.25"


def test_without_a_roster_names_logins_and_ids_of_the_gradebook_serve():
    reports = [report(name) for name in ("lovelaceada", "104", "A0007", "Ida Idle", "cmd")]
    points = column(fill(reports, roster=Roster()).text)
    handed_in = {"Lovelace, Ada", "李雷", "Mallory", "Idle, Ida", "=cmd|' /C calc'!A0"}
    assert {name for name, point in points.items() if point == "3"} == handed_in


def test_a_group_of_the_roster_gets_its_work_each():
    roster = Roster((Student("ada", "Ada", "", "A0001", "one"), Student("eve", "Eve", "", "A0006", "one")))
    points = column(fill([ADA], roster=roster).text)
    assert (points["Lovelace, Ada"], points["Eve, Ng"]) == ("3", "3")


def test_who_could_be_two_students_of_the_gradebook_is_neither():
    roster = Roster((Student("104", "Lovelace, Ada", "", "A0001"),))
    made = fill([report("104")], roster=roster)
    assert made.count == 0
    assert "104: is nobody in the class list, or could be two students." in made.left_out[0]


def test_of_two_hand_ins_the_best_counts_and_that_is_said():
    worse = replace(ADA, submission="sada2", adjustments=LATE.adjustments)
    made = fill([worse, ADA])
    assert column(made.text)["Lovelace, Ada"] == "3"
    assert any("of 2 hand-ins the best one counts, 3 points" in note for note in made.notes)


def test_a_semicolon_gradebook_goes_back_with_semicolons(gradebook):
    text = EXPORTED.read_text("utf-8").replace('"Lovelace, Ada"', "Ada L").replace('"Müller, Jürgen"', "J M")
    text = text.replace('"O\'Brien, Seán ""Jack"""', "S J").replace('"Eve, Ng"', "E N").replace('"Idle, Ida"', "I I")
    path = gradebook()
    path.write_text(text.replace('"Student, Test"', "T").replace(",", ";"), "utf-8-sig")
    assert fill(path=path).text.splitlines()[2] == "Ada L;101;A0001;ada.l;BIO-1;3"


@pytest.mark.parametrize(
    ("scale", "points"),
    [(True, "10"), (False, "3")],
)
def test_other_points_possible_are_stretched_or_not_as_asked(gradebook, scale, points):
    path = gradebook((",15,3,(read only)", ',15,"10,0",(read only)'))
    assert column(fill(path=path, scale=scale).text)["Lovelace, Ada"] == points


def test_other_points_possible_are_refused_unless_asked(gradebook):
    path = gradebook((",15,3,(read only)", ",15,10,(read only)"))
    with pytest.raises(ExportError, match=r"gives 10 points, the lab has 3.* --scale .* --no-scale"):
        fill(path=path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Student,ID,", "Name,ID,"), "must begin with Student,ID"),
        (("Login ID,Section", "Login ID,Group"), "have a Section"),
        (("SIS Login ID", "Nick"), "does not know the column 'Nick' before Section"),
        (("Lab 03: Random keys (4411)", "Homework (1)"), "has no assignment called 'Lab 03: Random keys'.*'Homework'"),
        (("Lab 02: Immutability (4410)", "Lab 03: Random keys (2)"), "or two of that name"),
        (("A0004", "A0001"), "have the same SIS id 'A0001'"),
    ],
)
def test_a_gradebook_that_will_not_do_is_refused_in_words(gradebook, change, said):
    with pytest.raises(ExportError, match=said):
        fill(path=gradebook(change))


def test_of_two_assignments_of_one_name_the_one_with_the_whole_heading_is_taken(gradebook):
    path = gradebook(("Lab 02: Immutability (4410)", "Lab 03: Random keys (2)"))
    assert (
        rows(fill(path=path, titles=["Lab 03: Random keys (2)"], scale=False).text)[0][5] == "Lab 03: Random keys (2)"
    )


def test_a_row_of_canvas_without_a_student_stays(gradebook):
    path = gradebook(("    Points Possible", ",,,,,,Manual Posting,\n    Points Possible"))
    made = rows(fill(path=path).text)
    assert made[1] == ["", "", "", "", "", "Manual Posting"]
    assert made[2][-1] == "3"


# ---- Canvas, from the class list ------------------------------------------------------------------------------------


def test_a_gradebook_from_the_class_list():
    assert from_roster(CLASS, ROSTER, "Lab 03, random keys").text == golden("canvas_from_roster.csv")


def test_a_name_that_begins_like_a_formula_is_guarded():
    made = rows(from_roster([], ROSTER, "=1+1").text)
    assert made[0][-1] == "'=1+1"
    assert made[6][0] == "'=cmd|' /C calc'!A0"


# ---- Moodle ---------------------------------------------------------------------------------------------------------


def test_grades_for_moodle_by_email():
    assert to_moodle(CLASS, ROSTER, "Lab 03, keys").text == golden("moodle.csv")


def test_grades_for_moodle_with_feedback():
    assert to_moodle(CLASS, ROSTER, "Lab 03", by=ID_NUMBER, with_feedback=True).text == golden("moodle_feedback.csv")


def test_there_is_never_feedback_without_a_grade_nor_a_row_without_points():
    made = rows(to_moodle(CLASS, ROSTER, "Lab 03", with_feedback=True).text)
    assert all(len(row) == 3 and row[1] for row in made)
    assert not [row for row in made if row[0].startswith(("eve", "mallory", "trent", "idle"))]


def test_an_address_keeps_its_capitals():
    assert "Ada.Lovelace@example.org" in to_moodle([ADA], ROSTER, "x").text


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (EMAIL, "would act as a formula"),
        (ID_NUMBER, "has no sis_id in the roster"),
    ],
)
def test_who_cannot_be_named_to_moodle_is_left_out_in_words(by, said):
    made = to_moodle([report("cmd")], ROSTER, "x", by=by)
    assert made.count == 0
    assert len(made.left_out) == 1
    assert said in made.left_out[0]


# ---- What counts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", ["", "counts"])
def test_a_persons_word_makes_up_for_a_verdict(task):
    said = replace(FAULT, adjustments=(Adjustment("override", task, -1.0, "Read by hand."),))
    assert column(fill([said]).text)["Mallory"] == "2"


def test_an_override_of_the_whole_makes_up_for_no_verdict_at_all():
    said = replace(VOID, adjustments=(Adjustment("override", "", 2.5, "Read by hand."),))
    assert column(fill([said]).text)["Trent"] == "2.5"


def test_an_override_of_another_task_does_not():
    said = replace(FAULT, adjustments=(Adjustment("override", "shape", 0.5, "Read by hand."),))
    assert column(fill([said]).text)["Mallory"] == ""


def test_a_name_that_is_nearly_somebodys_is_asked_about():
    made = fill([replace(STRANGER, student="mallori")])
    assert "Did you mean" in made.left_out[0]
    assert "mallory" in made.left_out[0].lower()
