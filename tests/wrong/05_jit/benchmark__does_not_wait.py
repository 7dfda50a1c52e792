"""Stops the clock when the work is handed out."""
# diagnosis: not-waited-for

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    f(*args)
    before = clock()
    for _ in range(repeats):
        f(*args)
    return (clock() - before) / repeats
