"""The answers of a class to one task -> the pairs that share what hardly anybody else has.

Only what is an answer's *own* counts: fingerprints outside of the common ground which few others have. Each
weighs the more the rarer it is. An index from fingerprint to answers leads to the pairs that have any in common, so the
work grows with what is shared and not with the number of all pairs.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from autograder.similar.fingerprints import Lines, fingerprints_of
from autograder.similar.tokens import Token

# Fewer fingerprints of its own say nothing of an answer, and fewer shared ones nothing of a pair.
LEAST_OWN = 8
LEAST_SHARED = 8
# What so many have is an idiom, found by each alone. The number bounds the work, too.
COMMON_SHARE = 1 / 3
COMMON_LEAST = 3
COMMON_MOST = 25


@dataclass(frozen=True)
class Entry:
    """One answer in the comparison: whose, which (any number), and its fingerprints with their lines."""

    student: str
    number: int
    prints: Mapping[int, Lines]


@dataclass(frozen=True)
class Match:
    """Two answers that share much of their own.

    Attributes:
        first, second: the numbers of the entries.
        similarity: how much of the smaller one's own material the other has too, weighted by rarity: 0 to 1.
        shared: how many fingerprints that is.
        first_lines, second_lines: where it stands in each text.
    """

    first: int
    second: int
    similarity: float
    shared: int
    first_lines: Lines
    second_lines: Lines


@dataclass(frozen=True)
class Comparison:
    """What came of one task.

    Attributes:
        matches: the strongest first.
        compared: how many answers say enough of their own.
        too_short: how many do not.
    """

    matches: tuple[Match, ...]
    compared: int
    too_short: int


def entry_of(student: str, number: int, tokens: Sequence[Token]) -> Entry:
    """The entry of an answer with these tokens."""
    return Entry(student, number, fingerprints_of(tokens))


def compare(entries: Sequence[Entry], ground: Set[int], threshold: float) -> Comparison:
    """The pairs of different students whose similarity is at least `threshold`."""
    having = _students_having(entries)
    students = len({entry.student for entry in entries})
    common = {one for one, people in having.items() if _is_common(people, students)} | ground
    weight = {one: math.log2(1 + students / max(1, people - 1)) for one, people in having.items()}
    own = {entry.number: entry.prints.keys() - common for entry in entries}
    telling = [entry for entry in entries if len(own[entry.number]) >= LEAST_OWN]
    pairs = _pairs_that_share(telling, own)
    matches = [_match(first, second, own, weight) for first, second in pairs]
    kept = sorted((one for one in matches if one.similarity >= threshold), key=_strongest_first)
    return Comparison(tuple(kept), len(telling), len(entries) - len(telling))


def _students_having(entries: Sequence[Entry]) -> Counter[int]:
    people: dict[int, set[str]] = defaultdict(set)
    for entry in entries:
        for one in entry.prints:
            people[one].add(entry.student)
    return Counter({one: len(names) for one, names in people.items()})


def _is_common(people: int, students: int) -> bool:
    return people >= COMMON_LEAST and people > min(students * COMMON_SHARE, COMMON_MOST)


def _pairs_that_share(entries: Sequence[Entry], own: Mapping[int, Set[int]]) -> list[tuple[Entry, Entry]]:
    """The pairs of different students with at least LEAST_SHARED fingerprints in common."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for one in own[entry.number]:
            index[one].append(place)
    together = Counter(pair for places in index.values() for pair in combinations(places, 2))
    found = [(entries[one], entries[two]) for (one, two), shared in together.items() if shared >= LEAST_SHARED]
    return [(first, second) for first, second in found if first.student != second.student]


def _match(first: Entry, second: Entry, own: Mapping[int, Set[int]], weight: Mapping[int, float]) -> Match:
    mine, theirs = own[first.number], own[second.number]
    shared = mine & theirs
    smaller = min(sum(weight[one] for one in some) for some in (mine, theirs))
    similarity = sum(weight[one] for one in shared) / smaller
    lines = [frozenset(line for one in shared for line in entry.prints[one]) for entry in (first, second)]
    return Match(first.number, second.number, round(similarity, 3), len(shared), lines[0], lines[1])


def _strongest_first(match: Match) -> tuple[float, int, int]:
    return (-match.similarity * match.shared, match.first, match.second)
