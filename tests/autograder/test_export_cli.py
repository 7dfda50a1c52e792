"""`autograder export`: what it says, what it leaves, and how it ends."""

import json
from dataclasses import replace

import pytest
from export_samples import ADA, CLASS, HALVES, LAB, LATE, write_results, write_roster
from tiny_course import LAB as TINY
from tiny_course import write_tiny_course
from typer.testing import CliRunner

from autograder.cli import app

WORDS = ["canvas", "moodle", "junit", "prairielearn", "gradescope-results", "gradescope", "classroom50"]


@pytest.fixture
def export():
    return lambda *arguments: CliRunner().invoke(app, ["export", *map(str, arguments)])


@pytest.fixture
def results(tmp_path):
    return write_results(tmp_path / "graded")


@pytest.fixture
def fine(tmp_path):
    """Results without a trouble."""
    return write_results(tmp_path / "fine", [ADA, HALVES, LATE])


@pytest.fixture
def roster(tmp_path):
    return write_roster(tmp_path / "roster.csv")


def said(result):
    return " ".join(result.output.split())


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_help_with_an_example(export, word):
    result = export(word, "--help")
    assert result.exit_code == 0
    assert f"Example: autograder export {word} " in said(result)
    assert "Exit codes" in result.output


def test_what_is_for_our_own_scripts_is_not_shown(export):
    assert "-run" not in export("--help").output


@pytest.mark.parametrize(
    ("word", "options"),
    [
        ("canvas", ["--roster"]),
        ("moodle", ["--roster"]),
        ("junit", []),
        ("prairielearn", []),
        ("gradescope-results", []),
    ],
)
def test_without_a_trouble_it_says_where_and_for_how_many(export, fine, roster, tmp_path, word, options):
    out = tmp_path / "out"
    result = export(word, fine, "--out", out, *options, *([roster] if options else []))
    assert result.exit_code == 0, result.output
    assert f"{out}" in result.output
    assert "3 with points." in said(result)
    assert out.exists()


@pytest.mark.parametrize(("word", "bom"), [("canvas", True), ("moodle", True), ("junit", False)])
def test_csv_begins_with_a_mark_for_spreadsheets(export, fine, roster, tmp_path, word, bom):
    options = ["--roster", roster] if word != "junit" else []
    export(word, fine, "--out", tmp_path / "out", *options)
    assert (tmp_path / "out").read_bytes().startswith(b"\xef\xbb\xbf") == bom


def test_who_is_left_out_is_listed_and_counted_in_the_last_sentence(export, results, roster, tmp_path):
    result = export("canvas", results, "--roster", roster, "--out", tmp_path / "c.csv")
    assert result.exit_code == 1
    for name in ("eve", "mallory", "trent", "zoe"):
        assert f"! {name}" in result.stderr
    assert result.stderr.rstrip().endswith("4 without points, each listed above. The rest is written.")
    assert "Lovelace" in (tmp_path / "c.csv").read_text("utf-8-sig")


def test_the_class_list_may_be_that_of_a_course(export, fine, roster, tmp_path):
    write_tiny_course(tmp_path / "course")
    settings = tmp_path / "course" / "solutions" / "course.toml"
    roster.rename(settings.with_name("roster.csv"))
    settings.write_text('roster = "roster.csv"\n' + settings.read_text("utf-8"), "utf-8")
    result = export("moodle", fine, "--course", tmp_path / "course", "--out", tmp_path / "m.csv")
    assert result.exit_code == 0, result.output
    assert "Ada.Lovelace@example.org" in (tmp_path / "m.csv").read_text("utf-8-sig")


def test_as_json_it_says_the_same_to_a_program(export, results, roster, tmp_path):
    result = export("moodle", results, "--roster", roster, "--out", tmp_path / "m.csv", "--json")
    told = json.loads(result.stdout)
    assert told.keys() == {"out", "with_points", "left_out", "notes"}
    assert (told["out"], told["with_points"], len(told["left_out"])) == (str(tmp_path / "m.csv"), 4, 5)


