"""Compiles the function before it times it."""
# diagnosis: timed-another-function

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    fast = jax.jit(f)
    jax.block_until_ready(fast(*args))
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(fast(*args))
    return (clock() - before) / repeats
