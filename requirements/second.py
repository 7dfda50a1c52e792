"""Run the tests once more on the other JAX: Python 3.11 has 0.10, 3.12 and newer have 0.12.

    .venv/bin/python requirements/second.py [ARGUMENTS OF PYTEST]

Looks on PATH, among uv's and pyenv's Pythons; downloads none. Makes `.venv-<version>` beside `.venv` and runs pytest
in it. A machine with one Python only is told so and has passed. Returns pytest's exit code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from install import HERE, ROOT, find_uv, program, version


def main(arguments: list[str]) -> int:
    """Find a second Python, install there, test there."""
    wanted = other_side(version())
    python = next(pythons(wanted), None)
    if python is None:
        print(f"No Python {' or '.join(wanted)} was found, so the tests ran on Python {version()} alone.")
        return 0
    folder = f".venv-{version_of(python)}"
    made = subprocess.run([python, HERE / "install.py", "--venv", folder], cwd=ROOT).returncode
    return made or subprocess.run([program(ROOT / folder, "python"), "-m", "pytest", *arguments], cwd=ROOT).returncode


def other_side(this: str) -> list[str]:
    """The versions, best first, whose JAX is the one that Python `this` does not have."""
    return ["3.13", "3.12", "3.14"] if this == "3.11" else ["3.11"]


def pythons(wanted: list[str]) -> Iterator[str]:
    """Every Python of one of the `wanted` versions on this machine, best version first."""
    for each in wanted:
        yield from (python for python in (uv_python(each), *pyenv_pythons(each)) if version_of(python) == each)


def uv_python(wanted: str) -> str:
    """What uv finds on PATH and among its own; "" for none."""
    uv = find_uv(ROOT / ".venv")
    if uv is None:
        return ""
    never = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    command = [uv, "python", "find", "--system", "--no-project", "--no-config", wanted]
    return subprocess.run(command, env=never, capture_output=True, text=True).stdout.strip()


def pyenv_pythons(wanted: str) -> list[str]:
    """The Pythons of pyenv, also those that it has not switched on."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [str(path) for path in sorted(root.glob(f"versions/{wanted}.*/bin/python{wanted}"), reverse=True)]


def version_of(python: str) -> str:
    """The version that `python` has when it is run, such as "3.13"; "" where it cannot be run."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        return subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=60).stdout.strip()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
