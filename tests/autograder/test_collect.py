import os
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import Collection, IntakeLimits, collect
from autograder.student_names import id_of, place_of_file, student_of

NOTEBOOK = b'{"cells": []}'
SMALL = IntakeLimits(file_bytes=100, zip_bytes=2000, files=4, depth=2, total_bytes=250)
on_unix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither FIFOs nor links for everybody")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names, data=NOTEBOOK):
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def zipped(name, *members, data=NOTEBOOK):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, data)
    return Path(name)


def found(*paths, **limits) -> Collection:
    return collect([Path(path) for path in paths], **limits)


def ids(*paths):
    return [one.id for one in found(*paths).submissions]


def students(*paths):
    return [one.student for one in found(*paths).submissions]


# ---- where hand-ins lie ---------------------------------------------------------------------------------------------


def test_a_notebook_is_a_submission(here):
    put("ada.ipynb")
    (only,) = found("ada.ipynb").submissions
    assert (only.id, only.student, only.source, only.filename) == ("ada", "ada", "ada.ipynb", "ada.ipynb")
    assert (only.data, only.problem) == (NOTEBOOK, "")


def test_a_flat_folder_names_students_by_their_files(here):
    put("class/ada.ipynb", "class/ben.IPYNB")
    assert students("class") == ["ada", "ben"]
    assert found("class").submissions[0].source == str(Path("class/ada.ipynb"))


def test_a_folder_a_student_names_students_by_the_folder(here):
    put("class/ada/lab.ipynb", "class/ben/03_random_keys.ipynb")
    assert students("class") == ["ada", "ben"]
    assert ids("class") == ["ada--lab", "ben--03_random_keys"]


def test_a_student_may_hand_in_several_labs(here):
    put("class/ada/02_immutability.ipynb", "class/ada/03_random_keys.ipynb")
    assert ids("class") == ["ada--02_immutability", "ada--03_random_keys"]
    assert students("class") == ["ada", "ada"]


WITHIN = ["submitted", "submitted/ada", "submitted/ada/random keys", "submitted/ada/random keys/random keys.ipynb"]


@pytest.mark.parametrize("given", WITHIN)
def test_nbgraders_folders_give_the_same_id_from_wherever_they_are_given(here, given):
    put("submitted/ada/random keys/random keys.ipynb", "submitted/ada/random keys/timestamp.txt", data=NOTEBOOK)
    assert students(given) == ["ada"]
    assert ids(given) == ids("submitted")
    assert students(".") == ["ada"]
    assert not found(given).skipped


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("class/ada/ps1/lab.ipynb", "ada"),
        ("class/ada/03_random_keys/lab.ipynb", "ada"),
        ("class/ada/ada.ipynb", "ada"),
        ("class/lab.ipynb", "lab"),
        ("ada/lab.ipynb", "ada"),
        ("class/01/lab.ipynb", "01"),
        ("week 3/ada_03_random_keys.ipynb", "ada"),
        ("class/Ada Lovelace_123_assignsubmission_file_/x.ipynb", "Ada Lovelace"),
        ("class/Ada Lovelace_123_assignsubmission_file_x.ipynb", "Ada Lovelace"),
        ("class/lovelaceada_4321_87654_03_random_keys-1.ipynb", "lovelaceada"),
        ("class/lovelaceada_LATE_4321_87654_lab.ipynb", "lovelaceada"),
        ("class/李雷/lab.ipynb", "李雷"),
    ],
)
def test_the_student_is_read_off_the_path(here, path, student):
    put(path)
    root, rest = Path(path).parts[0], Path(path).parts[1:]
    assert students(root) == [student]
    assert student_of(root, rest) == student


def test_a_zip_is_read_like_the_folder_it_was_made_of(here):
    names = ["class/ada/ps1/lab.ipynb", "class/ben/lab.ipynb", "class/Ada Lovelace_1_assignsubmission_file_/x.ipynb"]
    put(*names)
    zipped("class.zip", *(name.removeprefix("class/") for name in names))
    assert ids("class.zip") == ids("class")
    assert found("class.zip").submissions[-1].source == "class.zip: ben/lab.ipynb"


