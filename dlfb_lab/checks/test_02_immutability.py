"""Visible checks of the lab on immutability."""

import jax
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
    """A table of int8 gets the right values, and stays a table of int8."""
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


def test_point_mutation_holds_wherever_it_is(point_mutation):
    """The row is right wherever the mutation is, also in another sequence, and also if the base stays the same."""
    atg, gatta = _start_codon(), _one_hot([2, 0, 3, 3, 0])
    for onehot, pos, base in ((atg, 2, 1), (gatta, 0, 3), (gatta, 4, 0)):
        rows, right = np.asarray(onehot), np.eye(4)[base]
        expect_close(
            point_mutation(onehot, pos, base),
            _with_row(rows, pos, right),
            inputs={"onehot": onehot, "pos": pos, "base": base},
            mistakes={
                "old-value-kept": _with_row(rows, pos, np.maximum(rows[pos], right)),
                "new-value-missing": _with_row(rows, pos, np.zeros(4)),
                "argument-ignored": _with_row(atg, min(pos, 2), right),
            },
        )


def test_point_mutation_works_inside_jit(point_mutation):
    """The rows are right inside `jax.jit`, too, where place and base have no values yet."""
    atg = _start_codon()
    expect_close(
        probes.jitted(point_mutation, atg, 2, 3),
        [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]],
        inputs={"onehot": atg, "pos": 2, "base": 3},
    )


def test_kmer_counts_finds_each_place(kmer_counts):
    """Every k-mer is counted at its own place."""
    idx = jnp.array([2, 0, 3, 1])
    expect_close(
        kmer_counts(idx, 4),
        [1, 1, 1, 1, 0],
        inputs={"idx": idx, "K": 4},
        mistakes={"mask-inverted": [0, 0, 0, 0, 4]},
    )


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
    """Numbers that are too large are all counted in the last place, however large they are."""
    idx = jnp.array([0, 4, 5, 99])
    expect_close(
        kmer_counts(idx, 4),
        [1, 0, 0, 0, 3],
        inputs={"idx": idx, "K": 4},
        mistakes={
            "out-of-range-dropped": [1, 0, 0, 0, 1],
            "wrapped-around": [2, 1, 0, 1, 0],
            "read-clamped": [1, 0, 0, 3, 0],
        },
    )


def test_kmer_counts_keeps_what_is_negative(kmer_counts):
    """Negative numbers are all counted in the last place, too."""
    idx = jnp.array([0, -1, -2, -50])
    got = expect_shape(kmer_counts(idx, 4), (5,), inputs={"idx": idx, "K": 4})
    expect_close(
        got,
        [1, 0, 0, 0, 3],
        inputs={"idx": idx, "K": 4},
        mistakes={
            "negative-from-end": [1, 0, 0, 1, 1],
            # Clipped before the end is counted from, or after, as `mode="clip"` does.
            "clipped-to-first": _one_of(got, [4, 0, 0, 0, 0], [2, 0, 0, 1, 1]),
            "out-of-range-dropped": [1, 0, 0, 0, 0],
            "wrapped-around": [1, 0, 2, 1, 0],
        },
    )


def test_kmer_counts_gives_whole_numbers(kmer_counts):
    """For another K the counts are right as well, and they are whole numbers, of dtype int32."""
    idx = jnp.array([1, 1, 0, 2])
    got = expect_close(
        kmer_counts(idx, 3),
        [1, 2, 1, 0],
        inputs={"idx": idx, "K": 3},
        mistakes={"argument-ignored": [1, 2, 1, 0, 0]},
    )
    expect_dtype(got, jnp.int32)


def test_kmer_counts_takes_no_kmers_at_all(kmer_counts):
    """One k-mer is counted once. Of none at all, every count is zero."""
    for numbers, right in (([2], [0, 0, 1, 0]), ([], [0, 0, 0, 0])):
        idx = jnp.array(numbers, dtype=jnp.int32)
        expect_close(kmer_counts(idx, 3), right, inputs={"idx": idx, "K": 3})


