"""Hidden checks of the lab on immutability."""

import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    CheckFailed,
    expect,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_shape,
    probes,
)

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
    """The values are right to the last digit, and the dtype stays, be it int8, int16, float16 or float32."""
    for dtype, v in (("int8", 77), ("int16", 7777), ("float16", 0.1), ("float32", 0.1)):
        numbers = rng.integers(50, 120, size=5).astype(dtype)
        got = expect_close(set_first(jnp.array(numbers), v), np.array([v, *numbers[1:]], dtype))
        expect_dtype(got, jnp.dtype(dtype))


def test_set_first_leaves_the_old_array(set_first, rng):
    """The new array is right, and the one that came in is as it was before."""
    b = jnp.array(rng.normal(size=7), jnp.float32)
    seen = probes.observe(set_first, b, 7.5)
    _expect_untouched(seen, b, 7.5)
    expect_close(seen.value, [7.5, *np.asarray(b)[1:]], mistakes={"dropped-result": b})


def test_kmer_counts_holds_for_random_reads(kmer_counts, reference, rng):
    """It holds for long sequences, in which any number can occur."""
    # The longer one so that a count does not fit into int8.
    for kinds, length in ((16, LENGTH), (1, 4 * LENGTH)):
        idx = jnp.array(rng.integers(-3 * kinds, 4 * kinds, size=length), jnp.int32)
        expect_close(kmer_counts(idx, kinds), reference(idx, kinds), mistakes=_mistakes(np.asarray(idx), kinds))


def test_kmer_counts_loses_nobody(kmer_counts, rng):
    """Nobody is lost and the counts are right, even for the largest and the smallest number there is."""
    known = rng.integers(0, 16, size=LENGTH - 4)
    idx = jnp.array([*known, 2**31 - 1, -(2**31), 16, -1], jnp.int32)
    expect_close(kmer_counts(idx, 16), [*np.bincount(known, minlength=16), 4], mistakes=_mistakes(np.asarray(idx), 16))


def test_kmer_counts_takes_an_empty_input(kmer_counts, rng):
    """The counts are right for many k-mers, and of none at all each is zero."""
    idx = jnp.array(rng.integers(0, 16, size=LENGTH), jnp.int32)
    expect_close(kmer_counts(idx, 16), [*np.bincount(np.asarray(idx), minlength=16), 0])
    expect_close(kmer_counts(jnp.zeros(0, jnp.int32), 16), [0] * 17)


def test_kmer_counts_works_inside_jit_for_random_reads(kmer_counts, reference, rng):
    """The counts are right inside `jax.jit`, for long sequences too."""
    idx = jnp.array(rng.integers(-20, 40, size=LENGTH), jnp.int32)
    got = probes.jitted(kmer_counts, idx, 16, static=(1,))
    expect_close(got, reference(idx, 16), mistakes=_mistakes(np.asarray(idx), 16))


def test_alias_prediction_is_right(alias_prediction):
    """The prediction for both arrays is what really happens."""
    expect_equal(
        alias_prediction,
        {"x": [2, 3, 4], "u": [1, 2, 3]},
        mistakes={
            "alias-is-no-copy": {"x": [1, 2, 3], "u": [1, 2, 3]},
            "immutable-changed-in-place": {"x": [2, 3, 4], "u": [2, 3, 4]},
            "numpy-jax-swapped": {"x": [1, 2, 3], "u": [2, 3, 4]},
        },
        diagnosis="prediction-wrong",
    )


def test_alias_prediction_knows_what_x_holds(alias_prediction):
    """What the prediction says of `x` is what really happens."""
    (x,) = expect_fields(alias_prediction, "x")
    expect_equal(x, [2, 3, 4], mistakes={"alias-is-no-copy": [1, 2, 3]}, diagnosis="prediction-wrong")


def test_alias_prediction_knows_what_u_holds(alias_prediction):
    """What the prediction says of `u` is what really happens."""
    (u,) = expect_fields(alias_prediction, "u")
    expect_equal(u, [1, 2, 3], mistakes={"immutable-changed-in-place": [2, 3, 4]}, diagnosis="prediction-wrong")