def test_a_zip_of_one_students_files_is_that_students(here):
    put("class/other.ipynb")
    zipped("ada.zip", "03_random_keys.ipynb")
    shutil.copy("ada.zip", "class/ada.zip")
    assert students("ada.zip") == ["ada"]
    assert students("class") == ["ada", "other"]
    assert ids("ada.zip") == ["ada--03_random_keys"]


def test_the_current_folder_may_be_a_students(here, monkeypatch):
    put("ada/03_random_keys.ipynb")
    monkeypatch.chdir("ada")
    assert ids(".") == ["ada--03_random_keys"]


def test_files_named_one_by_one_are_told_apart(here):
    put("submitted/ada/ps1/lab.ipynb", "submitted/ben/ps1/lab.ipynb", "x/cy/lab.ipynb", "x/dan/lab.ipynb")
    files = ["submitted/ada/ps1/lab.ipynb", "submitted/ben/ps1/lab.ipynb", "x/cy/lab.ipynb", "x/dan/lab.ipynb"]
    assert students(*files) == ["ada", "ben", "cy", "dan"]
    assert len(set(ids(*files))) == 4


# ---- ids ------------------------------------------------------------------------------------------------------------


def test_an_id_does_not_depend_on_who_else_is_in_the_class(here):
    put("class/ada/lab.ipynb", "class/Ben Müller/ps1/lab.ipynb")
    alone = set(ids("class"))
    put("class/Ada/lab.ipynb", "class/a-da/lab.ipynb", "class/ada/ps1/lab.ipynb", "class/Ben Muller/ps1/lab.ipynb")
    together = ids("class")
    assert alone < set(together)
    assert len(together) == len(set(together)) == 6


def test_a_folder_and_a_file_in_it_are_graded_once(here):
    put("class/ada/lab.ipynb")
    assert ids("class", "class/ada/lab.ipynb", "class") == ["ada--lab"]


def test_two_folders_with_the_same_path_in_them_get_different_ids(here):
    put("monday/ada/lab.ipynb", "friday/ada/lab.ipynb")
    first, second = ids("monday", "friday")
    assert first != second
    assert first.startswith("ada--lab~")
    assert ids("friday", "monday") == [second, first]


def test_a_zip_with_one_name_twice_loses_neither(here):
    with pytest.warns(UserWarning, match="Duplicate name"):
        zipped("class.zip", "ada.ipynb", "ada.ipynb", data=NOTEBOOK)
    with zipfile.ZipFile("other.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("ada.ipynb", b"1")
        archive.writestr("ada.ipynb", b"2")
    assert [one.data for one in found("other.zip").submissions] == [b"1", b"2"]
    assert len(set(ids("other.zip"))) == 2


@pytest.mark.parametrize("name", ["con", "NUL", "aux", "com1", "..", "-rf", "~", "a/../b", "x" * 300, "\udcff", "é"])
def test_an_awkward_name_still_gives_a_file_name_for_every_disk(name):
    made = id_of("class", (name, "lab.ipynb"))
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_~-]{0,150}", made)
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", id_of("class", (f"{name}.ipynb",)))


PART = st.text(min_size=1, max_size=8).filter(lambda text: "/" not in text) | st.sampled_from(
    ["ada", "Ada", "a--b", "a", "b", "a-b", "ada--lab", "lab", "submitted", "ps1", "03_x", "é", "e"]
)
PATH = st.builds(lambda folders, stem: (*folders, f"{stem}.ipynb"), st.lists(PART, max_size=3), PART)


@given(st.lists(PATH, unique=True, max_size=12))
def test_different_paths_never_share_an_id(paths):
    made = {id_of("class", path) for path in paths}
    different = {tuple(unicodedata.normalize("NFC", part) for part in path) for path in paths}
    assert len(made) == len(different)
    assert all(re.fullmatch(r"[a-z0-9_][a-z0-9_~-]{0,150}", one) for one in made)


