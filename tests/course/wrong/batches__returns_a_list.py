"""Collects all batches in a list."""
# diagnosis: reads-ahead


def batches(source, size):
    made, batch = [], []
    for item in source:
        batch.append(item)
        if len(batch) == size:
            made.append(batch)
            batch = []
    return [*made, batch] if batch else made
