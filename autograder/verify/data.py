"""The rules of the house as data: which hold, and what breaks the others."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from autograder.verify.answers import accuracy
from autograder.verify.house import House
from autograder.verify.rules import Kept


def as_data(kept: Sequence[Kept], house: House) -> dict[str, Any]:
    """What `autograder verify --json` prints. A rule that was not looked at neither holds nor is broken: null."""
    looked = all(one.problems is not None for one in kept)
    return {
        "holds": all(one.problems == [] for one in kept),
        "rules": [_rule(one) for one in kept],
        "accuracy": asdict(accuracy(house)) if looked else None,
    }


def _rule(one: Kept) -> dict[str, Any]:
    holds = None if one.problems is None else not one.problems
    problems = [asdict(problem) for problem in one.problems or ()]
    return {"name": one.rule.name, "sentence": one.rule.sentence, "holds": holds, "problems": problems}
