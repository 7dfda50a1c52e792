"""Make this checkout's virtual environment: locked packages, the project itself, its Jupyter kernel.

    python3 requirements/install.py              `dev`; `student` in a student's repository, which has three sets
    python3 requirements/install.py student      what a learner needs
    python3 requirements/install.py notebook     that, and JupyterLab
    python3 requirements/install.py cuda13       what a learner with an NVIDIA GPU needs
    python3 requirements/install.py instructor   what a teacher needs on top of a learner's
    python3 requirements/install.py dev          everything, to grade with and to change this repository

It needs Python 3.11 and its standard library, on Linux, macOS and Windows, and writes to `.venv` alone. uv is taken
from PATH where it is there; elsewhere pip puts it into the environment, because a system's own pip is often locked.
Every package comes from `requirements/<set>.txt` and must match its hash. When nothing has changed since the last
run, it says so and is done at once.

Its syntax stays readable to older Pythons (3.7), so that they too can say which one is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
STAMP = "dlfb-lab.stamp"
KERNEL = "Python 3 (dlfb-lab)"
SETS = [name for name in ("student", "notebook", "cuda13", "instructor", "dev") if (HERE / f"{name}.txt").is_file()]
DEFAULT = "dev" if "dev" in SETS else "student"
# Settings of a user's own that would send packages elsewhere than into the environment.
STRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH", "UV_SYSTEM_PYTHON")


class InstallError(Exception):
    """Something that the reader must put right. The message says what, and how."""


def main(arguments: list[str] | None = None) -> int:
    """Install, or say what is missing. Returns the exit code: 0 done, 1 could not be done."""
    parser = argparse.ArgumentParser(prog="install.py", description="Make the virtual environment of this checkout.")
    parser.add_argument("set", nargs="?", default=DEFAULT, choices=SETS)
    parser.add_argument("--venv", default=".venv", help="its folder, from the checkout (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    try:
        require_python(sys.version_info[0], sys.version_info[1])
        install(chosen.set, ROOT / chosen.venv)
    except InstallError as problem:
        print(f"install.py: {problem}", file=sys.stderr)
        return 1
    return 0


def require_python(major: int, minor: int) -> None:
    """Refuse a Python that the locked packages do not know."""
    if (major, minor) < (3, 11):
        raise InstallError(
            f"this is Python {major}.{minor}, and 3.11 or newer is needed. Name a newer one, as in "
            "`python3.12 requirements/install.py` or `make setup PYTHON=python3.12`."
        )


def install(name: str, folder: Path) -> None:
    """Bring `folder` to the state that the set called `name` describes.

    The stamp has two lines: where and of which Python the environment was made, and what was put into it.
    """
    stamp, wanted = folder / STAMP, [place_of(folder), contents_of(name)]
    found = stamp.read_text("utf-8").splitlines() if stamp.is_file() else []
    if found == wanted and program(folder, "python").exists():
        return print(f"{folder.name} is up to date: {name}, Python {version()}.")
    print(f"Installing into {folder.name}: {name}, Python {version()} ...", flush=True)
    if found[:1] != wanted[:1] or not program(folder, "python").exists():
        remove(folder)
        create(folder)
    stamp.write_text(wanted[0] + "\n", "utf-8")
    fill(name, folder)
    stamp.write_text("\n".join(wanted) + "\n", "utf-8")
    return print(f"Done. Its Python is {program(folder, 'python')}")


def place_of(folder: Path) -> str:
    """What an environment cannot outlive: a move of the checkout, or another Python."""
    return f"Python {sys.version.split()[0]} of {os.path.realpath(base_python())} in {folder}"


def contents_of(name: str) -> str:
    """The set's name and a digest of everything that decides what is installed for it."""
    files = [HERE / f"{name}.txt", ROOT / "pyproject.toml", Path(__file__).resolve()]
    return name + " " + hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def version() -> str:
    """The version of the Python that runs, such as "3.11"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def base_python() -> str:
    """The Python underneath: itself, or the one that the running virtual environment was made from."""
    return getattr(sys, "_base_executable", None) or sys.executable


def program(folder: Path, name: str) -> Path:
    """Where the environment in `folder` has the program called `name`."""
    return folder / "Scripts" / f"{name}.exe" if os.name == "nt" else folder / "bin" / name


def remove(folder: Path) -> None:
    """Remove an environment of another Python or place, and nothing else that happens to have its name."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        raise InstallError(f"{folder} is there, but is no virtual environment. Move it away and run this again.")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise InstallError(f"{folder} cannot be renewed ({error}). Close what uses it and run this again.") from None