def test_one_file_a_submission_is_written_also_for_what_could_not_be_graded(export, results, tmp_path):
    for word in ("prairielearn", "gradescope-results"):
        assert export(word, results, "--out", tmp_path / word).exit_code == 1
        assert {path.stem for path in (tmp_path / word).iterdir()} == {one.submission for one in CLASS}


def test_the_lab_is_asked_for_where_there_are_several(export, tmp_path, roster):
    both = write_results(tmp_path / "both", [ADA, replace(ADA, lab="04_other", submission="x")])
    result = export("canvas", both, "--roster", roster, "--out", tmp_path / "c.csv")
    assert result.exit_code == 2
    assert "of several labs, or of none: 03_random_keys, 04_other. Choose one with --lab." in said(result)
    assert export("canvas", both, "--roster", roster, "--lab", LAB, "--out", tmp_path / "c.csv").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["canvas", "{results}"], "Give --gradebook (from Canvas), --roster, or a --course with a roster."),
        (["canvas", "{results}", "--gradebook", "none.csv"], "none.csv: missing."),
        (["canvas", "{results}", "--roster", "none.csv"], "none.csv: missing."),
        (["moodle", "{results}"], "Give --roster, or a --course with one, that has email or sis_id."),
        (["moodle", "{results}", "--by", "name"], "--by is email or id, not 'name'."),
        (["junit", "nowhere"], "nowhere: no reports are there."),
        (["junit", "{results}", "--lab", "09_none"], "no report is of the lab '09_none'. It has: 03_random_keys."),
    ],
)
def test_wrong_input_ends_with_2_and_a_sentence(export, results, tmp_path, arguments, sentence):
    given = [argument.format(results=results) for argument in arguments]
    result = export(*given, "--out", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert sentence in said(result)
    assert not (tmp_path / "out.csv").exists()


def test_a_report_that_cannot_be_read_is_named(export, results, tmp_path):
    (results / "reports" / "broken.json").write_text("{", "utf-8")
    result = export("junit", results, "--out", tmp_path / "out.xml")
    assert result.exit_code == 2
    assert "broken.json: The report cannot be read" in said(result)


# ---- Bundles --------------------------------------------------------------------------------------------------------


def test_a_zip_for_gradescope(export, tmp_path):
    write_tiny_course(tmp_path)
    out = tmp_path / "g.zip"
    result = export("gradescope", "--lab", TINY, "--course", tmp_path, "--out", out)
    assert result.exit_code == 0, result.output
    assert "choose a container of" in said(result)
    assert "3 points" in said(result)
    assert "keep it to yourself" in said(result)
    told = export("gradescope", "--lab", TINY, "--course", tmp_path, "--out", out, "--json")
    assert json.loads(told.stdout)["bytes"] == out.stat().st_size


def test_a_bundle_for_classroom_50(export, tmp_path):
    write_tiny_course(tmp_path / "course")
    options = ["--lab", TINY, "--course", tmp_path / "course", "--out", tmp_path / "bundle"]
    for _ in range(2):  # over an earlier one, too
        result = export("classroom50", *options)
        assert result.exit_code == 0, result.output
    assert "it is public" in said(result)
    assert (tmp_path / "bundle" / "autograder.py").is_file()


def test_nothing_is_written_over(export, tmp_path):
    write_tiny_course(tmp_path / "course")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").touch()
    result = export("classroom50", "--lab", TINY, "--course", tmp_path / "course", "--out", tmp_path / "mine")
    assert result.exit_code == 2
    assert "holds something that is no bundle" in said(result)


@pytest.mark.parametrize("word", ["gradescope", "classroom50"])
def test_a_lab_that_is_not_there_is_asked_about(export, tmp_path, word):
    write_tiny_course(tmp_path)
    result = export(word, "--lab", "71_tyni", "--course", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "The course has no lab '71_tyni'. Did you mean 71_tiny? It has: 71_tiny." in said(result)


def test_missing_wheels_are_named(export, tmp_path):
    write_tiny_course(tmp_path)
    result = export(
        "gradescope", "--lab", TINY, "--course", tmp_path, "--wheels", tmp_path, "--out", tmp_path / "g.zip"
    )
    assert result.exit_code == 2
    assert "wheels are missing" in said(result)
    assert not (tmp_path / "g.zip").exists()
