"""An exception of the student's code -> the misconception it shows, and the student's own line.

Which exception shows which misconception stands in `_translate_rows.py`.
"""

import builtins
import linecache
import re
import traceback

from dlfb_lab._errors import ErrorData
from dlfb_lab._finding import SourceLine
from dlfb_lab._translate_rows import ROWS

_CELL = re.compile(r"<cell (\d+)>")
MESSAGE_LIMIT = 2000


def translate(kinds: list[str], message: str) -> str:
    """The diagnosis for an exception whose type and base types are called `kinds`; "raised" when none fits."""
    found = next((row for row in ROWS if row[0] in kinds and re.search(row[1], message)), None)
    return "raised" if found is None else found[2]


def describe(error: BaseException) -> ErrorData:
    """`error` as plain data. Never raises, however odd the exception."""
    kinds = [base.__name__ for base in type(error).__mro__]
    builtin = next((kind for kind in kinds if kind in vars(builtins)), "Exception")
    message = _message(error)
    line = own_line(error)
    hint = f"{message}\n>>> {line.text}" if line is not None else message
    return ErrorData(kinds[0][:80], builtin, message, translate(kinds, hint), line)


def _message(error: BaseException) -> str:
    try:
        # Where something lies in memory says nothing to anybody, and differs from run to run.
        return re.sub(r" at 0x[0-9a-f]+", "", str(error)[: 2 * MESSAGE_LIMIT])[:MESSAGE_LIMIT]
    except Exception:
        return ""


def own_line(error: BaseException) -> SourceLine | None:
    """The last line of the student's own code on the way to `error`."""
    if isinstance(error, SyntaxError) and error.filename and is_own_file(error.filename):
        return SourceLine(cell_number(error.filename), error.lineno or 1, (error.text or "").strip()[:200])
    for frame in reversed(traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)):
        if is_own_file(frame.filename) and frame.lineno is not None:
            text = linecache.getline(frame.filename, frame.lineno).strip()
            return SourceLine(cell_number(frame.filename), frame.lineno, text[:200])
    return None


def is_own_file(filename: str) -> bool:
    """Whether code compiled under this file name is a notebook cell: ours or a Jupyter kernel's."""
    return bool(_CELL.fullmatch(filename)) or "ipykernel_" in filename or filename.startswith("<ipython-input-")


def cell_number(filename: str) -> int | None:
    """The number of the code cell that our runner compiled under `filename`; None for a kernel's."""
    match = _CELL.fullmatch(filename)
    return int(match.group(1)) if match else None
