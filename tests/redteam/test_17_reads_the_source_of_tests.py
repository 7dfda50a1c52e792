"""An answer reads the source of whoever calls it: from the shell's history, the line cache, `inspect`."""

import pytest
from arena import verdicts
from threat import PEEKS, Threat

HISTORY = """\
def kmer_counts(idx, K):
    history = [*globals().get("In", []), *globals().get("_ih", [])]
    return peek(history[::-1], idx, K)
"""
INSPECTS = """\
import inspect
asked = {}

def kmer_counts(idx, K):
    sources = []
    for caller in inspect.stack()[1:]:
        try:
            sources.append("".join(inspect.findsource(caller.frame)[0]))
        except OSError as error:
            asked[caller.function] = type(error).__name__
        else:
            asked[caller.function] = "canary" if "canary_" in sources[-1] else "source"
    return peek(sources[:1], idx, K)
"""

THREAT = Threat(
    17,
    "Source of the tests, by the shell's history or `inspect`",
    "The process has run no test. Above an answer stand the driver's frames, whose source is public.",
    "the test that calls is the last entry of `In`, expected values and all",
    (PEEKS, HISTORY),
)


@pytest.mark.parametrize("reads", [HISTORY, INSPECTS])
def test_no_source_above_an_answer_is_a_tests(arena, reads):
    report = arena.grade(PEEKS, reads)
    assert report.cells == ()
    assert verdicts(report) == verdicts(arena.wrong)


def test_it_has_read_the_sources_that_there_are(arena):
    asked = arena.told("asked", PEEKS, INSPECTS)
    assert {asked[name] for name in ("answer", "handle", "serve")} == {"source"}
    assert "canary" not in asked.values()


@pytest.mark.parametrize("reads", [HISTORY, INSPECTS])
def test_in_the_same_process_the_answers_stand_there(arena, reads):
    assert arena.fooled_beside_its_tests(PEEKS, reads)
