"""A small class, graded, for the tests of exports: hard names, every kind of end, and a list of the class."""

from dataclasses import replace

from autograder.report.json_file import to_json
from autograder.report.record import Adjustment, CellProblem, CheckReport, Report, TaskReport
from autograder.roster import Roster, Student
from dlfb_lab._finding import Diagnosis, Finding, SourceLine
from dlfb_lab._outcome import Outcome

LAB = "03_random_keys"
# What only a hidden check has seen: no export may hold it.
SECRET = "secret-input-4711"
# Words of their own, so that the golden files do not change with those of diagnoses.toml.
DIAGNOSES = {
    name: Diagnosis(name, "", title, "Why it is so.", "What to look at.", "https://example.org/why")
    for name, title in (
        ("set-instead-of-add", "One wrote over the other."),
        ("wrong-value", "The values are not the expected ones."),
        ("timed-out", "Your code did not come to an end."),
    )
}
FINDING = Finding(
    "set-instead-of-add",
    "One of two reads is lost.",
    (("inputs", "idx = [0, 0, 1]"), ("expected", "[2, 1]"), ("got", "[1, 1]")),
    SourceLine(3, 2, "return counts.at[idx].set(1) # <b>&"),
)
LEAK = Finding("wrong-value", f"seen with {SECRET}", (("inputs", SECRET),))

SEEN = CheckReport("test_counts_adds", "Two reads of the same k-mer are both counted.", True, Outcome.PASSED)
HIDDEN = CheckReport("test_counts_long", "A long read, too.", False, Outcome.PASSED)
COUNTS = TaskReport("counts", "Task: count, and lose <none>", Outcome.PASSED, 2.0, 2.0, (SEEN, HIDDEN))
VALUE = TaskReport(
    "shape",
    "Task: a shape",
    Outcome.PASSED,
    1.0,
    1.0,
    (CheckReport("test_shape", "It is (2, 3).", True, Outcome.PASSED),),
)
HALF = replace(
    COUNTS,
    outcome=Outcome.FAILED,
    points=0.67,
    finding=FINDING,
    checks=(
        replace(SEEN, outcome=Outcome.FAILED, finding=FINDING),
        replace(HIDDEN, outcome=Outcome.FAILED, finding=LEAK),
    ),
)
UNTOUCHED = replace(
    VALUE,
    outcome=Outcome.NOT_ATTEMPTED,
    points=0.0,
    checks=(CheckReport("test_shape", "It is (2, 3).", True, Outcome.NOT_ATTEMPTED),),
)
UNJUDGED = replace(
    COUNTS,
    outcome=Outcome.GRADER_ERROR,
    checks=(SEEN, replace(HIDDEN, outcome=Outcome.GRADER_ERROR)),
)


def report(student, tasks=(COUNTS, VALUE), **more):
    """A report on `student`'s notebook."""
    id = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in student.lower())
    told = {"source": f"class/{student}/{LAB}.ipynb", "lab": LAB, "tasks": tuple(tasks), "isolation": "L2"}
    return Report(f"s{id}--{LAB}", student, **{**told, **more})


ADA = report("ada")
HALVES = report("o'brien", (HALF, UNTOUCHED), cells=(CellProblem(4, Outcome.TIMED_OUT, Finding("timed-out")),))
LATE = report("Jürgen Müller", adjustments=(Adjustment("late", "", -0.75, "Two days late."),))
LEI = report("李雷")
FORMULA = report("cmd")
BROKEN_FILE = report("eve", lab="", tasks=(), problem="The file is not a notebook.", isolation="")
FAULT = report("mallory", (UNJUDGED, VALUE), faults=("test_counts_long: ZeroDivisionError",))
VOID = report(
    "trent",
    [replace(task, outcome=Outcome.GRADER_ERROR, points=0.0, checks=()) for task in (COUNTS, VALUE)],
    problem="A fault of the grader's own kept this from being judged.",
    faults=("RuntimeError: boom",),
    isolation="",
)
STRANGER = report("zoe")
CLASS = (ADA, HALVES, LATE, LEI, FORMULA, BROKEN_FILE, FAULT, VOID, STRANGER)

ROSTER = Roster(
    (
        Student("ada", "Lovelace, Ada", "Ada.Lovelace@example.org", "A0001"),
        Student("obrien", 'O\'Brien, Seán "Jack"', "sean@example.org", "A0002", handed_in_as=("o'brien",)),
        Student("mueller", "Müller, Jürgen", "juergen@example.org", "A0003"),
        Student("li", "李雷", "li@example.org", "A0004"),
        Student("cmd", "=cmd|' /C calc'!A0", "+cmd@example.org", ""),
        Student("eve", "Eve, Ng", "eve@example.org", "A0006"),
        Student("mallory", "Mallory", "mallory@example.org", "A0007"),
        Student("trent", "Trent", "trent@example.org", "A0008"),
        Student("idle", "Idle, Ida", "idle@example.org", "A0009"),
    )
)


def write_results(folder, reports=CLASS):
    """The output folder that `grade` would have left."""
    (folder / "reports").mkdir(parents=True)
    for one in reports:
        (folder / "reports" / f"{one.submission}.json").write_text(to_json(one), "utf-8")
    return folder


def write_roster(path):
    """The list of the class as a teacher writes it."""
    cell = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
    rows = [
        ",".join(map(cell, (one.id, one.name, one.email, one.sis_id, ";".join(one.handed_in_as))))
        for one in ROSTER.students
    ]
    path.write_text("id,name,email,sis_id,handed_in_as\n" + "\n".join(rows) + "\n", "utf-8")
    return path
