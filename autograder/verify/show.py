"""The rules of the house as a table for the terminal, and what breaks them."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.plain_text import one_line
from autograder.verify.answers import accuracy
from autograder.verify.house import House
from autograder.verify.rules import Kept

_WORDS = {True: ("holds", "green"), False: ("broken", "bold red"), None: ("not looked at", "yellow")}


def print_kept(kept: Sequence[Kept], house: House, console: Console) -> None:
    """Print each rule with a word on whether it holds, every problem under its rule, and the diagnosis accuracy."""
    table = Table(box=box.ROUNDED if not console.options.ascii_only else box.ASCII)
    for heading in ("rule", "", "what must hold"):
        table.add_column(heading, no_wrap=heading == "rule")
    table.add_column("problems", justify="right")
    for one in kept:
        word, style = _WORDS[None if one.problems is None else not one.problems]
        count = "" if one.problems is None else str(len(one.problems))
        table.add_row(one.rule.name, Text(word, style=style), one.rule.sentence, count)
    console.print(table)
    _print_problems(kept, console)
    if all(one.problems is not None for one in kept):
        console.print(f"\n{accuracy(house)}", soft_wrap=True)


def _print_problems(kept: Sequence[Kept], console: Console) -> None:
    for one in kept:
        if one.problems:
            console.print(Text(f"\n{one.rule.name}: {one.rule.sentence}", style="bold"), soft_wrap=True)
        for problem in one.problems or ():
            console.print(Text(f"  {one_line(str(problem), 1000)}"), soft_wrap=True)
