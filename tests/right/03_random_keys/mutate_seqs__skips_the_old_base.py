"""Draws from three bases, and skips the old one."""

import jax.numpy as jnp
from jax import random


def mutate_seqs(key, seqs, rate):
    keys = random.split(key, 4)
    drawn = random.randint(keys[0], seqs.shape, 0, 3)
    other = drawn + (drawn >= seqs)
    return jnp.where(random.uniform(keys[3], seqs.shape) >= rate, seqs, other)
