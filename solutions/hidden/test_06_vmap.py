"""Hidden checks of the lab on vmap."""

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


def test_add_two_vmap_holds_for_other_arrays(add_two_vmap, rng):
    """The sums are right for arrays and tables of other sizes, in both dtypes."""
    for shape in ((23,), (5, 3), (1, 4), (1,)):
        for dtype in ("int32", "float32"):
            numbers = rng.integers(-500, 500, size=shape).astype(dtype)
            got = add_two_vmap(jnp.array(numbers))
            wrong = {"nothing-changed": numbers}
            if len(shape) > 1:
                wrong["table-flattened"] = numbers.ravel() + 2
            expect_dtype(expect_close(got, numbers + 2, mistakes=wrong), jnp.dtype(dtype))


def test_add_two_vmap_takes_other_lists(add_two_vmap, rng):
    """The sums are right for other lists of whole numbers, and have dtype int32."""
    for length in (2, 11):
        numbers = rng.integers(-500, 500, size=length).tolist()
        expect_dtype(expect_close(add_two_vmap(numbers), np.array(numbers) + 2), jnp.int32)


def test_linear_forward_holds_for_random_layers(linear_forward, rng):
    """The sums are right for layers and samples of other sizes."""
    for m, n, d in ((20, 5, 2), (1, 6, 3), (4, 1, 5)):
        w, x = _normal(rng, m, d), _normal(rng, n, d)
        _expect_layer(linear_forward(jnp.array(w), jnp.array(x)), w, x)


def test_linear_forward_holds_for_random_equal_sizes(linear_forward, rng):
    """The sums are right for other sizes that are equal, inside `jax.jit` as well."""
    for m, n, d in ((6, 6, 2), (4, 4, 4), (5, 2, 5)):
        w, x = _normal(rng, m, d), _normal(rng, n, d)
        _expect_layer(linear_forward(jnp.array(w), jnp.array(x)), w, x)
        _expect_layer(probes.jitted(linear_forward, jnp.array(w), jnp.array(x)), w, x)


def _expect_layer(got, w, x):
    right = x @ w.T
    wrong = [("batch-axis-elsewhere", right.T), ("reshaped-for-turned", right.T.reshape(right.shape))]
    if len(w) == len(x):
        wrong.append(("mapped-in-pairs", (w * x).sum(axis=1)))
    if len(w) == w.shape[1]:
        wrong += [("wrong-axis", x @ w), ("wrong-axis", (x @ w).T)]
    expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=_mistakes(got, right, wrong))


def test_linear_by_hand_holds_for_random_layers(linear_by_hand, rng):
    """The rows are right for layers and samples of other sizes."""
    for n, d, m in ((10, 4, 3), (1, 5, 2), (7, 1, 1)):
        _expect_by_hand(linear_by_hand, rng, n, d, m)


def test_linear_by_hand_holds_for_random_equal_sizes(linear_by_hand, rng):
    """The rows are right for other sizes that are equal, inside `jax.jit` as well."""
    for n, d, m in ((5, 2, 5), (3, 6, 6), (4, 4, 4)):
        _expect_by_hand(linear_by_hand, rng, n, d, m)
        _expect_by_hand(linear_by_hand, rng, n, d, m, compiled=True)


def _expect_by_hand(linear_by_hand, rng, n, d, m, *, compiled=False):
    x, w, b = _normal(rng, n, d), _normal(rng, d, m), _normal(rng, m)
    arrays = jnp.array(x), jnp.array(w), jnp.array(b)
    got = probes.jitted(linear_by_hand, *arrays) if compiled else linear_by_hand(*arrays)
    right = x @ w + b
    wrong = [
        ("step-left-out", x @ w),
        ("batch-axis-elsewhere", right.T),
        ("reshaped-for-turned", right.T.reshape(right.shape)),
    ]
    if n == m:
        wrong.append(("wrong-axis", x @ w + b[:, None]))
    if d == m:
        wrong.append(("wrong-axis", x @ w.T + b))
    expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=_mistakes(got, right, wrong))


