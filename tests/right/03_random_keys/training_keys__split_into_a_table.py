"""Splits into a table of two rows, and returns the table."""

from jax import random


def training_keys(key, n_steps):
    return random.split(key, (2, n_steps))
