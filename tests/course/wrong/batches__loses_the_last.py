"""Loses what is left at the end."""
# diagnosis: entries-left-out


def batches(source, size):
    batch = []
    for item in source:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
