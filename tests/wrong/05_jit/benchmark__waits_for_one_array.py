"""Thinks that a result is one array."""
# diagnosis: not-waited-for

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    f(*args).block_until_ready()
    before = clock()
    for _ in range(repeats):
        f(*args).block_until_ready()
    return (clock() - before) / repeats