def test_random_ensemble_holds_for_other_keys(random_ensemble, reference, make_key, rng):
    """The numbers are right for other keys, new and raw, and other sizes."""
    for k, n, d, m in ((4, 7, 3, 2), (1, 3, 1, 1)):
        x = jnp.array(_normal(rng, n, d))
        root = make_key(int(rng.integers(2**31)))
        _expect_ensemble(random_ensemble(root, x, k, m), reference(root, x, k, m), root, x, k, m)


def test_random_ensemble_holds_for_other_equal_sizes(random_ensemble, reference, rng):
    """The numbers are right for other sizes that are equal, inside `jax.jit` as well."""
    for k, n, d, m in ((5, 5, 2, 3), (4, 4, 4, 4)):
        x = jnp.array(_normal(rng, n, d))
        root = jax.random.key(int(rng.integers(2**31)))
        right = reference(root, x, k, m)
        _expect_ensemble(random_ensemble(root, x, k, m), right, root, x, k, m)
        _expect_ensemble(probes.jitted(random_ensemble, root, x, k, m, static=(2, 3)), right, root, x, k, m)


def test_random_ensemble_uses_each_key_once(random_ensemble, reference, make_key, rng):
    """The numbers are right, and each key is used once."""
    x, root = jnp.array(_normal(rng, 7, 3)), make_key(int(rng.integers(2**31)))
    seen = probes.observe(random_ensemble, root, x, 4, 2, watch="keys")
    _expect_ensemble(seen.value, reference(root, x, 4, 2), root, x, 4, 2)
    expect_fresh_keys(seen)


def _expect_ensemble(got, right, root, x, k, m):
    right = np.asarray(right)
    wrong = [] if _equal(got, right) else [*_other_ensembles(right, root, x, m)]
    expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=_mistakes(got, right, wrong))


def _other_ensembles(right, root, x, m):
    k = len(right)
    yield "layers-identical", np.repeat(right[:1], k, axis=0)
    yield "batch-axis-elsewhere", right.swapaxes(0, 1)
    yield "batch-axis-elsewhere", np.moveaxis(right, 0, 2)
    if k == len(x):
        yield "mapped-in-pairs", right[np.arange(k), np.arange(k)]
    # A key that serves for both draws, on purpose: its numbers show the mistake.
    for one in (root, *jax.random.split(root)):
        weights, biases = jax.random.normal(one, (k, x.shape[1], m)), jax.random.normal(one, (k, m))
        yield "draws-correlated", np.asarray(x) @ np.asarray(weights) + np.asarray(biases)[:, None]


def test_predict_batch_holds_for_random_networks(predict_batch, reference, rng):
    """The predictions are right for networks and samples of other sizes."""
    for n, d, h in ((9, 3, 5), (1, 4, 1)):
        _expect_predictions(predict_batch, reference, rng, n, d, h)


def test_predict_batch_holds_for_random_equal_sizes(predict_batch, reference, rng):
    """The predictions are right for other sizes that are equal, inside `jax.jit` as well."""
    for n, d, h in ((4, 4, 4), (5, 5, 2)):
        _expect_predictions(predict_batch, reference, rng, n, d, h)
        _expect_predictions(predict_batch, reference, rng, n, d, h, compiled=True)


def test_predict_batch_takes_names_in_any_order(predict_batch, reference, rng):
    """The predictions are right where the arguments are given by name, in either order."""
    params, x = _network(rng, 3, 5), jnp.array(_normal(rng, 9, 3))
    right = reference(params, x)
    expect_close(predict_batch(X=x, params=params), right, rtol=1e-4, atol=1e-5)
    expect_close(predict_batch(params=params, X=x), right, rtol=1e-4, atol=1e-5)


def _network(rng, d, h):
    hidden = {"w": jnp.array(_normal(rng, d, h)), "b": jnp.array(_normal(rng, h))}
    return {"hidden": hidden, "out": {"w": jnp.array(_normal(rng, h)), "b": jnp.array(np.float32(rng.normal()))}}


def _expect_predictions(predict_batch, reference, rng, n, d, h, *, compiled=False):
    params, x = _network(rng, d, h), jnp.array(_normal(rng, n, d))
    got = probes.jitted(predict_batch, params, x) if compiled else predict_batch(params, x)
    right = np.asarray(reference(params, x))
    wrong = [("wrong-axis", reference(params, x.T))] if n == d else []
    expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=_mistakes(got, right, wrong))