@given(st.lists(PART, min_size=1, max_size=6).map(tuple))
def test_every_path_has_a_place(path):
    given_name, parts = place_of_file(path)
    assert path[-len(parts) :] == parts
    assert student_of(given_name, parts)


# ---- what is left out, and what is not lost -------------------------------------------------------------------------


def test_what_systems_and_editors_leave_behind_is_passed_over_in_silence(here):
    put("class/ada/lab.ipynb", "class/ada/.ipynb_checkpoints/lab-checkpoint.ipynb", "class/__MACOSX/ada/._lab.ipynb")
    put("class/.DS_Store", "class/ada/__pycache__/x.pyc", "class/ada/x.pyc", "class/Thumbs.db", "class/.git/x.ipynb")
    only = found("class")
    assert [one.id for one in only.submissions] == ["ada--lab"]
    assert (only.problems, only.skipped) == ((), ())


@pytest.mark.parametrize("out", ["class/graded", "class"])
def test_what_an_earlier_run_of_the_grader_wrote_is_not_handed_in(here, out):
    put("class/ada.ipynb", "class/ben/lab.ipynb")
    put(*(f"{out}/{name}" for name in ("index.html", "scores.csv", "feedback/ada.html", "reports/ada.json")))
    put(f"{out}/.lock", data=b"")
    assert ids("class") == ["ada", "ben--lab"]
    assert found("class").skipped == ()


def test_files_beside_a_notebook_are_listed_as_skipped(here):
    put("class/ada/lab.ipynb", "class/ada/data/reads.csv", "class/ada/notes.txt", "class/readme.md")
    collection = found("class")
    assert [one.id for one in collection.submissions] == ["ada--lab"]
    assert [Path(name).name for name in collection.skipped] == ["reads.csv", "notes.txt", "readme.md"]


@pytest.mark.parametrize("name", ["answer.pdf", "lab.ipynb.txt", "lab.py"])
def test_a_student_with_only_the_wrong_file_is_told_so(here, name):
    put("class/ben/lab.ipynb", f"class/ada/{name}")
    ada, ben = found("class").submissions
    assert (ada.student, ben.problem, ada.data) == ("ada", "", b"")
    assert ada.problem == (f"{name} is not a notebook: its name does not end in .ipynb. Hand in the notebook itself.")


def test_a_file_given_by_name_is_told_so_as_well(here):
    put("answer.pdf")
    (only,) = found("answer.pdf").submissions
    assert only.problem.startswith("answer.pdf is not a notebook")


def test_several_wrong_files_of_one_student_make_one_submission(here):
    put("class/ada/answer.pdf", "class/ada/data.csv", "class/ben/lab.ipynb")
    assert students("class") == ["ada", "ben"]
    assert [Path(name).name for name in found("class").skipped] == ["data.csv"]


def test_a_path_that_does_not_exist_is_a_problem_that_names_it(here):
    assert found("nowhere").problems == ("nowhere does not exist. Give a notebook, a folder or a zip that does.",)


def test_a_folder_without_notebooks_is_a_problem_that_names_it(here):
    put("class/readme.md")
    assert found("class").problems == (
        "class holds no notebook (.ipynb). Give a notebook, or a folder or zip of notebooks.",
    )
    zipped("empty.zip")
    assert "empty.zip holds no notebook" in found("empty.zip").problems[0]


def test_one_bad_path_does_not_keep_the_others_away(here):
    put("ada.ipynb")
    collection = found("nowhere", "ada.ipynb")
    assert [one.id for one in collection.submissions] == ["ada"]
    assert len(collection.problems) == 1


# ---- traps ----------------------------------------------------------------------------------------------------------


@on_unix
def test_a_link_inside_a_folder_is_not_followed(here):
    put("secret.ipynb", "secrets/ben.ipynb", "class/ben.ipynb")
    Path("class/ada.ipynb").symlink_to(here / "secret.ipynb")
    Path("class/folder").symlink_to(here / "secrets")
    ada, ben = found("class").submissions
    assert (ada.data, ada.problem) == (b"", "ada.ipynb is a link, not a file. Hand in the file itself.")
    assert ben.problem == ""
    assert found("class").skipped == ("class/folder",)


