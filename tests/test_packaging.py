"""What is installed, from where, and what the package holds: never an answer, never an unchecked download."""

import importlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder.cli_common import EXIT_CODES

ROOT = Path(__file__).parents[1]
SETS = ["student", "notebook", "cuda13", "instructor", "dev"]
LOCKS = [*SETS, "uv"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the source archive, built without a network by the locked build backend."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    """The wheel's files: name -> bytes."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def source_archive(built):
    """The source archive's files, named from inside its one folder."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.split("/", 1)[1] for name in archive.getnames()}


@pytest.fixture
def script(monkeypatch):
    """One of the scripts in requirements/, imported afresh by its name."""

    def load(name):
        monkeypatch.syspath_prepend(str(ROOT / "requirements"))
        monkeypatch.delitem(sys.modules, name, raising=False)
        return importlib.import_module(name)

    yield load
    for name in ("install", "lock", "second"):
        sys.modules.pop(name, None)


def test_the_wheel_holds_every_file_of_both_packages(wheel):
    files = {path for package in ("dlfb_lab", "autograder") for path in (ROOT / package).rglob("*") if path.is_file()}
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert {"dlfb_lab/diagnoses.toml", "dlfb_lab/catalog.json"} <= wanted
    assert any(re.fullmatch(r"dlfb_lab/checks/test_\w+\.py", name) for name in wanted)
    assert wanted - wheel.keys() == set()


def test_the_wheel_holds_nothing_else(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"dlfb_lab", "autograder"}
    # One lays out an empty file for an author; the other reads an answer where a course is at hand. Neither holds any.
    assert [name for name in wheel if re.search(r"solutions?\b|hidden|\btests/", name)] == [
        "autograder/new/templates/hidden.py.j2",
        "dlfb_lab/_solution.py",
    ]


def test_the_source_archive_holds_no_solutions_and_no_tests(source_archive):
    names = {name.split("/")[0] for name in source_archive}
    assert names == {"dlfb_lab", "autograder", "README.md", "LICENSE", "pyproject.toml", "PKG-INFO", ".gitignore"}


def test_no_hidden_check_has_found_its_way_into_the_wheel(wheel):
    hidden = "\n".join(path.read_text("utf-8") for path in (ROOT / "solutions/hidden").glob("*.py"))
    names = set(re.findall(r"^def (test_\w+)", hidden, flags=re.MULTILINE))
    assert names, "no hidden check was found in solutions/hidden/"
    everything = b"\n".join(wheel.values()).decode("utf-8", "replace")
    assert {name for name in names if name in everything} == set()


def locked(name):
    """The requirements of a lock file, each with the number of its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(line.split("--hash")[0]), line.count("--hash=sha256:")) for line in lines]


