"""A zip brings compiled modules, with the right names and dates, and a notebook plants some beside the real ones."""

import importlib.util
import marshal
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jax
from arena import LAB, notebook, verdicts
from threat import RIGHT, Threat
from weapons import REFUSED, tools, unguarded

from autograder.collect import collect

PLANTS = """
def plant(path):
    with open(path, "ab"):
        pass
for place in PLACES:
    attempt("plant in " + place, plant, place + "/evil.cpython-311.pyc")
    attempt("make a folder in " + place, os.mkdir, place + "/evil")
for path in PATHS:
    attempt("change " + path, plant, path)
"""

THREAT = Threat(
    33,
    "Compiled modules in a zip, and planted beside real ones",
    "Nothing of a zip is unpacked; children may not write where anything is imported from, and neither do they.",
    "the folder is copied as it is, and a __pycache__ in it is used",
)


def compiled(code):
    """A compiled module that never looks at its source."""
    return (
        importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(compile(code, "x", "exec"))
    )


def test_a_zip_of_them_is_a_notebook_and_nothing_else(arena, tmp_path):
    trace = tmp_path / "trace"
    evil = compiled(f"open({str(trace)!r}, 'w').close()")
    tag = sys.implementation.cache_tag
    names = ["numpy.pyc", f"__pycache__/jax.{tag}.pyc", f"dlfb_lab/__pycache__/__init__.{tag}.pyc", "jax.so"]
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr(f"{LAB}.ipynb", notebook(RIGHT))
        for name in names:
            archive.writestr(name, evil)
    found = collect([tmp_path / "ada.zip"])
    (only,) = found.submissions
    assert [name.rpartition(" ")[2] for name in found.skipped] == ["jax.so"]
    assert verdicts(arena.grader().grade(only)) == verdicts(arena.honest)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ada.zip"]


def test_python_would_run_one(tmp_path):
    (tmp_path / "numpy.pyc").write_bytes(compiled("open('trace', 'w').close()"))
    subprocess.run([sys.executable, "-c", "import numpy"], cwd=tmp_path, timeout=30, check=True)
    assert (tmp_path / "trace").exists()


def test_a_notebook_plants_none(arena, tmp_path):
    places = [str(Path(module.__file__).parent) for module in (jax, os, sys.modules["dlfb_lab"])]
    paths = [jax.__file__, os.__file__, importlib.util.cache_from_source(os.__file__)]
    paths = [path for path in paths if Path(path).exists()]
    loot = arena.loot(tools(), f"PLACES, PATHS = {places}, {paths}", PLANTS)
    assert set(loot.values()) <= REFUSED, loot
    assert arena.loot("import sys; loot = sys.dont_write_bytecode") is True
    own = tmp_path / "own.py"
    own.touch()
    free = unguarded(tools(), f"PLACES, PATHS = {[str(tmp_path)]}, {[str(own)]}", PLANTS)
    assert set(free.values()) == {"done"}, "so the attempts above were real ones"
