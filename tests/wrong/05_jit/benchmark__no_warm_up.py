"""Times the call that compiles."""
# diagnosis: compilation-timed

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return (clock() - before) / repeats
