"""`lab watch`: looks at the notebooks again and again, and checks those that were saved.

It asks for sizes and times rather than to be told of changes: what tells does not reach across the mounts of a
container on macOS and Windows. A file is taken for saved once it has stood still for a moment, and can be read.
"""

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from dlfb_lab._lab.check import check_lab, full_text, short_text
from dlfb_lab._lab.data import check_data
from dlfb_lab._lab.errors import WrongInput
from dlfb_lab._lab.notebooks import find_notebook, read_notebook

_PAUSE = 0.4  # seconds between two looks
_PATIENCE = 5.0  # seconds until a file that cannot be read is spoken of

Look = tuple[int, int]


def watch(
    chosen: Mapping[str, Sequence[str]],
    seconds: float,
    width: int,
    named: Collection[str] = (),
    *,
    as_json: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """What to print, without end: the result of each notebook now, and after each save.

    Args:
        chosen: tasks by lab.
        seconds: the time limit of a lab.
        width: of the terminal.
        named: tasks that were asked for by name. One alone is shown in full.
        as_json: as a line of JSON instead, an object for each time.
        sleep: waits that many seconds.
    """
    checked: dict[str, Look | None] = dict.fromkeys(chosen)
    while True:
        for lab, tasks in chosen.items():
            now = _look(lab)
            if now is not None and now != checked[lab]:
                checked[lab] = _settled(lab, now, sleep)
                yield from _told(lab, tasks, seconds, width, named, as_json)
        sleep(_PAUSE)


def _told(
    lab: str, tasks: Sequence[str], seconds: float, width: int, named: Collection[str], as_json: bool
) -> Iterator[str]:
    try:
        result, warning = check_lab(lab, tasks, seconds)
    except WrongInput as problem:
        yield json.dumps({"lab": lab, "problem": str(problem)}) if as_json else str(problem)
        return
    if as_json:
        yield json.dumps(check_data(result, warning), ensure_ascii=False)
        return
    in_full = len(tasks) == 1 and tasks[0] in named
    yield from full_text(result, warning, width, named) if in_full else short_text(result, warning)


def _settled(lab: str, now: Look, sleep: Callable[[float], None]) -> Look:
    """The look of the file once it stands still and can be read, or does not come to that in a while."""
    waited = 0.0
    while waited < _PATIENCE:
        sleep(_PAUSE)
        waited += _PAUSE
        before, now = now, _look(lab) or now
        if now == before and _is_readable(lab):
            break
    return now


def _is_readable(lab: str) -> bool:
    path = find_notebook(lab)
    try:
        return path is not None and bool(read_notebook(path))
    except WrongInput:
        return False


def _look(lab: str) -> Look | None:
    """When the notebook was written, and its size; None while there is none, as between two steps of a save."""
    path = find_notebook(lab)
    try:
        status = path.stat() if path is not None else None
    except OSError:
        return None
    return None if status is None else (status.st_mtime_ns, status.st_size)
