"""Hidden checks of the lab on random keys.

Statistics are judged at five standard errors, on inputs that are the same in every run: a right answer fails about once
in a million courses, and regrading gives the same verdict.
"""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    expect,
    expect_close,
    expect_dtype,
    expect_finite,
    expect_fresh_keys,
    expect_key,
    expect_pair,
    expect_shape,
    probes,
)

SIGMAS = 5
# One shape for all the statistics: each new one costs half a second of compilation.
SIZE, COUNT = 33, 300
PAIRS = 200
# Rows of the line's data.
ROWS = 100
# Sequences and their length.
TABLE = (20, 50)


def test_two_draws_are_independent(two_draws, rng):
    """Over many keys, the first number tells nothing about the second."""
    first, second = _many_pairs(two_draws, rng)
    related = max(_correlation(first, second), _correlation(first**2, second**2))
    equal = np.isclose(first, second).all()
    saw = f"Over {PAIRS} keys, the two numbers go up and down together, or against each other."
    expect(related < SIGMAS / np.sqrt(PAIRS), "key-reused" if equal else "numbers-related", saw)


def test_two_draws_follow_the_standard_normal(two_draws, rng):
    """Over many keys, both numbers follow the standard normal distribution."""
    for numbers in _many_pairs(two_draws, rng):
        saw = f"Mean {numbers.mean():.2f} and variance {numbers.var():.2f} over {PAIRS} keys."
        near = abs(numbers.mean()) < SIGMAS / np.sqrt(PAIRS) and abs(numbers.var() - 1) < SIGMAS * np.sqrt(2 / PAIRS)
        expect(near, "wrong-distribution", saw)


def test_two_draws_depends_on_every_key(two_draws, make_key, rng):
    """Fresh keys give fresh numbers, no two of them equal, and each key the same pair again."""
    seeds = [int(seed) for seed in rng.choice(10_000, size=6, replace=False)]
    pairs = [_pair(two_draws(make_key(seed))) for seed in [*seeds, *seeds]]
    expect(pairs[:6] == pairs[6:], "not-reproducible", "One key gave two different pairs.", certain=True)
    expect(
        len({number for pair in pairs for number in pair}) == 12, "key-ignored", "Different keys gave equal numbers."
    )


def test_two_draws_uses_no_key_twice_for_fresh_keys(two_draws, make_key, rng):
    """The numbers differ, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(two_draws, make_key(int(rng.integers(10_000))), watch="keys")
    first, second = _pair(seen.value)
    expect_fresh_keys(seen)
    expect(first != second, "key-reused", "The two numbers are equal.")


def test_noisy_line_holds_for_every_key(noisy_line, reference, make_key, rng):
    """For fresh keys it gives the recipe's data, and a single row is enough."""
    for n in (ROWS, 1):
        key = make_key(int(rng.integers(10_000)))
        for got, wanted in zip(expect_pair(noisy_line(key, n)), reference(key, n), strict=True):
            expect_close(got, wanted, rtol=1e-4, atol=1e-5, diagnosis="recipe-not-followed")


def test_noisy_line_has_independent_noise(noisy_line, rng):
    """Over several keys, the noise has a standard deviation of 0.1, and x tells nothing about it."""
    drawn = [expect_pair(noisy_line(jax.random.key(int(seed)), ROWS)) for seed in rng.integers(2**31, size=4)]
    x, y = (np.concatenate([expect_finite(expect_shape(pair[i], (ROWS, 1))) for pair in drawn]) for i in (0, 1))
    noise, count = (y - 2 * x - 1)[:, 0], 4 * ROWS
    expect(np.unique(x).size > 0.9 * count, "key-ignored", "The same x came in several rows, or for several keys.")
    saw = "The larger x is, the more y differs from 2x + 1."
    expect(_correlation(x[:, 0], noise) < SIGMAS / np.sqrt(count), "draws-correlated", saw)
    saw = f"Mean {noise.mean():.3f} and standard deviation {noise.std():.3f} over {count} rows."
    near = abs(noise.mean()) < SIGMAS * 0.1 / np.sqrt(count) and abs(noise.std() - 0.1) < 0.5 / np.sqrt(2 * count)
    expect(near, "wrong-distribution", saw)


