"""Waits with a method that only an array has."""
# diagnosis: not-waited-for

import time


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    f(*args).block_until_ready()
    before = clock()
    for _ in range(repeats):
        f(*args).block_until_ready()
    return (clock() - before) / repeats
