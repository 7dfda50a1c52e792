"""Calls three times before it starts the clock."""
# diagnosis: number-of-calls

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    for _ in range(3):
        jax.block_until_ready(f(*args))
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return (clock() - before) / repeats
