"""The search that a release makes before it is written: however a secret is wrapped, it is found and named."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import load_course
from autograder.release.leaks import git_objects, leaks
from autograder.release.secrets import secrets_of

SMALL = Path(__file__).parents[1] / "course"
ANSWER = "the answer of `batches`"


@pytest.fixture(scope="module")
def course():
    return load_course(SMALL)


@pytest.fixture(scope="module")
def secrets(course):
    return secrets_of(course)


@pytest.fixture(scope="module")
def body():
    """The lines of an answer, as they stand between its markers."""
    source = (SMALL / "solutions/90_kinds.py").read_text("utf-8")
    cell = source[source.index('answer="batches"') :]
    return cell[cell.index("# BEGIN SOLUTION\n") + 17 : cell.index("    # END SOLUTION")]


def hidden():
    """The name and the sentence of a hidden check."""
    text = (SMALL / "solutions/hidden/test_90_kinds.py").read_text("utf-8")
    name = text[text.index("def test_") + 4 :].partition("(")[0]
    return name, text[text.index('"""', text.index(f"def {name}")) + 3 :].partition('"""')[0]


def found(secrets, data, path="dlfb_lab/extra.py"):
    return leaks({path: data.encode() if isinstance(data, str) else data}, secrets)


def test_an_answer_is_found_however_it_is_laid_out(secrets, body):
    deeper = "\n".join(f"        {line}  " for line in body.splitlines())
    commented = "\n".join(f"{line}\n# in between" for line in body.splitlines())
    for text in (body, deeper, commented, body.replace("\n", "\r\n"), f"```python\n{body}```"):
        assert f"dlfb_lab/extra.py: {ANSWER}" in found(secrets, text)


def test_an_answer_is_found_in_a_notebook_a_zip_and_a_zip_in_a_zip(secrets, body, tmp_path):
    notebook = json.dumps({"cells": [{"source": body.splitlines(keepends=True)}, {"outputs": [{"text": body}]}]})
    assert f"x.ipynb: {ANSWER}" in found(secrets, notebook, "x.ipynb")
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/x.ipynb", notebook)
    assert f"x.zip: {ANSWER}" in found(secrets, inner.read_bytes(), "x.zip")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "inner.whl")
    assert f"x.zip: {ANSWER}" in found(secrets, (tmp_path / "outer.zip").read_bytes(), "x.zip")


def test_a_hidden_check_is_found_by_its_name_and_by_its_sentence(secrets):
    name, sentence = hidden()
    assert found(secrets, f"see {name}.") == [f"dlfb_lab/extra.py: the hidden check {name}"]
    assert found(secrets, f"# {sentence}") == [f"dlfb_lab/extra.py: the sentence of the hidden check {name}"]
    assert found(secrets, f"{name}_of_another_kind") == []


@pytest.mark.parametrize("text", ["key(20250309)", "20_250_309", '{"seed": 20250309}'])
def test_the_seed_is_found(secrets, text):
    assert found(secrets, text) == ["dlfb_lab/extra.py: the course's seed"]
    assert found(secrets, "120250309 20250309a") == []


def test_a_marker_and_a_folder_of_solutions_are_found(secrets):
    assert found(secrets, "x = 1\n    # BEGIN SOLUTION\n") == [
        "dlfb_lab/extra.py: a line `# BEGIN SOLUTION` or `# END SOLUTION`"
    ]
    assert found(secrets, "", "solutions/README") == ["solutions/README: a folder of that name is a teacher's"]


def test_every_answer_of_the_course_is_a_secret_and_what_students_read_is_none(course, secrets):
    sources = {"answers.py": course.labs[0].source.read_bytes()}
    told = leaks(sources, secrets)
    for task in course.labs[0].tasks:
        assert f"answers.py: the answer of `{task.name}`" in told
    exercise = {"x.ipynb": (SMALL / "exercises/90_kinds.ipynb").read_bytes()}
    assert leaks(exercise, secrets) == []


def test_what_git_remembers_is_found_also_where_it_was_deleted(secrets, body, tmp_path):
    if shutil.which("git") is None:
        pytest.skip("git is not on this machine")

    def git(*words):
        who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    (tmp_path / "x.py").write_text(body, "utf-8")
    git("add", "--all")
    git("commit", "--message", "Oh")
    (tmp_path / "x.py").write_text("", "utf-8")
    git("commit", "--all", "--amend", "--message", "Nothing to see")
    (told,) = [line for line in leaks(git_objects(tmp_path), secrets) if line.endswith(ANSWER)]
    assert told.startswith("git blob ")


# ---- In the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    return shutil.copytree(SMALL, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))


def release(own, folder):
    result = CliRunner().invoke(app, ["release", str(folder), "--course", str(own)])
    return result.exit_code, result.output


def test_a_course_whose_visible_check_holds_an_answer_is_not_released(own, body, tmp_path):
    checks = own / "checks/test_90_kinds.py"
    checks.write_text(f"{checks.read_text('utf-8')}\n\ndef _reference(items, size):\n{body}", "utf-8")
    code, said = release(own, tmp_path / "labs")
    assert code == 2
    assert "The release would hold what students must not have. Nothing was written." in said
    assert f"dlfb_lab/checks/test_90_kinds.py: {ANSWER}" in said
    assert not (tmp_path / "labs").exists()


def test_a_folder_that_holds_an_answer_already_is_not_updated(own, body, tmp_path):
    folder = tmp_path / "labs"
    assert release(own, folder)[0] == 0
    (folder / "draft.py").write_text(body, "utf-8")
    code, said = release(own, folder)
    assert code == 2
    assert f"draft.py: {ANSWER}" in said
    assert "Begin with a new repository" in said


def test_a_seed_that_is_too_short_to_be_searched_for_is_said(own, tmp_path):
    settings = own / "solutions/course.toml"
    settings.write_text(settings.read_text("utf-8").replace("20250309", "7"), "utf-8")
    code, said = release(own, tmp_path / "labs")
    assert code == 0
    assert "! The course's seed is too short to be searched for." in said