def test_noisy_line_uses_no_key_twice_for_fresh_keys(noisy_line, make_key, rng):
    """Rows differ in x and y, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(noisy_line, make_key(int(rng.integers(10_000))), ROWS, watch="keys")
    for got in expect_pair(seen.value):
        column = expect_finite(expect_shape(got, (ROWS, 1)))
        expect(np.ptp(column) > 1e-3, "one-draw-for-all", "All rows have the same x, or the same y.")
    expect_fresh_keys(seen)


def test_step_key_is_unique_in_a_long_training(step_key, rng):
    """In a training of 12 epochs with 30 steps each, every step has a key of its own."""
    key = jax.random.key(int(rng.integers(2**31)))
    _expect_all_different(step_key, key, [(epoch, step) for epoch in range(12) for step in range(30)])


def test_step_key_has_no_largest_step(step_key, make_key, rng):
    """However many steps an epoch has, none of its keys comes back in another epoch."""
    key = make_key(int(rng.integers(10_000)))
    powers = [10**n for n in range(1, 7)] + [2**n for n in (4, 5, 6, 7, 8, 10, 12, 16, 20)]
    _expect_all_different(
        step_key, key, [(0, 0), (1, 0), *((0, step) for step in powers), *((1, step) for step in powers)]
    )
    _expect_all_different(step_key, key, [(0, 0), (0, 1), *((epoch, 0) for epoch in powers)])


def test_step_key_hands_out_no_parent_for_fresh_keys(step_key, make_key, rng):
    """The keys are different, none is `key` itself, and none was made from another one of them."""
    key = make_key(int(rng.integers(10_000)))
    count = int(rng.integers(5, 8))
    pairs = [(epoch, step) for epoch in range(count) for step in range(count)]
    pairs += [(0, int(step)) for step in rng.integers(100, 2**31, size=3)]
    pairs += [(int(epoch), 0) for epoch in rng.integers(100, 2**31, size=3)]
    _expect_all_different(step_key, key, pairs)
    handed_out = [expect_key(step_key(key, *pair)) for pair in pairs]
    expect(expect_key(key) not in handed_out, "parent-handed-out", "One of the keys is `key` itself.")
    saw = "One of the keys was made from another one of them."
    expect(not _children(handed_out, count) & set(handed_out), "parent-handed-out", saw)


def test_step_key_remembers_nothing(step_key, make_key, rng):
    """Each step has a key of its own, the same whatever was asked for before; another key gives other keys."""
    key = make_key(int(rng.integers(10_000)))
    wanted = [(int(epoch), int(step)) for epoch, step in rng.integers(0, 60, size=(5, 2))]
    forward = [expect_key(step_key(key, *pair)) for pair in wanted]
    backward = [expect_key(step_key(key, *pair)) for pair in wanted[::-1]]
    expect(forward == backward[::-1], "not-reproducible", "The same step had two different keys.", certain=True)
    expect(len(set(forward)) == len(set(wanted)), "fold-in-collision", "Different steps got the same key.")
    other = make_key(int(rng.integers(10_000, 20_000)))
    fresh = [expect_key(step_key(other, *pair)) for pair in wanted]
    expect(not set(forward) & set(fresh), "key-ignored", "Two different keys led to the same key.")


def test_training_keys_serve_a_long_training(training_keys, make_key, rng):
    """In a training of 200 steps, all 400 keys are different, and none is `key` itself."""
    key = make_key(int(rng.integers(10_000)))
    _expect_unused(*_two_sets_of_keys(training_keys, key, 200), key)


def test_training_keys_hold_for_any_number_of_steps(training_keys, make_key, rng):
    """However many steps there are, all keys are different, none is `key`, and none was made from another of them."""
    for steps in (1, 9):
        key = make_key(int(rng.integers(10_000)))
        data_keys, dropout_keys = _two_sets_of_keys(training_keys, key, steps)
        _expect_unused(data_keys, dropout_keys, key)
        handed_out = [*data_keys, *dropout_keys]
        saw = "One of the keys was made from another one of them."
        expect(not _children(handed_out, 25) & set(handed_out), "parent-handed-out", saw)


def test_training_keys_remember_nothing(training_keys, make_key, rng):
    """The same arguments give the same keys, all different, whatever was asked for before; another key others."""
    seeds = [int(seed) for seed in rng.choice(10_000, size=3, replace=False)]
    forward = [_two_sets_of_keys(training_keys, make_key(seed), 5) for seed in seeds]
    backward = [_two_sets_of_keys(training_keys, make_key(seed), 5) for seed in seeds[::-1]]
    expect(forward == backward[::-1], "not-reproducible", "Asked twice, it gave different keys.", certain=True)
    each = [{*data_keys, *dropout_keys} for data_keys, dropout_keys in forward]
    expect(len(set.union(*each)) == sum(map(len, each)), "key-ignored", "Two different keys led to the same key.")
    expect(all(len(keys) == 10 for keys in each), "key-handed-out-twice", "Two of the keys are the same.")


def test_random_dna_follows_any_chances(random_dna, rng):
    """Each base is as frequent as its chance says, and a base whose chance is 0 never comes."""
    p = np.insert(0.1 + 0.7 * rng.dirichlet([1, 1, 1]), rng.integers(4), 0.0).astype(np.float32)
    keys = [jax.random.key(int(seed)) for seed in rng.choice(10_000, 2, replace=False)]
    bases = np.concatenate([_bases(random_dna(key, *TABLE, jnp.array(p)), TABLE) for key in keys])
    shares = np.bincount(bases.ravel(), minlength=4) / bases.size
    off = np.abs(shares - p) > SIGMAS * np.sqrt(p * (1 - p) / bases.size)
    expect(not off.any(), "wrong-distribution", f"{off.sum()} of the four bases are too frequent or too rare.")


def test_random_dna_draws_independently(random_dna, rng):
    """Each base is drawn for itself: its neighbors, their number, and what another key gives have no part in it."""
    p = jnp.full(4, 0.25)
    keys = [jax.random.key(int(seed)) for seed in rng.choice(10_000, 5, replace=False)]
    one, other, *rest, again = (_bases(random_dna(key, *TABLE, p), TABLE) for key in (*keys, keys[0]))
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    rows = np.concatenate([one, other])
    expect(len(np.unique(one, axis=0)) == len(one), "replicates-identical", "Some sequences are the same.")
    expect(len(np.unique(rows, axis=0)) == len(rows), "key-ignored", "Two keys gave the same sequence.")
    expect(len(set((one == 0).sum(axis=1))) > 1, "count-fixed", "Every sequence has the same number of A.")
    # Five numbers of A among 1000 bases are equal once in five million times.
    numbers = {int((bases == 0).sum()) for bases in (one, other, *rest)}
    expect(len(numbers) > 1, "count-fixed", "Five keys gave the same number of A.")
    for equal in (one[1:] == one[:-1], one[:, 1:] == one[:, :-1], one == other):
        tolerance = SIGMAS * np.sqrt(0.25 * 0.75 / equal.size)
        expect(abs(equal.mean() - 0.25) < tolerance, "draws-correlated", "Neighbors are equal too often or too rarely.")


def test_random_dna_takes_the_smallest_input(random_dna, rng):
    """One sequence and one base are enough."""
    for n, length in ((1, 1), (1, 7)):
        base = int(rng.integers(4))
        got = random_dna(jax.random.key(int(rng.integers(10_000))), n, length, jnp.zeros(4).at[base].set(1.0))
        saw = "A base came whose chance is 0."
        expect((_bases(got, (n, length)) == base).all(), "wrong-distribution", saw)


def test_random_dna_uses_no_key_twice_for_fresh_keys(random_dna, make_key, rng):
    """No key serves for two draws, whichever key comes in."""
    seen = probes.observe(random_dna, make_key(int(rng.integers(10_000))), 4, 12, jnp.full(4, 0.25), watch="keys")
    different = len(np.unique(_bases(seen.value, (4, 12)), axis=0)) == 4
    expect(different, "replicates-identical", "Some sequences are the same.")
    expect_fresh_keys(seen)


def test_bootstrap_means_vary_as_they_should(bootstrap_means, rng):
    """The means vary as means of n entries do: with the standard deviation of x, divided by the square root of n."""
    x = jnp.array(rng.normal(20.0, 3.0, size=SIZE), jnp.float32)
    means = _means(bootstrap_means(jax.random.key(int(rng.integers(2**31))), x, COUNT), x, COUNT)
    error = float(np.std(x)) / np.sqrt(SIZE)
    spread = means.std() / error
    saw = f"Their spread is {spread:.2f} times what it should be."
    # The 1.2 allows for the spread of a spread when the means are not quite normal.
    expect(abs(spread - 1) < 1.2 * SIGMAS / np.sqrt(2 * COUNT), "wrong-spread", saw)
    near = abs(means.mean() - float(np.mean(x))) < SIGMAS * error / np.sqrt(COUNT)
    expect(near, "wrong-value", "The means do not lie around the mean of x.")


def test_bootstrap_means_draws_with_replacement(bootstrap_means, rng):
    """A sample has as many entries as x. One can come twice, and about 37 of 100 entries stay away."""
    key = jax.random.key(int(rng.integers(2**31)))
    chance = 1 - (1 - 1 / SIZE) ** SIZE
    for place in (SIZE - 1, int(rng.integers(0, SIZE - 1))):
        x = jnp.zeros(SIZE, jnp.float32).at[place].set(1.0)
        means = _finite(bootstrap_means(key, x, COUNT), COUNT)
        share = float((means > 1e-6).mean())
        saw = f"Entry {place} of {SIZE} is in {share:.0%} of the samples; {chance:.0%} were expected."
        tolerance = SIGMAS * np.sqrt(chance * (1 - chance) / COUNT)
        expect(share > 0, "entries-left-out", saw, certain=True)
        expect(not np.allclose(means, 1 / SIZE), "sampling-without-replacement", saw)
        # One entry is 1 and the others are 0: the sum of a sample is a whole number.
        whole = np.abs(means * SIZE - np.round(means * SIZE)) < 1e-3
        expect(whole.all(), "wrong-sample-size", f"A mean is not the mean of {SIZE} entries.")
        expect(share > chance - tolerance, "entries-left-out", saw)
        expect(share < chance + tolerance, "wrong-distribution", saw)


def test_bootstrap_means_are_independent(bootstrap_means, rng):
    """No two samples are the same, within one call and between calls with different keys."""
    x = jnp.array(rng.normal(size=SIZE), jnp.float32)
    keys = [jax.random.key(int(seed)) for seed in rng.choice(10_000, 2, replace=False)]
    first, second = (_means(bootstrap_means(key, x, COUNT), x, COUNT) for key in keys)
    saw = "Several samples have exactly the same mean."
    expect(len(np.unique(first)) > 0.9 * COUNT, "replicates-identical", saw)
    expect(len(np.unique([*first, *second])) > 1.8 * COUNT, "key-ignored", "Two keys gave the same means.")
    fixed = int((first == second).sum())
    expect(fixed == 0, "key-ignored", f"{fixed} of the means are the same for both keys.")


def test_bootstrap_means_takes_the_smallest_input(bootstrap_means, rng):
    """One entry and one sample are enough."""
    key = jax.random.key(int(rng.integers(2**31)))
    lonely = float(rng.integers(2, 9))
    got = _finite(bootstrap_means(key, jnp.array([lonely]), 1), 1)
    expect(bool(np.allclose(got, lonely)), "wrong-value", "The mean of a single entry is that entry.")


def test_shuffle_pairs_keeps_pairs_of_any_data(shuffle_pairs, rng):
    """Rows and labels stay together, with their dtypes, for fresh data; a single cell is enough."""
    for n, d, dtypes in ((17, 4, ("float32", "int16")), (17, 4, ("int32", "float32")), (1, 2, ("uint8", "int32"))):
        cells = rng.permuted(np.arange(n * d).reshape(n, d), axis=0).astype(dtypes[0])
        ids = rng.permutation(n).astype(dtypes[1])
        got = expect_pair(shuffle_pairs(jax.random.key(int(rng.integers(10_000))), jnp.array(cells), jnp.array(ids)))
        rows, labels = expect_shape(got[0], cells.shape), expect_shape(got[1], ids.shape)
        order = [int(np.argmax(ids == label)) for label in labels]
        expect((ids[order] == labels).all(), "wrong-value", "There are labels that did not come in.")
        saw = "A label comes twice, and another one is missing."
        expect(len(set(order)) == n, "sampling-with-replacement", saw)
        expect((cells[order] == rows).all(), "pairs-torn-apart", "A row has the label of another row.")
        for part, dtype in zip(got, dtypes, strict=True):
            expect_dtype(part, jnp.dtype(dtype))


def test_shuffle_pairs_gives_every_order_the_same_chance(shuffle_pairs, rng):
    """Over many keys, each cell comes to each place equally often, and hundreds of orders occur."""
    y = jnp.arange(6)
    calls = [[jax.random.key(int(seed)), y[:, None], y] for seed in rng.integers(2**31, size=PAIRS)]
    orders = np.array([_order(got, 6) for got in probes.each(shuffle_pairs, calls)])
    different = len(np.unique(orders, axis=0))
    expect(different > 1, "key-ignored", f"{PAIRS} keys gave one and the same order.")
    # Of 720 orders, 200 draws meet 175 different ones, give or take five.
    saw = f"{PAIRS} keys gave only {different} different orders of six cells."
    expect(different > 140, "wrong-distribution", saw)
    times = np.array([np.bincount(orders[:, place], minlength=6) for place in range(6)])
    tolerance = SIGMAS * np.sqrt(PAIRS * 5 / 36)
    saw = "Some cells come to some places too often or too rarely."
    expect((np.abs(times - PAIRS / 6) < tolerance).all(), "wrong-distribution", saw)


def test_shuffle_pairs_favors_no_order(shuffle_pairs, rng):
    """Over a thousand keys, as many cells move forward as back, and half of all pairs of cells change their order."""
    y, count = jnp.arange(12), 1000
    calls = [[jax.random.key(int(seed)), y[:, None], y] for seed in rng.integers(2**31, size=count)]
    places = np.argsort([_order(got, 12) for got in probes.each(shuffle_pairs, calls)], axis=1)
    expect(len(np.unique(places, axis=0)) > 1, "key-ignored", f"{count} keys gave one and the same order.")
    forward = np.sign(places - np.arange(12)).sum(axis=1)
    turned = sum((places[:, :later] > places[:, [later]]).sum(axis=1) for later in range(1, 12))
    # Of 12 cells, 66 pairs can be made.
    for number, middle, what in ((forward, 0, "More cells move one way than the other"), (turned, 33, "Pairs turn")):
        off = (number.mean() - middle) / (number.std() + 1e-9) * np.sqrt(count)
        saw = f"{what} too often or too rarely: {abs(off):.0f} standard errors from what shuffling gives."
        expect(bool(abs(off) < SIGMAS), "orders-not-even", saw)


def test_shuffle_pairs_depends_on_every_key(shuffle_pairs, make_key, rng):
    """Fresh keys give fresh orders, and each key the same order again."""
    y = jnp.arange(33)
    seeds = [int(seed) for seed in rng.choice(10_000, 2, replace=False)]
    one, other, again = (_order(shuffle_pairs(make_key(seed), y[:, None], y), 33) for seed in (*seeds, seeds[0]))
    expect(one == again, "not-reproducible", "One key gave two different orders.", certain=True)
    expect(one != other, "key-ignored", "Two keys gave the same order.")


def test_mutate_seqs_prefers_no_base(mutate_seqs, rng):
    """Whatever the old base and the rate, each of the three others comes equally often."""
    for rate in (float(rng.uniform(0.8, 0.95)), float(rng.uniform(0.15, 0.25))):
        seqs = rng.integers(0, 4, TABLE)
        got = _mutated(mutate_seqs, jax.random.key(int(rng.integers(2**31))), seqs, rate)
        hit = got != seqs
        tolerance = SIGMAS * np.sqrt(rate * (1 - rate) / hit.size)
        expect(abs(hit.mean() - rate) < tolerance, "wrong-distribution", "Mutations are too frequent or too rare.")
        for base in range(4):
            steps = (got - seqs)[hit & (seqs == base)] % 4
            tolerance = SIGMAS * np.sqrt(2 / 9 / max(steps.size, 1))
            even = (np.abs(np.bincount(steps, minlength=4)[1:] / max(steps.size, 1) - 1 / 3) < tolerance).all()
            saw = f"At rate {rate:.2f}, the base {base} does not become the three others equally often."
            expect(bool(even), "base-preferred" if rate > 0.5 else "draws-correlated", saw)


def test_mutate_seqs_mutates_independently(mutate_seqs, rng):
    """Each base mutates for itself: its neighbors, their number, and what another key gives have no part in it."""
    seqs = rng.integers(0, 4, TABLE)
    keys = [jax.random.key(int(seed)) for seed in rng.choice(10_000, 5, replace=False)]
    tables = [_mutated(mutate_seqs, key, seqs, 0.5) != seqs for key in keys]
    one, other = tables[:2]
    expect((one != other).any(), "key-ignored", "Two keys gave mutations at the same places.")
    expect(len(np.unique(one, axis=0)) > 1, "replicates-identical", "All sequences mutate at the same places.")
    expect(len(set(one.sum(axis=1))) > 1, "count-fixed", "Every sequence has the same number of mutations.")
    # Five numbers of mutations among 1000 bases are equal once in ten million times.
    saw = "Five keys gave the same number of mutations."
    expect(len({int(table.sum()) for table in tables}) > 1, "count-fixed", saw)
    for equal in (one[1:] == one[:-1], one[:, 1:] == one[:, :-1], one == other):
        saw = "Neighbors share their fate too often or too rarely."
        expect(abs(equal.mean() - 0.5) < SIGMAS * 0.5 / np.sqrt(equal.size), "draws-correlated", saw)


def test_mutate_seqs_holds_at_the_limits(mutate_seqs, make_key, rng):
    """At rate 0 nothing changes, at rate 1 everything does; a single base is enough."""
    for shape in (TABLE, (1, 1)):
        seqs = rng.integers(0, 4, shape)
        key, other = (make_key(int(seed)) for seed in rng.choice(10_000, 2, replace=False))
        changed = _mutated(mutate_seqs, key, seqs, 1.0) != seqs
        expect(changed.all(), "wrong-value", "At rate 1, a base did not change.")
        changed = _mutated(mutate_seqs, other, seqs, 0.0) != seqs
        expect(not changed.any(), "wrong-value", "At rate 0, a base changed.")


def test_mutate_seqs_uses_no_key_twice_for_fresh_keys(mutate_seqs, make_key, rng):
    """No key serves for two draws, whichever key comes in."""
    seqs = rng.integers(0, 4, (4, 12))
    key = make_key(int(rng.integers(10_000)))
    seen = probes.observe(mutate_seqs, key, jnp.array(seqs, jnp.int32), 1.0, watch="keys")
    expect((_bases(seen.value, seqs.shape) != seqs).all(), "wrong-value", "At rate 1, a base did not change.")
    expect_fresh_keys(seen)


def test_augment_cell_tosses_two_fair_coins(augment_cell, rng):
    """Over many keys, each flip happens in half of the cases, and one tells nothing about the other."""
    views = _views(augment_cell, [jax.random.key(int(seed)) for seed in rng.integers(2**31, size=COUNT)], rng)
    left_right, up_down = views % 2, views // 2
    tolerance = SIGMAS * np.sqrt(COUNT) / 2
    for name, flips in (("flipped left-right", left_right), ("flipped up-down", up_down)):
        saw = f"Of {COUNT} images, {flips.sum()} were {name}."
        expect(bool(abs(flips.sum() - COUNT / 2) < tolerance), "wrong-distribution", saw)
    agree = int((left_right == up_down).sum())
    saw = f"Of {COUNT} images, {agree} were flipped both ways or not at all."
    expect(agree < COUNT, "augmentations-agree", saw)
    expect(abs(agree - COUNT / 2) < tolerance, "draws-correlated", saw)


def test_augment_cell_flips_images_of_other_shapes(augment_cell, make_key, rng):
    """Images may be square, or a single row, and the same key gives the same view whatever they show."""
    keys = [make_key(int(seed)) for seed in rng.choice(10_000, size=24, replace=False)]
    square = [_views(augment_cell, keys, rng, (6, 6)) for _ in range(2)]
    expect((square[0] == square[1]).all(), "not-reproducible", "One key gave different views of two images.")
    row = _views(augment_cell, keys, rng, (1, 7))
    expect(0 < (row % 2).sum() < len(keys), "wrong-distribution", "A single row was never flipped, or always.")


def test_augment_cell_uses_no_key_twice_for_fresh_keys(augment_cell, make_key, rng):
    """Whichever key comes in, no key serves for two draws, nor for a draw and for making other keys."""
    keys = [make_key(int(seed)) for seed in rng.choice(10_000, size=24, replace=False)]
    _views(augment_cell, keys, rng, (6, 6))
    expect_fresh_keys(probes.observe(augment_cell, keys[0], jnp.ones((6, 6)), watch="keys"))


def test_dropout_keeps_the_mean(dropout, rng):
    """Over many keys, each entry is dropped with the chance of the rate, and its mean stays what it was."""
    x, rate = rng.uniform(1, 5, size=(6, 7)).astype(np.float32), 0.3
    calls = [[jax.random.key(int(seed)), jnp.asarray(x), rate] for seed in rng.integers(2**31, size=COUNT)]
    dropped = np.array([_dropped(got, x, rate) for got in probes.each(dropout, calls)])
    shares, tolerance = dropped.mean(axis=0), SIGMAS * np.sqrt(rate * (1 - rate) / COUNT)
    saw = f"With a rate of {rate}, entries were dropped in {shares.min():.0%} to {shares.max():.0%} of the calls."
    swapped = (abs(shares - (1 - rate)) < tolerance).all()
    expect((abs(shares - rate) < tolerance).all(), "rate-swapped" if swapped else "wrong-distribution", saw)
    expect(len(np.unique(dropped.reshape(COUNT, -1), axis=0)) > 0.9 * COUNT, "key-ignored", "Keys dropped alike.")
    spread = dropped.sum(axis=(1, 2)).var() / (x.size * rate * (1 - rate))
    saw = f"How many entries are dropped varies {spread:.2f} times as much as for independent coins."
    # The 1.1 allows for sums of coins being not quite normal.
    expect(abs(spread - 1) < 1.1 * SIGMAS * np.sqrt(2 / COUNT), "draws-correlated", saw)


def test_dropout_decides_for_each_entry(dropout, make_key, rng):
    """Whether an entry is dropped tells nothing about its neighbors, and other rates hold too."""
    x = rng.uniform(1, 5, size=(24, 20)).astype(np.float32)
    for rate in (0.5, 0.9, 0.1):
        dropped = _dropped(dropout(make_key(int(rng.integers(10_000))), jnp.asarray(x), rate), x, rate)
        alike = (dropped == dropped[:1]).all() or (dropped == dropped[:, :1]).all()
        expect(not alike, "mask-shared", "All rows, or all columns, were dropped alike.")
        share, tolerance = dropped.mean(), SIGMAS * np.sqrt(rate * (1 - rate) / x.size)
        swapped = abs(share - (1 - rate)) < tolerance
        saw = f"With a rate of {rate}, {share:.0%} of the entries were dropped."
        expect(abs(share - rate) < tolerance, "rate-swapped" if swapped else "wrong-distribution", saw)
        for pair in ((dropped[1:], dropped[:-1]), (dropped[:, 1:], dropped[:, :-1])):
            related = _correlation(*(side.ravel().astype(np.float32) for side in pair))
            expect(related < SIGMAS / np.sqrt(pair[0].size), "draws-correlated", "Neighbors are dropped together.")


def test_dropout_takes_every_shape(dropout, rng):
    """It takes a single number and a block, and the smallest and the largest rate, inside `jax.jit` too."""
    for shape in ((), (2, 3, 4)):
        x = (rng.choice([-1, 1], size=shape) * rng.uniform(1, 5, size=shape)).astype(np.float32)
        key = jax.random.key(int(rng.integers(2**31)))
        _dropped(dropout(key, jnp.asarray(x), 0.5), x, 0.5)
        for rate, expected in ((0.0, x), (1.0, 0 * x)):
            expect_close(expect_finite(dropout(key, jnp.asarray(x), rate)), expected)
            expect_close(expect_finite(probes.jitted(dropout, key, jnp.asarray(x), rate, static=(2,))), expected)


def test_dropout_uses_no_key_twice_for_fresh_keys(dropout, make_key, rng):
    """Whichever key comes in, no key serves for two draws, nor for a draw and for making other keys."""
    x = rng.uniform(1, 5, size=(6, 7)).astype(np.float32)
    seen = probes.observe(dropout, make_key(int(rng.integers(10_000))), jnp.asarray(x), 0.3, watch="keys")
    dropped = _dropped(seen.value, x, 0.3)
    expect(0 < dropped.sum() < x.size, "mask-shared", "All entries were dropped, or none.")
    expect_fresh_keys(seen)


def _many_pairs(two_draws, rng):
    calls = [[jax.random.key(int(seed))] for seed in rng.integers(2**31, size=PAIRS)]
    return np.array([_pair(got) for got in probes.each(two_draws, calls)]).T


def _pair(got):
    for part in expect_pair(got):
        expect_shape(part, ())
        expect_dtype(part, jnp.floating)
        expect_finite(part)
    return tuple(float(part) for part in expect_pair(got))


def _bases(got, shape):
    """A table of bases, as a NumPy array."""
    bases = expect_shape(got, shape)
    expect_dtype(got, jnp.int32)
    expect(bases.min() >= 0 and bases.max() <= 3, "wrong-value", "There are other numbers than 0, 1, 2 and 3.")
    return bases


def _order(got, count):
    """The order of `count` cells whose rows and labels are their numbers, as a list."""
    rows, labels = expect_pair(got)
    order = expect_shape(labels, (count,)).tolist()
    expect(sorted(order) == list(range(count)), "sampling-with-replacement", "Not every cell comes exactly once.")
    expect(expect_shape(rows, (count, 1))[:, 0].tolist() == order, "pairs-torn-apart", "A row lost its label.")
    return order


def _mutated(mutate_seqs, key, seqs, rate):
    return _bases(mutate_seqs(key, jnp.array(seqs, jnp.int32), rate), seqs.shape)


def _correlation(one, other):
    """The correlation of two samples, without its sign; 1 where one of them does not vary."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 1.0
    return abs(float(np.corrcoef(one, other)[0, 1]))


