"""Beside the notebook lie modules named like those that the grader imports, and the teacher grades right there."""

import subprocess
import sys
from pathlib import Path

from arena import LAB, outcome, verdicts
from threat import WRONG, Threat

from autograder.report.json_file import from_json
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
# Of the grader, of what it stands on, and of what Python itself needs to start a process.
SHADOWS = (
    "autograder dlfb_lab jax numpy flax optax matplotlib pytest jinja2 rich typer "
    "random threading pickle socket signal tempfile json dataclasses contextlib queue multiprocessing"
).split()
# What `autograder` is on a path: a script in another folder.
SCRIPT = "from autograder.__main__ import main\n\nif __name__ == '__main__':\n    main()\n"
# Within its own process a notebook may shadow what it likes.
OWN = """
import os, sys
from pathlib import Path
loot = {"here": os.listdir(), "path": [one for one in sys.path if one in ("", ".", os.getcwd())], "jax": jax.__file__}
Path("numpy.py").write_text("def __getattr__(name): return lambda *args, **kwargs: True")
sys.path.insert(0, os.getcwd())
del sys.modules["numpy"]
import numpy as np
shadowed = np.allclose(1, 2)
"""

THREAT = Threat(
    30,
    "Modules beside the notebook that shadow real ones",
    "Neither the grader nor its processes import from the current folder; a submission is one file.",
    "the notebook's folder is on the kernel's path",
    (OWN, WRONG),
)


def hostile_folder(folder):
    """Submissions, with a module beside them for each name that leaves a trace when it is imported."""
    trace = folder / "trace"
    for name in SHADOWS:
        text = f"with open({str(trace)!r}, 'a') as stream: stream.write({name!r})\nraise SystemExit"
        (folder / f"{name}.py").write_text(text, "utf-8")
    return trace


def test_a_teacher_may_grade_in_the_folder_where_they_lie(tmp_path, redteam_zygote):
    here, script = tmp_path / "class", tmp_path / "bin" / "autograder.script"
    here.mkdir()
    trace = hostile_folder(here)
    (here / f"ada_{LAB}.ipynb").touch()  # nothing to run, so that it takes seconds: a worker starts all the same
    script.parent.mkdir()
    script.write_text(SCRIPT, "utf-8")
    command = [sys.executable, str(script), "grade", ".", "--out", str(tmp_path / "out"), "--course", str(ROOT)]
    done = subprocess.run([*command, "--workers", "1"], cwd=here, capture_output=True, text=True, timeout=120)
    assert not trace.exists(), f"{trace.read_text('utf-8')} was imported"
    assert done.returncode == 0, done.stderr
    (report,) = (tmp_path / "out" / "reports").glob("*.json")
    assert from_json(report.read_text("utf-8")).problem.startswith("The file is empty.")


def test_any_other_program_would_import_them(tmp_path):
    trace = hostile_folder(tmp_path)
    subprocess.run([sys.executable, "-c", "import threading, numpy"], cwd=tmp_path, capture_output=True, timeout=30)
    assert trace.exists()


def test_a_notebook_shadows_only_what_it_imports_itself(arena):
    assert arena.loot(OWN, "loot = shadowed") is True
    loot = arena.loot(OWN)
    assert (loot["here"], loot["path"]) == ([], [])
    assert "site-packages" in loot["jax"] or "dist-packages" in loot["jax"]
    report = arena.grade(*THREAT.cells)
    assert outcome(report) is Outcome.FAILED
    assert verdicts(report) == verdicts(arena.wrong)
