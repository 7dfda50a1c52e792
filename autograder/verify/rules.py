"""The rules of the house, each by its name, its sentence, and the function that finds what breaks it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.build import build_course
from autograder.verify import answers, keys, names, nothing, places, reference, stubs, words
from autograder.verify.house import House
from autograder.verify.problem import Problem


@dataclass(frozen=True)
class Rule:
    """A rule of the house. `find` returns what breaks it."""

    name: str
    sentence: str
    find: Callable[[House], list[Problem]]


@dataclass(frozen=True)
class Kept:
    """A rule, and what breaks it; None where it was not looked at."""

    rule: Rule
    problems: list[Problem] | None


def built(house: House) -> list[Problem]:
    """Every built file that is not what its source gives."""
    ours = {"catalog.json", *(f"{lab.name}.ipynb" for lab in house.part.labs)}
    found = []
    for sentence in build_course(house.course, write=False):
        path, _, said = sentence.partition(": ")
        what, _, todo = said.partition(". ")
        if house.part.is_all or Path(path).name in ours:
            found.append(Problem(house.place(Path(path)), f"{what}.", todo))
    return found


RULES = (
    Rule("places", "Every place is filled.", places.problems),
    Rule("names", "Names mirror in every room.", names.problems),
    Rule("built", "What is built equals its source.", built),
    Rule("words", "Every check has a sentence, and no hint holds the answer.", words.problems),
    Rule("stubs", "Every stub is not attempted, and its notebook runs through.", stubs.problems),
    Rule("reference", "The reference answer passes every check.", reference.problems),
    Rule("right", "Every task has another right answer, and it passes.", answers.right_problems),
    Rule("wrong", "Every task has three wrong answers, and each gets its diagnosis.", answers.wrong_problems),
    Rule("nothing", "What is no answer passes no check and breaks none.", nothing.problems),
    Rule("flakes", "No check flakes.", reference.flakes),
    Rule("keys", "No reference answer reuses a key.", keys.problems),
)


def keep_rules(house: House, before: Callable[[Rule], None] = lambda rule: None) -> Iterator[Kept]:
    """Look at each rule. While a place is not filled the others would only say the same in more words.

    Args:
        house: what to look at.
        before: told each rule before it is looked at.
    """
    waits = False
    for rule in RULES:
        before(rule)
        found = None if waits else rule.find(house)
        waits = waits or (rule.name == "places" and bool(found))
        yield Kept(rule, found)