def _expect_all_different(step_key, key, pairs):
    owner = {}
    for pair, got in zip(pairs, probes.each(step_key, [[key, *pair] for pair in pairs]), strict=True):
        own = expect_key(got)
        same_form = isinstance(got, jax.Array) and got.dtype == key.dtype and got.shape == key.shape
        expect(same_form, "key-form-changed", "A raw key became a new one, or the other way round.")
        twin = owner.setdefault(own, pair)
        saw = f"Epoch {twin[0]}, step {twin[1]} and epoch {pair[0]}, step {pair[1]} have the same key."
        expect(twin == pair, "fold-in-collision", saw)


def _two_sets_of_keys(training_keys, key, steps):
    """The keys for the data and those for dropout, each as a list of bytes."""
    return tuple(_key_rows(got, key, steps) for got in expect_pair(training_keys(key, steps)))


def _key_rows(got, key, steps):
    is_array = isinstance(got, jax.Array | np.ndarray)
    expect(is_array, "wrong-kind", "One of the two is not an array of keys.")
    expect(got.dtype == key.dtype, "key-form-changed", "One of the two does not hold keys of the form of `key`.")
    expect(got.shape == (steps, *key.shape), "wrong-shape", f"For {steps} steps, one of the two has shape {got.shape}.")
    return [row.tobytes() for row in np.asarray(jax.random.key_data(got))]


