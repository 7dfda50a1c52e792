"""Still takes what is on the shelf, and not what it is given."""
# diagnosis: read-from-outside

n_pies = 20


def add_pies(n, k):
    return n_pies + k