def _mistakes(idx, kinds):
    """What each misconception makes of `idx`, by diagnosis."""
    known = (idx >= 0) & (idx < kinds)
    right = np.bincount(np.where(known, idx, kinds), minlength=kinds + 1)
    return {
        "set-instead-of-add": np.minimum(right, 1),
        "out-of-range-dropped": np.append(right[:-1], 0),
        "negative-from-end": _counts_of(idx, kinds),
        "clipped-to-first": np.bincount(np.clip(idx, 0, kinds), minlength=kinds + 1),
        "mask-inverted": _counts_of(np.where(known, kinds, idx), kinds),
        "wrapped-around": np.append(np.bincount(idx % kinds, minlength=kinds), 0),
    }


def _counts_of(places, kinds):
    """What adding 1 at these places gives: a negative one counts from the end, and who is outside then is dropped."""
    reached = np.where(places < 0, places + kinds + 1, places)
    return np.bincount(reached[(reached >= 0) & (reached <= kinds)], minlength=kinds + 1)


def test_point_mutation_holds_for_other_sequences(point_mutation, rng):
    """It holds for longer sequences, at their ends as well, and for every base."""
    onehot = _one_hot(rng.integers(0, 4, size=LENGTH))
    rows = np.asarray(onehot)
    for pos, base in ((0, 1), (LENGTH - 1, 3), (int(rng.integers(4, LENGTH - 1)), 0), (5, int(rows[5].argmax()))):
        row = np.eye(4)[base]
        expect_close(
            point_mutation(onehot, pos, base),
            _with_row(onehot, pos, row),
            mistakes={
                "dropped-result": onehot,
                "old-value-kept": _with_row(rows, pos, np.maximum(rows[pos], row)),
                "new-value-missing": _with_row(rows, pos, np.zeros(4)),
            },
        )


def test_point_mutation_takes_a_single_base(point_mutation, rng):
    """A sequence of one base is mutated, too."""
    old, new = rng.choice(4, size=2, replace=False)
    expect_close(point_mutation(_one_hot([old]), 0, int(new)), _one_hot([new]))


def test_point_mutation_leaves_the_old_sequence(point_mutation, rng):
    """The new sequence is right, and the one that came in is as it was before."""
    onehot = _one_hot([0, 3, 1, *rng.integers(0, 4, size=LENGTH - 3)])
    seen = probes.observe(point_mutation, onehot, 1, 2)
    _expect_untouched(seen, onehot, 1, 2)
    expect_close(seen.value, _with_row(onehot, 1, [0, 0, 1, 0]), mistakes={"dropped-result": onehot})


def test_point_mutation_works_inside_jit_anywhere(point_mutation, rng):
    """The rows are right inside `jax.jit`, at other places and for other bases."""
    onehot = _one_hot(rng.integers(0, 4, size=LENGTH))
    for pos, base in zip(rng.integers(0, LENGTH, size=3).tolist(), rng.permutation(4)[:3].tolist(), strict=True):
        expect_close(probes.jitted(point_mutation, onehot, pos, base), _with_row(onehot, pos, np.eye(4)[base]))


def test_mask_reads_holds_for_random_reads(mask_reads, rng):
    """It holds for many reads, as JAX arrays (then in int32) and as NumPy arrays, and for other limits."""
    for q in (17, 30, 1, 99):
        bases, phred = _reads(rng, q)
        wrong = {
            "boundary-on-wrong-side": np.where(phred <= q, 4, bases),
            "mask-inverted": np.where(phred < q, bases, 4),
            "dropped-result": bases,
        }
        right = np.where(phred < q, 4, bases)
        got = expect_close(mask_reads(jnp.array(bases), jnp.array(phred), q), right, mistakes=wrong)
        expect_dtype(got, jnp.int32)
        expect_close(mask_reads(bases, phred, q), right, mistakes=wrong)


def test_mask_reads_leaves_random_reads_alone(mask_reads, rng):
    """The bases are right, and NumPy arrays that come in are as they were before."""
    bases, phred = _reads(rng, 20)
    seen = probes.observe(mask_reads, bases, phred, 20)
    _expect_untouched(seen, bases, phred, 20)
    expect_close(seen.value, np.where(phred < 20, 4, bases))


