"""What the commands share: how they speak, how they end, and how they find their course."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.errors import CourseError, IsolationTooLow, OutputUnusable
from autograder.log import is_logging
from autograder.sandbox.errors import SandboxError

EXIT_CODES = """
Exit codes: 0 done · 1 could not be done (sandbox, disk) · 2 wrong input (paths, course, options) ·
3 a fault of ours in some check (no points lost) · 4 isolation below what is required · 130 interrupted
"""

out_console = Console(highlight=False)
err_console = Console(stderr=True, highlight=False)

CourseOption = Annotated[
    list[Path] | None,
    typer.Option("--course", help="The course folder. Again for one laid over it. Default: this repository."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class Stop(Exception):
    """Ends the command with a sentence and an exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        self.code = code
        super().__init__(sentence)


def progress_bar(total: int) -> Progress:
    """How many of `total` are done, and how long the rest may take; on standard error, where it is a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=err_console, disable=total == 0 or is_logging() or not err_console.is_terminal)


def course_folders(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """The course folders that were named, the one that wins last, for `load_course`; else the nearest course."""
    return tuple(given) if given else (course_root(None),)


def course_root(given: Sequence[Path] | None, *, required: bool = True) -> Path:
    """The first course folder that was named, else the nearest folder with `solutions/`, from here upward."""
    if given:
        return given[0]
    here = Path.cwd()
    places = [here, *here.parents, Path(__file__).resolve().parents[1]]
    found = next((place for place in places if (place / "solutions").is_dir()), None)
    if found is None and required:
        raise Stop(f"No course was found in {here} or above it. Name its folder with --course.", 2)
    return found if found is not None else here


@contextlib.contextmanager
def ends_well() -> Iterator[None]:
    """Every foreseeable end of a command: one sentence, and the exit code that the help promises."""
    try:
        yield
    except Stop as stop:
        _say_and_exit(str(stop), stop.code)
    except (CourseError, OutputUnusable) as error:
        _say_and_exit(str(error), 2)
    except IsolationTooLow as error:
        _say_and_exit(str(error), 4)
    except SandboxError as error:
        _say_and_exit(str(error), 1)
    except OSError as error:
        _say_and_exit(f"{error.strerror or error} ({error.filename or 'no file named'}). {_ADVICE}", 1)
    except KeyboardInterrupt:
        _say_and_exit("Interrupted. What was graded is kept; run the same command again to go on.", 130)


def print_json(data: Any) -> None:
    """One JSON object on standard output."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


_ADVICE = "What was graded is kept; mend this and run the same command again."


def _say_and_exit(sentence: str, code: int) -> None:
    err_console.print(sentence, markup=False, soft_wrap=True)
    raise typer.Exit(code)
