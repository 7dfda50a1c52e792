"""Waits for each part of the result itself."""

import time

import jax


def wait(result):
    for leaf in jax.tree.leaves(result):
        leaf.block_until_ready()


def benchmark(f, *args, repeats: int = 5, clock=time.perf_counter) -> float:
    """Mean seconds of a call."""
    wait(f(*args))  # warm up
    total = 0.0
    for _ in range(repeats):
        t0 = clock()
        wait(f(*args))
        total += clock() - t0
    print(f"{total / repeats:.3g} s")
    return float(total / repeats)
