"""The way in: `autograder`, or `python -m autograder`."""

import io
import os
import signal
import sys
from typing import Any


def main() -> None:
    """Run the command; without the packages that it needs, say which are missing."""
    # In the midst of an import an exception may be swallowed, or be shown as a page of tracebacks.
    signal.signal(signal.SIGINT, _leave)
    _import_nothing_from_here()
    try:
        from autograder.cli import app
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith(("autograder", "dlfb_lab")):
            raise
        sys.exit(
            f"The grader needs the package {error.name}, which a student's installation leaves out. "
            'Install the teacher\'s packages: pip install "dlfb-lab[instructor]"'
        )
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _never_fail_for_a_sign()
    app(prog_name="autograder")


def _import_nothing_from_here() -> None:
    """Keep the current folder off the path of our own processes: it may hold a `threading.py` that was handed in."""
    os.environ["PYTHONSAFEPATH"] = "1"


def _leave(*_: Any) -> None:
    os.write(2, b"Interrupted before anything was done.\n")
    os._exit(130)


def _never_fail_for_a_sign() -> None:
    """A name that the terminal's code page does not know is printed with question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
