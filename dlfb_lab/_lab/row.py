"""What `lab doctor` says of one thing that it looked at."""

from dataclasses import dataclass

OK, LOOK, BROKEN = "ok", "look", "broken"
INSTALL = "Install again: `make setup` in the repository, or `pip install --upgrade dlfb-lab`."


@dataclass(frozen=True)
class Row:
    """One thing that was looked at: `ok`, `look` or `broken`, what was seen, and what to do."""

    word: str
    what: str
    seen: str
    fix: str = ""
