"""A notebook looks for a gradebook, which lies open to everybody, and gives everyone full marks."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from arena import verdicts
from threat import WRONG, Threat

# Where nbgrader keeps it, seen from where it runs a notebook; and where the notebook has been told that it lies.
CHANGES = """\
import pathlib, sqlite3
from contextlib import closing
changed, refused = [], []
places = [folder / "gradebook.db" for folder in (pathlib.Path.cwd(), *pathlib.Path.cwd().parents)]
for place in [*places, *map(pathlib.Path, globals().get("PLACES", ()))]:
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=rw", uri=True, timeout=1)) as book, book:
            for (table,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for column in [row[1] for row in book.execute(f"PRAGMA table_info({table})")]:
                    if column in ("auto_score", "manual_score", "extra_credit"):
                        book.execute(f"UPDATE {table} SET {column} = 1000")
                        changed.append([str(place), table, column])
    except sqlite3.Error as error:
        refused.append([str(place), str(error)])
"""

THREAT = Threat(
    15,
    "Changing everybody's marks in the gradebook",
    "No file outside the notebook's own folder can be opened, whatever its mode. There is no database of the grader's.",
    "same user: the kernel can open and change `gradebook.db`",
    (CHANGES, WRONG),
)


@pytest.fixture
def gradebook():
    """A gradebook that everybody may write, in a folder that everybody may write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder, "gradebook.db")
        with closing(sqlite3.connect(file)) as book, book:
            book.execute("CREATE TABLE grade (student TEXT, auto_score REAL)")
            book.execute("INSERT INTO grade VALUES ('ada', 1.5)")
        file.chmod(0o666)
        yield file


def marks(file):
    with closing(sqlite3.connect(file)) as book:
        return book.execute("SELECT * FROM grade").fetchall()


def test_no_gradebook_can_be_opened(arena, gradebook):
    cells = (f"PLACES = [{str(gradebook)!r}]", CHANGES, WRONG)
    report = arena.grade(*cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)
    assert marks(gradebook) == [("ada", 1.5)]
    assert arena.loot(*cells, name="changed") == []
    assert [str(gradebook), "unable to open database file"] in arena.loot(*cells, name="refused")


def test_without_a_sandbox_the_marks_are_changed(gradebook):
    space = {"PLACES": [str(gradebook)]}
    exec(CHANGES, space)
    assert marks(gradebook) == [("ada", 1000)]
    assert space["changed"] == [[str(gradebook), "grade", "auto_score"]]
