"""The files of the dev container, held against each other and against what breaks elsewhere. Nothing is built here."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".devcontainer"
DOCKERFILE = (HOME / "Dockerfile").read_text("utf-8")
FILES = {"cpu": HOME / "devcontainer.json", "cuda": HOME / "cuda" / "devcontainer.json"}
# Of the keys that the dev container specification knows, those that we mean to use, with their types.
ALLOWED = {
    "name": str,
    "build": {"dockerfile": str, "context": str, "target": str},
    "remoteUser": str,
    "init": bool,
    "hostRequirements": {"cpus": int, "memory": str, "storage": str},
    "containerEnv": dict,
    "runArgs": list,
    "mounts": list,
    "updateContentCommand": list,
    "postCreateCommand": list,
    "postAttachCommand": list,
    "customizations": {
        "codespaces": {"openFiles": list},
        "vscode": {"extensions": list, "settings": dict},
    },
}
# They may differ in what a graphics card asks for, and in nothing else.
MAY_DIFFER = {"name", "build", "hostRequirements", "containerEnv", "runArgs", "mounts", "updateContentCommand"}


def read(which):
    """The configuration, without the comments that JSONC allows."""
    lines = FILES[which].read_text("utf-8").splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def complaints(found, allowed, where=""):
    """What is not in the list, or is of another type."""
    for key, value in found.items():
        wanted = allowed.get(key)
        if wanted is None:
            yield f"{where}{key} is not known"
        elif isinstance(wanted, dict):
            yield from complaints(value, wanted, f"{where}{key}.")
        elif not isinstance(value, wanted):
            yield f"{where}{key} is no {wanted.__name__}"


@pytest.mark.parametrize("which", FILES)
def test_a_configuration_has_known_keys_of_the_right_types(which):
    assert list(complaints(read(which), ALLOWED)) == []


def test_a_misspelled_key_would_be_seen():
    broken = {**read("cpu"), "remoteuser": "vscode", "init": "yes", "build": {"dockerFile": "x"}}
    assert list(complaints(broken, ALLOWED)) == [
        "build.dockerFile is not known",
        "init is no bool",
        "remoteuser is not known",
    ]


def test_both_configurations_agree_in_all_that_no_graphics_card_changes():
    cpu, cuda = read("cpu"), read("cuda")
    assert {key for key in cpu | cuda if cpu.get(key) != cuda.get(key)} == MAY_DIFFER
    assert cpu["name"] != cuda["name"], "an editor lists them by name"


@pytest.mark.parametrize("which", FILES)
def test_both_are_built_from_the_one_dockerfile_and_the_whole_checkout(which):
    build = read(which)["build"]
    assert (FILES[which].parent / build["dockerfile"]).resolve() == HOME / "Dockerfile"
    assert (FILES[which].parent / build["context"]).resolve() == ROOT
    assert f"AS {build['target']}\n" in DOCKERFILE


def test_the_user_is_the_one_that_the_image_makes_with_the_number_that_codespaces_expects():
    user = read("cpu")["remoteUser"]
    assert f"--uid 1000 --user-group --create-home --shell /bin/bash {user}" in DOCKERFILE
    assert f"USER {user}\n" in DOCKERFILE


def test_only_the_cuda_configuration_asks_for_a_graphics_card():
    """An optional one keeps containers from starting on many computers that have none."""
    assert "gpu" not in json.dumps(read("cpu")).lower()
    assert read("cpu")["containerEnv"] == {"JAX_PLATFORMS": "cpu"}
    cuda = read("cuda")
    assert cuda["runArgs"] == ["--gpus=all"]
    assert cuda["containerEnv"]["DLFB_LAB_BACKEND"] == "gpu"
    assert "JAX_PLATFORMS" not in cuda["containerEnv"]


@pytest.mark.parametrize(("which", "locked"), [("cpu", "student"), ("cuda", "cuda13")])
def test_the_packages_are_those_of_the_lock_and_there_before_an_editor_attaches(which, locked):
    environment = re.search(r"VIRTUAL_ENV=(\S+)", DOCKERFILE).group(1)
    command = read(which)["updateContentCommand"]
    assert command == ["python3", "requirements/install.py", locked, "--venv", environment]
    assert (ROOT / "requirements" / f"{locked}.txt").is_file()
    settings = read(which)["customizations"]["vscode"]["settings"]
    assert settings["python.defaultInterpreterPath"] == f"{environment}/bin/python"
    assert f"PATH={environment}/bin:" in DOCKERFILE


def test_the_files_that_are_opened_and_run_are_there():
    config = read("cpu")
    (first,) = config["customizations"]["codespaces"]["openFiles"]
    assert (ROOT / first).is_file()
    assert first in (HOME / "attach.sh").read_text("utf-8")
    assert first in (HOME / "greeting.txt").read_text("utf-8")
    assert (ROOT / config["postAttachCommand"][1]).is_file()
    (tests,) = config["customizations"]["vscode"]["settings"]["python.testing.pytestArgs"]
    assert (ROOT / tests).is_dir()


def attach(tmp_path, has_code):
    """Run attach.sh as an editor does; what it says, and what `code` was asked to open."""
    (tmp_path / "bin").mkdir(exist_ok=True)
    if has_code:
        (tmp_path / "bin/code").write_text('#!/bin/sh\necho "$@" >> "$HOME/opened"\n')
        (tmp_path / "bin/code").chmod(0o755)
    where = {"HOME": str(tmp_path), "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    said = subprocess.run(["sh", HOME / "attach.sh"], cwd=ROOT, env=where, check=True, capture_output=True, text=True)
    opened = tmp_path / "opened"
    return said.stdout, opened.read_text("utf-8").split() if opened.exists() else []


def test_the_first_exercise_is_opened_once_and_the_greeting_shown_each_time(tmp_path):
    assert attach(tmp_path, has_code=False) == ((HOME / "greeting.txt").read_text("utf-8"), [])
    for _ in range(2):
        said, opened = attach(tmp_path, has_code=True)
        assert "Welcome" in said
        assert opened == ["exercises/02_immutability.ipynb"]


@pytest.mark.parametrize("word", ["x86", "amd64", "arm64", "aarch64", "--platform", "https://", "http://"])
def test_nothing_is_made_for_one_kind_of_processor_or_fetched_past_the_lock(word):
    texts = [DOCKERFILE, *(path.read_text("utf-8") for path in FILES.values())]
    assert [text for text in texts if word in text] == []


@pytest.mark.parametrize("package", ["jaxlib", "numpy", "scipy", "tensorstore", "matplotlib"])
def test_the_lock_holds_more_than_one_file_of_what_is_made_for_each_processor(package):
    text = (ROOT / "requirements/student.txt").read_text("utf-8").replace("\\\n", " ")
    line = next(line for line in text.splitlines() if line.startswith(f"{package}=="))
    assert line.count("--hash") > 3


@pytest.mark.parametrize("word", ["# syntax", "<<", "--link", "@sha256", "--mount", "ADD "])
def test_older_engines_build_the_dockerfile_too(word):
    assert word not in DOCKERFILE


def test_no_answer_can_come_into_an_image():
    """The list names what may come in; what it does not name stays out, whatever a COPY says."""
    ignored = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] not in ("#", "")]
    assert ignored[0] == "*"
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert let_in == {"requirements", "pyproject.toml", "README.md", "LICENSE", "dlfb_lab", "autograder"}
    copied = re.findall(r"(?m)^COPY (.+)$", DOCKERFILE)
    names = {word.split("/")[0] for line in copied for word in line.split()[:-1]}
    assert names <= let_in