def test_hamming_matrix_holds_for_random_sequences(hamming_matrix, rng):
    """The distances are right for other sequences, in int32, whether there are more of them or more bases."""
    for n, length in ((11, 6), (3, 40), (7, 7), (1, 5)):
        seqs = rng.integers(0, 4, size=(n, length)).astype(np.int32)
        got = _expect_distances(hamming_matrix(jnp.array(seqs)), seqs)
        expect_dtype(got, jnp.int32)


def test_hamming_matrix_works_inside_jit(hamming_matrix, rng):
    """The distances are right inside `jax.jit`, for relatives that differ at few places."""
    seqs = np.repeat(rng.integers(0, 4, size=(1, 30)), 8, axis=0).astype(np.int32)
    changed = rng.random(seqs.shape) < 0.1
    seqs[changed] = (seqs[changed] + 1) % 4
    _expect_distances(probes.jitted(hamming_matrix, jnp.array(seqs)), seqs)


def test_hamming_matrix_is_as_long_for_many(hamming_matrix, rng):
    """The distances are right, and the program does not become longer when there are more sequences."""
    seqs = rng.integers(0, 4, size=(5, 7)).astype(np.int32)
    _expect_distances(hamming_matrix(jnp.array(seqs)), seqs)
    _expect_short(hamming_matrix, [[jnp.zeros((n, 7), jnp.int32)] for n in (4, 8, 16)])


def _expect_distances(got, seqs):
    right = (seqs[:, None] != seqs[None]).sum(axis=2)
    wrong = [
        ("mask-inverted", seqs.shape[1] - right),
        ("mapped-in-pairs", np.zeros(len(seqs), np.int32)),
        ("wrong-axis", (seqs.T[:, None] != seqs.T[None]).sum(axis=2)),
    ]
    return expect_close(got, right, mistakes=_mistakes(got, right, wrong))


def test_scan_motif_holds_for_random_motifs(scan_motif, rng):
    """The scores are right for other motifs and sequences."""
    for k, length in ((5, 31), (1, 9), (8, 8), (4, 5)):
        pwm, x = _normal(rng, k, 4), _one_hot(rng.integers(0, 4, size=length))
        _expect_scores(scan_motif(jnp.array(pwm), jnp.array(x)), pwm, x)


def test_scan_motif_finds_what_was_planted(scan_motif, rng):
    """The scores are right, and the best one is where the motif was planted, also inside `jax.jit`."""
    motif = rng.integers(0, 4, size=6)
    pwm = 4 * _one_hot(motif) - 1
    for start in (0, 17, 34):
        bases = rng.integers(0, 4, size=40)
        bases[start : start + 6] = motif
        x = _one_hot(bases)
        got = _expect_scores(probes.jitted(scan_motif, jnp.array(pwm), jnp.array(x)), pwm, x)
        expect(got[start] == got.max(), "wrong-value", "The planted motif does not have the best score.")


def test_scan_motif_maps_over_random_sequences(scan_motif, rng):
    """The scores are right inside `jax.vmap`, for many sequences."""
    pwm = _normal(rng, 4, 4)
    x = np.stack([_one_hot(rng.integers(0, 4, size=13)) for _ in range(6)])
    got = probes.mapped(scan_motif, jnp.array(pwm), jnp.array(x), in_axes=(None, 0))
    expect_close(got, [_scores(pwm, one) for one in x], rtol=1e-4, atol=1e-5)


def test_scan_motif_is_as_long_for_long_ones(scan_motif, rng):
    """The scores are right, and the program does not become longer when the sequence does."""
    pwm, x = _normal(rng, 3, 4), _one_hot(rng.integers(0, 4, size=10))
    _expect_scores(scan_motif(jnp.array(pwm), jnp.array(x)), pwm, x)
    _expect_short(scan_motif, [[jnp.array(pwm), jnp.zeros((n + 2, 4))] for n in (4, 8, 16)])


def _scores(pwm, x):
    return np.array([(pwm * x[start : start + len(pwm)]).sum() for start in range(len(x) - len(pwm) + 1)])


