"""Tokens -> fingerprints, by winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003).

Every run of LENGTH tokens has a hash. Of each WINDOW neighboring hashes the smallest is kept, the last one of equals.
So whatever two answers share in LENGTH + WINDOW - 1 tokens in a row leaves at least one common fingerprint, nothing
shorter than LENGTH tokens ever does, and about 2 in WINDOW + 1 hashes have to be kept.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

from autograder.similar.tokens import Token

LENGTH = 8
WINDOW = 4
Lines: TypeAlias = frozenset[int]


def fingerprints_of(tokens: Sequence[Token]) -> dict[int, Lines]:
    """The kept hashes, each with the lines of the text that it stands for; none for fewer than LENGTH tokens."""
    hashes = all_hashes(tokens)
    found: dict[int, Lines] = {}
    for position in _kept(hashes):
        lines = frozenset(token.line for token in tokens[position : position + LENGTH])
        found[hashes[position]] = found.get(hashes[position], frozenset()) | lines
    return found


def all_hashes(tokens: Sequence[Token]) -> list[int]:
    """The hash of every run of LENGTH tokens, in order."""
    words = [token.word.encode("utf-8", "replace") for token in tokens]
    return [_hash(words[start : start + LENGTH]) for start in range(len(words) - LENGTH + 1)]


def _hash(words: Sequence[bytes]) -> int:
    """The same in every process, unlike `hash`."""
    return int.from_bytes(hashlib.blake2b(b"\0".join(words), digest_size=8).digest(), "big")


def _kept(hashes: Sequence[int]) -> list[int]:
    """The positions of the smallest hash of each window."""
    last = max(len(hashes) - WINDOW + 1, min(len(hashes), 1))
    windows = (range(start, min(start + WINDOW, len(hashes))) for start in range(last))
    return sorted({min(window, key=lambda position: (hashes[position], -position)) for window in windows})
