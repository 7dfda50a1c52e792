"""Shows the sum instead of returning it."""
# diagnosis: nothing-returned


def add_pies(n, k):
    print(n + k)
