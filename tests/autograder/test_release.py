"""`autograder release`: what a student gets works, and holds no answer, no hidden check and no seed.

The search here is its own, and looks for more than the release's does: nobody should have to trust one piece of code.
"""

import ast
import functools
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import CourseError, load_course
from autograder.release.parts import REPOSITORY, release_files
from dlfb_lab._lab.release import FILE, release_in

ROOT = Path(__file__).parents[2]
SOLUTIONS = ROOT / "solutions"
SMALL = ROOT / "tests" / "course"
SEED = re.search(r"(?m)^seed = (\d+)", (SOLUTIONS / "course.toml").read_text("utf-8")).group(1)
WHO = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")


def run(*words):
    return CliRunner().invoke(app, ["release", *map(str, words)])


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The repository's own course, released by the command, as a folder."""
    folder = tmp_path_factory.mktemp("release") / "labs"
    result = run(folder, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["folder"] == str(folder)
    return folder


@pytest.fixture(scope="module")
def files(released):
    return {path.relative_to(released).as_posix(): path.read_bytes() for path in released.rglob("*") if path.is_file()}


def text(files, path):
    return files[path].decode()


# ---- No secret is in it ---------------------------------------------------------------------------------------------


def squeezed(words):
    return "".join(words.split())


@functools.cache
def answers():
    """Task -> its lines from the first marker to the last, without comments and white space."""
    found = {}
    for source in sorted(SOLUTIONS.glob("*.py")):
        for cell in re.split(r"(?m)^# %%", source.read_text("utf-8")):
            name = re.match(r' answer="(\w+)"', cell)
            if name:
                between = cell[cell.index("# BEGIN SOLUTION") : cell.rindex("# END SOLUTION")]
                lines = [line for line in between.splitlines() if not line.lstrip().startswith("#")]
                found[name[1]] = [squeezed(line) for line in lines if line.strip()]
    return found


@functools.cache
def public():
    """What the exercises say, where some answers are spelled out on purpose, and the sentences of visible checks."""
    notebooks = [json.loads(path.read_text("utf-8")) for path in (ROOT / "exercises").glob("*.ipynb")]
    checks = [path.read_text("utf-8") for path in (ROOT / "dlfb_lab/checks").glob("*.py")]
    cells = ["".join(cell["source"]) for notebook in notebooks for cell in notebook["cells"]]
    return squeezed("\n".join(cells)), squeezed("\n".join(checks))


@functools.cache
def hidden():
    """(name, sentence) of every hidden check."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (SOLUTIONS / "hidden").glob("*.py")]
    checks = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [(one.name, ast.get_docstring(one)) for one in checks if one.name.startswith("test_")]


def everything_said(contents):
    """The texts of these files, with what the strings of JSON say."""
    texts = [data.decode("utf-8", "replace") for data in contents]
    inside = [json.loads(one) for one in texts if one.startswith("{")]
    cells = ["".join(cell["source"]) for one in inside for cell in one.get("cells", ()) if "nbformat" in one]
    hints = [hint for one in inside if "stamp" not in one for lab in one.get("labs", ()) for hint in hints_of(lab)]
    return "\n".join([*texts, *cells, *hints])


def hints_of(lab):
    return [text for task in lab["tasks"] for text in (*task["hints"], task["starter"])]


def secrets_in(contents):
    """Everything of the course's that these files hold and must not."""
    said = everything_said(contents)
    code, prose = squeezed("\n".join(line for line in said.splitlines() if line.lstrip()[:1] != "#")), squeezed(said)
    words, (told, checked) = set(re.findall(r"\w+", said)), public()
    for task, lines in answers().items():
        body = "".join(lines)
        if len(body) >= 30 and body in code and body not in told:
            yield f"the answer of {task}"
        yield from (f"{task}: {line}" for line in lines if len(line) >= 48 and line in code and line not in told)
    for name, sentence in hidden():
        yield from (name for _ in words & {name})
        if squeezed(sentence) in prose and squeezed(sentence) not in checked:
            yield sentence
    yield from (f"the seed {seed}" for seed in words & {SEED})


def test_the_search_finds_every_answer_and_every_hidden_check_where_they_are():
    contents = [
        path.read_bytes() for path in SOLUTIONS.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]
    found = set(secrets_in(contents))
    long = {
        task for task, lines in answers().items() if len("".join(lines)) >= 30 and "".join(lines) not in public()[0]
    }
    assert len(long) > 70
    assert {f"the answer of {task}" for task in long} <= found
    assert {name for name, _ in hidden()} <= found
    assert f"the seed {SEED}" in found


def test_no_file_of_it_holds_a_secret(files):
    assert len(files) > 100
    assert list(secrets_in(files.values())) == []
    assert [path for path in files if re.search(r"(^|/)(solutions|hidden|autograder|tests)(/|$)", path)] == []


def test_no_package_that_is_built_from_it_holds_a_secret(released, tmp_path):
    folder = shutil.copytree(released, tmp_path / "labs")
    command = [sys.executable, "-m", "hatchling", "build", "-d", tmp_path / "dist"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as archive:
        wheel = {name: archive.read(name) for name in archive.namelist()}
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"dlfb_lab"}
    assert {"dlfb_lab/catalog.json", "dlfb_lab/diagnoses.toml"} <= wheel.keys()
    assert list(secrets_in(wheel.values())) == []
    packed = next((tmp_path / "dist").glob("*.tar.gz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        source = [archive.extractfile(member).read() for member in archive if member.isfile()]
    assert list(secrets_in(source)) == []


@needs_git
def test_no_git_repository_that_is_made_of_it_holds_a_secret(released, files, tmp_path):
    folder = shutil.copytree(released, tmp_path / "labs")

    def git(*words):
        return subprocess.run(["git", *WHO, *words], cwd=folder, check=True, capture_output=True).stdout

    git("init")
    git("add", "--all")
    git("commit", "--message", "Release")
    assert git("ls-files", "-z").decode().split("\0")[:-1] == sorted(files), "git ignores nothing of it"
    names = git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)").decode().split()
    objects = [
        git("cat-file", kind, name) for kind, name in zip(names[::2], names[1::2], strict=True) if kind != "tree"
    ]
    assert len(objects) == len({*files.values()}) + 1
    assert list(secrets_in(objects)) == []


# ---- What a student gets --------------------------------------------------------------------------------------------


def test_the_description_names_every_file_and_is_the_same_each_time(files, released, course):
    described = release_in(released)
    assert {*described.files, FILE} == set(files)
    assert described.labs == tuple(lab.name for lab in course.labs)
    assert all(described.data(path) for path in described.files)
    assert re.fullmatch(r"[0-9a-f]{12}", described.stamp)
    assert release_files(course, course.labs, "", REPOSITORY) == files


def test_the_exercises_and_the_checks_are_those_of_the_repository(files):
    for path in [*ROOT.glob("exercises/*.ipynb"), *ROOT.glob("dlfb_lab/checks/*.py"), ROOT / "dlfb_lab/catalog.json"]:
        assert files[path.relative_to(ROOT).as_posix()] == path.read_bytes()


def test_the_packages_are_the_locked_ones_of_a_student(files):
    for name in ("student", "notebook", "cuda13", "uv"):
        assert files[f"requirements/{name}.txt"] == (ROOT / f"requirements/{name}.txt").read_bytes()
    assert {path for path in files if path.startswith("requirements/")} == {
        *(f"requirements/{name}.txt" for name in ("student", "notebook", "cuda13", "uv")),
        "requirements/install.py",
    }
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    theirs = tomllib.loads(text(files, "pyproject.toml"))["project"]
    assert theirs["dependencies"] == ours["dependencies"]
    assert theirs["optional-dependencies"].keys() == {"notebook", "cuda13"}
    assert theirs["scripts"] == {"lab": ours["scripts"]["lab"]}
    assert (theirs["name"], theirs["version"]) == (ours["name"], ours["version"])


def test_the_installer_offers_what_is_there(released):
    command = [sys.executable, released / "requirements/install.py"]
    done = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert "{student,notebook,cuda13}" in "".join(done.stdout.split())
    refused = subprocess.run([*command, "instructor"], capture_output=True, text=True)
    assert refused.returncode == 2


def test_the_container_needs_nothing_of_the_grader(files):
    dockerfile = text(files, ".devcontainer/Dockerfile")
    assert re.findall(r"(?m)^FROM .* AS (\w+)$", dockerfile) == ["base", "dev"]
    assert "grade" not in dockerfile
    stages = dockerfile[dockerfile.index("ARG BASE_IMAGE") :].rstrip()
    assert stages in (ROOT / ".devcontainer/Dockerfile").read_text("utf-8"), "the stages are those of the repository"
    copied = re.findall(r"(?m)^COPY (\S+)", dockerfile)
    assert all(path.split("/")[0] == "requirements" and path in files for path in copied)
    assert "!requirements" in text(files, ".dockerignore")
    for name in ("devcontainer.json", "cuda/devcontainer.json"):
        assert files[f".devcontainer/{name}"] == (ROOT / ".devcontainer" / name).read_bytes()


def test_the_workflow_may_only_read_and_runs_the_visible_checks(files):
    workflow = yaml.safe_load(text(files, ".github/workflows/check.yml"))
    assert workflow["permissions"] == {"contents": "read"}
    assert "push" in workflow[True]  # YAML takes `on` for a truth value
    (job,) = workflow["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert commands == ["python requirements/install.py student", ".venv/bin/python -m pytest -q dlfb_lab/checks"]
    assert "secrets." not in text(files, ".github/workflows/check.yml")
    assert job["timeout-minutes"] <= 20


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
def test_make_lists_its_words_and_the_readme_names_no_others(released, files):
    done = subprocess.run(["make", "--no-print-directory"], cwd=released, capture_output=True, text=True, check=True)
    words = [line.split()[1] for line in done.stdout.splitlines()]
    assert words == ["help", "setup", "notebook", "check", "clean"]
    readme = text(files, "README.md")
    assert {"setup", "notebook", "check"} <= set(re.findall(r"\bmake ([a-z]+)\b", readme)) <= set(words)
    links = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    assert links and set(links) <= set(files)
    assert "`lab update --from FILE`" in readme and "lab doctor` says when" not in readme, "no origin was given"


def test_the_readme_names_every_word_of_the_lab_command(files):
    from dlfb_lab._cli import app as lab

    words = {command.name or command.callback.__name__ for command in lab.registered_commands}
    assert words == set(re.findall(r"(?m)^lab (\w+)", text(files, "README.md")))


def test_nothing_in_it_names_this_machine_or_a_package_index(files):
    said = everything_said(files.values())
    assert [word for word in (str(ROOT), str(Path.home()) + "/", "index-url", "find-links") if word in said] == []


def some_labs(folder, *labs):
    """A course with some of the repository's labs."""
    (folder / "solutions").mkdir(parents=True)
    for name in ("course.toml", *(f"{lab}.py" for lab in labs)):
        shutil.copy(SOLUTIONS / name, folder / "solutions" / name)
    return folder


def test_chosen_labs_alone_are_in_it_and_the_command_works_with_them(tmp_path):
    course = ["--course", some_labs(tmp_path / "course", "02_immutability", "03_random_keys", "05_jit")]
    result = run(tmp_path / "labs", "--labs", "03_random_keys, 5", *course)
    assert result.exit_code == 0, result.output
    assert "03_random_keys, 05_jit (20 tasks)" in result.output
    there = {path.relative_to(tmp_path / "labs").as_posix() for path in (tmp_path / "labs").rglob("*.*")}
    for folder, kind in (("exercises", "ipynb"), ("dlfb_lab/checks", "py")):
        found = {name for name in there if re.fullmatch(rf"{folder}/(test_)?\d\w+\.{kind}", name)}
        assert len(found) == 2, found
    for name in ("devcontainer.json", "attach.sh", "greeting.txt"):
        said = (tmp_path / "labs/.devcontainer" / name).read_text("utf-8")
        assert set(re.findall(r"exercises/\w+\.ipynb", said)) == {"exercises/03_random_keys.ipynb"}
    listed = subprocess.run(
        [sys.executable, "-m", "dlfb_lab", "list"], cwd=tmp_path / "labs", capture_output=True, text=True, check=True
    ).stdout
    assert "0 of 20 tasks hold" in listed
    assert "Next: " in listed and "exercises/03_random_keys.ipynb" in listed
    told = json.loads(run(tmp_path / "labs", "--labs", "03_random_keys", *course, "--json").output)
    assert told["removed"] == ["dlfb_lab/checks/test_05_jit.py", "exercises/05_jit.ipynb"]
    assert json.loads(run(tmp_path / "labs", *course, "--json").output)["labs"] == ["03_random_keys"], "as last time"
    assert len(json.loads(run(tmp_path / "labs", *course, "--labs", "all", "--json").output)["labs"]) == 3


# ---- Where it goes --------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    """A copy of the small course, to be changed."""
    return shutil.copytree(SMALL, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))


def release_small(small, folder, *words):
    return run(folder, "--course", small, *words)


def said(result):
    return " ".join(result.output.split())


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def retitle(small):
    source = small / "solutions/90_kinds.py"
    source.write_text(source.read_text("utf-8").replace("# # ", "# # Again: ", 1), "utf-8")


def test_a_second_time_changes_what_has_changed_and_nothing_else(small, tmp_path):
    folder = tmp_path / "labs"
    assert release_small(small, folder, "--origin", "https://example.org/labs.git").exit_code == 0
    (folder / "notes.md").write_text("the instructor's own", "utf-8")
    before = everything(folder)
    assert release_small(small, folder).exit_code == 0
    assert everything(folder) == before
    retitle(small)
    result = release_small(small, folder, "--json")
    told = json.loads(result.output)
    assert told["changed"] == [FILE, "README.md", "dlfb_lab/catalog.json", "exercises/90_kinds.ipynb"]
    assert told["new"] == told["removed"] == []
    assert release_in(folder).origin == "https://example.org/labs.git", "kept from the first time"
    assert release_in(folder).stamp == told["stamp"] != json.loads(before[FILE])["stamp"]
    assert (folder / "notes.md").read_text("utf-8") == "the instructor's own"


def test_the_readme_says_where_the_newest_release_comes_from(small):
    course = load_course(small)
    readme = release_files(course, course.labs, "https://example.org/labs.git", REPOSITORY)["README.md"].decode()
    assert "`lab doctor` says when your instructor has released one, and `lab update` brings it." in readme


def test_what_somebody_changed_is_never_overwritten(small, tmp_path):
    folder = tmp_path / "labs"
    release_small(small, folder)
    (folder / "README.md").write_text("mine", "utf-8")
    before = everything(folder)
    retitle(small)
    result = release_small(small, folder)
    assert result.exit_code == 2
    assert "changed by somebody since it was released, and is not overwritten: README.md. Delete it" in said(result)
    assert everything(folder) == before


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(small, tmp_path):
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs/thesis.tex").write_text("mine", "utf-8")
    result = release_small(small, tmp_path / "labs")
    assert result.exit_code == 2
    assert "is not empty, and no earlier release has made it: it holds thesis.tex." in said(result)
    assert everything(tmp_path / "labs") == {"thesis.tex": b"mine"}
    (tmp_path / "file").write_text("x", "utf-8")
    assert "is no folder" in said(release_small(small, tmp_path / "file"))


def test_a_run_that_was_interrupted_is_finished_by_the_next(small, tmp_path, monkeypatch):
    from autograder.release import place

    write, left = place.write_whole, [10]

    def full(path, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(path))
        write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(place, "write_whole", full)
        result = release_small(small, tmp_path / "labs")
    assert (result.exit_code, len(everything(tmp_path / "labs"))) == (1, 10)
    assert "No space left on device" in said(result)
    assert release_small(small, tmp_path / "labs").exit_code == 0
    assert release_in(tmp_path / "labs") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_nothing_is_written_through_a_link(small, tmp_path):
    folder = tmp_path / "labs"
    release_small(small, folder)
    (folder / "exercises").rename(tmp_path / "elsewhere")
    (folder / "exercises").symlink_to(tmp_path / "elsewhere")
    retitle(small)
    before = everything(tmp_path / "elsewhere")
    assert release_small(small, folder).exit_code == 2
    assert everything(tmp_path / "elsewhere") == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--labs", "99"], "--labs: no lab is called '99'."),
        (["--origin", "labs"], "--origin labs: students could not find that. Give a git URL, or a path from the root."),
        (["--origin", "https://me:token@example.org/x"], "the URL holds a password or a token"),
        (["--repository", "."], "name the checkout's folder with --repository."),
        (["--course", "nowhere"], "nowhere: no course"),
    ],
)
def test_wrong_input_is_said_and_nothing_is_written(tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    result = run("labs", *(words if "--course" in words else ["--course", SMALL, *words]))
    assert result.exit_code == 2
    assert sentence in said(result)
    assert not (tmp_path / "labs").exists()


def test_another_dockerfile_is_not_guessed_at(tmp_path):
    small = load_course(SMALL)
    for name in ("pyproject.toml", "LICENSE", ".devcontainer/cuda/devcontainer.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / ".devcontainer", tmp_path / ".devcontainer", dirs_exist_ok=True)
    (tmp_path / ".devcontainer/Dockerfile").write_text("ARG BASE_IMAGE=debian\nFROM ${BASE_IMAGE} AS dev\n", "utf-8")
    with pytest.raises(CourseError, match="its stages are not those that are known here"):
        release_files(small, small.labs, "", tmp_path)
