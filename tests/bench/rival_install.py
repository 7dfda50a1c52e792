"""A virtual environment with another grader and the very JAX that we run on. It is kept for the next time.

Besides the bench, the red team and the tests of what we hand to nbgrader use it.
"""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]


class NotInstalled(Exception):
    """There is no other grader to compare with. The message says why."""


def environment_with(grader: str) -> Path:
    """The folder of the environment, made if it is not there: a minute, most of it download.

    Args:
        grader: the package and its version, as "name==1.2.3".

    Raises:
        NotInstalled: it could not be made.
    """
    own = ("jax", "jaxlib", "numpy", "matplotlib", "flax", "optax", "pytest")
    packages = [grader, "ipykernel", *(f"{name}=={version(name)}" for name in own)]
    name = "-".join([f"python{sys.version_info[0]}.{sys.version_info[1]}", grader, f"jax{version('jax')}"])
    folder = cache_folder() / name.replace("==", "")
    listed, list_of_all = folder / "complete", "\n".join(packages)
    if not listed.exists() or listed.read_text("utf-8") != list_of_all:
        _make(folder, packages)
        listed.write_text(list_of_all, "utf-8")
    return folder


def settings_for(environment: Path) -> dict[str, str]:
    """The variables to run its programs with: they call others by bare names, and the notebooks use `dlfb_lab`."""
    path = f"{environment / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "JAX_PLATFORMS": "cpu"}


def cache_folder() -> Path:
    """Where such environments are kept, outside the checkout."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "dlfb-lab-bench"


def _make(folder: Path, packages: list[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    problems = []
    for commands in _ways(folder, packages):
        problem = next(filter(None, map(_problem, commands)), "")
        if not problem:
            return
        problems.append(problem)
        shutil.rmtree(folder, ignore_errors=True)
    raise NotInstalled(f"It could not be installed: {' / '.join(problems) or 'neither uv nor pip is there'}")


def _ways(folder: Path, packages: list[str]) -> list[list[list[str]]]:
    """The ways to make it, best first, each as a list of commands."""
    python = str(folder / "bin" / "python")
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    ways = [
        [
            [sys.executable, "-m", "venv", str(folder)],
            [python, "-m", "pip", "install", "--quiet", *packages],
        ]
    ]
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", python, *packages]
        ways.insert(0, [[uv, "venv", "--quiet", "--python", sys.executable, str(folder)], install])
    return ways


def _problem(command: list[str]) -> str:
    """Run a command; the last line of its complaint, or "" when all went well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no reason given"])[-1][:120]