def _children(keys, count):
    """The first `count` children of each key, by `split` and so by `fold_in` too: a set of bytes."""
    parents = jax.random.wrap_key_data(np.frombuffer(b"".join(keys), np.uint32).reshape(len(keys), 2))
    made = jax.vmap(lambda parent: jax.random.split(parent, count))(parents)
    return {data.tobytes() for data in np.asarray(jax.random.key_data(made)).reshape(-1, 2)}


def _expect_unused(data_keys, dropout_keys, key):
    """Fail unless all these keys are different, and none is `key`."""
    handed_out = [*data_keys, *dropout_keys]
    different = len(set(handed_out))
    saw = f"Of {len(handed_out)} keys only {different} are different."
    same_step = any(one == other for one, other in zip(data_keys, dropout_keys, strict=True))
    expect(different == len(handed_out), "key-handed-out-twice" if same_step else "fold-in-collision", saw)
    expect(expect_key(key) not in handed_out, "parent-handed-out", "One of the keys is `key` itself.")


def _views(augment_cell, keys, rng, shape=(4, 7)):
    """Which view of a fresh image each key gives, i32[n]: 1 for a flip left-right, plus 2 for one up-down."""
    image = rng.normal(size=shape).astype(np.float32)
    calls = [[key, jnp.asarray(image)] for key in keys]
    views = np.array([_view_of(got, image) for got in probes.each(augment_cell, calls)])
    expect(np.ptp(views) > 0, "key-ignored", f"{len(keys)} different keys gave the same view.")
    return views


