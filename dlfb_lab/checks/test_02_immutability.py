"""Visible checks of the lab on immutability."""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect, expect_close, expect_dtype, expect_equal, expect_fields, expect_shape, probes

AFTERWARDS = "what the caller handed in, looked at after the call"


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


def test_point_mutation_replaces_the_row(point_mutation):
    """The row becomes the one-hot row of the new base, of dtype float32, and all other rows are as before."""
    atg = _start_codon()
    got = expect_close(
        point_mutation(atg, 1, 2),
        [[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0]],
        inputs={"onehot": atg, "pos": 1, "base": 2},
        mistakes={
            "dropped-result": atg,
            "old-value-kept": [[1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 1, 0]],
            "new-value-missing": [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]],
            "number-fills-row": [[1, 0, 0, 0], [2, 2, 2, 2], [0, 0, 1, 0]],
            "axes-swapped": [[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 1, 0]],
        },
    )
    expect_dtype(got, jnp.float32)


def test_point_mutation_keeps_rows_one_hot(point_mutation):
    """Each row holds a single 1, wherever the mutation is, and also if the base stays the same."""
    atg = _start_codon()
    for pos, base, right in ((2, 1, [0, 1, 0, 0]), (0, 3, [0, 0, 0, 1]), (2, 2, [0, 0, 1, 0])):
        expect_close(
            point_mutation(atg, pos, base),
            _with_row(atg, pos, right),
            inputs={"onehot": atg, "pos": pos, "base": base},
            mistakes={"old-value-kept": _with_row(atg, pos, np.maximum(np.asarray(atg)[pos], right))},
        )


def test_point_mutation_works_inside_jit(point_mutation):
    """It gives the same inside `jax.jit`, where place and base have no values yet."""
    atg = _start_codon()
    expect_close(
        probes.jitted(point_mutation, atg, 2, 3),
        [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]],
        inputs={"onehot": atg, "pos": 2, "base": 3},
    )


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


def test_mask_reads_leaves_numpy_arrays_alone(mask_reads):
    """NumPy arrays may come in. The bases below the limit become 4, and the caller's arrays are as they were."""
    bases, phred = (
        np.array([[0, 1, 2, 3], [3, 0, 2, 1]], np.int32),
        np.array([[38, 12, 30, 19], [9, 40, 25, 2]], np.int32),
    )
    seen = probes.observe(mask_reads, bases, phred, 20)
    inputs = {"bases": bases, "phred": phred, "q": 20}
    mistakes = {"mask-inverted": np.where(phred < 20, bases, 4), "dropped-result": bases}
    expect_close(seen.value, [[0, 4, 2, 4], [4, 0, 2, 4]], inputs=inputs, mistakes=mistakes)
    for after, before in zip(seen.inputs_after, (bases, phred, 20), strict=True):
        expect_close(after, before, inputs=AFTERWARDS, diagnosis="input-changed")


def test_mask_reads_takes_jax_arrays(mask_reads):
    """JAX arrays may come in, too. Then the result has dtype int32."""
    bases, phred = jnp.array([[2, 2, 0, 1]]), jnp.array([[10, 31, 40, 29]])
    got = expect_close(mask_reads(bases, phred, 30), [[4, 2, 0, 4]], inputs={"bases": bases, "phred": phred, "q": 30})
    expect_dtype(got, jnp.int32)


def test_mask_reads_keeps_the_limit_itself(mask_reads):
    """A quality of exactly q is good enough."""
    bases, phred = jnp.array([[3, 2, 1, 0]]), jnp.array([[20, 19, 21, 20]])
    expect_close(
        mask_reads(bases, phred, 20),
        [[3, 4, 1, 0]],
        inputs={"bases": bases, "phred": phred, "q": 20},
        mistakes={"boundary-on-wrong-side": [[4, 4, 1, 4]]},
    )


def test_mask_reads_works_inside_jit(mask_reads):
    """It gives the same inside `jax.jit`, where the limit has no value yet either."""
    bases, phred = jnp.array([[1, 0, 3, 2]]), jnp.array([[7, 30, 15, 22]])
    got = probes.jitted(mask_reads, bases, phred, 16)
    expect_close(got, [[4, 0, 4, 2]], inputs={"bases": bases, "phred": phred, "q": 16})


def test_grow_population_gives_the_next_day(grow_population):
    """The next day has one more day and the new counts, and every other entry is as before."""
    state = {**_dishes(jnp), "volume": 5}
    _expect_next_day(grow_population(state), [150.0, 6.0], volume=5)


def test_grow_population_leaves_the_dictionary_alone(grow_population):
    """The caller's dictionary holds the same as before."""
    state = _dishes(jnp)
    seen = probes.observe(grow_population, state)
    _expect_next_day(seen.value, [150.0, 6.0])
    expect_equal(seen.inputs_after[0], state, inputs=AFTERWARDS, diagnosis="dictionary-changed")


def test_grow_population_leaves_the_arrays_alone(grow_population):
    """The caller's arrays hold the same as before, also if they are NumPy arrays."""
    state = _dishes(np)
    seen = probes.observe(grow_population, state)
    _expect_next_day(seen.value, [150.0, 6.0])
    expect_equal(seen.inputs_after[0], state, inputs=AFTERWARDS, diagnosis="inner-array-changed")


def test_grow_population_works_inside_jit(grow_population):
    """It gives the same inside `jax.jit`."""
    _expect_next_day(probes.jitted(grow_population, _dishes(jnp)), [150.0, 6.0])


def _dishes(library):
    """Two dishes on day 3, with arrays of JAX or of NumPy."""
    counts, rate = [100.0, 8.0], [0.5, -0.25]
    return {"day": 3, "counts": library.array(counts, "float32"), "rate": library.array(rate, "float32")}


