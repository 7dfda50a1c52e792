"""Waits when the clock has stopped."""
# diagnosis: not-waited-for

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    total = 0.0
    for _ in range(repeats):
        before = clock()
        result = f(*args)
        total += clock() - before
        jax.block_until_ready(result)
    return total / repeats
