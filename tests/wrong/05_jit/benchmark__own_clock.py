"""Takes its own clock."""
# diagnosis: other-clock

import time

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    before = time.perf_counter()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return (time.perf_counter() - before) / repeats
