"""The grader's own process gives back the memory of what it has compiled."""

import sys

import jax
import jax.numpy as jnp
import pytest

from autograder import memory


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_process_knows_what_it_holds():
    before = memory.resident()
    held = bytearray(64 * memory.MIB)
    held[::4096] = b"x" * len(held[::4096])
    assert 60 * memory.MIB < memory.resident() - before < 80 * memory.MIB


def test_compiled_programs_are_forgotten_beyond_the_bound_and_made_again(monkeypatch):
    compiled = jax.jit(lambda x: x + 1)
    assert compiled(jnp.zeros(3))[0] == 1
    monkeypatch.setattr(memory, "resident", lambda: 5)
    memory.keep_within_bounds(most=5)
    assert compiled._cache_size() == 1
    memory.keep_within_bounds(most=4)
    assert compiled._cache_size() == 0
    assert compiled(jnp.zeros(3))[0] == 1


def test_where_the_system_does_not_tell_nothing_is_forgotten(monkeypatch):
    monkeypatch.setattr(memory, "Path", lambda name: (_ for _ in ()).throw(OSError))
    assert memory.resident() == 0
