"""The method `add` returns nothing."""
# diagnosis: wrong-kind


class ReadTally:
    def __init__(self):
        self.counts = {}

    def add(self, kmer):
        self.counts[kmer] = self.counts.get(kmer, 0) + 1

    def count(self, kmer):
        return self.counts.get(kmer, 0)
