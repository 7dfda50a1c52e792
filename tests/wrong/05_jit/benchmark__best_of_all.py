"""Returns the fastest time."""
# diagnosis: wrong-value

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    times = []
    for _ in range(repeats):
        before = clock()
        jax.block_until_ready(f(*args))
        times.append(clock() - before)
    return min(times)
