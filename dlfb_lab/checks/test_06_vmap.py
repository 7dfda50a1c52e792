"""Visible checks of the lab on vmap."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    expect,
    expect_close,
    expect_dtype,
    expect_fields,
    expect_finite,
    expect_fresh_keys,
    expect_shape,
    probes,
)

# Populations, copies and generations for statistics of drift. They are few: an answer may loop over all of them.
B, N, T = 200, 10, 3


def test_add_two_vmap_adds_two_to_each(add_two_vmap):
    """Each number of an array is larger by 2, and its dtype stays."""
    for numbers in (jnp.arange(1, 8), jnp.array([0.5, -2.0])):
        wrong = {"nothing-changed": numbers, "wrong-dtype": np.trunc(np.asarray(numbers)) + 2}
        got = add_two_vmap(numbers)
        mistakes = _mistakes(got, np.asarray(numbers) + 2, wrong.items())
        expect_close(got, np.asarray(numbers) + 2, inputs={"numbers": numbers}, mistakes=mistakes)
        expect_dtype(got, numbers.dtype)


def test_add_two_vmap_takes_lists(add_two_vmap):
    """For a Python list of whole numbers, the sums are right as well, and have dtype int32."""
    for numbers in ([1, 2, 3, 4, 5, 6, 7], [-40]):
        try:
            got = add_two_vmap(numbers)
        except ValueError as raised:
            raise _named(raised, {"scalar-mapped": "vmap-of-list"}) from None
        got = expect_close(got, [n + 2 for n in numbers], inputs={"numbers": f"the list {numbers}"})
        expect_dtype(got, jnp.int32)


def test_add_two_vmap_keeps_tables(add_two_vmap):
    """For a table, the result is a table of the same shape."""
    numbers = jnp.array([[1, 20, 300], [5, 5, 0]])
    expect_close(
        add_two_vmap(numbers),
        [[3, 22, 302], [7, 7, 2]],
        inputs={"numbers": numbers},
        mistakes={"table-flattened": [3, 22, 302, 7, 7, 2]},
    )


def test_add_two_vmap_stays_short(add_two_vmap):
    """The numbers are right inside `jax.jit`, too, and the program does not become longer when the array does."""
    numbers = jnp.array([4, 0, -2])
    expect_close(probes.jitted(add_two_vmap, numbers), [6, 2, 0], inputs={"numbers": numbers})
    _expect_short(add_two_vmap, [[jnp.zeros(n)] for n in (4, 8, 16)], "numbers")


def test_linear_forward_gives_a_row_for_each_sample(linear_forward):
    """Every sample gets a row, and in it each unit its sum of products."""
    _expect_layer(linear_forward, [[1, 2, 0], [0, 1, 1], [3, 0, 0], [1, 1, 1]], [[10, 1, 2], [20, 2, 5]])


def test_linear_forward_holds_for_equal_sizes(linear_forward):
    """The sums are right, also where two or all three of the sizes are equal."""
    _expect_layer(linear_forward, [[1, 2], [0, 1], [3, 0]], [[10, 1], [20, 2], [0, 4]])
    _expect_layer(linear_forward, [[1, 2, 0], [0, 1, 1], [3, 0, 5]], [[10, 1, 2], [20, 2, 5], [0, 4, 1]])
    _expect_layer(linear_forward, [[2]], [[7]])


def test_linear_forward_works_inside_jit(linear_forward):
    """The sums are right inside `jax.jit`, too."""
    _expect_layer(linear_forward, [[1, 2], [0, 1], [3, 0], [2, 5]], [[10, 1], [20, 2], [0, 4]], compiled=True)


def _expect_layer(linear_forward, weights, samples, *, compiled=False):
    w, x = np.array(weights, np.float32), np.array(samples, np.float32)
    arrays = jnp.array(w), jnp.array(x)
    got = probes.jitted(linear_forward, *arrays) if compiled else linear_forward(*arrays)
    wrong = [("batch-axis-elsewhere", w @ x.T), ("reshaped-for-turned", (w @ x.T).reshape(len(x), len(w)))]
    if len(w) == len(x):
        wrong.append(("mapped-in-pairs", (w * x).sum(axis=1)))
    if len(w) == w.shape[1]:
        wrong += [("wrong-axis", x @ w), ("wrong-axis", (x @ w).T)]
    expect_close(got, x @ w.T, inputs={"W": w, "X": x}, mistakes=_mistakes(got, x @ w.T, wrong))


def test_linear_by_hand_gives_a_row_for_each_sample(linear_by_hand):
    """Every sample gets a row: the products with the weights of each unit, plus its bias."""
    _expect_by_hand(linear_by_hand, [[1, 2], [0, 1], [3, -1], [2, 2]], [[1, 0, 3], [5, 1, 0]], [0.5, 0, -1])


def test_linear_by_hand_takes_one_sample(linear_by_hand):
    """A table of one sample gets one row, and a layer of one unit one column."""
    _expect_by_hand(linear_by_hand, [[1, 2]], [[1, 0, 3], [5, 1, 0]], [0.5, 0, -1])
    _expect_by_hand(linear_by_hand, [[1, 2], [4, 0], [1, 1]], [[2], [3]], [-1])


def test_linear_by_hand_holds_for_equal_sizes(linear_by_hand):
    """The rows are right, also where two or all three of the sizes are equal."""
    _expect_by_hand(linear_by_hand, [[1, 2], [0, 1], [3, -1]], [[1, 0, 3], [5, 1, 0]], [0.5, 0, -1])
    square = [[1, 2, 0], [0, 1, 1], [3, 0, 5]]
    _expect_by_hand(linear_by_hand, [[10, 1, 2], [20, 2, 5], [0, 4, 1]], square, [0.5, 0, -1])


def test_linear_by_hand_works_inside_jit(linear_by_hand):
    """The rows are right inside `jax.jit`, too."""
    samples = [[1, 2], [0, 3], [3, -1], [2, 2]]
    _expect_by_hand(linear_by_hand, samples, [[2, 0, 1], [3, 1, -1]], [-1, 0.5, 0], compiled=True)


def _expect_by_hand(linear_by_hand, samples, weights, biases, *, compiled=False):
    x, w, b = (np.array(part, np.float32) for part in (samples, weights, biases))
    right = x @ w + b
    turned = right.T
    wrong = [
        ("step-left-out", x @ w),
        ("batch-axis-elsewhere", turned),
        ("reshaped-for-turned", turned.reshape(right.shape)),
    ]
    if len(x) == len(b):
        wrong.append(("wrong-axis", x @ w + b[:, None]))
    if len(x) == len(w) == len(b):
        others = [one @ other for one, other in ((x, w.T), (w, x), (w.T, x), (x.T, w))]
        wrong += [("wrong-axis", other + b) for other in others]
    arrays = jnp.array(x), jnp.array(w), jnp.array(b)
    got = probes.jitted(linear_by_hand, *arrays) if compiled else linear_by_hand(*arrays)
    expect_close(got, right, inputs={"X": x, "W": w, "b": b}, mistakes=_mistakes(got, right, wrong))


TWO = [[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, 1.0, -1.0]]


def test_random_ensemble_follows_the_recipe(random_ensemble):
    """Every layer draws by the recipe, and says its numbers of each sample."""
    x = jnp.array(TWO)
    _expect_ensemble(random_ensemble, jax.random.key(6101), x, 3, 5)


def test_random_ensemble_holds_for_equal_sizes(random_ensemble):
    """The numbers are right as well where sizes are equal, and for a single layer of one unit."""
    x = jnp.array([[1.0, -2.0, 0.5], [0.0, 1.0, 1.0], [2.0, 2.0, -1.0]])
    _expect_ensemble(random_ensemble, jax.random.key(6102), x, 3, 3)
    _expect_ensemble(random_ensemble, jax.random.key(6103), x[:2], 1, 1)


def test_random_ensemble_takes_keys_of_both_forms(random_ensemble, make_key):
    """The numbers are right for new keys and for raw ones, and another key gives other numbers."""
    x = jnp.array(TWO)
    for seed in (6104, 6105):
        _expect_ensemble(random_ensemble, make_key(seed), x, 3, 5)


def test_random_ensemble_uses_no_key_twice(random_ensemble):
    """The numbers are right, and no key serves for two draws, nor for a draw and for making other keys."""
    x, key = jnp.array(TWO), jax.random.key(6106)
    seen = probes.observe(random_ensemble, key, x, 3, 5, watch="keys")
    expect_close(seen.value, _ensemble(*_draws(key, x, 3, 5), x), rtol=1e-4, atol=1e-5)
    expect_fresh_keys(seen)


def test_random_ensemble_works_inside_jit(random_ensemble):
    """The numbers are right inside `jax.jit`, too, with `k` and `m` static."""
    x, key = jnp.array(TWO), jax.random.key(6107)
    got = probes.jitted(random_ensemble, key, x, 3, 5, static=(2, 3))
    expect_close(got, _ensemble(*_draws(key, x, 3, 5), x), rtol=1e-4, atol=1e-5, inputs={"X": x, "k": 3, "m": 5})


def _draws(key, x, k, m):
    """The weights and the biases of the recipe."""
    weights_key, biases_key = jax.random.split(key)
    return jax.random.normal(weights_key, (k, x.shape[1], m)), jax.random.normal(biases_key, (k, m))


def _ensemble(weights, biases, x):
    """What layers with these weights and biases say of the samples."""
    return np.asarray(x) @ np.asarray(weights) + np.asarray(biases)[:, None]


def _expect_ensemble(random_ensemble, key, x, k, m):
    got = random_ensemble(key, x, k, m)
    weights, biases = _draws(key, x, k, m)
    right = _ensemble(weights, biases, x)
    wrong = (
        [] if _equal(got, right) else [*_with_other_draws(key, x, k, m), *_put_together_otherwise(weights, biases, x)]
    )
    shown = {"X": x, "k": k, "m": m}
    expect_close(got, right, rtol=1e-4, atol=1e-5, inputs=shown, mistakes=_mistakes(got, right, wrong))


def _with_other_draws(key, x, k, m):
    """What other recipes give."""
    first, second = jax.random.split(key)
    shapes = (k, x.shape[1], m), (k, m)
    # A key that serves for both draws, the parent beside a child, the two swapped: the numbers show which it was.
    for name, one, other in (
        ("draws-correlated", key, key),
        ("draws-correlated", first, first),
        ("draws-correlated", second, second),
        ("parent-key-used", key, first),
        ("parent-key-used", key, second),
        ("parent-key-used", first, key),
        ("parent-key-used", second, key),
        ("recipe-not-followed", second, first),
    ):
        yield name, _ensemble(jax.random.normal(one, shapes[0]), jax.random.normal(other, shapes[1]), x)
    for one, other in ((first, second), (second, first)):  # the one is drawn from, the other split once more
        for third in jax.random.split(other):
            for keys in ((one, third), (third, one)):
                weights, biases = (jax.random.normal(*drawn) for drawn in zip(keys, shapes, strict=True))
                yield "split-for-each-draw", _ensemble(weights, biases, x)
    by_layer = [_draws(child, x, 1, m) for child in jax.random.split(key, k)]
    yield "drawn-row-by-row", np.concatenate([_ensemble(*draws, x) for draws in by_layer])


def _put_together_otherwise(weights, biases, x):
    """What comes of the right draws if they meet the samples in another way."""
    right, products = _ensemble(weights, biases, x), np.asarray(x) @ np.asarray(weights)
    k, n, m = right.shape
    yield "step-left-out", products
    yield "layers-identical", np.repeat(right[:1], k, axis=0)
    for turned in (right.swapaxes(0, 1), np.moveaxis(right, 0, 2), right.swapaxes(1, 2)):
        yield "batch-axis-elsewhere", turned
    if k == n:
        yield "mapped-in-pairs", right[np.arange(k), np.arange(k)]
    if k == n == m:
        yield "wrong-axis", products + np.asarray(biases)
        yield "wrong-axis", products + np.asarray(biases)[:, :, None]


def test_predict_batch_predicts_for_each_sample(predict_batch):
    """Every sample gets the prediction of the network."""
    x = np.array([[1, 2], [-1, 0], [0.5, 0.5], [3, -2]], np.float32)
    _expect_predictions(predict_batch(_network(2, 3), jnp.array(x)), 2, 3, x)


def test_predict_batch_holds_for_equal_sizes(predict_batch):
    """The predictions are right, also where sizes are equal, and for a single sample."""
    for d, h, n in ((3, 3, 3), (2, 2, 2), (3, 2, 2), (2, 3, 1)):
        x = np.array([[1, 2, 0.5], [-1, 0.5, 2], [0.5, 0.5, -3]], np.float32)[:n, :d]
        _expect_predictions(predict_batch(_network(d, h), jnp.array(x)), d, h, x)


def test_predict_batch_may_be_called_by_name(predict_batch):
    """The predictions are the same where the arguments are given by name."""
    x = np.array([[1, 2], [-1, 0], [0.5, 0.5]], np.float32)
    try:
        got = predict_batch(X=jnp.array(x), params=_network(2, 3))
    except (TypeError, ValueError) as raised:
        raise _named(raised, {"in-axes-form": "mapped-by-name"}) from None
    _expect_predictions(got, 2, 3, x)


def test_predict_batch_works_inside_jit(predict_batch):
    """The predictions are right inside `jax.jit`, too."""
    x = np.array([[1, 2], [2, 0]], np.float32)
    _expect_predictions(probes.jitted(predict_batch, _network(2, 3), jnp.array(x)), 2, 3, x)


def _network(d, h):
    """The parameters of a network with d features and h hidden units, no two of them equal."""
    w = 0.5 * np.cos(np.arange(1.0, 1.0 + d * h)).reshape(d, h)
    hidden = {"w": jnp.array(w, jnp.float32), "b": jnp.array([0.1, 0.5, -0.2][:h], jnp.float32)}
    return {"hidden": hidden, "out": {"w": jnp.array([2.0, 1.0, -1.5][:h]), "b": jnp.array(0.25)}}


def _expect_predictions(got, d, h, x):
    params = jax.tree.map(np.asarray, _network(d, h))
    hidden = x @ params["hidden"]["w"] + params["hidden"]["b"]
    last = params["out"]["w"]
    right = np.maximum(hidden, 0) @ last + params["out"]["b"]
    wrong = [
        ("no-activation", hidden @ last + params["out"]["b"]),
        ("step-left-out", np.maximum(hidden, 0) @ last),
        ("activation-at-the-end", np.maximum(hidden @ last + params["out"]["b"], 0)),
        ("wrong-shape", right[:, None]),
    ]
    if d == 2:
        wrong.append(("argument-ignored", _by_the_example(x)))
    if d == len(x):
        wrong += [("wrong-axis", other) for other in _along_another_axis(params, x)]
    expect_close(
        got,
        right,
        rtol=1e-4,
        inputs=f"{len(x)} samples, {d} features, {h} hidden units",
        mistakes=_mistakes(got, right, wrong),
    )


def _by_the_example(x):
    """What the parameters in the text would predict."""
    hidden = np.maximum(x @ [[1, -1, 0.5], [0, 2, 1]] + np.array([0, 0.5, -1]), 0)
    return hidden @ [2, 1, -1] + 0.1


def _along_another_axis(params, x):
    """What comes of a table that goes into the network as if it were a sample, or lies on its side."""
    w, b, last = params["hidden"]["w"], params["hidden"]["b"], params["out"]["w"]
    yield np.maximum(x.T @ w + b, 0) @ last + params["out"]["b"]
    if len(w) == len(b):
        yield last @ np.maximum(w.T @ x + b, 0) + params["out"]["b"]
        yield last @ np.maximum(x @ w + b, 0) + params["out"]["b"]


def test_hamming_matrix_compares_all_pairs(hamming_matrix):
    """The distance of each pair stands in the table, which holds whole numbers of dtype int32."""
    got = _expect_distances(hamming_matrix, [[0, 1, 2], [0, 1, 3], [3, 3, 3], [2, 1, 0]])
    expect_dtype(got, jnp.int32)


def test_hamming_matrix_holds_for_equal_sizes(hamming_matrix):
    """The distances are right, also for as many sequences as bases, for a single sequence, and for single bases."""
    for seqs in ([[0, 1, 2], [0, 3, 3], [3, 3, 2]], [[2, 0, 1, 1]], [[1], [0], [1], [3], [2]]):
        _expect_distances(hamming_matrix, seqs)


def test_hamming_matrix_stays_short(hamming_matrix):
    """The distances are right inside `jax.jit`, too, and the program is as long for many sequences as for few."""
    seqs = jnp.array([[0, 1, 2, 1], [3, 1, 2, 0]])
    expect_close(probes.jitted(hamming_matrix, seqs), [[0, 2], [2, 0]], inputs={"seqs": seqs})
    _expect_short(hamming_matrix, [[jnp.zeros((n, 3), jnp.int32)] for n in (4, 8, 16)], "sequences")


def _expect_distances(hamming_matrix, rows):
    seqs = np.array(rows, np.int32)
    right = (seqs[:, None] != seqs[None]).sum(axis=2)
    columns = (seqs.T[:, None] != seqs.T[None]).sum(axis=2)
    got = hamming_matrix(jnp.array(seqs))
    wrong = [
        ("mask-inverted", seqs.shape[1] - right),
        ("mapped-in-pairs", np.zeros(len(seqs), np.int32)),
        ("wrong-axis", columns),
    ]
    return expect_close(got, right, inputs={"seqs": seqs}, mistakes=_mistakes(got, right, wrong))


# As many places as the motif in the text has, which an answer may count on by mistake; and one place less.
FOUR_PLACES = np.array([[0, 0, 0, 2], [1.5, 0.25, 0, -1], [0.5, 0, 0, 1], [1, -1, 0, 0.5]], np.float32)
MOTIF = FOUR_PLACES[:3]


def test_scan_motif_scores_each_window(scan_motif):
    """Every window has its score, from the first to the last, and the best one is where the motif is."""
    _expect_scores(scan_motif, FOUR_PLACES, [1, 2, 3, 0, 3, 0, 1])


def test_scan_motif_holds_for_other_lengths(scan_motif):
    """The scores are right, also for a motif of one place, and for a sequence that is as long as the motif."""
    _expect_scores(scan_motif, FOUR_PLACES, [3, 0, 0, 3, 1])
    for k, bases in ((3, [3, 1, 0, 2, 3]), (1, [3, 0, 2, 3]), (3, [3, 1, 0]), (2, [0, 3, 3, 1, 0]), (1, [3])):
        try:
            _expect_scores(scan_motif, MOTIF[:k], bases)
        except (TypeError, ValueError) as raised:
            raise _named(raised, {"shapes-do-not-fit": "one-size-only"}) from None


def test_scan_motif_works_inside_vmap(scan_motif):
    """The scores are right inside `jax.vmap`, too, for several sequences and one motif."""
    sequences = np.array([[3, 0, 3, 1, 2], [2, 2, 3, 0, 0], [1, 3, 0, 3, 3]])
    x = np.eye(4, dtype=np.float32)[sequences]
    got = probes.mapped(scan_motif, jnp.array(MOTIF), jnp.array(x), in_axes=(None, 0))
    shown = {"pwm": MOTIF, "bases": sequences}
    expect_close(got, [_scores(MOTIF, one) for one in x], inputs=shown)


def test_scan_motif_stays_short(scan_motif):
    """The scores are right inside `jax.jit`, too, and the program is as long for a long sequence as for a short one."""
    bases = [3, 0, 3, 0, 0, 3]
    x = np.eye(4, dtype=np.float32)[bases]
    got = probes.jitted(scan_motif, jnp.array(MOTIF), jnp.array(x))
    expect_close(got, _scores(MOTIF, x), inputs={"pwm": MOTIF, "bases": bases})
    _expect_short(scan_motif, [[jnp.array(MOTIF), jnp.zeros((n + 2, 4))] for n in (4, 8, 16)], "windows")


def _scores(pwm, x):
    windows = len(x) - len(pwm) + 1
    return np.array([(pwm * x[start : start + len(pwm)]).sum() for start in range(windows)])


def _expect_scores(scan_motif, pwm, bases):
    x = np.eye(4, dtype=np.float32)[bases]
    right = _scores(pwm, x)
    got = scan_motif(jnp.array(pwm), jnp.array(x))
    wrong = [
        ("motif-reversed", _scores(pwm[::-1], x)),
        ("motif-reversed", _scores(pwm[:, ::-1], x)),
        ("motif-reversed", _scores(pwm[::-1, ::-1], x)),
        ("last-window-missing", right[:-1]),
    ]
    expect_close(got, right, inputs={"pwm": pwm, "bases of x": bases}, mistakes=_mistakes(got, right, wrong))


def test_zscore_genes_puts_each_gene_on_one_scale(zscore_genes):
    """Every gene, a column, gets its z-scores: mean 0, standard deviation 1."""
    _expect_z_scores(zscore_genes, [[1, 70], [3, 10], [1, 40], [3, 0], [2, 5]])


def test_zscore_genes_gives_zero_where_nothing_varies(zscore_genes):
    """A gene that has the same number in all cells gets 0 everywhere, and the others their z-scores."""
    _expect_z_scores(zscore_genes, [[1, 7, 0], [3, 7, 0], [1, 7, 0], [4, 7, 0]])
    _expect_z_scores(zscore_genes, [[12, 0, 3]])


def test_zscore_genes_holds_for_equal_sizes(zscore_genes):
    """The z-scores are right, also where there are as many cells as genes."""
    _expect_z_scores(zscore_genes, [[1, 70, 3], [3, 10, 30], [8, 40, 300]])


def test_zscore_genes_has_slopes_everywhere(zscore_genes):
    """The z-scores are right inside `jax.grad` and `jax.jit`, and all slopes finite: the right ones for what varies."""
    counts = np.array([[1, 7, 0], [3, 7, 0], [1, 7, 0], [4, 7, 0]], np.float32)
    expect_close(probes.jitted(zscore_genes, jnp.array(counts)), _z_scores(counts), rtol=1e-4, atol=1e-4)
    for place in ((0, 0), (2, 1)):
        _expect_slope(zscore_genes, counts, place)


def test_zscore_genes_knows_equal_numbers_by_themselves(zscore_genes):
    """A gene of seven threes gets 0, even though their computed mean may differ from 3 in the last digit."""
    counts = np.array([[n * n, 3] for n in range(7)], np.float32)
    got = zscore_genes(jnp.array(counts))
    numbers = expect_finite(expect_shape(got, counts.shape, inputs={"counts": counts}), inputs={"counts": counts})
    largest = np.abs(numbers[:, 1]).max()
    saw = f"Seven reads of 3 gave z-scores of up to {largest:.2g} in size; 0 was expected."
    expect(largest < 1e-3, "equal-numbers-not-zero", saw, counts=counts, got=numbers)
    _expect_z_scores(zscore_genes, counts, atol=1e-3)


def _z_scores(counts):
    counts = np.asarray(counts, np.float64)
    spread = counts.std(axis=0)
    return (counts - counts.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _expect_z_scores(zscore_genes, rows, *, atol=1e-4):
    counts = np.array(rows, np.float32)
    right = _z_scores(counts)
    by_cell = _z_scores(counts.T).T
    wrong = [
        ("batch-axis-elsewhere", right.T),
        ("wrong-axis", by_cell),
        ("wrong-axis", by_cell.T),
        ("step-left-out", counts - counts.mean(axis=0)),
        ("one-scale-for-all", (counts - counts.mean()) / counts.std()),
        ("one-spread-for-all", (counts - counts.mean(axis=0)) / counts.std()),
        ("one-less-in-the-spread", right * np.sqrt(1 - 1 / len(counts))),
    ]
    got = zscore_genes(jnp.array(counts))
    mistakes = _mistakes(got, right, wrong)
    expect_close(got, right, rtol=1e-4, atol=atol, inputs={"counts": counts}, mistakes=mistakes)


def _expect_slope(zscore_genes, counts, place):
    """The slope of one z-score along all counts: finite everywhere, and right where the gene varies."""
    cell, gene = place
    found = probes.gradient(zscore_genes, jnp.array(counts), at=place)
    shown = {"counts": counts, "slope of": f"the z-score of cell {cell}, gene {gene}"}
    z = _z_scores(counts)[:, gene]
    expect_close(found.value, z[cell], rtol=1e-4, atol=1e-4, inputs=shown)
    slope = expect_shape(found.slope, counts.shape, inputs=shown)
    finite = np.isfinite(slope).all()
    expect(finite, "slope-not-finite", "Of the slopes, some are NaN or infinite.", counts=counts, slopes=slope)
    if np.ptp(counts[:, gene]) > 0:
        right = np.zeros(counts.shape)
        right[:, gene] = (np.eye(len(z))[cell] - 1 / len(z) - z[cell] * z / len(z)) / counts[:, gene].std()
        expect_close(slope, right, rtol=1e-3, atol=1e-3, inputs=shown)


SAMPLES, MEASURED = [[1, 0, 2], [2, 1, -1], [0, 3, 1], [1, 1, 1]], [1, 5, 2, -1]


def test_per_sample_grads_gives_the_slopes_of_each_sample(per_sample_grads):
    """Under "w" and "b" stand the slopes of each sample by itself."""
    _expect_slopes(per_sample_grads, [1, 2, -1], 0.5, SAMPLES, MEASURED)


def test_per_sample_grads_knows_one_sample_only(per_sample_grads):
    """If one sample changes, its slopes become the right new ones, and those of the others stay as they were."""
    params = _line([1, 2, -1], 0.5)
    x, y = np.array(SAMPLES, np.float32), np.array(MEASURED, np.float32)
    other_x, other_y = x.copy(), y.copy()
    other_x[3], other_y[3] = [4, -2, 3], 7
    before, after = (
        _slopes_of(per_sample_grads(params, jnp.array(one), jnp.array(two)), 4, 3)
        for one, two in ((x, y), (other_x, other_y))
    )
    alike = all(np.allclose(one[:3], two[:3], atol=1e-5) for one, two in zip(before, after, strict=True))
    saw = "The last sample was changed, and slopes of other samples changed."
    expect(alike, "samples-mixed", saw, certain=True, before=before[0], after=after[0])
    _expect_slopes(per_sample_grads, [1, 2, -1], 0.5, other_x, other_y)


def test_per_sample_grads_holds_for_equal_sizes(per_sample_grads):
    """The slopes are right, also for as many samples as features, and for one sample of one feature."""
    _expect_slopes(per_sample_grads, [1, 2, -1], 0.5, SAMPLES[:3], MEASURED[:3])
    _expect_slopes(per_sample_grads, [3], -1, [[2]], [4])


def test_per_sample_grads_works_inside_jit(per_sample_grads):
    """The slopes are right inside `jax.jit`, too."""
    x, y = np.array(SAMPLES[:2], np.float32), np.array(MEASURED[:2], np.float32)
    got = probes.jitted(per_sample_grads, _line([1, 2, -1], 0.5), jnp.array(x), jnp.array(y))
    _compare_slopes(got, [1, 2, -1], 0.5, x, y)


def _line(w, b):
    return {"w": jnp.array(w, jnp.float32), "b": jnp.array(b, jnp.float32)}


def _slopes_of(got, n, d):
    w, b = expect_fields(got, "w", "b")
    return expect_shape(w, (n, d)), expect_shape(b, (n,))


def _expect_slopes(per_sample_grads, w, b, samples, measured):
    x, y = np.array(samples, np.float32), np.array(measured, np.float32)
    _compare_slopes(per_sample_grads(_line(w, b), jnp.array(x), jnp.array(y)), w, b, x, y)


def _compare_slopes(got, w, b, x, y):
    along_b = 2 * (x @ np.array(w, np.float32) + b - y)
    along_w = along_b[:, None] * x
    shown = {"w": w, "b": b, "X": x, "y": y}
    for name, right in (("w", along_w), ("b", along_b)):
        (slopes,) = expect_fields(got, name, inputs=shown)
        wrong = [("slopes-not-apart", right.sum(axis=0)), ("slopes-not-apart", right.mean(axis=0))]
        wrong += [("batch-axis-elsewhere", right.T), ("sign-reversed", -right)]
        looked_at = {**shown, "looked at": f'the entry "{name}"'}
        expect_close(slopes, right, rtol=1e-4, atol=1e-5, inputs=looked_at, mistakes=_mistakes(slopes, right, wrong))


def test_drift_replicates_begins_with_p0(drift_replicates):
    """Every population has a row. It begins with `p0`, moves, and its shares are whole numbers divided by `N`."""
    for p0 in (0.25, 0.5):
        _histories(drift_replicates(jax.random.key(6110), p0, 4, 3, 5), p0, 4, 3, 5)
    _expect_moves(_histories(drift_replicates(jax.random.key(6111), 0.4, N, T, 20), 0.4, N, T, 20))


def test_drift_replicates_stays_at_both_ends(drift_replicates):
    """A share of 0 or 1 stays, be it the one at the beginning or one that a population gets to."""
    for p0 in (0.0, 1.0):
        got = drift_replicates(jax.random.key(6112), p0, 4, 3, 5)
        expect_close(got, np.full((5, 4), p0), inputs={"p0": p0, "N": 4, "T": 3, "B": 5})
    _expect_absorbed(_histories(drift_replicates(jax.random.key(6113), 0.5, 2, 8, 40), 0.5, 2, 8, 40))


def test_drift_replicates_depends_on_the_key_alone(drift_replicates, make_key):
    """The same key gives the same populations again, another key other ones."""
    one, again, other = (
        _histories(drift_replicates(make_key(seed), 0.5, 30, 8, 5), 0.5, 30, 8, 5) for seed in (6114, 6114, 6115)
    )
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    _expect_moves(one)
    expect((one != other).any(), "key-ignored", "Two keys gave the same populations.", one=one[:2], other=other[:2])


def test_drift_replicates_uses_no_key_twice(drift_replicates, make_key):
    """The populations differ, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(drift_replicates, make_key(6116), 0.5, 4, 3, 5, watch="keys")
    shares = _histories(seen.value, 0.5, 4, 3, 5)
    expect_fresh_keys(seen)
    _expect_drift(shares)


