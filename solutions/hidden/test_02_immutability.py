"""Hidden checks of the lab on immutability."""

import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect_close, expect_dtype, expect_equal, probes

# One length for all long inputs: each new one costs compilation.
LENGTH = 61


def test_set_first_holds_for_other_arrays(set_first, reference, rng):
    """It holds for arrays of other lengths, with other numbers."""
    for length in (7, 1, 23):
        b = jnp.array(rng.normal(size=length), jnp.float32)
        b = b.at[length // 2].set(b[0])  # a place is meant, not every entry of that value
        v = float(rng.integers(10, 99)) + 0.5
        expect_close(
            set_first(b, v), reference(b, v), mistakes={"dropped-result": b, "added-instead-of-set": b.at[0].add(v)}
        )


def test_set_first_keeps_every_dtype(set_first, rng):
    """The dtype stays, be it int8, int16, float16 or float32, and no digit is lost."""
    for dtype, v in (("int8", 77), ("int16", 7777), ("float16", 0.1), ("float32", 0.1)):
        numbers = rng.integers(50, 120, size=5).astype(dtype)
        got = expect_close(set_first(jnp.array(numbers), v), np.array([v, *numbers[1:]], dtype))
        expect_dtype(got, jnp.dtype(dtype))


def test_set_first_leaves_the_old_array(set_first, rng):
    """The array that came in is as it was before."""
    b = jnp.array(rng.normal(size=7), jnp.float32)
    seen = probes.observe(set_first, b, 7.5)
    expect_close(seen.value, [7.5, *np.asarray(b)[1:]], mistakes={"dropped-result": b})
    expect_close(seen.inputs_after[0], b, diagnosis="input-changed")


def test_kmer_counts_holds_for_random_reads(kmer_counts, reference, rng):
    """It holds for long sequences, in which any number can occur."""
    # The longer one so that a count does not fit into int8.
    for kinds, length in ((16, LENGTH), (1, 4 * LENGTH)):
        idx = jnp.array(rng.integers(-3 * kinds, 4 * kinds, size=length), jnp.int32)
        expect_close(kmer_counts(idx, kinds), reference(idx, kinds), mistakes=_mistakes(np.asarray(idx), kinds))


def test_kmer_counts_loses_nobody(kmer_counts, rng):
    """The counts add up to the length of the input, even for the largest and the smallest number there is."""
    known = rng.integers(0, 16, size=LENGTH - 4)
    idx = jnp.array([*known, 2**31 - 1, -(2**31), 16, -1], jnp.int32)
    expect_close(kmer_counts(idx, 16), [*np.bincount(known, minlength=16), 4], mistakes=_mistakes(np.asarray(idx), 16))


def test_kmer_counts_takes_an_empty_input(kmer_counts, rng):
    """Of no reads at all, each count is zero."""
    idx = jnp.array(rng.integers(0, 16, size=LENGTH), jnp.int32)
    expect_close(kmer_counts(idx, 16), [*np.bincount(np.asarray(idx), minlength=16), 0])
    expect_close(kmer_counts(jnp.zeros(0, jnp.int32), 16), [0] * 17)


def test_kmer_counts_works_inside_jit_for_random_reads(kmer_counts, reference, rng):
    """It gives the same counts inside `jax.jit`, for long sequences too."""
    idx = jnp.array(rng.integers(-20, 40, size=LENGTH), jnp.int32)
    got = probes.jitted(kmer_counts, idx, 16, static=(1,))
    expect_close(got, reference(idx, 16), mistakes=_mistakes(np.asarray(idx), 16))


def test_alias_prediction_is_right(alias_prediction):
    """The prediction is what really happens."""
    expect_equal(
        alias_prediction,
        {"x": [2, 3, 4], "u": [1, 2, 3]},
        mistakes={
            "alias-is-no-copy": {"x": [1, 2, 3], "u": [1, 2, 3]},
            "immutable-changed-in-place": {"x": [2, 3, 4], "u": [2, 3, 4]},
            "numpy-jax-swapped": {"x": [1, 2, 3], "u": [2, 3, 4]},
        },
    )


def _mistakes(idx, kinds):
    """What each misconception makes of `idx`, by diagnosis."""
    known = (idx >= 0) & (idx < kinds)
    right = np.bincount(np.where(known, idx, kinds), minlength=kinds + 1)
    reached = np.where(idx < 0, idx + kinds + 1, idx)
    return {
        "set-instead-of-add": np.minimum(right, 1),
        "out-of-range-dropped": np.append(right[:-1], 0),
        "negative-from-end": np.bincount(reached[(reached >= 0) & (reached <= kinds)], minlength=kinds + 1),
        "clipped-to-first": np.bincount(np.clip(idx, 0, kinds), minlength=kinds + 1),
        "wrapped-around": np.append(np.bincount(idx % kinds, minlength=kinds), 0),
    }