def test_mask_reads_works_inside_jit_for_any_limit(mask_reads, rng):
    """The bases are right inside `jax.jit`, whatever the limit."""
    for q in rng.integers(5, 35, size=2).tolist():
        bases, phred = _reads(rng, q)
        expect_close(probes.jitted(mask_reads, bases, phred, q), np.where(phred < q, 4, bases))


def test_grow_population_holds_for_other_dishes(grow_population, rng):
    """It holds for any number of dishes, day after day, and every other entry is kept."""
    state = _state(rng, 13, jnp)
    for _ in range(3):
        _expect_next_day(grow_population(state), state)
        state = _grown(state)
    lonely = _state(rng, 1, jnp)
    _expect_next_day(grow_population(lonely), lonely)


def test_grow_population_leaves_everything_alone(grow_population, rng):
    """The next day is right, and the caller's dictionary and its arrays are as they were before."""
    for library, diagnosis in ((jnp, "dictionary-changed"), (np, "inner-array-changed")):
        state = _state(rng, 13, library)
        seen = probes.observe(grow_population, state)
        _expect_untouched(seen, state, diagnosis=diagnosis)
        _expect_next_day(seen.value, state)


def test_grow_population_agrees_with_its_compiled_self(grow_population, rng):
    """The next day is right inside `jax.jit`, too."""
    state = _state(rng, 13, np)
    _expect_next_day(probes.jitted(grow_population, state), state)


def test_swap_rows_holds_for_other_tables(swap_rows, rng):
    """It holds for other tables, whichever rows are swapped, and the dtype stays."""
    for dtype in ("float32", "int32"):
        x = rng.permutation(7 * 4).reshape(7, 4).astype(dtype)
        for i, j in ((0, 6), (5, 2), (3, 3), rng.choice(7, size=2, replace=False).tolist()):
            got = expect_shape(swap_rows(jnp.array(x), i, j), x.shape)
            lost = {"row-lost": _with_row(x, i, x[j]), "one-step-lost": _with_row(x, j, x[i])}
            mistakes = {"dropped-result": x, **lost}
            expect_dtype(expect_close(got, _swapped(x, i, j), mistakes=mistakes), jnp.dtype(dtype))


def test_swap_rows_takes_a_single_row(swap_rows, rng):
    """Of two rows both move, and a single one stays where it is."""
    x = jnp.array(rng.normal(size=(2, 1)), jnp.float32)
    expect_close(swap_rows(x, 0, 1), _swapped(x, 0, 1))
    expect_close(swap_rows(x[:1], 0, 0), x[:1])


def test_swap_rows_leaves_the_old_table(swap_rows, rng):
    """The new table is right, and the one that came in is as it was before."""
    x = jnp.array(rng.permutation(7 * 4).reshape(7, 4), jnp.float32)
    seen = probes.observe(swap_rows, x, 1, 4)
    _expect_untouched(seen, x, 1, 4)
    expect_close(seen.value, _swapped(x, 1, 4), mistakes={"dropped-result": x})


def test_swap_rows_works_inside_jit_anywhere(swap_rows, rng):
    """The rows are right inside `jax.jit`, for different ones and for equal ones."""
    x = jnp.array(rng.permutation(7 * 4).reshape(7, 4), jnp.float32)
    for i, j in (rng.choice(7, size=2, replace=False).tolist(), [6, 6]):
        expect_close(probes.jitted(swap_rows, x, i, j), _swapped(x, i, j))


def test_normalize_counts_holds_for_random_cells(normalize_counts, rng):
    """It holds for other cells, with any genes, as JAX arrays and as NumPy arrays."""
    for genes in (8, 2):
        numbers = np.array(rng.integers(-2 * genes, 3 * genes, size=LENGTH), np.int32)
        reads = np.array(rng.integers(1, 50, size=LENGTH), np.float32)
        shares, mistakes = _shares(numbers, reads, genes)
        expect_close(
            normalize_counts(jnp.array(numbers), jnp.array(reads), genes), shares, rtol=1e-4, mistakes=mistakes
        )
        expect_close(normalize_counts(numbers, reads, genes), shares, rtol=1e-4, mistakes=mistakes)