def test_kmer_counts_works_inside_jit(kmer_counts):
    """The counts are right inside `jax.jit`, too, with K static."""
    idx = jnp.array([1, 5, -1, 1])
    expect_close(probes.jitted(kmer_counts, idx, 4, static=(1,)), [0, 2, 0, 0, 2], inputs={"idx": idx, "K": 4})


def test_alias_prediction_has_the_right_form(alias_prediction):
    """The prediction has the right form. Whether it is right counts when your notebook is graded."""
    off = _what_is_off(alias_prediction)
    form = '{"x": [0, 0, 0], "u": [0, 0, 0]}'
    expect(off == "", "wrong-form", f"{off} It should look like {form}, with other numbers.", got=alias_prediction)


def _what_is_off(prediction):
    """The first thing in which a prediction has not the form that the task asks for; "" where it has."""
    if type(prediction) is not dict:
        return f"The prediction is {_kind(prediction) or 'something else'}, not a dictionary."
    for name in ("x", "u"):
        if name not in prediction:
            return f"The key {_quoted(name)} is missing."
    more = [_quoted(name) for name in prediction if name not in ("x", "u")]
    if more:
        count = "is one key" if len(more) == 1 else f"are {len(more)} keys"
        return f"There {count} too many: {', '.join(more[:3])}{', ...' if more[3:] else ''}."
    return next(filter(None, (_what_is_off_under(name, part) for name, part in prediction.items())), "")


def _what_is_off_under(name, part):
    """As above, for one entry. A tuple or an array says the same as a list, and so do NumPy's whole numbers."""
    where = f"Under {_quoted(name)} there"
    if not (type(part) in (list, tuple) or (_is_array(part) and part.ndim > 0)):
        return f"{where} is {_kind(part) or 'something else'}, not a list."
    if len(part) != 3:
        return f"{where} {'is 1 entry' if len(part) == 1 else f'are {len(part)} entries'}, not 3."
    return "" if all(_is_whole_number(one) for one in part) else f"{where} is an entry that is no whole number."


def test_mask_reads_leaves_numpy_arrays_alone(mask_reads):
    """NumPy arrays may come in. The bases below the limit become 4, and the caller's arrays are as they were."""
    bases, phred = (
        np.array([[0, 1, 2, 3], [3, 0, 2, 1]], np.int32),
        np.array([[38, 12, 30, 19], [9, 40, 25, 2]], np.int32),
    )
    seen = probes.observe(mask_reads, bases, phred, 20)
    _expect_untouched(seen, bases, phred, 20)
    mistakes = {"mask-inverted": np.where(phred < 20, bases, 4), "dropped-result": bases}
    inputs = {"bases": bases, "phred": phred, "q": 20}
    expect_close(seen.value, [[0, 4, 2, 4], [4, 0, 2, 4]], inputs=inputs, mistakes=mistakes)


def test_mask_reads_takes_jax_arrays(mask_reads):
    """JAX arrays may come in, too. Then the bases are right as well, and the result has dtype int32."""
    bases, phred = jnp.array([[2, 2, 0, 1]]), jnp.array([[10, 31, 40, 29]])
    got = expect_close(mask_reads(bases, phred, 30), [[4, 2, 0, 4]], inputs={"bases": bases, "phred": phred, "q": 30})
    expect_dtype(got, jnp.int32)


def test_mask_reads_keeps_the_limit_itself(mask_reads):
    """A quality of exactly q is good enough, and the one below it is not."""
    bases, phred = jnp.array([[3, 2, 1, 0]]), jnp.array([[20, 19, 21, 20]])
    expect_close(
        mask_reads(bases, phred, 20),
        [[3, 4, 1, 0]],
        inputs={"bases": bases, "phred": phred, "q": 20},
        mistakes={"boundary-on-wrong-side": [[4, 4, 1, 4]]},
    )


def test_mask_reads_works_inside_jit(mask_reads):
    """The bases are right inside `jax.jit`, too, where the limit has no value yet either."""
    bases, phred = jnp.array([[1, 0, 3, 2]]), jnp.array([[7, 30, 15, 22]])
    got = probes.jitted(mask_reads, bases, phred, 16)
    expect_close(got, [[4, 0, 4, 2]], inputs={"bases": bases, "phred": phred, "q": 16})