def test_drift_replicates_drifts_as_it_should(drift_replicates):
    """The mean of many independent populations stays at `p0`, and they drift apart as far as they should."""
    shares = _histories(drift_replicates(jax.random.key(6117), 0.4, N, T, B), 0.4, N, T, B)
    _expect_drift(shares)
    _expect_moments(shares, 0.4, N, T, B)


def test_drift_replicates_draws_copy_by_copy(drift_replicates):
    """Of many independent populations with a rare variant, as many have a single copy of it as chance would have."""
    p0, copies, populations = 0.02, 20, 600
    shares = _histories(drift_replicates(jax.random.key(6119), p0, copies, 1, populations), p0, copies, 1, populations)
    _expect_drift(shares)
    single = np.isclose(shares[:, 1], 1 / copies).mean()
    chance = copies * p0 * (1 - p0) ** (copies - 1)
    saw = f"After one generation {single:.0%} of the populations have one copy of A; {chance:.0%} were expected."
    error = abs(single - chance) / np.sqrt(chance * (1 - chance) / populations)
    expect(error < 5, "wrong-distribution", saw, p0=p0, N=copies)


def _histories(got, p0, copies, generations, populations):
    """The shares, of the right shape, finite, beginning with `p0`, and each of them possible."""
    shown = {"p0": p0, "N": copies, "T": generations, "B": populations}
    shape = (populations, generations + 1)
    turned = isinstance(got, jax.Array | np.ndarray) and np.shape(got) == shape[::-1] != shape
    expect(not turned, "batch-axis-elsewhere", f"The result has shape {shape[::-1]}; {shape} was expected.", **shown)
    shares = expect_finite(expect_shape(got, shape, inputs=shown), inputs=shown)
    expect_close(shares[:, 0], np.full(populations, p0), inputs={**shown, "looked at": "column 0"})
    whole = np.abs(copies * shares[:, 1:] - np.round(copies * shares[:, 1:])) < 1e-3
    possible = (whole & (shares[:, 1:] >= 0) & (shares[:, 1:] <= 1 + 1e-6)).all()
    saw = "A share is no whole number from 0 to N, divided by N."
    expect(possible, "wrong-distribution", saw, **shown, got=shares)
    return shares