@on_unix
def test_a_link_that_the_teacher_names_is_followed(here):
    put("class/ada.ipynb")
    Path("today").symlink_to("class")
    Path("ben.ipynb").symlink_to("class/ada.ipynb")
    assert ids("today") == ["ada"]
    assert found("ben.ipynb").submissions[0].data == NOTEBOOK


@on_unix
def test_a_pipe_neither_hangs_nor_counts_as_a_notebook(here):
    put("class/ben.ipynb")
    os.mkfifo("class/ada.ipynb")
    assert found("class").submissions[0].problem == (
        "ada.ipynb is not a regular file, so it is not opened. Hand in a notebook."
    )


@on_unix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_a_sentence(here):
    put("class/ada.ipynb", "class/locked/ben.ipynb")
    Path("class/ada.ipynb").chmod(0)
    Path("class/locked").chmod(0)
    collection = found("class")
    Path("class/locked").chmod(0o700)
    assert all("permission denied" in one.problem for one in collection.submissions)
    assert len(collection.submissions) == 2


def test_no_permission_is_a_sentence_for_root_too(here, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    put("class/ada.ipynb", "ben.ipynb")
    monkeypatch.setattr("autograder.intake_files.os.open", refuse)
    assert [one.problem for one in found("class", "ben.ipynb").submissions] == [
        f"{name}.ipynb cannot be read: permission denied. Give yourself the right to read it and grade again."
        for name in ("ada", "ben")
    ]
    monkeypatch.setattr("autograder.intake_files.os.scandir", refuse)
    assert found("class").problems == (
        "class cannot be read: permission denied. Give yourself the right to read it and grade again.",
    )


def test_a_file_too_large_is_not_read(here):
    put("class/ada.ipynb", data=b"x" * 101)
    put("class/ben.ipynb", data=b"x" * 100)
    ada, ben = found("class", limits=SMALL).submissions
    assert ada.data == b""
    assert ada.problem == "ada.ipynb is larger than 0.0001 MB. Clear its outputs, save it and hand it in again."
    assert len(ben.data) == 100


def test_too_many_files_and_too_much_together_are_said_aloud(here):
    put(*(f"many/{position}a.ipynb" for position in range(5)))
    many = found("many", limits=SMALL)
    assert len(many.submissions) == 4
    assert many.problems == ("many holds more than 4 files; the rest was not read. Give smaller parts.",)
    put(*(f"large/{position}a.ipynb" for position in range(3)), data=b"x" * 100)
    large = found("large", limits=SMALL)
    assert len(large.submissions) == 2
    assert large.problems == ("1 notebooks were not read: together they are too large. Grade in smaller parts.",)


def test_folders_too_deep_are_named(here):
    put("class/a/b/ada.ipynb", "class/a/b/c/ben.ipynb")
    ada, deep = sorted(found("class", limits=SMALL).submissions, key=lambda one: bool(one.problem))
    assert ada.data == NOTEBOOK
    assert "lies too many folders deep" in deep.problem


@pytest.mark.parametrize("name", ["../../evil.ipynb", "/etc/evil.ipynb", r"C:\evil.ipynb", r"..\..\evil.ipynb"])
def test_a_name_that_leads_out_of_the_zip_is_only_a_label(here, name):
    zipped("class.zip", name)
    (only,) = found("class.zip").submissions
    assert only.filename == "evil.ipynb"
    assert ".." not in only.source
    assert [path.name for path in here.rglob("*")] == ["class.zip"]


def test_a_zip_inside_a_zip_is_refused_with_a_sentence(here):
    zipped("inner.zip", "lab.ipynb")
    zipped("class.zip", "ada/inner.zip", data=Path("inner.zip").read_bytes())
    (only,) = found("class.zip").submissions
    assert (only.student, only.data) == ("ada", b"")
    assert only.problem == "inner.zip is a zip inside a zip, which is not opened. Hand in the notebook itself."


def test_a_bomb_is_refused_by_what_it_claims(here, monkeypatch):
    zipped("class.zip", "ada.ipynb", data=b"0" * 5_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # so not a byte of it is unpacked
    (only,) = found("class.zip", limits=IntakeLimits(file_bytes=1_000_000)).submissions
    assert (only.data, only.problem[:33]) == (b"", "ada.ipynb is larger than 1 MB. Cl")


def test_a_bomb_that_lies_about_its_size_is_refused_by_what_comes_out(here):
    path = zipped("class.zip", "ada.ipynb", data=b"0" * 5_000_000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10)))
    (only,) = found("class.zip", limits=IntakeLimits(file_bytes=1_000_000)).submissions
    assert only.data == b""
    assert only.problem == "ada.ipynb is damaged inside the zip. Zip the files again."