def test_grow_population_gives_the_next_day(grow_population):
    """The next day has one more day and the new counts, and every other entry is as before."""
    state = {**_dishes(jnp), "volume": 5}
    _expect_next_day(grow_population(state), [150.0, 6.0], volume=5)


def test_grow_population_leaves_the_dictionary_alone(grow_population):
    """The next day is right, and the caller's dictionary holds the same as before."""
    state = _dishes(jnp)
    seen = probes.observe(grow_population, state)
    _expect_untouched(seen, state, diagnosis="dictionary-changed")
    _expect_next_day(seen.value, [150.0, 6.0])


def test_grow_population_leaves_the_arrays_alone(grow_population):
    """The next day is right, and the caller's arrays hold the same as before, also if they are NumPy arrays."""
    state = _dishes(np)
    seen = probes.observe(grow_population, state)
    _expect_untouched(seen, state, diagnosis="inner-array-changed")
    _expect_next_day(seen.value, [150.0, 6.0])


def test_grow_population_works_inside_jit(grow_population):
    """The next day is right inside `jax.jit`, too."""
    _expect_next_day(probes.jitted(grow_population, _dishes(jnp)), [150.0, 6.0])


def _dishes(library):
    """Two dishes on day 3, with arrays of JAX or of NumPy."""
    counts, rate = [100.0, 8.0], [0.5, -0.25]
    return {"day": 3, "counts": library.array(counts, "float32"), "rate": library.array(rate, "float32")}


def _expect_next_day(got, counts, **others):
    """The day after that of `_dishes`, with these counts and these other entries."""
    state = {**_dishes(np), **others}
    _expect_dictionary(got, state)
    expected = {**state, "counts": counts, "day": 4}
    old = {name: {"old-entries-win": state[name]} for name in ("counts", "day")}
    for name, value in zip(expected, expect_fields(got, *expected, inputs={"state": state}), strict=True):
        looked_at = {"state": state, "looked at": f'the entry "{name}"'}
        expect_close(value, expected[name], inputs=looked_at, mistakes=old.get(name))


def _expect_dictionary(got, state):
    """A dictionary with all entries of the old state."""
    expect(
        got is not None,
        "nothing-returned",
        "The result is None, not a dictionary.",
        certain=True,
        state=state,
    )
    expect(not _kind(got), "wrong-kind", f"The result is {_kind(got)}, not a dictionary.", state=state, got=got)
    lost = [_quoted(name) for name in state if type(got) is dict and name not in got]
    saw = f"Of the old state, the new one does not have {' and '.join(lost)}."
    expect(not lost, "entries-missing", saw, state=state, got=got)


def test_swap_rows_swaps_two_rows(swap_rows):
    """The two rows change places, and all others stay."""
    x = jnp.array([[1.0, 1.5, 1.8], [2.0, 2.5, 2.8], [3.0, 3.5, 3.8]])
    rows = np.asarray(x)
    for i, j, order in ((0, 2, [2, 1, 0]), (2, 1, [0, 2, 1])):
        got = expect_shape(swap_rows(x, i, j), x.shape, inputs={"x": x, "i": i, "j": j})
        mistakes = {
            "dropped-result": x,
            "row-lost": _with_row(rows, i, rows[j]),
            "one-step-lost": _with_row(rows, j, rows[i]),
            "axes-swapped": rows[:, order],
            "entry-instead-of-row": _with_row(rows, (i, j), rows[j, i]),
        }
        expect_close(got, rows[order], inputs={"x": x, "i": i, "j": j}, mistakes=mistakes)


def test_swap_rows_takes_equal_rows(swap_rows):
    """Two rows change places, and if both are the same row, nothing moves. A table of int32 stays one."""
    x = jnp.array([[4, 1], [5, 2], [6, 3]])
    for i, j, right in ((0, 1, [1, 0, 2]), (1, 1, [0, 1, 2])):
        got = expect_close(swap_rows(x, i, j), np.asarray(x)[right], inputs={"x": x, "i": i, "j": j})
        expect_dtype(got, jnp.int32)


