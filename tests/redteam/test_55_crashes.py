"""A notebook crashes the interpreter: bad addresses, aborts of the compiler's, signals to itself."""

import pytest
from arena import outcome, points
from threat import OTHER, RIGHT, Threat

from dlfb_lab._outcome import Outcome

SAYS = "The whole Python process was ended by signal {}."
# What becomes of bytecode that is none depends on what lies in memory beside it: Python reads there, or gives up.
ON_ILLEGAL_CODE = {SAYS.format(11), SAYS.format(6)}
CRASHES = {
    "a bad address": ("import ctypes; ctypes.string_at(0)", Outcome.CRASHED, SAYS.format(11)),
    "a forged object": ("import ctypes; ctypes.cast(8, ctypes.py_object).value", Outcome.CRASHED, SAYS.format(11)),
    "an illegal code object": (
        "exec((lambda: None).__code__.replace(co_code=b'd\\xff' * 9, co_consts=()))",
        Outcome.CRASHED,
        ON_ILLEGAL_CODE,
    ),
    "abort": ("import os; os.abort()", Outcome.CRASHED, SAYS.format(6)),
    "a signal to itself": ("import os; os.kill(os.getpid(), 7)", Outcome.CRASHED, SAYS.format(7)),
    "a call that the filter kills for": ("import os; os.kill(os.getpid(), 31)", Outcome.CRASHED, SAYS.format(31)),
    "SIGKILL to itself": (
        "import os; os.kill(os.getpid(), 9)",
        Outcome.OVER_MEMORY,  # what it nearly always means
        "It was stopped by the system, most likely for the memory it used.",
    ),
}

THREAT = Threat(
    55,
    "SIGSEGV and SIGABRT in XLA, ctypes or the interpreter",
    "The task ends with the signal's name. The next one gets a new process, in which the notebook runs again.",
    "the kernel is dead: the whole notebook has no grade",
)


@pytest.mark.parametrize("crash", CRASHES)
def test_an_answer_that_crashes_costs_its_own_points(arena, crash):
    way, how, says = CRASHES[crash]
    report = arena.grade(f"def kmer_counts(idx, K):\n    {way}", OTHER)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (how, 0)
    saw = next(task for task in report.tasks if task.name == "kmer_counts").finding.saw
    assert saw in ({says} if isinstance(says, str) else says)
    assert outcome(report, "set_first") is Outcome.PASSED


def test_an_abort_of_xlas_own_costs_only_its_own_statement(arena):
    """It has no memory left for its threads, and takes the whole process along."""
    way = "import resource\nresource.setrlimit(resource.RLIMIT_DATA, (0, 0))\njax.jit(lambda x: x + 1)(1.0)"
    report = arena.grade(way, RIGHT)
    (cell,) = report.cells
    assert (cell.outcome, cell.finding.saw, cell.finding.line.number) == (Outcome.CRASHED, SAYS.format(6), 3)


def test_two_cells_that_crash_cost_two_statements(arena):
    """A cell is replayed up to the statement that crashed, each time."""
    crash = "first = {0}\nimport os; os.abort()\nsecond = {0}"
    report = arena.grade(*map(crash.format, range(2)), RIGHT)
    assert [(cell.cell, cell.outcome) for cell in report.cells] == [(n, Outcome.CRASHED) for n in (2, 3)]
    assert outcome(report) is Outcome.PASSED


def test_who_crashes_again_and_again_is_run_no_more(arena):
    report = arena.grade(*["import os; os.abort()"] * 20, RIGHT)
    assert (outcome(report), points(report)) == (Outcome.NOT_RUN, 0)