def _expect_moves(shares):
    """The shares do not stay where they began."""
    moved = (shares[:, 1:] != shares[:, :1]).any()
    expect(moved, "wrong-distribution", "No share ever differs from the one at the beginning.", got=shares)


def _expect_drift(shares):
    """The populations move, and go ways of their own."""
    _expect_moves(shares)
    same = (shares == shares[:1]).all()
    expect(not same, "replicates-identical", "All the populations have the same history.", certain=True, got=shares[:3])


def _expect_absorbed(shares):
    """Who is at 0 or at 1 stays there."""
    ended = np.isin(shares[:, :-1], (0, 1))
    came_back = (ended & (shares[:, 1:] != shares[:, :-1])).any(axis=1)
    saw = "A population that had lost a variant has it again."
    expect(not came_back.any(), "share-came-back", saw, certain=True, history=shares[came_back][:1])


def _expect_moments(shares, p0, copies, generations, populations):
    """The mean and the spread after the first and after the last generation, each within five standard errors."""
    coin = np.isin(shares[:, 1], (0, 1)).all()
    expect(not coin, "one-draw-for-all", "After one generation, every share is 0 or 1.", certain=True)
    for t in (1, generations):
        variance = p0 * (1 - p0) * (1 - (1 - 1 / copies) ** t)
        error = abs(shares[:, t].mean() - p0) / np.sqrt(variance / populations)
        saw = f"After {t} generations the mean of {populations} shares is {shares[:, t].mean():.3f}."
        expect(error < 5, "wrong-distribution", saw)
        ratio = shares[:, t].var() / variance
        saw = f"After {t} generations the variance of the shares is {ratio:.2f} times what it should be."
        expect(abs(ratio - 1) < 5 * np.sqrt(2 / populations), "wrong-spread", saw)


def _named(raised, nearer):
    """What the answer raised, with a nearer diagnosis where the check knows more of the cause than the message says."""
    error = getattr(raised, "error", None)
    if error is None or error.diagnosis not in nearer:
        return raised
    return type(raised)(replace(error, diagnosis=nearer[error.diagnosis]))


def _expect_short(answer, calls, things):
    """The program is no longer for 16 entries than for 8 and 4. What cannot be traced is let pass: jit refuses it."""
    steps = probes.growth(answer, calls)
    if steps is None:
        return
    few, more, most = steps
    grows = most - more >= 8 and most - more > 1.5 * (more - few)
    saw = f"For 4, 8 and 16 {things}, the program has {few}, {more} and {most} steps."
    expect(not grows, "grows-with-data", saw, certain=True)


def _mistakes(got, right, wrong):
    """By diagnosis, what each mistake would give: of several values of one mistake that of `got`, and never `right`."""
    found = {}
    for name, value in wrong:
        if not _equal(value, right) and (name not in found or _equal(got, value)):
            found[name] = value
    return found


def _equal(left, right):
    if not all(isinstance(one, jax.Array | np.ndarray) and one.dtype.kind in "biuf" for one in (left, right)):
        return False
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-4, atol=1e-5)