def _expect_scores(got, pwm, x):
    right = _scores(pwm, x)
    wrong = [("motif-reversed", _scores(pwm[::-1], x)), ("last-window-missing", right[:-1])]
    return expect_close(got, right, rtol=1e-4, atol=1e-5, mistakes=_mistakes(got, right, wrong))


def test_zscore_genes_holds_for_random_tables(zscore_genes, rng):
    """The z-scores are right for other tables, with few cells or many."""
    for cells, genes in ((9, 4), (5, 5), (2, 7), (16, 3)):
        counts = rng.integers(0, 1000, size=(cells, genes)).astype(np.float32)
        counts[0] += 2 * cells  # no gene is constant
        _expect_z_scores(zscore_genes(jnp.array(np.minimum(counts, 1000))), np.minimum(counts, 1000))


def test_zscore_genes_takes_genes_that_do_not_vary(zscore_genes, rng):
    """The z-scores are right where some genes do not vary, inside `jax.jit` as well."""
    counts = rng.integers(0, 50, size=(8, 5)).astype(np.float32)
    counts[:, 1], counts[:, 3] = 0, float(rng.integers(1, 1000))
    _expect_z_scores(zscore_genes(jnp.array(counts)), counts)
    _expect_z_scores(probes.jitted(zscore_genes, jnp.array(counts)), counts)


def test_zscore_genes_gives_zero_for_equal_numbers(zscore_genes, rng):
    """The z-scores are right where the computed mean of equal numbers may differ from them in the last digit."""
    counts = np.tile(np.float32([1, 2, 3, 4]), (7, 1))
    counts[:, rng.integers(0, 2)] = rng.permutation(7)
    _expect_z_scores(zscore_genes(jnp.array(counts)), counts)


def test_zscore_genes_has_finite_slopes(zscore_genes, rng):
    """The z-scores are right inside `jax.grad`, and all slopes finite: the right ones for a gene that varies."""
    counts = rng.integers(0, 50, size=(4, 3)).astype(np.float32)
    counts[:, 1], counts[0, 0], counts[1, 0] = 0, 3, 40
    z = _z_scores(counts)
    for cell, gene in ((1, 0), (3, 1)):
        found = probes.gradient(zscore_genes, jnp.array(counts), at=(cell, gene))
        expect_close(found.value, z[cell, gene], rtol=1e-4, atol=1e-4)
        slope = expect_shape(found.slope, counts.shape)
        expect(np.isfinite(slope).all(), "slope-not-finite", "Some slopes are NaN or infinite.")
        if gene == 0:
            along = np.zeros(counts.shape)
            along[:, 0] = (np.eye(4)[cell] - 0.25 - z[cell, 0] * z[:, 0] / 4) / counts[:, 0].std()
            expect_close(slope, along, rtol=1e-3, atol=1e-3)


