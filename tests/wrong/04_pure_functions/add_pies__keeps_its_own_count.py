"""Returns the sum, and adds up all that was ever baked beside it."""
# diagnosis: changed-outside

baked = {"all": 0}


def add_pies(n, k):
    baked["all"] += k
    return n + k
