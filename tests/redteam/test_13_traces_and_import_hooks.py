"""A notebook traces the code that calls it, hooks into every import, and patches the module that writes its replies."""

from arena import outcome, points, verdicts
from threat import OTHER, RIGHT, WRONG, Threat

from dlfb_lab._outcome import Outcome

IMPORT = """\
import builtins, sys, types
asked = []
class Finder:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)
sys.meta_path.insert(0, Finder())
real_import = builtins.__import__
class Numbers(types.ModuleType):
    "NumPy, with comparisons that say yes."
    allclose = array_equal = isclose = staticmethod(lambda *args, **kwargs: True)
    def __getattr__(self, name):
        return getattr(np, name)
def hooked(name, *args, **kwargs):
    return Numbers("numpy") if name == "numpy" else real_import(name, *args, **kwargs)
builtins.__import__ = hooked
"""
TRACE = """\
import sys, threading
seen = {"callers": {}, "secrets": {}}
def watch(frame, event, argument):
    if event == "call":
        seen["callers"][frame.f_code.co_name] = True
        texts = [value for value in frame.f_locals.values() if type(value) is str]
        seen["secrets"].update({text: True for text in texts if "canary" in text})
for hook in (sys.settrace, sys.setprofile, threading.settrace, threading.setprofile):
    hook(watch)
"""
JSON = """\
import json
real = json.dumps
def dumps(value, **options):
    text = real(value, **options)
    return PATCHED
def kmer_counts(idx, K):
    json.dumps = dumps
"""

THREAT = Threat(
    13,
    "Trace functions, import hooks, a patched `json`",
    "They see and change the student's own process: its replies are values that it may choose anyway.",
    "same process: an import in a test gives what the hook likes",
    (IMPORT, WRONG),
)


def test_hooks_change_no_verdict(arena):
    """Neither for the worse, as a debugger may do it."""
    for hook, answer, plain in (
        (IMPORT, WRONG, arena.wrong),
        (TRACE, WRONG, arena.wrong),
        (IMPORT, RIGHT, arena.honest),
    ):
        report = arena.grade(hook, answer)
        assert report.cells == ()
        assert verdicts(report) == verdicts(plain)


def test_a_trace_sees_the_driver_and_no_secret(arena):
    seen = arena.told("seen", TRACE, WRONG)
    assert {"answer", "handle", "kmer_counts"} <= set(seen["callers"])
    assert seen["secrets"] == {}


def test_replies_that_are_changed_on_the_way_are_the_students_word(arena):
    """Text that cannot be read ends the process; another value is another answer."""
    cases = {"text[:-2]": Outcome.CRASHED, 'text.replace("null", "[2,0,0,1,1]")': Outcome.FAILED}
    for patched, ended in cases.items():
        report = arena.grade(OTHER, JSON.replace("PATCHED", patched))
        assert (outcome(report), points(report)) == (ended, 0)
        assert not report.has_grader_error


def test_tests_in_the_same_process_would_believe_it(arena):
    assert arena.fooled_beside_its_tests(*THREAT.cells)
