"""Takes slices of the iterator until one is empty."""

from itertools import islice


def batches(source, size):
    source = iter(source)
    while batch := list(islice(source, size)):
        yield batch
