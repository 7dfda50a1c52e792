"""Folds in a number of its own first, and compiles nothing."""

import jax

TRAINING = 2024


def step_key(key, epoch: int, step: int):
    for number in (TRAINING, epoch, step):
        key = jax.random.fold_in(key, number)
    return key
