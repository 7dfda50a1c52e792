"""Makes a list of the whole source first."""
# diagnosis: reads-ahead


def batches(source, size):
    items = list(source)
    for start in range(0, len(items), size):
        yield items[start : start + size]
