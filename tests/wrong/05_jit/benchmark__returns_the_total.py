"""Forgets to divide."""
# diagnosis: total-time-returned

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return clock() - before
