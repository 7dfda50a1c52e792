"""Waits after the loop alone."""
# diagnosis: not-waited-for

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    before = clock()
    for _ in range(repeats):
        result = f(*args)
    jax.block_until_ready(result)
    return (clock() - before) / repeats
