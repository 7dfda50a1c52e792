"""Changes many files as if it were one: all are written and copied aside first, and a failure puts back what was there.

The new texts lie in `new/` of a folder beside the files, copies of what they replace in `old/`. Only then is one file
after the other replaced, each at one stroke. A run that was killed in the midst loses nothing: each file is the old one
or the new one, and the next run does what is left.
"""

import contextlib
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from dlfb_lab._lab.reset import write_to_disk

_PREFIX = ".dlfb_lab-updating-"


def swap(home: Path, texts: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Let the files of `home` hold `texts`, by their paths, and remove those in `gone`; or change nothing.

    Raises:
        OSError: something could not be written; everything is as it was.
    """
    for left in home.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch, removed = home / f"{_PREFIX}{secrets.token_hex(4)}", list(gone)
    try:
        for path in [*texts, *removed]:
            if (home / path).is_file():
                _copy(home / path, scratch / "old" / path)
        for path, data in texts.items():
            _write(scratch / "new" / path, data, like=home / path)
        _replace(home, scratch, texts, removed)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _replace(home: Path, scratch: Path, texts: Iterable[str], removed: Iterable[str]) -> None:
    done: list[str] = []
    try:
        for path in texts:
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / "new" / path).replace((home / path).resolve())  # a link stays one
            done.append(path)
        for path in removed:
            (home / path).unlink(missing_ok=True)
            done.append(path)
    except BaseException:
        for path in done:
            _put_back(home / path, scratch / "old" / path)
        raise


def _put_back(file: Path, copy: Path) -> None:
    if copy.is_file():
        copy.replace(file.resolve())
    else:
        file.unlink(missing_ok=True)


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, to)


def _write(file: Path, data: bytes, *, like: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_to_disk(file, data)
    with contextlib.suppress(FileNotFoundError):
        shutil.copymode(like, file)