def _view_of(got, image):
    expect_dtype(got, jnp.float32)
    pixels = expect_finite(expect_shape(got, image.shape))
    same = [np.allclose(pixels, view) for view in (image, image[:, ::-1], image[::-1], image[::-1, ::-1])]
    expect(any(same), "wrong-value", "The result is none of the four views of the image.")
    return same.index(True)


def _dropped(got, x, rate):
    """Where `x`, whose entries are not 0, was dropped: bool of its shape."""
    expect_dtype(got, jnp.float32)
    values = expect_finite(expect_shape(got, x.shape))
    dropped = np.asarray(values == 0)
    if not (dropped | np.isclose(values, x / (1 - rate))).all():
        unscaled = (dropped | np.isclose(values, x)).all()
        saw = "An entry is neither 0 nor its old value divided by `1 - rate`."
        expect(False, "not-rescaled" if unscaled else "wrong-value", saw)
    return dropped


def _finite(got, count):
    return expect_finite(expect_shape(got, (count,)))


def _means(got, x, count):
    """`count` finite means, none outside the range of `x`, that are not all equal."""
    x = np.asarray(x)
    means = _finite(got, count)
    real = means.dtype.kind == "f" and means.dtype.itemsize >= 4
    expect(real, "wrong-dtype", f"The means are {means.dtype}; float32 was expected.")
    inside = (means >= x.min() - 1e-4) & (means <= x.max() + 1e-4)
    expect(inside.all(), "wrong-value", "A mean lies outside the range of the entries.")
    if count > 1 and np.ptp(means) <= 1e-5 * np.abs(x).max():
        shuffled = abs(means[0] - x.mean()) <= 1e-4 * np.abs(x).max()
        expect(
            False, "sampling-without-replacement" if shuffled else "replicates-identical", "All the means are equal."
        )
    return means
