"""Grades one submission for Classroom 50, by the checks that students have, too. In the bundle it is `autograder.py`.

Classroom 50's runner starts it in the student's checkout. It makes the grader's environment from what lies beside it
and writes `result.json` there. Exit code 0: there is a result, good or bad; anything else: something of ours failed.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path


def main() -> int:
    """Install, grade, and say how it ended."""
    bundle = Path(os.environ.get("CLASSROOM50_BUNDLE_DIR") or Path(__file__).parent).resolve()
    checkout = Path.cwd()
    # Nothing of the checkout is imported: a student may have a file called json.py.
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        program = installed(bundle)
        command = [str(program), "export", "classroom50-run", "--bundle", str(bundle), "--checkout", str(checkout)]
        return subprocess.run(command, cwd=bundle).returncode
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"::error::The grader could not be installed: {error}", file=sys.stderr)
        return 1


def installed(bundle: Path) -> Path:
    """The grader's command, in an environment with the locked packages, each checked against its hash."""
    given = os.environ.get("DLFB_LAB_VENV")
    if given:
        return Path(given) / "bin" / "autograder"
    folder = Path(tempfile.mkdtemp(prefix="dlfb-lab-")) / "venv"
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--require-hashes", "--requirement", "requirements/instructor.txt"]
    subprocess.run([*pip, *locked], cwd=bundle, check=True)
    subprocess.run([*pip, "--no-index", "--no-deps", "--no-build-isolation", "./package"], cwd=bundle, check=True)
    return folder / "bin" / "autograder"


if __name__ == "__main__":
    sys.exit(main())
