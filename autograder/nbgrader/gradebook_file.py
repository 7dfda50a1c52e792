"""nbgrader's gradebook as a file: opened for one transaction, or made anew as nbgrader itself would make it.

Plain SQLite, so neither nbgrader nor its environment is needed. Whatever happens, the file is as it was before, or
holds all that was to be written.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

REVISION = "e43177bfe90b"
_PATIENCE = 20.0  # seconds to wait for another program that writes


class GradebookUnusable(Exception):
    """The gradebook cannot be written. The message says why, and what to do. Nothing was changed."""


@contextlib.contextmanager
def open_gradebook(path: Path, *, patience: float = _PATIENCE) -> Iterator[sqlite3.Connection]:
    """The gradebook in `path`, within one transaction that is kept if the block ends well.

    Args:
        path: the file; made if there is none.
        patience: seconds to wait for another program that writes to it.

    Raises:
        GradebookUnusable: it is locked, no gradebook, or of another version of nbgrader.
        OSError: it cannot be made.
    """
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as db:
            yield from _transaction(db, path)
    except BaseException as error:
        if is_new:
            path.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise GradebookUnusable(_why(error, path)) from error
        raise


def _transaction(db: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    db.execute("BEGIN IMMEDIATE")
    try:
        _prepare(db, path)
        yield db
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables in an empty file; refuse a file whose tables are others."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        for statement in resources.files("autograder.nbgrader").joinpath("schema.sql").read_text("utf-8").split(";"):
            db.execute(statement)
        return
    if not {"alembic_version", "submitted_notebook", "grade"} <= tables:
        raise GradebookUnusable(f"{path} is a database, but no gradebook of nbgrader's. Name another file.")
    found = [version for (version,) in db.execute("SELECT version_num FROM alembic_version")]
    if found != [REVISION]:
        shown = ", ".join(map(str, found)) or "none"
        raise GradebookUnusable(
            f"{path} is a gradebook of another version of nbgrader (revision {shown}, expected {REVISION}). "
            "Make a copy of it, run `nbgrader db upgrade` with nbgrader 0.9, and try again."
        )


def _why(error: sqlite3.Error, path: Path) -> str:
    said = str(error)
    if "locked" in said or "busy" in said:
        return f"{path} is locked: another program is writing to it. Wait until it has ended, and run this again."
    if "not a database" in said:
        return f"{path} is no gradebook: not an SQLite file. Name another file, or move it away to begin anew."
    return f"{path} cannot be written ({said}). Nothing in it was changed. Mend this, and run this again."
