"""The ledger: what a run writes down, so that the next one can go on from any sudden end."""

import contextlib
import errno
import sqlite3

import pytest

from autograder.ledger import NAME, Ledger


def attempts(folder):
    with contextlib.closing(sqlite3.connect(folder / NAME)) as db:
        return db.execute("SELECT submission, run, worker, end FROM attempt ORDER BY rowid").fetchall()


def test_a_report_is_kept_for_the_next_run(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.lease("ada", "f1", 17)
        ledger.finish("ada", "f1", "the report", 1.5)
    with Ledger(tmp_path) as ledger:
        assert ledger.report("ada", "f1") == "the report"
    assert attempts(tmp_path) == [("ada", 1, 17, "finished")]


def test_changed_work_has_no_report(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.finish("ada", "f1", "the report")
        assert ledger.report("ada", "f2") is None
        assert ledger.report("bob", "f1") is None


def test_there_is_one_report_for_each_submission(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.finish("ada", "f1", "the first")
        ledger.finish("ada", "f2", "the second")
        assert ledger.report("ada", "f1") is None
        assert ledger.report("ada", "f2") == "the second"


def test_one_submission_is_leased_to_one_worker(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.lease("ada", "f1", 17)
        with pytest.raises(OSError, match="UNIQUE"):
            ledger.lease("ada", "f1", 18)


def test_losses_are_counted_by_run(tmp_path):
    """A machine that was out of memory yesterday says nothing of today."""
    for _ in range(2):
        with Ledger(tmp_path) as ledger:
            for count in (1, 2):
                ledger.lease("ada", "f1", 17)
                assert ledger.lose("ada") == count


def test_what_a_dead_run_left_open_is_nobodys_fault(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.lease("ada", "f1", 17)
    with Ledger(tmp_path) as ledger:
        ledger.lease("ada", "f1", 18)
        assert ledger.lose("ada") == 1
    assert attempts(tmp_path) == [("ada", 1, 17, "interrupted"), ("ada", 2, 18, "lost")]


@pytest.mark.parametrize("content", [b"no ledger at all, but as long as its head, and so on. " * 9, b"\0" * 4096])
def test_what_cannot_be_read_is_set_aside_and_not_lost(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)
    with Ledger(tmp_path) as ledger:
        ledger.finish("ada", "f1", "the report")
    assert (tmp_path / f"{NAME}.unreadable-1").read_bytes() == content
    (tmp_path / NAME).write_bytes(content)
    with Ledger(tmp_path) as ledger:
        assert ledger.report("ada", "f1") is None
    assert (tmp_path / f"{NAME}.unreadable-2").exists()


def test_a_ledger_of_another_version_is_set_aside(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    with Ledger(tmp_path) as ledger:
        assert ledger.report("ada", "f1") is None
    assert (tmp_path / f"{NAME}.unreadable-1").exists()


# As the first version laid it out.
VERSION_1 = """
CREATE TABLE run (number INTEGER PRIMARY KEY, began TEXT NOT NULL);
CREATE TABLE attempt (submission TEXT NOT NULL, fingerprint TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run (number),
    worker INTEGER NOT NULL, began TEXT NOT NULL, ended TEXT,
    end TEXT CHECK (end IN ('finished', 'lost', 'interrupted')), seconds REAL);
CREATE UNIQUE INDEX lease ON attempt (submission) WHERE ended IS NULL;
CREATE INDEX attempts ON attempt (submission, run);
CREATE TABLE result (submission TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, report TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO run VALUES (1, '2025-01-01');
INSERT INTO attempt VALUES ('ada', 'f1', 1, 17, '2025-01-01', '2025-01-01', 'finished', 1.5);
INSERT INTO attempt VALUES ('ben', 'f1', 1, 18, '2025-01-01', NULL, NULL, NULL);
INSERT INTO result VALUES ('ada', 'f1', 'the report');
PRAGMA user_version = 1;
"""


def test_a_ledger_of_the_first_version_keeps_all_that_it_holds(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / NAME)) as db:
        db.executescript(VERSION_1)
    for _ in range(2):
        with Ledger(tmp_path) as ledger:
            assert ledger.report("ada", "f1") == "the report"
            assert ledger.rows("SELECT * FROM override") == []
            ledger.lease("zoe", "f1", 19)
            assert ledger.lose("zoe") == 1
    assert attempts(tmp_path)[:2] == [("ada", 1, 17, "finished"), ("ben", 1, 18, "interrupted")]
    assert not list(tmp_path.glob("*unreadable*"))


def test_a_full_disk_is_an_error_with_the_files_name_and_spoils_nothing(tmp_path):
    with Ledger(tmp_path) as ledger:
        ledger.finish("ada", "f1", "the report")
        ledger._db.execute("PRAGMA max_page_count = 20")
        with pytest.raises(OSError, match="No space left") as caught:
            ledger.finish("bob", "f1", "long " * 100_000)
        assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path / NAME))
        assert ledger.report("ada", "f1") == "the report"
        assert ledger.report("bob", "f1") is None
        ledger._db.execute("PRAGMA max_page_count = 100000")
        ledger.finish("bob", "f1", "long " * 100_000)


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path):
    (tmp_path / NAME).mkdir()
    with pytest.raises(OSError, match="The ledger cannot be used") as caught:
        Ledger(tmp_path)
    assert caught.value.filename == str(tmp_path / NAME)


def test_how_long_a_submission_took_is_what_its_last_grading_took(tmp_path):
    with Ledger(tmp_path) as ledger:
        for seconds in (3.5, 1.25):
            ledger.lease("ada", "f1", 17)
            ledger.finish("ada", "f1", "{}", seconds)
        ledger.finish("ben", "f1", "{}")
        ledger.lease("cy", "f1", 17)
        assert ledger.seconds() == {"ada": 1.25}
