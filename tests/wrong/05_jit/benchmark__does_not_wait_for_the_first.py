"""Does not wait for the call that is not timed."""
# diagnosis: not-waited-for

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    f(*args)
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return (clock() - before) / repeats