def test_normalize_counts_takes_a_single_entry(normalize_counts, rng):
    """One entry is enough: it has the whole share, be its gene known or not."""
    for gene, place in ((int(rng.integers(1, 8)), None), (-1, 8), (2**31 - 1, 8), (-(2**31), 8)):
        got = normalize_counts(jnp.array([gene], jnp.int32), jnp.array([6.5], jnp.float32), 8)
        expect_close(got, np.eye(9)[gene if place is None else place])


def test_normalize_counts_leaves_every_cell_alone(normalize_counts, rng):
    """The shares are right, and NumPy arrays that come in are as they were before."""
    numbers = np.array(rng.integers(-4, 12, size=LENGTH), np.int32)
    reads = np.array(rng.integers(1, 50, size=LENGTH), np.float32)
    seen = probes.observe(normalize_counts, numbers, reads, 8)
    _expect_untouched(seen, numbers, reads, 8)
    shares, mistakes = _shares(numbers, reads, 8)
    expect_close(seen.value, shares, rtol=1e-4, mistakes=mistakes)


def _expect_untouched(seen, *before, diagnosis="input-changed"):
    """What the caller handed in holds the same after the call. Asked before the values: this finding is certain."""
    try:
        expect_equal(list(seen.inputs_after), list(before), diagnosis=diagnosis)
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None


def _one_hot(bases):
    return jnp.array(np.eye(4)[np.array(bases)], jnp.float32)


def _with_row(table, place, row):
    """A copy of `table` with another row."""
    new = np.array(table)
    new[place] = row
    return new


def _swapped(x, i, j):
    order = np.arange(len(x))
    order[[i, j]] = order[[j, i]]
    return np.asarray(x)[order]


def _reads(rng, q):
    """Some reads and their qualities, several of them exactly `q`."""
    bases = np.array(rng.integers(0, 4, size=(5, 9)), np.int32)
    phred = np.array(rng.integers(0, 42, size=(5, 9)), np.int32)
    phred[rng.integers(0, 5, size=6), rng.integers(0, 9, size=6)] = q
    return bases, phred


def _state(rng, dishes, library):
    """A state of so many dishes, with arrays of JAX or of NumPy, and two entries that the text does not name."""
    counts, rate = rng.uniform(1.0, 900.0, size=dishes), rng.uniform(-0.9, 2.0, size=dishes)
    return {
        "day": int(rng.integers(0, 90)),
        "counts": library.array(counts, "float32"),
        "rate": library.array(rate, "float32"),
        "celsius": 37,
        "volume": library.array(rng.uniform(1.0, 5.0, size=dishes), "float32"),
    }


def _grown(state):
    counts = np.asarray(state["counts"]) * (1 + np.asarray(state["rate"]))
    return {**state, "day": state["day"] + 1, "counts": jnp.array(counts)}


def _expect_next_day(got, state):
    expect(got is not None, "nothing-returned", "The result is None.", certain=True)
    complete = type(got) is not dict or got.keys() >= state.keys()
    expect(complete, "entries-missing", "An entry of the old state is not in the new one.")
    right = _grown(state)
    for value, name in zip(expect_fields(got, *right), right, strict=True):
        is_new = name in ("day", "counts")
        expect_close(value, right[name], mistakes={"old-entries-win": state[name]} if is_new else None)


def _shares(genes, reads, kinds):
    """The shares of a cell, and what each misconception makes of it, by diagnosis."""
    known = (genes >= 0) & (genes < kinds)
    place = np.where(known, genes, kinds)
    own = np.bincount(place, reads - 1, minlength=kinds + 1)
    last = np.zeros(kinds + 1)
    last[place] = reads - 1
    dropped = np.append(own[:-1], 0)
    right, once, without = (_to_shares(np.append(0, counts[1:])) for counts in (own, last, dropped))
    wrong = {
        "step-left-out": _to_shares(own),
        "steps-in-wrong-order": np.append(0, _to_shares(own)[1:]),
        "set-instead-of-add": once,
        "out-of-range-dropped": without,
    }
    return right, wrong


def _to_shares(counts):
    return counts / counts.sum()