def declared(*extras):
    """What pyproject.toml asks for, with the extras named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [each for each in map(Requirement, wanted) if each.name != project["name"]]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(name):
    for requirement, hashes in locked(name):
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes > 0, f"{requirement} has no hash"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place_to_download_from(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert re.findall(r"(?m)://|^-|^.*\bindex\b|find-links| @ ", text) == []


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("student", []),
        ("notebook", ["notebook"]),
        ("cuda13", ["cuda13"]),
        ("instructor", ["instructor"]),
        ("dev", ["instructor", "dev"]),
    ],
)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_lock_answers_what_pyproject_asks_on(system, python, name, extras):
    machine = {"python_full_version": f"{python}.0", "python_version": python, "sys_platform": system}
    machine |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    valid = [each for each, _ in locked(name) if each.marker is None or each.marker.evaluate(machine)]
    versions = {each.name: next(iter(each.specifier)).version for each in valid}
    assert len(versions) == len(valid), "a package is locked to two versions at once"
    for wanted in [*declared(*extras), Requirement("hatchling>=1.27"), Requirement("editables")]:
        assert wanted.specifier.contains(versions[wanted.name]), wanted
    assert versions["jax"].startswith("0.10." if python == "3.11" else "0.12.")


def test_the_smaller_locks_lie_within_the_larger_ones():
    lines = {name: {str(requirement) for requirement, _ in locked(name)} for name in SETS}
    assert lines["student"] < lines["instructor"] < lines["dev"]
    # What is added here is needed on more systems than there, so the conditions differ.
    pins = {name: {line.split(";")[0].strip() for line in own} for name, own in lines.items()}
    assert pins["student"] < pins["notebook"]
    assert lines["student"] < lines["cuda13"]


def test_a_python_that_is_too_old_is_told_which_one_is_needed(script):
    install = script("install")
    with pytest.raises(install.InstallError, match=r"this is Python 3\.9, and 3\.11 or newer is needed.*make setup"):
        install.require_python(3, 9)
    install.require_python(3, 11)


def test_a_folder_that_is_no_environment_is_never_removed(script, tmp_path):
    install = script("install")
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(install.InstallError, match=r"is there, but is no virtual environment\. Move it away"):
        install.remove(tmp_path)
    assert (tmp_path / "thesis.tex").exists()


def test_a_python_without_ensurepip_is_told_what_to_install(script, tmp_path, monkeypatch):
    install = script("install")
    monkeypatch.setattr(install, "find_uv", lambda folder: None)
    monkeypatch.setattr(install, "has", lambda module: False)
    with pytest.raises(install.InstallError, match=r"ensurepip is missing.*sudo apt install python3\.\d+-venv"):
        install.create(tmp_path / ".venv")


def test_a_command_that_fails_is_named_with_its_exit_code(script):
    install = script("install")
    with pytest.raises(install.InstallError, match=r"raise SystemExit\(3\)` ended with exit code 3.*run this again"):
        install.run([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.fixture
def fake_environment(script, monkeypatch):
    """install.py with every command recorded instead of run, and a folder for its environment in the checkout."""
    install = script("install")
    folder = ROOT / f".venv-test-{id(install)}"
    ran = []

    def run(command, quiet=False):
        ran.append(command)
        install.program(folder, "python").parent.mkdir(parents=True, exist_ok=True)
        install.program(folder, "python").touch()
        (folder / "pyvenv.cfg").touch()

    monkeypatch.setattr(install, "run", run)
    monkeypatch.setattr(install, "find_uv", lambda folder: "uv")
    yield install, folder, ran
    shutil.rmtree(folder, ignore_errors=True)


def test_every_package_is_installed_by_its_hash_and_the_project_without_a_download(fake_environment):
    install, folder, ran = fake_environment
    install.install("student", folder)
    _, packages, project, kernel = ran
    assert packages[-3:] == ["--require-hashes", "--requirement", "requirements/student.txt"]
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "--editable", "."]
    assert kernel[-1] == "Python 3 (dlfb-lab)"


def test_a_second_installation_does_nothing_and_says_so(fake_environment, capsys):
    install, folder, ran = fake_environment
    install.install("student", folder)
    ran.clear()
    install.install("student", folder)
    assert ran == []
    assert "is up to date: student, Python 3." in capsys.readouterr().out


def test_a_changed_lock_is_installed_into_the_same_environment(fake_environment):
    install, folder, ran = fake_environment
    install.install("student", folder)
    ran.clear()
    install.install("dev", folder)
    assert len(ran) == 3, "packages, project and kernel, and no new environment"


def test_an_environment_that_was_moved_is_made_anew(fake_environment):
    install, folder, ran = fake_environment
    install.install("student", folder)
    stamp = folder / install.STAMP
    stamp.write_text(stamp.read_text("utf-8").replace(str(folder), "/elsewhere"), "utf-8")
    ran.clear()
    install.install("student", folder)
    assert len(ran) == 4
    assert ran[0][1] == "venv"


def test_the_tests_run_on_both_jax_versions_whichever_python_is_first(script):
    second = script("second")
    assert "3.13" in second.other_side("3.11")
    assert second.other_side("3.12") == second.other_side("3.13") == ["3.11"]


def test_a_machine_with_one_python_is_told_so(script, monkeypatch, capsys):
    second = script("second")
    monkeypatch.setattr(second, "pythons", lambda wanted: iter([]))
    assert second.main([]) == 0
    assert re.fullmatch(
        r"No Python 3.* was found, so the tests ran on Python 3\.\d+ alone\.\n", capsys.readouterr().out
    )


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")


def make(*words):
    # `make test` runs this too, and a make within a make talks of the folders that it enters.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, env=outside)


@needs_make
def test_make_alone_lists_every_word():
    words = re.search(r"\.PHONY: (.*)", (ROOT / "Makefile").read_text("utf-8")).group(1).split()
    assert [line.split()[1] for line in make().stdout.splitlines()] == words


@needs_make
def test_make_without_a_python_says_what_to_install():
    done = make("setup", "PYTHON=")
    assert done.returncode != 0
    assert "no Python 3.11 or newer was found" in done.stderr
    assert "make setup PYTHON=" in done.stderr


def test_the_readme_names_only_make_words_and_files_that_exist():
    readme = (ROOT / "README.md").read_text("utf-8")
    words = set(re.findall(r"\bmake ([a-z-]+)\b", readme))
    assert {"setup", "demo", "test"} <= words
    assert words <= set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    links = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_contributing_draws_files_that_exist():
    named = set(re.findall(r"(?<![\w/<>])[a-z][\w/]*\.py\b", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert "grade.py" in named
    assert [
        name for name in sorted(named) if not ((ROOT / name).exists() or (ROOT / "autograder" / name).exists())
    ] == []


def test_the_readme_gives_the_exit_codes_that_the_help_gives():
    in_readme = re.findall(r"(?m)^\| (\d+) \| (.+) \|$", (ROOT / "README.md").read_text("utf-8"))
    assert in_readme == re.findall(r"(\d+) ([^·\n]+?)\s*(?:·|\n)", EXIT_CODES)


def test_continuous_integration_runs_what_the_readme_says():
    assert re.search(r"(?m)^make test ", (ROOT / "README.md").read_text("utf-8"))
    commands = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert commands.index("make test") < commands.index('exit "$code"')
    assert "set -euo pipefail" in commands