def test_swap_rows_works_inside_jit(swap_rows):
    """The rows are right inside `jax.jit`, too, where the places have no values yet."""
    x = jnp.array([[1.0, 1.5], [2.0, 2.5], [3.0, 3.5]])
    for i, j, right in ((1, 2, [0, 2, 1]), (0, 0, [0, 1, 2])):
        expect_close(probes.jitted(swap_rows, x, i, j), np.asarray(x)[right], inputs={"x": x, "i": i, "j": j})


def test_normalize_counts_leaves_the_spike_in_out(normalize_counts):
    """Gene 0 gets no share, and the others share the reads without background."""
    _expect_shares(
        normalize_counts,
        {"genes": [0, 1, 2], "reads": [7.0, 5.0, 13.0]},
        [0, 0.25, 0.75, 0],
        {"step-left-out": [6 / 22, 4 / 22, 12 / 22, 0], "steps-in-wrong-order": [0, 4 / 22, 12 / 22, 0]},
    )


def test_normalize_counts_adds_the_entries_of_a_gene(normalize_counts):
    """All entries of a gene are added up, each without its background."""
    _expect_shares(
        normalize_counts,
        {"genes": [1, 2, 2, 2], "reads": [5.0, 3.0, 3.0, 5.0]},
        [0, 4 / 12, 8 / 12, 0],
        {"set-instead-of-add": [0, 0.5, 0.5, 0], "step-left-out": [0, 5 / 16, 11 / 16, 0]},
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
    """NumPy arrays may come in: the shares are right, and the arrays are the same afterwards."""
    genes, reads = np.array([1, 2, 99], np.int32), np.array([3.0, 6.0, 2.0], np.float32)
    seen = probes.observe(normalize_counts, genes, reads, 3)
    _expect_untouched(seen, genes, reads, 3)
    expect_close(seen.value, [0, 0.25, 0.625, 0.125], inputs={"genes": genes, "reads": reads, "G": 3})


def _expect_shares(normalize_counts, cell, shares, mistakes):
    """These shares of three genes and the unknown ones, for JAX arrays."""
    arrays = {name: jnp.array(numbers) for name, numbers in cell.items()}
    got = normalize_counts(*arrays.values(), 3)
    expect_close(got, shares, inputs={**arrays, "G": 3}, mistakes=mistakes)


def _expect_untouched(seen, *before, diagnosis="input-changed"):
    """What the caller handed in holds the same after the call. Asked before the values: this finding is certain."""
    try:
        expect_equal(list(seen.inputs_after), list(before), inputs=AFTERWARDS, diagnosis=diagnosis)
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None


def _start_codon():
    """ATG in one-hot rows, f32[3, 4]."""
    return _one_hot([0, 3, 2])


def _one_hot(bases):
    return jnp.array(np.eye(4)[bases], jnp.float32)


def _with_row(table, place, row):
    """A copy of `table` with another row."""
    new = np.array(table)
    new[place] = row
    return new


def _one_of(got, *wrongs):
    """Of several values that one mistake gives, that of `got`; the first where it is none."""
    return next((wrong for wrong in wrongs if np.array_equal(got, wrong)), wrongs[0])


def _kind(value):
    """What a plain value is called in a sentence; "" for a dictionary, and for what is not plain."""
    if _is_array(value):
        return "an array" if value.ndim else "a number"
    plain = (type(None), bool, int, float, str, list, tuple)
    words = ("None", "True or False", "a number", "a number", "a text", "a list", "a tuple")
    return dict(zip(plain, words, strict=True)).get(type(value), "")


def _quoted(key):
    """A key of a dictionary, as one would type it."""
    return f'"{key[:40]}"' if type(key) is str else repr(key)


def _is_array(value):
    return isinstance(value, np.ndarray | np.generic | jax.Array)


def _is_whole_number(value):
    is_one = _is_array(value) and value.ndim == 0 and jnp.issubdtype(value.dtype, jnp.integer)
    return type(value) is int or bool(is_one)
