"""The way in: `lab`, or `python -m dlfb_lab`."""

import io
import os
import signal
import sys
from typing import Any


def main() -> None:
    """Run the command; without the packages that it needs, say which are missing."""
    # In the midst of an import an exception may be swallowed, or be shown as a page of tracebacks.
    signal.signal(signal.SIGINT, _leave)
    try:
        from dlfb_lab._cli import app
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("dlfb_lab"):
            raise
        sys.exit(f"lab needs the package {error.name}, which is missing. Install it: pip install --upgrade dlfb-lab")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):  # Windows has only the first
        if hasattr(signal, name):
            # So that a closed terminal ends what runs for us, too.
            signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal's code page does not know is printed as a question mark.
            stream.reconfigure(errors="replace")
    app(prog_name="lab")


def _leave(*_: Any) -> None:
    os.write(2, b"Interrupted before anything was done.\n")
    os._exit(130)


if __name__ == "__main__":
    main()
