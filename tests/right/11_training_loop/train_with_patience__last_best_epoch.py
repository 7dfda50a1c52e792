"""Remembers in which epoch it was best."""

def train_with_patience(step, score, params, patience, max_epochs):
    """Stop `patience + 1` epochs after the best one."""
    records = []
    best = 0
    while len(records) < max_epochs and len(records) <= best + 1 + patience:
        params = step(params)
        records.append((score(params), params))
        best = min(range(len(records)), key=lambda i: records[i][0])
    return records[best][1], records[best][0], len(records)
