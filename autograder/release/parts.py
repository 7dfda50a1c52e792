"""A course -> the files of its students' repository, by path. Nothing is written here, and no answer is read.

What students get is what the repository itself has, less what is a teacher's: the dev container without the stage that
grades, the locks of a student's sets, `dlfb_lab` with the catalog and the visible checks of the chosen labs alone.
"""

import functools
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2

import dlfb_lab
from autograder.build import build_catalog, build_lab
from autograder.course import Course, CourseError, Lab
from dlfb_lab._lab.release import FILE, cell_digest, digest

TEMPLATES = Path(__file__).parent / "templates"
REPOSITORY = Path(__file__).resolve().parents[2]
LOCKS = ("student", "notebook", "cuda13", "uv")
# What the package consists of; whatever else lies in its folder is somebody's own.
_KINDS = {".py", ".toml", ".json", ".ini"}
_PLAIN = {
    "Makefile": "Makefile",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".dockerignore": "dockerignore",
    ".github/workflows/check.yml": "check.yml",
}
_CONTAINER = ("devcontainer.json", "cuda/devcontainer.json", "attach.sh", "greeting.txt")
_FIRST_EXERCISE = re.compile(r"exercises/\w+\.ipynb")
# From the comment above the stage that grades, to the end of the file.
_GRADER_STAGE = re.compile(r"\n(?:#[^\n]*\n)*FROM base AS grader\n.*", re.DOTALL)

Files = dict[str, bytes]


def chosen_labs(course: Course, words: Sequence[str]) -> tuple[Lab, ...]:
    """The labs that `words` name, by name or number, in the course's order; no word means all, as "all" does.

    Raises:
        CourseError: a word names no lab.
    """
    wanted = {_lab_called(course, word).name for word in words if word != "all"}
    return tuple(lab for lab in course.labs if lab.name in wanted or not words or "all" in words)


def release_files(course: Course, labs: Sequence[Lab], origin: str, repository: Path) -> Files:
    """Every file of the students' repository, the description of the release among them.

    Args:
        course: the course.
        labs: those of its labs that students get.
        origin: where the newest release will be; "" where that is not said.
        repository: a checkout of this repository: its dev container and its locks are taken over.

    Raises:
        CourseError: the repository's files are not at hand, or a lab breaks a rule.
    """
    course = replace(course, labs=tuple(labs))
    notebooks = {f"exercises/{lab.name}.ipynb": build_lab(lab, course.install).encode() for lab in labs}
    project = tomllib.loads(_read(repository, "pyproject.toml").decode())["project"]
    files = {
        **notebooks,
        **_package(course),
        **_container(repository, next(iter(notebooks))),
        **{f"requirements/{name}.txt": _read(repository, f"requirements/{name}.txt") for name in LOCKS},
        **{path: (TEMPLATES / template).read_bytes() for path, template in _PLAIN.items()},
        "requirements/install.py": _read(repository, "requirements/install.py"),
        "LICENSE": _read(repository, "LICENSE"),
        "pyproject.toml": _rendered("pyproject.toml.j2", **_project(course, project)),
        "README.md": _rendered("README.md.j2", title=course.title, labs=labs, origin=origin),
    }
    files[FILE] = _description(course, origin, files, notebooks)
    return dict(sorted(files.items()))


def _lab_called(course: Course, word: str) -> Lab:
    for lab in course.labs:
        number = lab.name.partition("_")[0]
        if word == lab.name or (word.isdecimal() and number.isdecimal() and int(word) == int(number)):
            return lab
    known = ", ".join(lab.name for lab in course.labs)
    raise CourseError(f"--labs: no lab is called {word!r}. The course {course.root} has {known}.")


def _package(course: Course) -> Files:
    """`dlfb_lab` as source, speaking of the course's labs alone."""
    checks = {f"dlfb_lab/checks/test_{lab.name}.py": lab.visible_checks.read_bytes() for lab in course.labs}
    return {**package_code(), **checks, "dlfb_lab/catalog.json": build_catalog(course).encode()}


def package_code() -> Files:
    """`dlfb_lab` as source, without what belongs to a course: the catalog and the checks of labs."""
    folder = Path(dlfb_lab.__file__).parent
    own = [path for path in folder.rglob("*") if path.suffix in _KINDS and path.is_file()]
    files = {path.relative_to(folder).as_posix(): path for path in own if "__pycache__" not in path.parts}
    shared = {name: path for name, path in files.items() if name != "catalog.json" and "checks/test_" not in name}
    return {f"dlfb_lab/{name}": path.read_bytes() for name, path in shared.items()}


def _container(repository: Path, first: str) -> Files:
    """The dev container, which opens the first of the chosen exercises, and cannot grade."""
    texts = {name: _read(repository, f".devcontainer/{name}").decode() for name in _CONTAINER}
    files = {f".devcontainer/{name}": _FIRST_EXERCISE.sub(first, text).encode() for name, text in texts.items()}
    dockerfile = _read(repository, ".devcontainer/Dockerfile").decode()
    stages, cut = _GRADER_STAGE.subn("\n", dockerfile[dockerfile.index("ARG BASE_IMAGE") :])
    if not cut or "autograder" in stages or "AS dev\n" not in stages:
        raise CourseError(f"{repository / '.devcontainer/Dockerfile'}: its stages are not those that are known here.")
    head = (TEMPLATES / "dockerfile_head").read_text("utf-8")
    return {**files, ".devcontainer/Dockerfile": (head + stages.rstrip() + "\n").encode()}


def _project(course: Course, project: dict[str, Any]) -> dict[str, Any]:
    return {
        "build": ["hatchling>=1.27"],
        "name": project["name"],
        "version": project["version"],
        "description": course.title,
        "license": project["license"],
        "python": project["requires-python"],
        "dependencies": project["dependencies"],
        "extras": project["optional-dependencies"],
        "lab": project["scripts"]["lab"],
    }


def _description(course: Course, origin: str, files: Files, notebooks: Files) -> bytes:
    """What `lab doctor` and `lab update` read. The same files always give the same stamp."""
    about = {"title": course.title, "origin": origin, "labs": [lab.name for lab in course.labs]}
    digests = {path: digest(data) for path, data in sorted(files.items())}
    cells = {path: _cell_digests(data) for path, data in notebooks.items()}
    stamp = digest(json.dumps([about, digests]).encode())[:12]
    text = json.dumps({**about, "stamp": stamp, "files": digests, "cells": cells}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def _cell_digests(notebook: bytes) -> dict[str, str]:
    return {cell["id"]: cell_digest("".join(cell["source"])) for cell in json.loads(notebook)["cells"]}


def _rendered(template: str, **names: Any) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["toml"] = functools.partial(json.dumps, ensure_ascii=False)
    return environment.get_template(template).render(names).encode()


def _read(repository: Path, name: str) -> bytes:
    try:
        return (repository / name).read_bytes()
    except FileNotFoundError:
        raise CourseError(
            f"{repository}: has no {name}. A release has its dev container and its locks from a checkout of dlfb-lab, "
            "which a package that was installed does not hold: name the checkout's folder with --repository."
        ) from None
