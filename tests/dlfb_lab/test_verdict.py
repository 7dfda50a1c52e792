"""Of all that the checks of a task found, what is shown first."""

from dataclasses import dataclass

import jax.numpy as jnp
import pytest

from dlfb_lab._finding import Finding, SourceLine
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict import end_of, most_telling

LINE = SourceLine(1, 2, "jax.random.split(key)")


@dataclass
class Result:
    outcome: Outcome
    finding: Finding | None
    certain: bool = False


def told(*diagnoses, lint=()):
    """The diagnosis shown for checks that found these; "" passed, a trailing ! is certain."""
    results = [
        Result(Outcome.FAILED, Finding(name.rstrip("!")), name.endswith("!")) if name else Result(Outcome.PASSED, None)
        for name in diagnoses
    ]
    found = most_telling(results, [(name, LINE) for name in lint])
    return found and found.diagnosis


@pytest.mark.parametrize(
    ("diagnoses", "lint", "shown"),
    [
        (["", ""], ["dropped-key"], None),
        (["wrong-value"], [], "wrong-value"),
        (["", "key-reused", "set-instead-of-add"], [], "key-reused"),
        (["wrong-value", "key-reused"], [], "wrong-value"),
        (["wrong-value", "key-reused!"], [], "key-reused"),
        (["wrong-value"], ["dropped-result"], "dropped-result"),
        (["wrong-value"], ["printed-while-tracing"], "wrong-value"),
        (["wrong-value"], ["read-from-outside", "dropped-result"], "dropped-result"),
        (["key-ignored"], ["key-made-inside"], "key-made-inside"),
        (["key-ignored"], ["dropped-result"], "key-ignored"),
        (["key-reused", "split-twice"], [], "split-twice"),
        (["key-reused", "", "split-and-fold-in"], [], "split-and-fold-in"),
        (["replicates-identical", "key-reused"], ["key-not-advanced"], "key-not-advanced"),
        (["dropped-result!"], ["dropped-result"], "dropped-result"),
        (["dropped-result!"], [], "nothing-changed"),
        (["replicates-identical", "split-twice"], [], "replicates-identical"),
    ],
)
def test_the_most_telling_finding_comes_first(diagnoses, lint, shown):
    assert told(*diagnoses, lint=lint) == shown


def test_the_line_that_shows_the_cause_comes_along():
    found = most_telling(
        [Result(Outcome.FAILED, Finding("key-reused", "Two draws.", (("got", "1"),)))], [("dropped-key", LINE)]
    )
    assert found == Finding("dropped-key", "Two draws.", (("got", "1"),), LINE)


def test_an_answer_that_is_no_function_is_told_so():
    for called, kind in ((jnp.ones(2), "a JAX array"), ("text", "a str"), (3, "an int")):
        with pytest.raises(TypeError) as raised:
            called(1)
        finding = end_of(raised.value, "set_first", None, is_broken=False).finding
        assert (finding.diagnosis, finding.saw) == ("not-a-function", f"`set_first` is {kind}, not a function.")
