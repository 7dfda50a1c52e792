"""Raises for a k-mer that it has never seen."""
# diagnosis: no-such-entry


class ReadTally:
    def __init__(self):
        self.total, self.counts = 0, {}

    def add(self, kmer):
        self.total += 1
        if kmer not in self.counts:
            self.counts[kmer] = 0
        self.counts[kmer] += 1
        return self

    def count(self, kmer):
        return self.counts[kmer]
