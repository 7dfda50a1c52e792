"""`lab doctor`: each row says ok, look or broken in words, and what to do; a broken driver cannot hang it."""

import json
import os
import sys
from importlib import metadata

import pytest
from helpers import ROOT
from student import folder as folder
from student import lab as lab
from student import notebook, said

from dlfb_lab._lab import backend, doctor
from dlfb_lab._lab.doctor import BROKEN, LOOK, OK, Row, examine

NEEDS = ["jax>=0.10", "numpy>=2", "pytest>=9", 'typer>=0.20; extra == "instructor"']


def row(what):
    return next(row for row in examine() if row.what == what)


@pytest.fixture
def quick(monkeypatch):
    """JAX is not asked."""
    monkeypatch.setattr(doctor, "backend_row", lambda: Row(OK, "JAX runs on", "cpu"))


def test_here_everything_is_as_it_should_be(lab):
    result = lab("doctor")
    assert result.exit_code == 0, result.output
    words = [line.split()[1] for line in result.output.splitlines() if line[:1] in ("✓", "!", "✗")]
    assert len(words) == 12
    assert set(words) <= {OK, LOOK}
    assert "cpu" in row_text(result, "JAX runs on")
    assert f"jax {metadata.version('jax')}" in said(result)


def row_text(result, what):
    return next(line for line in result.output.splitlines() if what in line)


def test_every_row_has_a_word_and_each_that_is_not_ok_says_what_to_do(folder, quick):
    (folder / ".dlfb_lab").write_text("in the way")
    notebook(folder).write_text("{")
    rows = examine()
    assert {row.word for row in rows} == {OK, LOOK, BROKEN}
    assert [row.what for row in rows if row.word != OK and not row.fix] == []
    assert len({row.what for row in rows}) == len(rows)


def test_something_broken_exits_with_1(lab, folder, quick):
    notebook(folder).write_text("{")
    result = lab("doctor")
    assert result.exit_code == 1
    assert "✗ broken 90_kinds" in said(result)
    assert said(result).endswith("1 broken, with what to do.")


def test_the_sentence_below_counts():
    assert doctor.summary([Row(OK, "a", "b")]) == "Everything is as it should be."
    rows = [Row(OK, "a", "b"), Row(BROKEN, "c", "d"), Row(LOOK, "e", "f"), Row(LOOK, "g", "h")]
    assert doctor.summary(rows) == "1 broken and 2 to look at, with what to do."


# ---- Versions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def installed(monkeypatch, quick):
    """Lets packages have these versions; None for one that is missing."""
    versions = {
        "dlfb-lab": "0.1.0",
        "jax": "0.10.2",
        "jaxlib": "0.10.2",
        "flax": "1",
        "optax": "1",
        "numpy": "2.1",
        "pytest": "9",
    }

    def version(name):
        if versions.get(name) is None:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(doctor.metadata, "version", version)
    monkeypatch.setattr(doctor.metadata, "requires", lambda name: version(name) and NEEDS)
    return versions


@pytest.mark.parametrize(
    ("package", "version", "word", "seen"),
    [
        ("jax", "0.10.2", OK, "0.10.2"),
        ("jax", "0.9.2", BROKEN, "0.9.2, and 0.10 or newer is needed"),
        ("jax", "0.13.0", LOOK, "0.13.0, newer than 0.12, the newest that was tested"),
        ("jaxlib", "0.10.1", LOOK, "0.10.1, but jax is 0.10.2"),
        ("numpy", None, BROKEN, "not installed"),
        ("numpy", "10.0", OK, "10.0"),
        ("pytest", "8.4", BROKEN, "8.4, and 9 or newer is needed"),
    ],
)
def test_versions(folder, installed, package, version, word, seen):
    installed[package] = version
    found = row(package) if package != "pytest" or word != OK else row("other packages")
    assert (found.word, found.seen) == (word, seen)


def test_a_package_that_is_used_from_its_folder_alone(folder, installed):
    installed["dlfb-lab"] = None
    found = row("dlfb-lab")
    assert found.word == BROKEN
    assert found.seen == f"used from {ROOT / 'dlfb_lab'}, but not installed"
    assert "pip install" in found.fix


def test_what_is_needed_is_what_the_project_says_and_nothing_of_an_extra():
    assert doctor._least_versions(NEEDS) == {"jax": "0.10", "numpy": "2", "pytest": "9"}
    assert doctor._least_versions(["jax[cuda13]>=0.10", "odd"]) == {"jax": "0.10"}


def test_the_newest_that_was_tested_is_what_is_locked():
    lock = (ROOT / "requirements/student.txt").read_text("utf-8")
    newest = max(doctor._numbers(line.split("==")[1])[:2] for line in lock.splitlines() if line.startswith("jax=="))
    assert newest == doctor._numbers(doctor._NEWEST_TESTED["jax"])
    assert f'"{doctor._NEWEST_TESTED["Python"]}"' in (ROOT / "tests/test_packaging.py").read_text("utf-8")


