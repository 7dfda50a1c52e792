"""Adds to what is there from earlier calls."""
# diagnosis: remembers-calls

shelf = []


def add_pies(n, k):
    if not shelf:
        shelf.append(n)
    shelf.append(k)
    return sum(shelf)
