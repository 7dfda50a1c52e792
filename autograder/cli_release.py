"""`autograder release`: argv -> a repository for students."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autograder.cli_common import (
    EXIT_CODES,
    CourseOption,
    JsonOption,
    Stop,
    course_folders,
    ends_well,
    out_console,
    print_json,
)

if TYPE_CHECKING:
    from autograder.release.place import Changes

_PASSWORD = re.compile(r"\w+://[^/@]*:[^/@]*@")


def add_to(app: typer.Typer) -> None:
    """Register this file's commands."""
    app.command(epilog=EXIT_CODES)(release)


def release(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Empty, not there yet, or made by an earlier release.")],
    labs: Annotated[
        str, typer.Option(help="Which labs, such as 02_immutability,05. Default: as last time, else `all`.")
    ] = "",
    course: CourseOption = None,
    origin: Annotated[
        str | None,
        typer.Option(help="Where students find the newest release: a git URL, a folder or a zip they reach."),
    ] = None,
    repository: Annotated[
        Path | None, typer.Option(help="A checkout of dlfb-lab, for its dev container and locks. Default: this one.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a repository for students: labs, checks, dev container, locks; searched for answers before it is written.

    Run it again on the same folder to bring it up to date. Example: autograder release ../jax-labs --labs 02,03
    """
    from autograder.course import load_course
    from autograder.release.make import Leaking, make_release
    from autograder.release.place import NotOurs

    with ends_well():
        _refuse_odd_origin(origin or "")
        words = [word.strip() for word in labs.split(",") if word.strip()]
        try:
            made = make_release(load_course(course_folders(course)), words, origin, folder, repository)
        except (Leaking, NotOurs) as error:
            raise Stop(str(error), 2) from error
        if as_json:
            print_json(made.as_data())
            return
        for line in (*_changes(made.changes), *made.sentences(), *_next(folder, made.is_update)):
            out_console.print(line, markup=False, soft_wrap=True)


def _refuse_odd_origin(origin: str) -> None:
    is_url = "://" in origin or re.match(r"[\w.-]+@[\w.-]+:", origin)
    if origin.startswith("-") or (origin and not is_url and not Path(origin).expanduser().is_absolute()):
        raise Stop(f"--origin {origin}: students could not find that. Give a git URL, or a path from the root.", 2)
    if _PASSWORD.match(origin):
        raise Stop("--origin: the URL holds a password or a token, which every student would get. Leave it out.", 2)


def _changes(changes: "Changes") -> list[str]:
    many = 12
    named = {"changed": changes.changed, "removed": changes.removed}
    if changes.changed or changes.removed or len(changes.new) <= many:
        named = {"new": changes.new, **named}
    return [f"{word}: {path}" for word, paths in named.items() for path in paths]


def _next(folder: Path, is_update: bool) -> list[Any]:
    put = "" if is_update or (folder / ".git").exists() else " && git init"
    return [f"Next: cd {folder}{put} && git add --all && git commit -m 'Release' && git push"]
