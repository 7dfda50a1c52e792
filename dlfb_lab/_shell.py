"""What `get_ipython()` gives while a notebook runs without Jupyter: magics that are harmless work, others are refused.

A magic that only looks (`%timeit`, `%matplotlib`, `%who` ...) does what its author would expect to be left behind: a
timed line is run once, a display setting is passed over. One that reaches out of Python (`!ls`, `%pip install`) is
refused with a message, and the rest of its cell still runs.
"""

import ast
from collections.abc import Callable
from typing import Any

_PASSED_OVER = frozenset(
    (
        "alias autoawait autocall automagic autoreload autosave colors config connect_info debug dhist "
        "doctest_mode gui hist history load_ext lsmagic magic matplotlib notebook page pdb pdef pdoc pfile "
        "pinfo pinfo2 pprint precision psearch psource pwd pycat pylab quickref recall reload_ext rerun tb "
        "unload_ext who who_ls whos xdel xmode"
    ).split()
)
_SKIPPED_CELLS = frozenset(["html", "HTML", "javascript", "js", "latex", "markdown", "svg", "SVG"])


class MagicRefused(Exception):
    """A magic that cannot run while a notebook is graded."""


class Shell:
    """Stands in for IPython's shell.

    Args:
        run: runs source text in the notebook's namespace; told whether the text stands below the magic's line.
        run_aside: runs it in a copy of the namespace, as `%%timeit` does, so that nothing is left behind.
    """

    def __init__(self, run: Callable[[str, bool], None], run_aside: Callable[[str, bool], None]) -> None:
        self._run = run
        self._run_aside = run_aside

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> None:
        """`%name line`."""
        if name == "time":
            self._run(line, False)
        elif name in {"timeit", "prun", "memit", "lprun"}:
            self._run_aside(_without_options(line), False)
        elif name not in _PASSED_OVER:
            raise MagicRefused(_refusal(f"%{name}"))

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """`%%name line`, with the rest of the cell."""
        if name in {"time", "capture", "prun"}:
            self._run(cell, True)
        elif name == "timeit":
            self._run_aside(cell, True)
        elif name not in _SKIPPED_CELLS:
            raise MagicRefused(_refusal(f"%%{name}"))

    def system(self, command: str) -> None:
        """`!command`."""
        raise MagicRefused(_refusal("!" + command.split(" ", 1)[0]))

    getoutput = system_piped = system_raw = system

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Anything else that a notebook may ask of its shell does nothing."""
        return lambda *args, **kwargs: None


def _refusal(what: str) -> str:
    return (
        f"`{what}` does not run while a notebook is graded: no shell, no installation, no network. "
        f"The rest of the cell still runs. Keep the answer in plain Python."
    )


def _without_options(line: str) -> str:
    """The statement of a `%timeit` line, without `-n 10` and the like."""
    words = line.split()
    while words and words[0].startswith("-"):
        words = words[1:] if len(words[0]) > 2 else words[2:]
    rest = " ".join(words)
    try:
        ast.parse(rest)
    except SyntaxError:
        return "pass"
    return rest
