"""Reads the clock before and after each call."""

import time
from statistics import mean

import jax


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    jax.block_until_ready(f(*args))
    times = []
    for _ in range(repeats):
        start = clock()
        result = f(*args)
        jax.block_until_ready(result)
        times.append(clock() - start)
    return mean(times)
