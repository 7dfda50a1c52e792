"""Keeps the counts on the class."""
# diagnosis: state-shared


class ReadTally:
    counts = {}

    def __init__(self):
        self.total = 0

    def add(self, kmer):
        self.total += 1
        self.counts[kmer] = self.counts.get(kmer, 0) + 1
        return self

    def count(self, kmer):
        return self.counts.get(kmer, 0)