def test_an_encrypted_member_is_refused_with_a_sentence(here):
    path = zipped("class.zip", "ada.ipynb", "ben.ipynb")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first member in the table of contents
    path.write_bytes(data)
    ada, ben = found("class.zip").submissions
    assert (ada.problem, ben.problem) == ("ada.ipynb is encrypted. Zip it again without a password.", "")


def test_a_member_packed_in_a_rare_way_is_refused_with_a_sentence(here):
    with zipfile.ZipFile("class.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ada.ipynb", NOTEBOOK)
    assert "ada.ipynb is packed in a way that is not read" in found("class.zip").submissions[0].problem


def test_a_link_inside_a_zip_is_refused_with_a_sentence(here):
    member = zipfile.ZipInfo("ada.ipynb")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile("class.zip", "w") as archive:
        archive.writestr(member, "/etc/passwd")
    (only,) = found("class.zip").submissions
    assert only.problem.startswith("ada.ipynb is a link or a device inside the zip")


def test_a_broken_zip_is_a_problem_and_a_students_broken_zip_a_submission(here):
    put("class.zip", "class/ada.zip", data=b"PK\x03\x04 not really")
    sentence = "is not a zip that can be opened; it may be damaged. Zip the files again."
    assert found("class.zip").problems == (f"class.zip {sentence}",)
    (only,) = found("class").submissions
    assert (only.student, only.problem) == ("ada", f"ada.zip {sentence}")


@given(position=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.integers(0, 300))
def test_no_damage_to_a_zip_gets_past_a_sentence(tmp_path_factory, position, value, cut):
    path = tmp_path_factory.mktemp("zip") / "class.zip"
    data = bytearray(zipped(path, "ada/lab.ipynb", "ben/lab.ipynb").read_bytes())
    data[position % len(data)] = value
    path.write_bytes(data[: len(data) - cut] if cut < 100 else data)
    collection = collect([path])
    assert all(one.problem == "" or one.problem.endswith(".") for one in collection.submissions)
    assert collection.submissions or collection.problems


def test_names_in_utf8_are_read_even_where_the_zip_does_not_say_so(here):
    path = zipped("class.zip", "Zoe/lab.ipynb")
    path.write_bytes(path.read_bytes().replace(b"Zoe/", "Zö/".encode()))
    assert students("class.zip") == ["Zö"]


@on_unix
def test_a_name_that_is_no_text_can_still_be_printed(here):
    folder = os.fsencode(here / "class")
    Path("class").mkdir()
    try:
        os.close(os.open(folder + b"/ada\xff\x1b[31m.ipynb", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this disk takes only names in UTF-8")
    (only,) = found("class").submissions
    for text in (only.id, only.student, only.source, only.filename):
        assert text.encode("utf-8").isascii()
        assert "\x1b" not in text


def test_the_order_is_the_same_every_time(here):
    put("class/b.ipynb", "class/a/lab.ipynb", "class/C.ipynb")
    zipped("again.zip", "b.ipynb", "a/lab.ipynb", "C.ipynb")
    assert ids("class") == ids("again.zip")
    assert found("class") == found("class")
