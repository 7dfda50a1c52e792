"""`lab update`: the newer release comes in, answers stay to the letter, and whatever fails changes nothing at all."""

import json
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from released import LAB, SUM_ANSWER, as_text, cells, code, notebook, release, sources, text
from typer.testing import CliRunner

from dlfb_lab import _catalog
from dlfb_lab._cli import app
from dlfb_lab._lab import swap, update
from dlfb_lab._lab.release import FILE

NEW = cells(intro="Arrays, again.", total="Add all.")
PACKAGE = {"dlfb_lab/_check.py": "# the second\n", "dlfb_lab/_new.py": "# new\n"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A student's folder as released, with an answer and a cell of their own; the current folder."""
    home = release(tmp_path / "home", cells(), more={"dlfb_lab/_old.py": "# old\n"})
    catalog = {"labs": [{"name": "01_arrays", "title": "Arrays", "stamp": "one", "tasks": []}]}
    (tmp_path / "course").mkdir()
    (tmp_path / "course/catalog.json").write_text(json.dumps(catalog), "utf-8")
    own = cells()
    own[3]["source"] = SUM_ANSWER
    own.insert(4, code("a1", "total(3)"))
    (home / LAB).write_text(as_text(notebook(own)), "utf-8")
    monkeypatch.chdir(home)
    monkeypatch.delenv("DLFB_LAB_FOLDER", raising=False)
    before = _catalog._course
    _catalog.use_course(tmp_path / "course")
    yield home
    _catalog.use_course(before)


@pytest.fixture
def newer(tmp_path):
    """The next release, as a folder."""
    return release(tmp_path / "newer", NEW, "two", more=PACKAGE)


def lab(*words):
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="lab")


def said(result):
    return " ".join(result.output.split())


def everything(home):
    """Every file and what it holds, progress and backups aside."""
    files = [path for path in home.rglob("*") if path.is_file() and ".dlfb_lab" not in path.parts]
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}


def test_the_text_is_new_the_answer_and_the_own_cell_stay_and_what_was_there_is_kept(home, newer):
    before = (home / LAB).read_bytes()
    result = lab("update", "--from", newer)
    assert result.exit_code == 0, result.output
    root = json.loads((home / LAB).read_text("utf-8"))
    nbformat.validate(nbformat.from_dict(root))
    found = sources(root)
    assert found[0] == ("01_arrays-01", "Arrays, again.")
    assert found[3:5] == [("total-answer", SUM_ANSWER), ("a1", "total(3)")]
    (kept,) = (home / ".dlfb_lab/backups").iterdir()
    assert kept.read_bytes() == before
    assert f"{LAB}: 2 new texts. Kept as they are: 1 answer and 1 cell of your own." in said(result)
    assert f"What stood there before is in .dlfb_lab/backups: {kept.name}." in said(result)
    assert "dlfb_lab: 2 files brought up to date, 1 file removed." in said(result)
    assert "Restart the kernels" in said(result)


def test_the_package_is_that_of_the_release(home, newer):
    lab("update", "--from", newer)
    now = everything(home)
    assert (now["dlfb_lab/_check.py"], now["dlfb_lab/_new.py"]) == (b"# the second\n", b"# new\n")
    assert "dlfb_lab/_old.py" not in now
    assert now[FILE] == (newer / FILE).read_bytes()
    assert [name for name in now if "updating" in name] == []


def test_a_second_update_has_nothing_to_do(home, newer):
    lab("update", "--from", newer)
    before = everything(home)
    result = lab("update", "--from", newer)
    assert said(result) == "You have this release already (two). Nothing was changed."
    assert everything(home) == before


def test_a_dry_run_says_the_same_and_changes_nothing(home, newer):
    before = everything(home)
    result = lab("update", "--from", newer, "--dry-run")
    assert said(result).startswith(f"Release two, in place of one, would bring: {LAB}: 2 new texts.")
    assert said(result).endswith("Nothing was changed.")
    assert everything(home) == before
    assert not (home / ".dlfb_lab/backups").exists()


def test_other_packages_are_to_be_installed(home, tmp_path):
    newer = release(tmp_path / "newer", cells(), "two", more={"requirements/student.txt": "jax==2\n"})
    result = lab("update", "--from", newer)
    assert "The packages may have changed, too. Install them: " in said(result)
    assert (home / "requirements/student.txt").read_text("utf-8") == "jax==2\n"


