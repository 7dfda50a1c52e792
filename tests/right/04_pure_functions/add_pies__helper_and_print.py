"""Calls a helper from outside, which never changes, and prints."""


def total(*parts):
    result = 0
    for part in parts:
        result = result + part
    return result


def add_pies(n, k):
    print("adding", k)
    n += k
    return total(n)
