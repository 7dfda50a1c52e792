"""Compile the lock: pyproject.toml -> requirements/*.txt, every package with its hashes.

    python requirements/lock.py             add and remove what pyproject.toml says, keep the other versions
    python requirements/lock.py --upgrade   the newest of everything

One resolution holds for Python 3.11 (the last JAX for it is 0.10) and for 3.12 and newer (JAX 0.12), on Linux, macOS
and Windows. The larger set is compiled first and bounds the smaller ones, so that all agree. The files name no
package host, and what a machine adds to the public index stays out of them.
"""

from __future__ import annotations

import subprocess
import sys

from install import ROOT, environment, find_uv

SETS = {
    "dev": ["--extra", "dev"],
    "instructor": ["--extra", "instructor"],
    "notebook": ["--extra", "notebook"],
    "cuda13": ["--extra", "cuda13"],
    "student": [],
}
RULES = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-annotate", "--no-header"]
# A machine's own additions to the public index: versions and hashes from there would hold nowhere else.
PRIVATE = ("UV_EXTRA_INDEX_URL", "UV_INDEX", "UV_FIND_LINKS", "UV_CONSTRAINT", "UV_OVERRIDE", "UV_PRERELEASE")


def main(options: list[str]) -> int:
    """Compile every file. Returns the exit code: 0 done, 1 uv is missing, else uv's own."""
    uv = find_uv(ROOT / ".venv")
    if uv is None:
        print("lock.py: uv was not found. Run `make setup` first.", file=sys.stderr)
        return 1
    compiled = [compile_lock(uv, "uv.txt", ["requirements/uv.in", *options])]
    for name, extra in SETS.items():
        bound = [] if name == "dev" else ["--constraint", "requirements/dev.txt"]
        inputs = ["pyproject.toml", "requirements/build.in"]
        compiled.append(compile_lock(uv, f"{name}.txt", [*inputs, *extra, *bound, *options]))
    return max(compiled)


def compile_lock(uv: str, name: str, inputs: list[str]) -> int:
    """Compile one file of the lock. Returns uv's exit code."""
    kept = {key: value for key, value in environment().items() if key not in PRIVATE}
    command = [uv, "pip", "compile", "--quiet", "--no-config", *RULES, "-o", f"requirements/{name}", *inputs]
    done = subprocess.run(command, cwd=ROOT, env=kept, stdout=subprocess.DEVNULL)
    print(f"requirements/{name}: {'compiled' if done.returncode == 0 else 'not compiled, see above'}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