def create(folder: Path) -> None:
    """Make an empty environment: with uv where there is one, else with this Python's own means."""
    uv = find_uv(folder)
    if uv:
        return run([uv, "venv", "--quiet", "--python", base_python(), str(folder)])
    if has("ensurepip"):
        return run([base_python(), "-m", "venv", str(folder)])
    if has("venv") and has("pip"):
        return run([base_python(), "-m", "venv", "--without-pip", str(folder)])
    raise InstallError(
        f"this Python ({base_python()}) cannot make virtual environments: its module ensurepip is missing. "
        f"On Debian and Ubuntu: `sudo apt install python{version()}-venv`. Elsewhere: install uv, or another "
        "Python 3.11 or newer. Then run this again."
    )


def has(module: str) -> bool:
    """Whether this Python has `module`, and not merely a folder of its name."""
    spec = importlib.util.find_spec(module)
    return spec is not None and spec.origin is not None


def fill(name: str, folder: Path) -> None:
    """Put the set, the project and its Jupyter kernel into the environment."""
    python = str(program(folder, "python"))
    uv = [find_uv(folder) or add_uv(folder), "pip", "install", "--quiet", "--python", python]
    run([*uv, "--require-hashes", "--requirement", f"requirements/{name}.txt"])
    run([*uv, "--no-deps", "--no-build-isolation", "--editable", "."])
    kernel = ["--sys-prefix", "--name", "python3", "--display-name", KERNEL]
    run([python, "-m", "ipykernel", "install", *kernel], quiet=True)


def find_uv(folder: Path) -> str | None:
    """Where uv is: on PATH, in this environment, in the checkout's main one; None where it is nowhere."""
    places = [shutil.which("uv"), program(folder, "uv"), program(ROOT / ".venv", "uv")]
    return next((str(place) for place in places if place and Path(place).exists()), None)


def add_uv(folder: Path) -> str:
    """Put uv into the environment: with the pip in it, or with the pip of the Python underneath."""
    python = str(program(folder, "python"))
    inside = (folder / "pyvenv.cfg").parent.glob("[lL]ib*/**/site-packages/pip")
    pip = [python, "-m", "pip"] if any(inside) else [base_python(), "-m", "pip", "--python", python]
    run([*pip, "install", "--quiet", "--require-hashes", "--requirement", "requirements/uv.txt"])
    return str(program(folder, "uv"))


def run(command: list[str], quiet: bool = False) -> None:
    """Run `command` in the checkout, without the settings that would lead packages astray."""
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=output)
    if done.returncode:
        raise InstallError(
            f"`{' '.join(command)}` ended with exit code {done.returncode}; its own words are above. "
            "Put that right and run this again."
        )


def environment() -> dict[str, str]:
    """The user's environment, less what would lead packages astray.

    Where the machine has certificates of its own, uv trusts them as pip does: many campus networks need theirs.
    """
    kept = {name: value for name, value in os.environ.items() if name not in STRAY}
    if ssl.create_default_context().cert_store_stats()["x509"]:
        kept.setdefault("UV_SYSTEM_CERTS", "true")
    return kept


if __name__ == "__main__":
    sys.exit(main())
