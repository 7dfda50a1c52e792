"""Visible checks of the lab on immutability."""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect, expect_close, expect_dtype, probes


def test_set_first_puts_the_new_value_first(set_first):
    """The new value comes first, and everything else is as before."""
    b = jnp.array([12, 0, 7, 3, 5])
    expect_close(
        set_first(b, 100),
        [100, 0, 7, 3, 5],
        inputs={"b": b, "v": 100},
        mistakes={
            "dropped-result": [12, 0, 7, 3, 5],
            "added-instead-of-set": [112, 0, 7, 3, 5],
            "wrong-place": [12, 100, 7, 3, 5],
        },
    )


def test_set_first_keeps_the_dtype(set_first):
    """A table of int8 stays a table of int8."""
    b = jnp.array([1, 2, 3], dtype=jnp.int8)
    got = expect_close(set_first(b, 9), [9, 2, 3], inputs={"b": "[1, 2, 3] as int8", "v": 9})
    expect_dtype(got, jnp.int8)


def test_kmer_counts_finds_each_place(kmer_counts):
    """Every k-mer is counted at its own place."""
    idx = jnp.array([2, 0, 3, 1])
    expect_close(kmer_counts(idx, 4), [1, 1, 1, 1, 0], inputs={"idx": idx, "K": 4})


def test_kmer_counts_adds_duplicates(kmer_counts):
    """Two reads of the same k-mer are both counted."""
    idx = jnp.array([0, 0, 3, 1])
    expect_close(
        kmer_counts(idx, 4),
        [2, 1, 0, 1, 0],
        inputs={"idx": idx, "K": 4},
        mistakes={"set-instead-of-add": [1, 1, 0, 1, 0]},
    )


def test_kmer_counts_keeps_what_is_too_large(kmer_counts):
    """A number that is too large is counted in the last place, however large it is."""
    idx = jnp.array([0, 4, 5, 99])
    expect_close(
        kmer_counts(idx, 4),
        [1, 0, 0, 0, 3],
        inputs={"idx": idx, "K": 4},
        mistakes={"out-of-range-dropped": [1, 0, 0, 0, 1], "wrapped-around": [2, 1, 0, 1, 0]},
    )


def test_kmer_counts_keeps_what_is_negative(kmer_counts):
    """A negative number is counted in the last place, too."""
    idx = jnp.array([0, -1, -2, -50])
    expect_close(
        kmer_counts(idx, 4),
        [1, 0, 0, 0, 3],
        inputs={"idx": idx, "K": 4},
        mistakes={
            "negative-from-end": [1, 0, 0, 1, 1],
            "clipped-to-first": [4, 0, 0, 0, 0],
            "out-of-range-dropped": [1, 0, 0, 0, 0],
            "wrapped-around": [1, 0, 2, 1, 0],
        },
    )


def test_kmer_counts_gives_whole_numbers(kmer_counts):
    """The counts are whole numbers, of dtype int32."""
    idx = jnp.array([1, 1, 0, 3])
    got = expect_close(kmer_counts(idx, 4), [1, 2, 0, 1, 0], inputs={"idx": idx, "K": 4})
    expect_dtype(got, jnp.int32)


def test_kmer_counts_works_inside_jit(kmer_counts):
    """It gives the same counts inside `jax.jit`, with K static."""
    idx = jnp.array([1, 5, -1, 1])
    expect_close(probes.jitted(kmer_counts, idx, 4, static=(1,)), [0, 2, 0, 0, 2], inputs={"idx": idx, "K": 4})


def test_alias_prediction_has_the_right_form(alias_prediction):
    """The prediction has the keys "x" and "u", each with three whole numbers."""
    expect(
        type(alias_prediction) is dict
        and set(alias_prediction) == {"x", "u"}
        and all(_three_whole_numbers(part) for part in alias_prediction.values()),
        "wrong-form",
        'The prediction should look like {"x": [0, 0, 0], "u": [0, 0, 0]}, with other numbers.',
        got=alias_prediction,
    )


def _three_whole_numbers(part):
    """A list is asked for; a tuple or an array says the same, and so do NumPy's whole numbers."""
    if type(part) not in (list, tuple) and not isinstance(part, np.ndarray | jax.Array):
        return False
    numbers = np.asarray(part)
    return numbers.shape == (3,) and numbers.dtype.kind in "iu"
