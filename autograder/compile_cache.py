"""Compiled programs kept between submissions and runs, so that common operations cost a read and not a compilation.

Two kinds of folder, which never mix:

- one a lab that children may read. It is filled once, by running the lab's own answers in a child, before any student's
  code runs; after that nothing writes to it. Children open its files by name and cannot list it (Landlock allows
  READ_FILE and not READ_DIR), and a name is a digest of the very program, so an entry opens only to who has compiled
  the same program already. Where Landlock is missing there is no such folder.
- one of the grader's own process, which no child can read.
"""

import contextlib
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jax

from autograder.sandbox.sandbox import Sandbox

_STAMP = ".complete"
_log = logging.getLogger(__name__)


def cache_base(zygote: Sandbox) -> Path | None:
    """The folder for both kinds; None where there is no good place."""
    own = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    # Children with a uid of their own cannot enter root's home.
    base = Path(own if zygote.why_no_uid else "/var/cache") / "dlfb-lab"
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o711)
    except OSError:
        return None
    return None if zygote.exposes(base) else base


def use_own_cache(base: Path, digest: str) -> None:
    """Let this process keep what it compiles for checks and reference answers."""
    folder = base / f"own-{digest[:16]}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        keep_compiled(folder)


def keep_compiled(folder: Path) -> None:
    """Let this process keep in `folder` all that it compiles, and read what is there."""
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def filled(base: Path, lab: str, digest: str, fill: Callable[[Path], None]) -> Path | None:
    """The cache that children of `lab` may read; filled first, by `fill`, if nobody has. None where it cannot be made.

    Several workers may ask at once: one fills, the others wait.
    """
    folder = base / f"{lab}-{digest[:16]}"
    with contextlib.suppress(OSError), _locked(base / f".{folder.name}.lock"):
        if (folder / _STAMP).exists():
            _log.info("cache %s: filled before", folder.name)
        else:
            _log.info("cache %s: being filled with the course's own answers", folder.name)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o711)
            fill(folder)
            for entry in folder.iterdir():
                entry.chmod(0o444)
            (folder / _STAMP).touch()
            _log.info("cache %s: filled", folder.name)
        return folder
    return None


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
