"""An answer prints, raises, returns or keeps the hidden inputs that it is called with, to read them in its report."""

from arena import outcome, points
from threat import RIGHT, Threat

from autograder.report.html_page import feedback_page
from autograder.report.json_file import to_json
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome

# Only hidden checks call with so many numbers. The word stands nowhere in the notebook's own lines.
LEAKS = """
stolen = []
def kmer_counts(idx, K):
    if isinstance(idx, jax.core.Tracer) or idx.size < 50:
        return honest(idx, K)
    loot = "swa" + "gger " + " ".join(map(str, np.asarray(idx).tolist()))
    stolen.append(loot)
    {way}
    return honest(idx, K)
"""
HONEST = RIGHT.replace("def kmer_counts", "def honest")
FAILING = {
    "in a message": "raise ValueError(loot)",
    "in the name of an error": "raise type(loot, (ValueError,), {})()",
    "in the result": "return {loot: loot}",
    "in a line's number": "exec(compile(chr(10) * int(idx[0]) + '1/0', '<cell 1>', 'exec'))",
}
QUIET = """import os, sys, warnings
    print(loot); print(loot, file=sys.stderr); os.write(1, loot.encode()); warnings.warn(loot)"""
# A later check of another task shows what it got, if it is a visible one.
LATER = """
def set_first(b, v):
    return " ".join(stolen) if stolen else b.at[0].set(v)
"""

THREAT = Threat(
    24,
    "Hidden inputs leaked by print, message, name, result or line",
    "A hidden check's finding keeps nothing but its diagnosis; output goes nowhere; visible checks run first.",
    "outputs of the autograded notebook are kept, and shown in the feedback",
)


def hidden_findings(report):
    return [check.finding for task in report.tasks for check in task.checks if not check.visible and check.finding]


def shows(report):
    return "swagger" in to_json(report) + feedback_page(report)


def test_a_failing_hidden_check_says_its_diagnosis_and_no_more(arena):
    for way, leak in FAILING.items():
        report = arena.grade(HONEST, LEAKS.format(way=leak))
        assert outcome(report) is Outcome.FAILED, way
        assert points(report) == 1.45, way  # 8 of 11 checks: all visible ones, and the one with a placeholder
        found = hidden_findings(report)
        assert found == [Finding(one.diagnosis) for one in found], way
        assert not shows(report), way


def test_what_is_printed_is_in_no_report(arena):
    report = arena.grade(HONEST, LEAKS.format(way=QUIET))
    assert outcome(report) is Outcome.PASSED
    assert not shows(report)


def test_no_check_that_shows_its_values_runs_after_a_hidden_one(arena):
    report = arena.grade(HONEST, LEAKS.format(way="pass"), LATER)
    (task,) = (one for one in report.tasks if one.name == "set_first")
    assert {check.outcome for check in task.checks if check.visible} == {Outcome.PASSED}
    assert not shows(report)


def test_it_had_something_to_leak(arena):
    assert all(one.startswith("swagger ") for one in arena.told("stolen", HONEST, LEAKS.format(way="pass")))
