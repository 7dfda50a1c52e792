"""Loses what is left at the end."""
# diagnosis: wrong-value


def batches(source, size):
    batch = []
    for item in source:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
