"""Which lab a notebook answers: its metadata say it, else its file's name, else the names that its code defines."""

import re
from collections.abc import Iterable

from autograder.course import Course, Lab
from autograder.notebook_file import Notebook

# What a line of Python binds when it starts so. A pattern rather than `ast`: it reads hostile, broken and magic-ridden
# source alike, in linear time. A name bound inside a string counts too, which does no harm to a vote.
_BINDS = re.compile(r"^(?:[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))", re.MULTILINE)


def which_lab(notebook: Notebook, filename: str, course: Course) -> Lab | None:
    """The lab of `course` that `notebook`, handed in as `filename`, answers; None where that cannot be told."""
    named = [lab for lab in course.labs if lab.name.casefold() == notebook.lab.casefold()]
    return named[0] if named else _by_filename(filename, course.labs) or _by_code(notebook.cells, course.labs)


def _by_filename(filename: str, labs: Iterable[Lab]) -> Lab | None:
    """The one lab whose name stands in the file's name, as in `ada_03_random_keys (1).ipynb`."""
    text = _words(filename)
    for name_of in (_words, _without_number):
        found = [lab for lab in labs if name_of(lab.name) in text]
        if len(found) == 1:
            return found[0]
    return None


def _words(name: str) -> str:
    """`name` in lower case between single underscores, so that whole words can be found in it."""
    return "_" + re.sub(r"[\W_]+", "_", name.casefold()).strip("_") + "_"


def _without_number(name: str) -> str:
    """As `_words`, without the number a lab begins with; a name that is only a number keeps it."""
    return re.sub(r"^_\d+_(?=.)", "_", _words(name))


def _by_code(cells: Iterable[str], labs: Iterable[Lab]) -> Lab | None:
    """The lab of which the code binds most task names; None at a tie and where it binds none."""
    bound = {name for cell in cells for match in _BINDS.finditer(cell) for name in match.groups() if name}
    votes = {lab.name: sum(task.name in bound for task in lab.tasks) for lab in labs}
    best = max(votes.values(), default=0)
    winners = [lab for lab in labs if votes[lab.name] == best]
    return winners[0] if best and len(winners) == 1 else None
