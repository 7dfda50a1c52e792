"""`-v` on every command: it is said once, here, and not in the signature of each."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from autograder.log import start_logging

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell on standard error what is done, with the time.")]


def add_verbose(app: typer.Typer) -> None:
    """Give each command of `app`, and of the groups in it, the option `-v`. Call it when all are there."""
    for command in app.registered_commands:
        if command.callback is not None:
            command.callback = _with_verbose(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            add_verbose(group.typer_instance)


def _with_verbose(callback: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(callback)
    if "verbose" in signature.parameters:
        return callback

    @functools.wraps(callback)
    def telling(*args: Any, verbose: bool = False, **options: Any) -> Any:
        if verbose:
            start_logging()
        return callback(*args, **options)

    option = inspect.Parameter("verbose", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Verbose)
    telling.__signature__ = signature.replace(  # type: ignore[attr-defined] # what Typer reads
        parameters=[*signature.parameters.values(), option]
    )
    telling.__annotations__ = {**callback.__annotations__, "verbose": Verbose}
    return telling
