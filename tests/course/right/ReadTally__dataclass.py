"""A dataclass around a Counter, with the total computed."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class ReadTally:
    seen: Counter = field(default_factory=Counter)

    def add(self, kmer):
        self.seen[kmer] += 1
        return self

    def count(self, kmer):
        return self.seen[kmer]

    @property
    def total(self):
        return sum(self.seen.values())
