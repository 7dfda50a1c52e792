"""A course of one small lab, its reports, and the folder of an nbgrader course, for the tests beside nbgrader."""

import sqlite3
from pathlib import Path

from autograder.course import Course, load_course
from autograder.report.record import CheckReport, Report, TaskReport
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome

LAB = "10_bases"
_SOURCE = '''\
# %% [markdown]
# # Counting bases

# %%
from dlfb_lab import check

# %% [markdown] task="n_bases" points=1 difficulty=1 minutes=1
# ## How many bases are there?
# Write the number down: `n_bases`.

# %% [markdown] hint="n_bases"
# More than three.

# %% [markdown] hint="n_bases"
# Fewer than five.

# %% [markdown] hint="n_bases"
# Between the two.

# %% answer="n_bases"
# BEGIN SOLUTION
n_bases = 4
# END SOLUTION

# %% check="n_bases"
check("n_bases")

# %% [markdown] task="gc_count" points=2 difficulty=1 minutes=1
# ## How many are G or C?
# `gc_count(sequence)` counts them.

# %% [markdown] hint="gc_count"
# Look at each letter.

# %% [markdown] hint="gc_count"
# Two letters count.

# %% [markdown] hint="gc_count"
# A text can count its letters.


# %% answer="gc_count"
def gc_count(sequence):
    """How many letters are G or C."""
    # BEGIN SOLUTION
    return sequence.count("G") + sequence.count("C")
    # END SOLUTION


# %% check="gc_count"
check("gc_count")
'''
_VISIBLE = '''\
"""Visible checks."""

from dlfb_lab import expect_equal


def test_n_bases_is_right(n_bases):
    """It is the number of letters of DNA."""
    expect_equal(n_bases, 4)


def test_gc_count_counts_both(gc_count):
    """G and C are counted."""
    expect_equal(gc_count("GATTACA"), 2)
'''
SECRET = "TTTTGGCCTTTTGC"
_HIDDEN = f'''\
"""Hidden checks."""

from dlfb_lab import expect_equal


def test_gc_count_counts_all(gc_count, reference, rng):
    """Each of them is counted."""
    sequence = "".join(rng.choice(list("ACGT"), 40)) + "{SECRET}"
    expect_equal(gc_count(sequence), reference(sequence))


def test_gc_count_of_nothing(gc_count):
    """A sequence without them has none."""
    expect_equal(gc_count("ATTA"), 0)
'''
RIGHT = {
    "n_bases": "import sys, warnings\nn_bases = 4",
    "gc_count": """\
def gc_count(sequence):
    print("looks at", sequence)
    print("and says so", file=sys.stderr)
    warnings.warn("and warns")
    return sum(letter in "GC" for letter in sequence)""",
}
# Right in the visible check and in one hidden one: two thirds.
PARTLY = {"n_bases": "n_bases = 3", "gc_count": "def gc_count(sequence):\n    return min(2, sequence.count('G') * 2)"}


def small_course(folder: Path) -> Course:
    """The course, written to `folder`."""
    texts = {
        "solutions/course.toml": 'title = "Bases"\nseed = 5\n',
        f"solutions/{LAB}.py": _SOURCE,
        f"solutions/hidden/test_{LAB}.py": _HIDDEN,
        f"checks/test_{LAB}.py": _VISIBLE,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return load_course(folder)


def report(student: str, bases: float = 1.0, gc: float = 2.0, **more) -> Report:
    """A report with these points."""
    tasks = (task("n_bases", bases, 1.0), task("gc_count", gc, 2.0))
    return Report(f"{student}--{LAB}", student, f"{student}/{LAB}.ipynb", LAB, more.pop("tasks", tasks), **more)


def task(name: str, points: float, most: float) -> TaskReport:
    """A task with two checks, of which the hidden one fails if points are missing."""
    outcome = Outcome.PASSED if points == most else Outcome.FAILED
    finding = None if points == most else Finding("wrong-value", "It saw <b>this</b>.")
    checks = (
        CheckReport(f"test_{name}_is_right", "It is right.", True, Outcome.PASSED),
        CheckReport(f"test_{name}_holds", "It holds elsewhere.", False, outcome, finding),
    )
    return TaskReport(name, name, outcome, points, most, checks, finding)


def rows(path: Path, query: str) -> list[tuple]:
    """What a query finds in a gradebook."""
    with sqlite3.connect(path) as db:
        found = db.execute(query).fetchall()
    db.close()
    return found


GRADES = """
SELECT student_id, base_cell.name, auto_score, manual_score, needs_manual_grade FROM grade
JOIN base_cell ON base_cell.id = cell_id JOIN submitted_notebook AS part ON part.id = grade.notebook_id
JOIN submitted_assignment AS whole ON whole.id = part.assignment_id ORDER BY student_id, base_cell.rowid
"""


def grades(path: Path) -> dict[tuple[str, str], tuple]:
    """(student, cell) -> (auto score, manual score, whether a person must look)."""
    return {(student, cell): tuple(rest) for student, cell, *rest in rows(path, GRADES)}
