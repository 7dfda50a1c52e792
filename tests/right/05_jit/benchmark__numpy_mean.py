"""Averages with NumPy."""

import time

import jax
import numpy as np


def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    def run():
        return jax.block_until_ready(f(*args))

    run()
    stamps = [clock()]
    while len(stamps) <= repeats:
        run()
        stamps.append(clock())
    return np.diff(stamps).mean()
