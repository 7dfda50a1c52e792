"""A notebook replaces whatever is named like a part of a grader, ours and other people's."""

from arena import outcome, points, verdicts
from threat import OTHER, WRONG, Threat

from dlfb_lab._outcome import Outcome

REPLACES = """\
import contextlib, doctest, importlib, pytest, sys, types, unittest

class Always:
    "Passes, whatever is asked."
    passed, failed, success, score = True, 0, True, 1000.0
    def __call__(self, *args, **kwargs): return self
    def __getattr__(self, name): return self
    def __iter__(self): return iter(())

unittest.TestResult.addFailure = unittest.TestResult.addError = unittest.TestResult.addSuccess
doctest.DocTestRunner.run = pytest.main = Always()
Checker = Notebook = grader = check = Always()
for name in ("otter", "nbgrader", "autograder", "solutions", "tests", "checks"):
    sys.modules.setdefault(name, types.ModuleType(name)).__dict__.update(grade=Always(), check=Always())
OURS = ("_expect", "_judge", "_verdict", "_check", "_finding", "_plugin", "_outcome", "_points")
for part in OURS:
    with contextlib.suppress(ImportError):
        module = importlib.import_module("dlfb_lab." + part)
        for name, thing in list(vars(module).items()):
            if callable(thing) and getattr(thing, "__module__", "") == module.__name__:
                setattr(module, name, Always())
from dlfb_lab import _expect, _judge
assert _expect.expect_close(1, 2).passed and _judge.judge().success
"""
# The very loop that answers the grader: from here on it is the student's word alone.
REPLACES_THE_LOOP = """\
def kmer_counts(idx, K):
    from autograder.sandbox import child
    from dlfb_lab import _host
    _host.Host.handle = lambda *args: {"outcome": "passed", "points": 1000.0}
    child._Server.answer = lambda self, request: self.channel.send(*child.wire.encode([request[0], "ok", "passed"]))
"""

THREAT = Threat(
    4,
    "Replacing the grader's own functions and classes",
    "Those that judge are in another process. The loop in this one is not believed.",
    "the kernel holds no grader, but its tests' helpers; otter's results are made in the kernel",
    (REPLACES, WRONG),
)


def test_replaced_judges_judge_nothing(arena):
    report = arena.grade(*THREAT.cells)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)


def test_a_replaced_loop_says_nothing_that_counts(arena):
    """It answers for the whole notebook, so from here on every task has wrong answers."""
    report = arena.grade(OTHER, REPLACES_THE_LOOP)
    assert (outcome(report), points(report)) == (Outcome.FAILED, 0)
    assert Outcome.PASSED not in {one.outcome for one in report.tasks}
    assert not report.has_grader_error
