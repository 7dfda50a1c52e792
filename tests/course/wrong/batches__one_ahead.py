"""Takes one item too many before it hands out a batch."""
# diagnosis: reads-ahead


def batches(source, size):
    batch = []
    for item in source:
        if len(batch) == size:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
