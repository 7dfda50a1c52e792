"""The `lab` command: argv -> calls. The only file of `dlfb_lab` that parses argv and prints."""

import contextlib
import json
import sys
import textwrap
from collections.abc import Generator, Iterator
from dataclasses import asdict
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from dlfb_lab._lab.errors import LabError

EXIT_CODES = """
Exit codes: 0 done, and all holds · 1 something does not hold, or could not be done · 2 wrong input (names, options,
an unreadable notebook) · 130 interrupted
"""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Your labs: what there is, what holds, a hint, a fresh start, the zip to hand in.",
    epilog=EXIT_CODES,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

Result = TypeVar("Result")
Words = Annotated[list[str] | None, typer.Argument(metavar="[LAB|TASK]...", help="Labs (02, immutability) or tasks.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Seconds = Annotated[float, typer.Option("--timeout", help="Seconds for each lab, its import of JAX included.", min=1)]


@app.command("list", epilog=EXIT_CODES)
def list_labs(words: Words = None, json_: Json = False) -> None:
    """The labs and their tasks, how far you are, and what to do next.

    Example: lab list
    """
    from dlfb_lab._lab.data import listing_data
    from dlfb_lab._lab.listing import listing
    from dlfb_lab._lab.words import chosen_labs

    with _ends_well():
        wanted = chosen_labs(words or ())
        if json_:
            _say_json(listing_data(wanted))
        else:
            out.print(listing(wanted))


@app.command(epilog=EXIT_CODES)
def check(words: Words = None, timeout: Seconds = 60.0, json_: Json = False) -> None:
    """Check the answers in your saved notebooks, without a kernel.

    Example: lab check kmer_counts
    """
    from dlfb_lab._lab.check import check_lab, full_text
    from dlfb_lab._lab.data import check_data

    with _ends_well():
        hold, data = [], []
        for lab, tasks in _chosen(words).items():
            with err.status(f"Running {lab} ..."):
                result, warning = check_lab(lab, tasks, timeout)
            hold.append(result.holds)
            data.append(check_data(result, warning))
            for text in () if json_ else (*full_text(result, warning, _width(), words or ()), ""):
                _say(text)
        if json_:
            _say_json({"holds": all(hold), "labs": data})
        if not all(hold):
            raise typer.Exit(1)


@app.command(epilog=EXIT_CODES)
def watch(words: Words = None, timeout: Seconds = 60.0, json_: Json = False) -> None:
    """Check again whenever you save a notebook. Ctrl-C ends it. With --json each time is a line of its own.

    Example: lab watch 02
    """
    from dlfb_lab._lab.watch import watch as watched

    with _ends_well():
        chosen = _chosen(words)
        _print(
            err if json_ else out,
            f"Watching {', '.join(chosen)}. Save a notebook, and read here what holds. Ctrl-C ends it.",
        )
        with contextlib.suppress(KeyboardInterrupt):
            for line in watched(chosen, timeout, _width(), words or (), as_json=json_):
                typer.echo(line) if json_ else _say(line)
        _print(err if json_ else out, "")  # what follows Ctrl-C begins on a line of its own


@app.command(epilog=EXIT_CODES)
def hint(
    task: Annotated[str, typer.Argument(help="The task's name.")],
    number: Annotated[int | None, typer.Argument(help="Which hint. Default: the next that you have not seen.")] = None,
    json_: Json = False,
) -> None:
    """Show the next of a task's three hints.

    Example: lab hint kmer_counts
    """
    from dlfb_lab._hint import hint_page
    from dlfb_lab._lab.data import hint_data
    from dlfb_lab._lab.words import one_task

    with _ends_well():
        name = one_task(task).name
        page = hint_page(name, number, call="lab hint {}")
        if json_:
            _say_json(hint_data(name, page))
        else:
            _say(page.as_text(_width()))
        if not page.hints:
            raise typer.Exit(2)


@app.command(epilog=EXIT_CODES)
def reset(
    task: Annotated[str, typer.Argument(help="The task's name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a cell is added.")] = False,
    json_: Json = False,
) -> None:
    """Put a task's starter back into your saved notebook. What stood there is kept as a backup.

    Example: lab reset kmer_counts
    """
    from dlfb_lab._lab.reset import plan_reset
    from dlfb_lab._lab.words import one_task

    with _ends_well():
        plan = plan_reset(one_task(task))
        if plan.question and not yes and not _agreed(plan.question, may_ask=not json_):
            _say("Nothing was changed.")
            return
        done = list(plan.carry_out())
        if json_:
            _say_json({"task": plan.task.name, "changed": bool(plan.text), "said": done})
        for line in () if json_ else done:
            _say(line)


@app.command(epilog=EXIT_CODES)
def doctor(json_: Json = False) -> None:
    """Say what is wrong with your installation, and how to fix it.

    Example: lab doctor
    """
    from dlfb_lab._lab.doctor import examine, summary, table
    from dlfb_lab._lab.row import BROKEN

    with _ends_well():
        with err.status("Looking ..."):
            rows = examine()
        if json_:
            _say_json({"summary": summary(rows), "rows": [asdict(row) for row in rows]})
        else:
            out.print(table(rows))
            _say(f"\n{summary(rows)}")
        if any(row.word == BROKEN for row in rows):
            raise typer.Exit(1)


@app.command(epilog=EXIT_CODES)
def update(
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="DIR|ZIP|URL", help="The newer release. Default: where yours is from."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds for git, where it brings the release.", min=1)] = 120.0,
    json_: Json = False,
) -> None:
    """Bring new text and checks from your instructor. Your answers and your own cells stay as they are.

    Example: lab update --from Downloads/labs.zip
    """
    from dlfb_lab._lab.update import update as updated

    with _ends_well():
        lines = updated(source, dry_run, timeout)
        if json_:
            _say_json({"dry_run": dry_run, "said": list(lines)})
        for line in () if json_ else lines:
            _say(line)


@app.command(epilog=EXIT_CODES)
def submit(
    words: Annotated[list[str] | None, typer.Argument(metavar="[LAB]...", help="Labs. Default: all you have.")] = None,
    out_file: Annotated[str | None, typer.Option("--out", metavar="FILE", help="The zip to write.")] = None,
    timeout: Seconds = 60.0,
    json_: Json = False,
) -> None:
    """Make one zip of your notebooks to hand in, looked at first.

    Example: lab submit 02
    """
    from dlfb_lab._lab.submit import pack_up

    with _ends_well():
        said, path = _told(pack_up(words or (), out_file, timeout), quiet=json_)
        if json_:
            _say_json({"zip": str(path.absolute()), "said": said})


def _chosen(words: list[str] | None) -> dict[str, list[str]]:
    """The tasks to check, by lab. Without words: those of the labs that have a notebook here."""
    from dlfb_lab._lab.notebooks import found_notebooks, needed_notebook
    from dlfb_lab._lab.words import chosen_tasks

    chosen: dict[str, list[str]] = {}
    for task in chosen_tasks(words or ()):
        chosen.setdefault(task.lab, []).append(task.name)
    if not words and found_notebooks():
        return {lab: tasks for lab, tasks in chosen.items() if lab in found_notebooks()}
    for lab in chosen:
        needed_notebook(lab)
    return chosen


def _agreed(question: str, may_ask: bool) -> bool:
    """Ask, where somebody is there to answer."""
    from dlfb_lab._lab.errors import WrongInput

    if may_ask and _somebody_is_there():
        return typer.confirm(question)
    raise WrongInput(f"{question} Nothing was changed. To agree, say --yes.")


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _told(lines: Generator[str, None, Result], quiet: bool) -> tuple[list[str], Result]:
    """All lines, each said as it comes unless `quiet`, and what is returned after the last one."""
    said: list[str] = []
    while True:
        try:
            said.append(next(lines))
        except StopIteration as end:
            return said, end.value
        if not quiet:
            _say(said[-1])


def _say_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _width() -> int:
    return min(out.width, 100)


def _say(text: str = "") -> None:
    _print(out, text)


def _print(console: Console, text: str) -> None:
    """On a terminal lines break between words; in a file or a pipe they stay whole."""
    if console.is_terminal:
        text = "\n".join(_broken(line, console.width) for line in text.splitlines())
    console.print(text, markup=False, soft_wrap=True)


def _broken(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    indent = len(line) - len(line.lstrip(" !✗"))
    return textwrap.fill(
        line,
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


@contextlib.contextmanager
def _ends_well() -> Iterator[None]:
    """Every foreseeable end of a command: one sentence, and the exit code that the help promises."""
    try:
        yield
    except LabError as error:
        _end(str(error), error.exit_code)
    except OSError as error:
        _end(f"{error.strerror or error} ({error.filename or 'no file named'}). Mend this and try again.", 1)
    except KeyboardInterrupt:
        _end("Interrupted.", 130)


def _end(sentence: str, code: int) -> None:
    _print(err, sentence)
    raise typer.Exit(code)