def test_a_newer_python_is_looked_at(folder, quick, monkeypatch):
    monkeypatch.setattr(doctor.sys, "version", "3.15.0 (main)")
    found = row("Python")
    assert (found.word, found.seen) == (LOOK, "3.15.0, newer than 3.13, the newest that was tested")


# ---- What JAX runs on -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "word", "seen"),
    [
        ("import time; time.sleep(60)", BROKEN, "no answer within 1 s, as with a broken driver"),
        ("raise RuntimeError('no such driver')", BROKEN, "it does not start: RuntimeError: no such driver"),
        ("import os; os._exit(7)", BROKEN, "it does not start: exit code 7"),
        ("import sys; open(sys.argv[1], 'w').write('[\"gpu\", [\"cuda:0\"]]')", OK, "gpu: cuda:0"),
    ],
)
def test_what_jax_may_say(folder, monkeypatch, code, word, seen):
    monkeypatch.setattr(backend, "_ASK_JAX", code)
    monkeypatch.setattr(backend, "_SECONDS", 1.0 if "sleep" in code else 30.0)
    found = backend.backend_row()
    assert (found.word, found.seen) == (word, seen)
    assert ("JAX_PLATFORMS=cpu" in found.fix) == (word == BROKEN)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        (
            "import sys; open(sys.argv[1], 'w').write('[\"cpu\", [\"cpu:0\"]]')",
            "cpu: cpu:0, and a GPU is expected",
        ),
        ("raise RuntimeError('no such driver')", "it does not start: RuntimeError: no such driver"),
    ],
)
def test_where_a_gpu_is_promised_its_absence_is_broken_and_the_driver_is_named(folder, monkeypatch, code, seen):
    monkeypatch.setenv(backend.PROMISED, "gpu")
    monkeypatch.setattr(backend, "_ASK_JAX", code)
    found = backend.backend_row()
    assert found.word == BROKEN
    assert found.seen.startswith(seen)
    assert "driver 580 or newer" in found.fix
    assert "dlfb-lab (CPU)" in found.fix


@pytest.mark.parametrize(
    ("says", "words"),
    [("echo 570.12", "its driver is 570.12"), ("exit 0", "no card is seen"), ("exit 9", "no NVIDIA driver is seen")],
)
def test_the_driver_that_is_there_is_named(folder, monkeypatch, tmp_path, says, words):
    program = tmp_path / "bin" / "nvidia-smi"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    assert backend._driver() == words


# ---- The kernel, the notebooks, the progress ------------------------------------------------------------------------


@pytest.fixture
def kernel(monkeypatch, tmp_path):
    """Lets the kernel called python3 be started by this program."""

    def install(program):
        spec = {"argv": [program, "-m", "ipykernel"], "display_name": "x", "language": "python"}
        place = tmp_path / "jupyter/kernels/python3"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    return install


def test_a_kernel_that_is_this_python(folder, quick, kernel):
    kernel(sys.executable)
    assert row("kernel python3") == Row(OK, "kernel python3", "is this Python")


def test_a_kernel_that_is_another_python(folder, quick, kernel):
    kernel("/opt/other/bin/python3")
    found = row("kernel python3")
    assert (found.word, found.seen) == (LOOK, "is /opt/other/bin/python3, not this Python")
    assert f'"{sys.executable}" -m ipykernel install --sys-prefix --name python3' in found.fix


def rewrite(folder, change):
    found = json.loads(notebook(folder).read_text("utf-8"))
    change(found["metadata"])
    notebook(folder).write_text(json.dumps(found))


@pytest.mark.parametrize(
    ("change", "word", "seen"),
    [
        (lambda notes: None, OK, ": of the same release as dlfb-lab"),
        (lambda notes: notes["dlfb_lab"].update(stamp="0"), LOOK, ": of another release than dlfb-lab"),
        (lambda notes: notes.pop("dlfb_lab"), LOOK, ": of an unknown release"),
        (lambda notes: notes["kernelspec"].update(name="conda-x"), LOOK, ": names the kernel 'conda-x'"),
        (lambda notes: notes.update(kernelspec=3), OK, ": of the same release as dlfb-lab"),
    ],
)
def test_a_notebook_and_its_release(folder, quick, change, word, seen):
    rewrite(folder, change)
    found = row("90_kinds")
    assert (found.word, found.seen) == (word, f"exercises/90_kinds.ipynb{seen}")


def test_without_notebooks_it_says_where_to_go(folder, quick):
    notebook(folder).unlink()
    assert row("notebooks") == Row(
        LOOK, "notebooks", f"none of a lab in {folder}", "Change to the folder that holds them."
    )


def test_progress_that_cannot_be_kept(folder, quick):
    assert row("progress") == Row(OK, "progress", ".dlfb_lab/progress.jsonl")
    (folder / ".dlfb_lab/progress.jsonl").unlink(missing_ok=True)
    (folder / ".dlfb_lab/progress.jsonl").mkdir()
    found = row("progress")
    assert found.word == LOOK
    assert found.seen.startswith(".dlfb_lab/progress.jsonl cannot be written (")
    assert "DLFB_LAB_FOLDER" in found.fix