def test_how_to_install_depends_on_the_environment(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    assert update.install_command(tmp_path).startswith("python3 requirements/install.py student --venv ")
    (tmp_path / "env").mkdir()
    (tmp_path / "env/dlfb-lab.stamp").write_text("Python 3\ncuda13 0123\n", "utf-8")
    assert f"install.py cuda13 --venv {tmp_path / 'env'}" in update.install_command(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert update.install_command(tmp_path) in ("make setup", r"py requirements\install.py")


def test_what_the_student_changed_is_left_or_kept_as_a_backup(home, newer, tmp_path):
    (home / "README.md").write_text("My notes.\n", "utf-8")
    (home / "dlfb_lab/_check.py").write_text("# mine\n", "utf-8")
    newer = release(tmp_path / "newest", NEW, "three", more={**PACKAGE, "README.md": "Read this.\n"})
    result = lab("update", "--from", newer)
    assert (home / "README.md").read_text("utf-8") == "My notes.\n"
    assert (home / "dlfb_lab/_check.py").read_text("utf-8") == "# the second\n"
    kept = [path.read_text("utf-8") for path in (home / ".dlfb_lab/backups").iterdir()]
    assert "# mine\n" in kept
    assert "README.md: left as you have it. It has changed in the release, too." in said(result)
    assert "dlfb_lab/_check.py: new, though you had changed it. Yours is kept as a backup." in said(result)


def test_a_new_lab_comes_and_one_that_is_no_more_stays(home, newer):
    described = json.loads((newer / FILE).read_text("utf-8"))
    second = "exercises/02_more.ipynb"
    (newer / LAB).rename(newer / second)
    described["files"][second] = described["files"].pop(LAB)
    (newer / FILE).write_text(as_text(described), "utf-8")
    before = (home / LAB).read_bytes()
    result = lab("update", "--from", newer)
    assert f"{second}: new." in said(result)
    assert f"{LAB}: no longer part of the release. Your notebook stays." in said(result)
    assert (home / LAB).read_bytes() == before
    assert (home / second).is_file()


def test_a_notebook_at_the_top_of_the_folder_is_found_there(home, newer):
    (home / LAB).rename(home / "01_arrays.ipynb")
    lab("update", "--from", newer)
    assert ("total-answer", SUM_ANSWER) in sources(json.loads((home / "01_arrays.ipynb").read_text("utf-8")))
    assert not (home / LAB).exists()


def test_half_a_character_in_an_output_does_not_stop_it(home, newer):
    root = json.loads((home / LAB).read_text("utf-8"))
    root["cells"][3]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\ud83d"}]
    (home / LAB).write_text(json.dumps(root), "utf-8")
    assert lab("update", "--from", newer).exit_code == 0
    assert json.loads((home / LAB).read_text("utf-8"))["cells"][3]["outputs"][0]["text"] == "\ud83d"


# ---- Where it comes from --------------------------------------------------------------------------------------------


def zipped(folder, path, top=""):
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            if file.is_file():
                archive.write(file, top + file.relative_to(folder).as_posix())
    return path


@pytest.mark.parametrize("top", ["", "labs-main/"])
def test_a_zip_brings_it_also_with_a_folder_around_it(home, newer, tmp_path, top):
    result = lab("update", "--from", zipped(newer, tmp_path / "labs.zip", top))
    assert result.exit_code == 0, result.output
    assert (home / "dlfb_lab/_new.py").is_file()


def git(folder, *words):
    name = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_a_git_repository_that_the_release_names_brings_it_and_the_doctor_says_so(home, tmp_path):
    from dlfb_lab._lab.newer import release_row

    origin = tmp_path / "origin"
    release(origin, cells(), "one", str(tmp_path / "origin.git"))
    git(origin, "init")
    git(origin, "add", "--all")
    git(origin, "commit", "--message", "Release")
    git(tmp_path, "clone", "--bare", str(origin), str(tmp_path / "origin.git"))
    release(home, cells(), "one", str(tmp_path / "origin.git"))
    (row,) = release_row()
    assert (row.word, row.seen) == ("ok", "Arrays, one, the newest")
    release(origin, NEW, "two", str(tmp_path / "origin.git"), more=PACKAGE)
    git(origin, "commit", "--all", "--message", "Again")
    git(origin, "add", "--all")
    git(origin, "commit", "--amend", "--no-edit")
    git(origin, "push", str(tmp_path / "origin.git"), "HEAD")
    (row,) = release_row()
    assert row.word == "look"
    assert row.seen == "Arrays, one; your instructor has released a newer version (two)"
    assert "`lab update` brings it, and leaves your answers as they are." in row.fix
    assert lab("update").exit_code == 0
    assert (home / "dlfb_lab/_new.py").is_file()
    (row,) = release_row()
    assert row.seen == "Arrays, two, the newest"


def test_an_origin_that_cannot_be_reached_is_no_error_for_the_doctor(home, tmp_path):
    from dlfb_lab._lab.newer import release_row

    release(home, cells(), "one", str(tmp_path / "gone"))
    (row,) = release_row()
    assert row.word == "ok"
    assert "cannot be reached from here at the moment" in row.seen
    result = lab("update")
    assert result.exit_code == 1
    assert "gone is not there, or cannot be reached from here." in said(result)


def test_a_folder_as_the_origin_is_compared_without_git(home, newer, monkeypatch):
    from dlfb_lab._lab.newer import release_row

    monkeypatch.setenv("PATH", "")
    release(home, cells(), "one", str(newer))
    assert [row.word for row in release_row()] == ["look"]


def test_without_git_it_says_what_to_install(home, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = lab("update", "--from", "https://example.invalid/labs.git")
    assert (result.exit_code, said(result)) == (
        1,
        "git is not installed here, and the newest release comes through it. Install git.",
    )


def test_a_folder_that_no_release_made_has_no_row_and_no_update(home, newer):
    from dlfb_lab._lab.newer import release_row

    (home / FILE).unlink()
    assert list(release_row()) == []
    result = lab("update", "--from", newer)
    assert result.exit_code == 2
    assert "No folder of a release was found" in said(result)


def test_without_an_origin_it_asks_for_a_file(home):
    result = lab("update")
    assert result.exit_code == 2
    assert "lab update --from FILE" in said(result)


# ---- What stops it --------------------------------------------------------------------------------------------------


def stopped(home, *words, code=2):
    """What it said, after nothing was changed."""
    before = everything(home)
    result = lab("update", *words)
    assert result.exit_code == code, result.output
    assert everything(home) == before
    return said(result)


def test_a_damaged_notebook_stops_it_before_anything_is_written(home, newer):
    (home / LAB).write_text((home / LAB).read_text("utf-8")[:-20], "utf-8")
    assert f"{LAB} cannot be read as a notebook" in stopped(home, "--from", newer)


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_release_stops_it(home, newer, damage):
    file = newer / "dlfb_lab/_check.py"
    file.write_text("# the sec", "utf-8") if damage == "cut" else file.unlink()
    words = {"cut": "is not what was released", "gone": "cannot be read (No such file"}
    assert words[damage] in stopped(home, "--from", newer)


@pytest.mark.parametrize("path", ["../outside.py", "/outside.py", ".git/hooks/post-commit", "a\\..\\..\\b", "C:x"])
def test_a_release_cannot_write_outside_of_its_folder(home, newer, path):
    described = json.loads((newer / FILE).read_text("utf-8"))
    described["files"][path] = "0" * 64
    (newer / FILE).write_text(as_text(described), "utf-8")
    assert "would not be in its folder" in stopped(home, "--from", newer)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"title": 1}', "\x00"])
def test_what_describes_no_release_is_refused(home, newer, content):
    (newer / FILE).write_text(content, "utf-8")
    assert "does not describe a release" in stopped(home, "--from", newer)


def test_a_folder_and_a_zip_without_a_release_are_refused(home, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other/x.txt").write_text("x", "utf-8")
    assert "holds no release" in stopped(home, "--from", tmp_path / "other")
    assert "holds no release" in stopped(home, "--from", zipped(tmp_path / "other", tmp_path / "other.zip"))
    assert "cannot be read as a zip" in stopped(home, "--from", tmp_path / "other/x.txt")


def test_a_full_disk_while_writing_changes_nothing(home, newer, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap, "write_to_disk", full)
    assert "(No space left on device). Everything is as it was" in stopped(home, "--from", newer, code=1)


@pytest.mark.parametrize("error", [OSError(13, "Permission denied"), KeyboardInterrupt()])
@pytest.mark.parametrize("file", ["_check.py", "_new.py", FILE])
def test_a_failure_in_the_midst_puts_everything_back(home, newer, monkeypatch, file, error):
    replace = type(home).replace

    def failing(path, target):
        if "new" in path.parts and path.name == file:
            raise error
        return replace(path, target)

    monkeypatch.setattr(type(home), "replace", failing)
    stopped(home, "--from", newer, code=1 if isinstance(error, OSError) else 130)


def test_a_run_that_was_killed_in_the_midst_is_finished_by_the_next(home, newer, monkeypatch):
    replace, done = type(home).replace, []

    def killed(path, target):
        done.append(path)
        if len(done) > 2:
            raise SystemExit
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(type(home), "replace", killed)
        patched.setattr(swap, "_put_back", lambda file, copy: None)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        lab("update", "--from", newer)
    assert list(home.glob(".dlfb_lab-updating-*"))
    assert lab("update", "--from", newer).exit_code == 0
    assert not list(home.glob(".dlfb_lab-updating-*"))
    assert ("total-answer", SUM_ANSWER) in sources(json.loads((home / LAB).read_text("utf-8")))
    assert everything(home)["dlfb_lab/_check.py"] == b"# the second\n"


def test_a_save_in_between_is_not_overwritten(home, newer, monkeypatch):
    back_up = update.back_up

    def meanwhile(path):
        kept = back_up(path)
        path.write_text(as_text(notebook([*cells(), text("a2", "saved just now")])), "utf-8")
        return kept

    monkeypatch.setattr(update, "back_up", meanwhile)
    result = lab("update", "--from", newer)
    assert result.exit_code == 1
    assert "was saved just now by something else. Nothing was changed; try again." in said(result)
    assert "saved just now" in (home / LAB).read_text("utf-8")
    assert everything(home)["dlfb_lab/_check.py"] == b"# the first\n"
