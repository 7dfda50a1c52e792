"""A notebook imports the course's answers: as a package, a file, bytecode, a zip, or out of a repository's history."""

import py_compile
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from arena import LAB
from threat import Threat
from weapons import tools, unguarded

IMPORTS = """
import importlib, importlib.util, pathlib, sys, zipimport, zlib

def is_known(module):
    assert "kmer_counts" in vars(module)

def by_place(file):
    spec = importlib.util.spec_from_file_location("found", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    is_known(module)

def by_path(file):
    sys.path.insert(0, str(pathlib.Path(file).parent))
    is_known(importlib.import_module(pathlib.Path(file).stem))

def by_history(folder):
    with open(folder + "/.git/objects/ab/cdef", "rb") as stream:
        assert b"kmer_counts" in zlib.decompress(stream.read())

def guarded(name, way, *arguments):
    "An import that fails is no error of the system's."
    try:
        attempt(name, way, *arguments)
    except ImportError as error:
        loot[name] = type(error).__name__

guarded("place", by_place, FOLDER + "/answers.py")
guarded("bytecode", by_place, FOLDER + "/answers.pyc")
guarded("path", by_path, FOLDER + "/answers.py")
guarded("zip", lambda: is_known(zipimport.zipimporter(FOLDER + "/answers.zip").load_module("answers")))
guarded("history", by_history, FOLDER)
"""
NAMES = ("solutions", f"solutions.{LAB}", LAB, "course_answers", f"test_{LAB}", f"solutions.hidden.test_{LAB}", "tests")

THREAT = Threat(
    18,
    "Importing the answers, reading bytecode or the repository's history",
    "No package holds them, and the folder that does is closed, with its history.",
    "whatever the grader's user can read, the kernel can import",
)


@pytest.fixture
def taken():
    """Answers in every form, in a folder that everybody may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        source = folder / "answers.py"
        source.write_text("def kmer_counts(idx, K):\n    return 'right'\n")
        py_compile.compile(str(source), f"{folder}/answers.pyc")
        with zipfile.ZipFile(folder / "answers.zip", "w") as archive:
            archive.write(source, "answers.py")
        (folder / ".git/objects/ab").mkdir(parents=True)
        (folder / ".git/objects/ab/cdef").write_bytes(zlib.compress(b"blob 44\0" + source.read_bytes()))
        yield f"FOLDER = {name!r}"


def test_no_form_of_the_answers_can_be_had(arena, taken):
    loot = arena.loot(tools(), taken, IMPORTS)
    assert loot.pop("path") == "ModuleNotFoundError"
    assert loot.pop("zip") == "ZipImportError"
    assert loot == dict.fromkeys(("place", "bytecode", "history"), "EACCES")


def test_no_package_holds_them(arena):
    tries = f"loot = {{}}\nfor name in {NAMES!r}:\n    try:\n        __import__(name)\n        loot[name] = 'done'\n"
    loot = arena.loot(tries + "    except ImportError as error:\n        loot[name] = type(error).__name__")
    assert loot == dict.fromkeys(NAMES, "ModuleNotFoundError")


def test_without_a_sandbox_each_form_is_had(taken):
    loot = unguarded(tools(), taken, IMPORTS)
    assert loot == dict.fromkeys(("place", "bytecode", "path", "zip", "history"), "done")
