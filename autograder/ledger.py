"""What has become of each submission, kept so that no sudden end loses or doubles anything.

A ledger is one SQLite file in the output folder. Only the run that holds the folder writes to it: there is one writer.
Each step is one transaction, on the disk before the next step begins:

    (opening)   the attempts that a dead run left open are closed as `interrupted`: they are nobody's fault
    lease       a worker gets a submission; an open attempt is the lease, and a submission has at most one
    lose        its worker died over it
    finish      its report is there; the attempt is closed in the same transaction

What people decided about reports stands in it too (see decisions.py): it must outlive every later run.

The files in the output folder are made from the ledger, so a rerun can make them again. Nothing is decided by a clock:
the times are for people to read, and a clock that jumps spoils nothing else.
"""

import contextlib
import datetime
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Value = str | int | float | None
NAME = "ledger.sqlite"
_VERSION = 2
_SCHEMA = """
CREATE TABLE run (number INTEGER PRIMARY KEY, began TEXT NOT NULL);
CREATE TABLE attempt (
    submission TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (number),
    worker INTEGER NOT NULL,
    began TEXT NOT NULL,
    ended TEXT,
    end TEXT CHECK (end IN ('finished', 'lost', 'interrupted')),
    seconds REAL
);
CREATE UNIQUE INDEX lease ON attempt (submission) WHERE ended IS NULL;
CREATE INDEX attempts ON attempt (submission, run);
CREATE TABLE result (
    submission TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, report TEXT NOT NULL
) WITHOUT ROWID;
"""
# Version 2: what people decided, what the policy changes, and what the pages about the whole class showed last.
_DECISIONS = """
CREATE TABLE override (
    number INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    task TEXT NOT NULL,
    points REAL NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    withdrawn TEXT,
    why TEXT
);
CREATE UNIQUE INDEX standing ON override (submission, task) WHERE withdrawn IS NULL;
CREATE TABLE regrade (
    number INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    task TEXT NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    before REAL,
    after REAL
);
CREATE TABLE adjustment (
    submission TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL,
    task TEXT NOT NULL,
    points REAL NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX adjustments ON adjustment (submission);
CREATE TABLE shown (position INTEGER PRIMARY KEY, submission TEXT NOT NULL);
CREATE TABLE problem (position INTEGER PRIMARY KEY, sentence TEXT NOT NULL);
"""


class Ledger:
    """The ledger of one output folder. A context manager; closes the file.

    Args:
        folder: the output folder, held by this run. A ledger that cannot be read is set aside there, not written over.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with self._told():
            try:
                self._db = _opened(self._path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                _set_aside(self._path)
                self._db = _opened(self._path)
        self._run = 0
        try:
            self._begin_run()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def _begin_run(self) -> None:
        with self.transaction():
            self._db.execute("UPDATE attempt SET ended = ?, end = 'interrupted' WHERE ended IS NULL", (now(),))
            self._run = self._db.execute("INSERT INTO run (began) VALUES (?)", (now(),)).lastrowid or 0

    def lease(self, submission: str, fingerprint: str, worker: int) -> None:
        """Note that a worker, by its process id, has begun with a submission. Raises OSError, as all methods do."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO attempt (submission, fingerprint, run, worker, began) VALUES (?, ?, ?, ?, ?)",
                (submission, fingerprint, self._run, worker, now()),
            )

    def lose(self, submission: str) -> int:
        """Note that the worker died over it; how often that has happened in this run."""
        with self.transaction():
            self._close(submission, "lost", None)
            found = self._db.execute(
                "SELECT count(*) FROM attempt WHERE submission = ? AND run = ? AND end = 'lost'",
                (submission, self._run),
            )
            return int(found.fetchone()[0])

    def finish(self, submission: str, fingerprint: str, report: str, seconds: float | None = None) -> None:
        """Keep the one final report, as text, and close the attempt, if one is open."""
        with self.transaction():
            self._close(submission, "finished", seconds)
            self._db.execute(
                "INSERT OR REPLACE INTO result (submission, fingerprint, report) VALUES (?, ?, ?)",
                (submission, fingerprint, report),
            )

    def report(self, submission: str, fingerprint: str) -> str | None:
        """The final report on this very work; None if there is none."""
        with self._told():
            found = self._db.execute(
                "SELECT report FROM result WHERE submission = ? AND fingerprint = ?", (submission, fingerprint)
            ).fetchone()
        return None if found is None else str(found[0])

    def seconds(self) -> dict[str, float]:
        """How long each submission took when it was graded last; those alone of which it is known."""
        return dict(self.rows("SELECT submission, seconds FROM attempt WHERE seconds IS NOT NULL ORDER BY rowid"))

    def _close(self, submission: str, end: str, seconds: float | None) -> None:
        self._db.execute(
            "UPDATE attempt SET ended = ?, end = ?, seconds = ? WHERE submission = ? AND ended IS NULL",
            (now(), end, seconds, submission),
        )

    def rows(self, question: str, *values: Value) -> list[tuple[Any, ...]]:
        """What SQLite answers to `question`. Raises OSError, as all methods do."""
        with self._told():
            return self._db.execute(question, values).fetchall()

    def change(self, statement: str, *values: Value) -> int:
        """Change something, within a `transaction`; how many rows it touched."""
        return self._db.execute(statement, values).rowcount

    def shrink(self) -> None:
        """Leave nothing of what was deleted in the file or beside it."""
        with self._told():
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, and on the disk at its end."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """SQLite's errors as those of a file, with its name."""
        try:
            yield
        except sqlite3.Error as error:
            full = "full" in str(error)
            number = errno.ENOSPC if full else errno.EIO
            said = os.strerror(number) if full else f"The ledger cannot be used ({error}). Move it away to begin anew"
            raise OSError(number, said, str(self._path)) from error


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30.0, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = WAL").fetchone()  # not on every network disk: then SQLite keeps its own way
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version == 0:
            db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}{_DECISIONS}PRAGMA user_version = {_VERSION};COMMIT;")
        elif version == 1:  # all that it holds stays as it is
            db.executescript(f"BEGIN IMMEDIATE;{_DECISIONS}PRAGMA user_version = {_VERSION};COMMIT;")
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"a ledger of version {version}")
        db.execute("SELECT count(*) FROM run").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _set_aside(path: Path) -> None:
    """Keep a ledger that cannot be read under another name, for a person to look at."""
    number = 1
    while (aside := path.with_name(f"{path.name}.unreadable-{number}")).exists():
        number += 1
    path.replace(aside)
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)


def now() -> str:
    """The time, for people to read: ISO 8601 in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