def _z_scores(counts):
    counts = np.asarray(counts, np.float64)
    spread = counts.std(axis=0)
    return (counts - counts.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _expect_z_scores(got, counts):
    right = _z_scores(counts)
    by_cell = _z_scores(counts.T)
    wrong = [
        ("batch-axis-elsewhere", right.T),
        ("wrong-axis", by_cell.T),
        ("wrong-axis", by_cell),
        ("step-left-out", counts - counts.mean(axis=0)),
        ("one-scale-for-all", (counts - counts.mean()) / counts.std()),
        ("one-spread-for-all", (counts - counts.mean(axis=0)) / counts.std()),
        ("one-less-in-the-spread", right * np.sqrt(1 - 1 / len(counts))),
    ]
    expect_close(got, right, rtol=1e-3, atol=1e-3, mistakes=_mistakes(got, right, wrong))


def test_per_sample_grads_holds_for_random_samples(per_sample_grads, rng):
    """The slopes are right for other lines and samples."""
    for n, d in ((7, 3), (1, 4), (5, 1), (4, 4)):
        params, x, y = _problem(rng, n, d)
        _expect_slopes(per_sample_grads(params, jnp.array(x), jnp.array(y)), params, x, y)


def test_per_sample_grads_works_inside_jit_for_random_samples(per_sample_grads, rng):
    """The slopes are right inside `jax.jit`, too."""
    params, x, y = _problem(rng, 6, 2)
    _expect_slopes(probes.jitted(per_sample_grads, params, jnp.array(x), jnp.array(y)), params, x, y)


def test_per_sample_grads_adds_up_to_the_whole(per_sample_grads, rng):
    """The slopes are right for samples that are there twice, and their mean is the slope of the mean loss."""
    params, x, y = _problem(rng, 4, 3)
    x, y = np.concatenate([x, x[:2]]), np.concatenate([y, y[:2]])
    got = per_sample_grads(params, jnp.array(x), jnp.array(y))
    _expect_slopes(got, params, x, y)

    def mean_loss(params):
        return jnp.mean((x @ params["w"] + params["b"] - y) ** 2)

    whole = jax.grad(mean_loss)(params)
    for name, slopes in zip(("w", "b"), expect_fields(got, "w", "b"), strict=True):
        expect_close(np.asarray(np.mean(slopes, axis=0)), whole[name], rtol=1e-3, atol=1e-4)


def _problem(rng, n, d):
    params = {"w": jnp.array(_normal(rng, d)), "b": jnp.array(np.float32(rng.normal()))}
    return params, _normal(rng, n, d), _normal(rng, n)


def _expect_slopes(got, params, x, y):
    along_b = 2 * (x @ np.asarray(params["w"]) + np.asarray(params["b"]) - y)
    for name, right in (("w", along_b[:, None] * x), ("b", along_b)):
        (slopes,) = expect_fields(got, name)
        wrong = [("slopes-not-apart", right.sum(axis=0)), ("slopes-not-apart", right.mean(axis=0))]
        wrong.append(("sign-reversed", -right))
        expect_close(slopes, right, rtol=1e-3, atol=1e-4, mistakes=_mistakes(slopes, right, wrong))


def test_drift_replicates_holds_for_other_populations(drift_replicates, make_key, rng):
    """The shares are possible and begin with `p0`, for populations of other sizes. At 0 and at 1 they stay."""
    for copies, generations, populations in ((7, 6, 4), (1, 1, 1)):
        for p0 in (float(rng.uniform(0.2, 0.8)), 0.0, 1.0):
            got = drift_replicates(_fresh(make_key, rng), p0, copies, generations, populations)
            shares = _histories(got, p0, copies, generations, populations)
            if p0 in (0, 1):
                expect_close(shares, np.full(shares.shape, p0))


def test_drift_replicates_keeps_the_mean(drift_replicates, make_key, rng):
    """Over many populations the mean stays at `p0`, and they drift apart as far as they should."""
    p0, copies, generations, populations = float(rng.uniform(0.3, 0.7)), 8, 3, 250
    shares = _histories(
        drift_replicates(_fresh(make_key, rng), p0, copies, generations, populations),
        p0,
        copies,
        generations,
        populations,
    )
    expect(not (shares == shares[:1]).all(), "replicates-identical", "All populations are the same.", certain=True)
    coin = np.isin(shares[:, 1], (0, 1)).all()
    expect(not coin, "one-draw-for-all", "After one generation, every share is 0 or 1.", certain=True)
    for t in (1, generations):
        variance = p0 * (1 - p0) * (1 - (1 - 1 / copies) ** t)
        error = abs(shares[:, t].mean() - p0) / np.sqrt(variance / populations)
        expect(error < 5, "wrong-distribution", "The mean of the shares moved away from the beginning.")
        ratio = shares[:, t].var() / variance
        expect(abs(ratio - 1) < 5 * np.sqrt(2 / populations), "wrong-spread", "The shares drift too far or too little.")


def test_drift_replicates_has_single_copies(drift_replicates, make_key, rng):
    """Of many independent populations, as many have a single copy of a rare variant as chance would have."""
    p0, copies, populations = float(rng.uniform(0.017, 0.02)), 20, 600
    shares = _histories(drift_replicates(_fresh(make_key, rng), p0, copies, 1, populations), p0, copies, 1, populations)
    expect(not (shares == shares[:1]).all(), "replicates-identical", "All populations are the same.", certain=True)
    single = np.isclose(shares[:, 1], 1 / copies).mean()
    chance = copies * p0 * (1 - p0) ** (copies - 1)
    error = abs(single - chance) / np.sqrt(chance * (1 - chance) / populations)
    expect(error < 5, "wrong-distribution", "The copies are not drawn one by one with the chance that the share says.")


def test_drift_replicates_has_no_way_back(drift_replicates, make_key, rng):
    """In small populations most lose a variant, and who has lost it stays without it."""
    shares = _histories(drift_replicates(_fresh(make_key, rng), 0.5, 3, 9, 40), 0.5, 3, 9, 40)
    came_back = np.isin(shares[:, :-1], (0, 1)) & (shares[:, 1:] != shares[:, :-1])
    expect(not came_back.any(), "share-came-back", "A population that had lost a variant has it again.", certain=True)
    # A population of 3 copies still has both after 9 generations with a chance of about 1 in 26.
    lost = np.isin(shares[:, -1], (0, 1)).mean()
    expect(lost > 0.75, "wrong-distribution", "Too few populations have lost a variant.")


def test_drift_replicates_moves_each_by_itself(drift_replicates, make_key, rng):
    """The steps of one population tell nothing of those of another one, nor of its own next step."""
    shares = _histories(drift_replicates(_fresh(make_key, rng), 0.5, 8, 2, 250), 0.5, 8, 2, 250)
    expect(not (shares == shares[:1]).all(), "replicates-identical", "All populations are the same.", certain=True)
    steps = np.diff(shares, axis=1)
    neighbors = steps[:-1, 0] * steps[1:, 0]
    own = steps[:, 0] * steps[:, 1]
    expect(min(steps[:, 0].std(), steps[:, 1].std()) > 0, "wrong-distribution", "The shares do not move.")
    for products in (neighbors, own):
        apart = abs(products.mean()) < 5 * products.std() / np.sqrt(len(products))
        expect(apart, "draws-correlated", "Steps that should be independent go together.")


def test_drift_replicates_uses_each_key_once(drift_replicates, make_key, rng):
    """The populations differ, each key is used once, and the same key gives the same again, another one does not."""
    root, other = (make_key(int(seed)) for seed in rng.choice(2**31, 2, replace=False))
    seen = probes.observe(drift_replicates, root, 0.5, 7, 6, 4, watch="keys")
    shares = _histories(seen.value, 0.5, 7, 6, 4)
    again, others = (_histories(drift_replicates(one, 0.5, 7, 6, 4), 0.5, 7, 6, 4) for one in (root, other))
    expect((shares == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    expect_fresh_keys(seen)
    expect(not (shares == shares[:1]).all(), "replicates-identical", "All populations are the same.", certain=True)
    expect((shares != others).any(), "key-ignored", "Two keys gave the same populations.")


def _fresh(make_key, rng):
    return make_key(int(rng.integers(2**31)))


def _histories(got, p0, copies, generations, populations):
    shape = (populations, generations + 1)
    turned = isinstance(got, jax.Array | np.ndarray) and np.shape(got) == shape[::-1] != shape
    expect(not turned, "batch-axis-elsewhere", "The axes of the result come in another order.")
    shares = expect_finite(expect_shape(got, shape))
    expect_close(shares[:, 0], np.full(populations, p0))
    whole = np.abs(copies * shares[:, 1:] - np.round(copies * shares[:, 1:])) < 1e-3
    possible = (whole & (shares[:, 1:] >= 0) & (shares[:, 1:] <= 1 + 1e-6)).all()
    expect(possible, "wrong-distribution", "A share is no whole number from 0 to N, divided by N.")
    return shares


def _normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def _one_hot(bases):
    return np.eye(4, dtype=np.float32)[np.asarray(bases)]


def _expect_short(answer, calls):
    """The program is no longer for more entries. What cannot be traced is let pass: jit refuses it."""
    steps = probes.growth(answer, calls)
    if steps is None:
        return
    few, more, most = steps
    grows = most - more >= 8 and most - more > 1.5 * (more - few)
    expect(not grows, "grows-with-data", "The program becomes longer.", certain=True)


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
