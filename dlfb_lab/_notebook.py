"""A lab's saved notebook: found, read and run in this process."""

import contextlib
import functools
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dlfb_lab._answer import Transport
from dlfb_lab._errors import ErrorData
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Progress, Runner, as_main


class NoNotebook(Exception):
    """A lab's notebook is not there. The message says where it was looked for, and what to do."""


class UnreadableNotebook(Exception):
    """A lab's notebook cannot be read. The message says why, and what to do."""


@dataclass(frozen=True)
class SavedRun:
    """A notebook after its cells ran.

    Attributes:
        path: its file.
        transport: the way to what it left behind.
        errors: what stopped cells, with the number of each cell.
    """

    path: Path
    transport: Transport
    errors: tuple[tuple[int, ErrorData], ...]


def find_notebook(lab: str, roots: Sequence[Path]) -> Path:
    """The saved notebook of `lab`: in the folder `exercises` of one of `roots`, or right in it.

    Raises:
        NoNotebook: it is in none of them.
    """
    places = [root / folder / f"{lab}.ipynb" for root in roots for folder in ("exercises", "")]
    for place in places:
        if place.is_file():
            return place
    raise NoNotebook(
        f"There is no notebook {lab}.ipynb in {roots[0]}, and none in its folder exercises. "
        "Run pytest in the folder that holds your notebooks."
    )


def code_cells(path: Path) -> list[str]:
    """The code cells of a notebook.

    Raises:
        UnreadableNotebook: the file is no notebook.
    """
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableNotebook(
            f"{path} cannot be read as a notebook ({type(error).__name__}: {error}). "
            "Open it in the editor, and save it again."
        ) from error


def run_notebook(path: Path, progress: Progress | None = None) -> SavedRun:
    """Run the notebook as "Run All" would. Its `check` does nothing, and what it prints is dropped.

    Args:
        path: its file.
        progress: told the number of the code cell and the line of each statement before it runs.

    Raises:
        UnreadableNotebook: the file is no notebook.
        KeyboardInterrupt: somebody does not want to wait for its end.
    """
    cells = code_cells(path)
    os.environ.setdefault("MPLBACKEND", "Agg")
    runner = Runner()
    errors: list[tuple[int, ErrorData]] = []
    with _as_in_a_kernel(runner):
        for number, source in enumerate(cells, start=1):
            tell = None if progress is None else functools.partial(_tell, progress, number)
            errors += [(number, error) for error in runner.run(number, source, tell)]
            if errors and errors[-1][1].kind == "KeyboardInterrupt":
                raise KeyboardInterrupt
    return SavedRun(path, DirectTransport(Host(runner.namespace, runner.fates)), tuple(errors))


def _tell(progress: Progress, cell: int, statement: int, line: int) -> None:
    progress(cell, line)


@contextlib.contextmanager
def _as_in_a_kernel(runner: Runner) -> Iterator[None]:
    """Quiet, and with the notebook as `__main__`."""
    main, silent = sys.modules["__main__"], io.StringIO()
    as_main(runner)
    try:
        with quiet(), contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
            yield
    finally:
        sys.modules["__main__"] = main