def _expect_next_day(got, counts, **others):
    """The day after that of `_dishes`, with these counts and these other entries."""
    inputs = {"state": {**_dishes(np), **others}}
    complete = type(got) is not dict or got.keys() >= inputs["state"].keys()
    expect(complete, "entries-missing", "An entry of the old state is not in the new one.", **inputs, got=got)
    day, grown, rate = expect_fields(got, "day", "counts", "rate", inputs=inputs)
    expect_close(grown, counts, inputs=inputs)
    expect_close(day, 4, inputs=inputs)
    expect_close(rate, [0.5, -0.25], inputs=inputs)
    for name, value in others.items():
        expect_close(got[name], value, inputs=inputs)


def test_swap_rows_swaps_two_rows(swap_rows):
    """The two rows change places, and all others stay."""
    x = jnp.array([[1.0, 1.5, 1.8], [2.0, 2.5, 2.8], [3.0, 3.5, 3.8]])
    rows = np.asarray(x)
    for i, j, order in ((0, 2, [2, 1, 0]), (2, 1, [0, 2, 1])):
        got = expect_shape(swap_rows(x, i, j), x.shape, inputs={"x": x, "i": i, "j": j})
        mistakes = {"dropped-result": x, "row-lost": _row_lost(got, rows, i, j), "axes-swapped": rows[:, order]}
        expect_close(got, rows[order], inputs={"x": x, "i": i, "j": j}, mistakes=mistakes)


def _row_lost(got, rows, i, j):
    """One of the two rows at both places: that of `got`, if it is so."""
    one, other = _with_row(rows, i, rows[j]), _with_row(rows, j, rows[i])
    return other if np.array_equal(got, other) else one


def test_swap_rows_takes_equal_rows(swap_rows):
    """If both are the same row, nothing moves. The dtype stays as it is."""
    x = jnp.array([[4, 1], [5, 2], [6, 3]])
    for i, j, right in ((0, 1, [1, 0, 2]), (1, 1, [0, 1, 2])):
        got = expect_close(swap_rows(x, i, j), np.asarray(x)[right], inputs={"x": x, "i": i, "j": j})
        expect_dtype(got, jnp.int32)


def test_swap_rows_works_inside_jit(swap_rows):
    """It gives the same inside `jax.jit`, where the places have no values yet."""
    x = jnp.array([[1.0, 1.5], [2.0, 2.5], [3.0, 3.5]])
    for i, j, right in ((1, 2, [0, 2, 1]), (0, 0, [0, 1, 2])):
        expect_close(probes.jitted(swap_rows, x, i, j), np.asarray(x)[right], inputs={"x": x, "i": i, "j": j})


def test_normalize_counts_leaves_the_spike_in_out(normalize_counts):
    """Gene 0 gets no share, and the others share the reads without background."""
    _expect_shares(
        normalize_counts,
        {"genes": [0, 1, 2], "reads": [7.0, 5.0, 13.0]},
        [0, 0.25, 0.75, 0],
        {"dropped-result": [6 / 22, 4 / 22, 12 / 22, 0]},
    )


def test_normalize_counts_adds_the_entries_of_a_gene(normalize_counts):
    """All entries of a gene are added up."""
    _expect_shares(
        normalize_counts,
        {"genes": [1, 2, 2, 2], "reads": [5.0, 5.0, 5.0, 5.0]},
        [0, 0.25, 0.75, 0],
        {"set-instead-of-add": [0, 0.5, 0.5, 0]},
    )


def test_normalize_counts_keeps_what_is_too_large(normalize_counts):
    """A gene whose number is too large is unknown: its reads are in the last place."""
    _expect_shares(
        normalize_counts,
        {"genes": [1, 98, 7], "reads": [5.0, 4.0, 2.0]},
        [0, 0.5, 0, 0.5],
        {"out-of-range-dropped": [0, 1, 0, 0], "wrapped-around": [0, 0.625, 0.375, 0]},
    )


def test_normalize_counts_keeps_what_is_negative(normalize_counts):
    """A gene whose number is negative is unknown, too."""
    _expect_shares(
        normalize_counts,
        {"genes": [1, -2, -1, -50], "reads": [5.0, 3.0, 2.0, 2.0]},
        [0, 0.5, 0, 0.5],
        {"negative-from-end": [0, 4 / 7, 2 / 7, 1 / 7], "clipped-to-first": [0, 1, 0, 0]},
    )


def test_normalize_counts_leaves_the_caller_alone(normalize_counts):
    """NumPy arrays may come in, and they are the same afterwards."""
    genes, reads = np.array([1, 2, 99], np.int32), np.array([3.0, 6.0, 2.0], np.float32)
    seen = probes.observe(normalize_counts, genes, reads, 3)
    expect_close(seen.value, [0, 0.25, 0.625, 0.125], inputs={"genes": genes, "reads": reads, "G": 3})
    for after, before in zip(seen.inputs_after, (genes, reads, 3), strict=True):
        expect_close(after, before, inputs=AFTERWARDS, diagnosis="input-changed")


def _expect_shares(normalize_counts, cell, shares, mistakes):
    """These shares of three genes and the unknown ones, for JAX arrays."""
    arrays = {name: jnp.array(numbers) for name, numbers in cell.items()}
    got = normalize_counts(*arrays.values(), 3)
    expect_close(got, shares, inputs={**arrays, "G": 3}, mistakes=mistakes)


def _start_codon():
    """ATG in one-hot rows, f32[3, 4]."""
    return jnp.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], jnp.float32)


def _with_row(table, place, row):
    """A copy of `table` with another row."""
    new = np.array(table)
    new[place] = row
    return new
