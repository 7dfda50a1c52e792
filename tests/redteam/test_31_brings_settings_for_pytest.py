"""Beside the notebook lie settings, hooks and a plugin for pytest, with which the grader runs its checks."""

import os
import subprocess
import sys

from arena import LAB, notebook, verdicts
from threat import WRONG, Threat

from autograder.collect import collect

# Each of them would say that every check has passed.
HOOK = """
import pathlib
pathlib.Path({trace!r}).touch()

def pytest_runtest_makereport(item, call):
    call.excinfo = None

def pytest_runtest_call(item):
    item.runtest = lambda: None
"""
SETTINGS = {
    "pytest.ini": "[pytest]\naddopts = -p evil\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
    "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = evil\n",
}

THREAT = Threat(
    31,
    "conftest.py, pytest.ini, pyproject.toml, a plugin's dist-info",
    "pytest runs in the trusted process alone, with its own settings: no conftest, no plugin, no other ini.",
    "does not use pytest",
)


def hostile_folder(folder):
    """A submission with all of them beside it."""
    trace = folder / "trace"
    for name, text in SETTINGS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name in ("conftest.py", "evil.py"):
        (folder / name).write_text(HOOK.format(trace=str(trace)), "utf-8")
    (folder / f"{LAB}.ipynb").write_bytes(notebook(WRONG))
    return trace


def test_none_of_them_is_looked_at(arena, tmp_path, monkeypatch):
    trace = hostile_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "PYTEST_ADDOPTS", "-p evil")
    monkeypatch.setitem(os.environ, "PYTEST_PLUGINS", "evil")
    (only,) = [one for one in collect([tmp_path]).submissions if not one.problem]
    report = arena.grader().grade(only)
    assert not trace.exists()
    assert verdicts(report) == verdicts(arena.wrong)


def test_pytest_on_its_own_would_obey_them(tmp_path):
    trace = hostile_folder(tmp_path)
    (tmp_path / "test_it.py").write_text("def test_it(): assert False", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert trace.exists()
    assert "1 passed" in done.stdout
