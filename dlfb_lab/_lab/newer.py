"""What `lab doctor` says of the release that a student's folder was made by, and whether there is a newer one."""

from collections.abc import Iterator

from dlfb_lab._folder import upward
from dlfb_lab._lab.errors import WrongInput
from dlfb_lab._lab.origin import newest_stamp
from dlfb_lab._lab.release import FILE, Release, release_in
from dlfb_lab._lab.row import LOOK, OK, Row

_SECONDS = 5.0
_WHAT = "release"


def release_row() -> Iterator[Row]:
    """A row on the release; none where the folder was made by none. Takes some seconds where a network is slow."""
    home = next((place for place in upward() if (place / FILE).is_file()), None)
    if home is None:
        return
    try:
        release = release_in(home)
    except WrongInput as problem:
        yield Row(LOOK, _WHAT, str(problem))
        return
    if release is not None:
        yield _compared(release)


def _compared(mine: Release) -> Row:
    here = f"{mine.title}, {mine.stamp}"
    if not mine.origin:
        return Row(OK, _WHAT, here)
    newest = newest_stamp(mine.origin, _SECONDS)
    if not newest:
        return Row(OK, _WHAT, f"{here}; the newest one ({mine.origin}) cannot be reached from here at the moment")
    if newest == mine.stamp:
        return Row(OK, _WHAT, f"{here}, the newest")
    fix = "`lab update` brings it, and leaves your answers as they are. `lab update --dry-run` says what would happen."
    return Row(LOOK, _WHAT, f"{here}; your instructor has released a newer version ({newest})", fix)
