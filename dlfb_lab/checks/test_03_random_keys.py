"""Visible checks of the lab on random keys."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    CheckFailed,
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

# One number of samples, for each new shape costs half a second of compilation. Only where keys are watched it is
# smaller: there a loop is followed round by round.
B = 40
STEPS = 4
# Enough tosses for each of four views to come: one is missing once in twenty million times.
TOSSES = 64
IMAGE = np.arange(15, dtype=np.float32).reshape(5, 3)
VIEWS = ("as it is", "flipped left-right", "flipped up-down", "flipped both ways")
# No entry is 0, so that a 0 in the result was dropped.
ACTIVITY = np.arange(1, 49, dtype=np.float32).reshape(8, 6) / 16

# A seed that no learner types: a key that an answer makes itself is then no key of a check.
SEED = 740_829_153
# Pairs of numbers to look at together.
PAIRS = 200
# Rows of the line's data.
ROWS = 100
# Sequences and their length; the chances of their bases.
TABLE = (20, 50)
CHANCES = [0.7, 0.15, 0.1, 0.05]
# Sequences to mutate, with all four bases in each.
SEQS = (np.arange(1000, dtype=np.int32) * 7 // 3 % 4).reshape(TABLE)
# Cells whose rows and labels are all different. A label is not the number of its row, but could be that of another.
LABELS = np.arange(12, dtype=np.int32) * 5 % 12
CELLS = (np.arange(12)[:, None] * 10 + np.arange(3)).astype(np.float32)


def test_two_draws_gives_two_different_numbers(two_draws, make_key):
    """It gives a pair of numbers, and they are different."""
    first, second = _two_numbers(two_draws(make_key(SEED)))
    expect(first != second, "key-reused", "The two numbers are equal.", first=first, second=second)


def test_two_draws_depends_on_the_key_alone(two_draws, make_key):
    """It gives a pair of numbers: for the same key the same pair again, for another key two other numbers."""
    pair, again, other = (_two_numbers(two_draws(make_key(SEED + n))) for n in (1, 1, 2))
    expect(
        pair == again, "not-reproducible", "One key gave two different pairs.", certain=True, first=pair, second=again
    )
    for name, number, twin in zip(("first", "second"), pair, other, strict=True):
        expect(number != twin, "key-ignored", f"The {name} number is the same for both keys.", one=pair, other=other)


def test_two_draws_uses_no_key_twice(two_draws, make_key):
    """The two numbers are different, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(two_draws, make_key(SEED + 3), watch="keys")
    first, second = _two_numbers(seen.value)
    expect_fresh_keys(seen)
    expect(first != second, "key-reused", "The two numbers are equal.", first=first, second=second)


def test_two_draws_are_standard_normal_and_independent(two_draws):
    """Over many keys, both numbers look standard normal, and one tells nothing about the other."""
    calls = [[jax.random.key(SEED + n)] for n in range(PAIRS)]
    pairs = np.array([_two_numbers(got) for got in probes.each(two_draws, calls)])
    for name, numbers in zip(("first", "second"), pairs.T, strict=True):
        mean, variance = numbers.mean(), numbers.var()
        saw = f"Over {PAIRS} keys, the {name} number has a mean of {mean:.2f} and a variance of {variance:.2f}."
        near = abs(mean) < 5 / np.sqrt(PAIRS) and abs(variance - 1) < 5 * np.sqrt(2 / PAIRS)
        expect(near, "wrong-distribution", saw)
    related = max(abs(np.corrcoef(part.T)[0, 1]) for part in (pairs, pairs**2))
    saw = f"Over {PAIRS} keys, the two numbers go up and down together, or against each other."
    expect(related < 5 / np.sqrt(PAIRS), "numbers-related", saw)


def test_noisy_line_gives_points_near_the_line(noisy_line):
    """It gives x from 0 to 1, and y = 2x + 1 with noise of the right size: two float32 arrays of shape (n, 1)."""
    x, noise = _line_and_noise(noisy_line(jax.random.key(SEED), ROWS))
    _expect_good_noise(x, noise)


def test_noisy_line_depends_on_the_key_alone(noisy_line, make_key):
    """It gives two columns of n rows: for the same key the same again, for another key another x and other noise."""
    one, again, other = (_line_and_noise(noisy_line(make_key(SEED + n), ROWS)) for n in (1, 1, 2))
    for name, first, second, third in zip(("x", "noise"), one, again, other, strict=True):
        saw = f"One key gave two different columns of {name}."
        expect(np.allclose(first, second), "not-reproducible", saw, certain=True, first=first[:3], second=second[:3])
        expect(not np.allclose(first, third), "key-ignored", f"Two keys gave the same {name}.", both=first[:3])


def test_noisy_line_follows_the_recipe(noisy_line, make_key):
    """With the key of seed 42 and n = 100 it gives the data that the recipe names."""
    x, noise = _line_and_noise(noisy_line(make_key(42), ROWS))
    slips = {
        "drawn-row-by-row": [0.228402, 0.148861, 0.835713],
        "parent-key-used": [0.488710, 0.679797, 0.616271],
    }
    inputs = {"key": "jax.random.key(42)", "n": ROWS, "shown": "the first three rows of x"}
    wanted = [0.727664, 0.787868, 0.181694]
    expect_close(x[:3], wanted, rtol=1e-4, inputs=inputs, mistakes=slips, diagnosis="recipe-not-followed")
    inputs["shown"] = "the first three rows of y"
    wanted = [2.498559, 2.634461, 1.249221]
    expect_close((2 * x + 1 + noise)[:3], wanted, rtol=1e-4, inputs=inputs, diagnosis="recipe-not-followed")


def test_noisy_line_uses_no_key_twice(noisy_line, make_key):
    """Rows differ in x and in noise, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(noisy_line, make_key(SEED + 3), ROWS, watch="keys")
    for name, numbers in zip(("x", "noise"), _line_and_noise(seen.value), strict=True):
        expect(np.ptp(numbers) > 1e-3, "one-draw-for-all", f"All rows have the same {name}.")
    expect_fresh_keys(seen)


def test_step_key_gives_a_key(step_key, make_key):
    """It gives one key, of the same form as the key that came in, and not that key itself."""
    key = make_key(SEED)
    got = step_key(key, 2, 5)
    _expect_another_key(step_key, key, (2, 5))
    if got.dtype != key.dtype:
        again, other = (step_key(make_key(SEED + n), 2, 5) for n in (0, 1))
        saw = "Asked twice for epoch 2, step 5, it gave two different keys."
        expect(expect_key(got) == expect_key(again), "not-reproducible", saw)
        saw = "Two different keys led to the same key for epoch 2, step 5."
        expect(expect_key(got) != expect_key(other), "key-ignored", saw)
        expect(False, "key-form-changed", _other_form(key), key=key, got=got)


def test_step_key_depends_on_epoch_and_step(step_key, make_key):
    """Every pair of epoch and step has a key of its own, also where an epoch has ten thousand steps."""
    owner = {}
    pairs = [(epoch, step) for epoch in range(3) for step in range(4)]
    for pair in [*pairs, (0, 10), (10, 0), (0, 100), (0, 1000), (0, 10_000)]:
        data = expect_key(step_key(make_key(SEED + 2), *pair))
        twin = owner.setdefault(data, pair)
        saw = f"Epoch {twin[0]}, step {twin[1]} and epoch {pair[0]}, step {pair[1]} have the same key."
        expect(twin == pair, "fold-in-collision", saw)


def test_step_key_hands_out_no_parent(step_key, make_key):
    """None of the keys is `key` itself, not even for epoch 0 or step 0, and none was made from another one of them."""
    key = make_key(SEED + 3)
    pairs = [(epoch, step) for epoch in range(4) for step in range(4)]
    for pair in pairs:
        _expect_another_key(step_key, key, pair)
    handed_out = [expect_key(step_key(key, *pair)) for pair in pairs]
    for parent, children in zip(pairs, _children(handed_out, 4), strict=True):
        child = next((pair for pair, data in zip(pairs, handed_out, strict=True) if data in children), parent)
        saw = f"The key of epoch {child[0]}, step {child[1]} was made from that of epoch {parent[0]}, step {parent[1]}."
        expect(child == parent, "parent-handed-out", saw)


def test_step_key_depends_on_the_key_alone(step_key, make_key):
    """The same arguments give the same key again, never `key` itself, and another key gives other keys."""
    one, again, other = (expect_key(step_key(make_key(SEED + n), 3, 7)) for n in (4, 4, 5))
    expect(
        one == again, "not-reproducible", "Asked twice for epoch 3, step 7, it gave two different keys.", certain=True
    )
    expect(one != other, "key-ignored", "Two different keys led to the same key for epoch 3, step 7.")
    _expect_another_key(step_key, make_key(SEED + 4), (3, 7))


def test_training_keys_gives_two_arrays_of_keys(training_keys, make_key):
    """It gives two arrays, each with a key for every step: all different, and of the form of the key that came in."""
    for steps in (STEPS, 1):
        data_keys, dropout_keys = _two_sets_of_keys(training_keys, make_key(SEED), steps)
        _expect_different_keys(training_keys, data_keys, dropout_keys)


def test_training_keys_are_all_different(training_keys, make_key):
    """All the keys are different, and none of them is the key that came in."""
    key = make_key(SEED + 1)
    data_keys, dropout_keys = _two_sets_of_keys(training_keys, key, STEPS)
    _expect_different_keys(training_keys, data_keys, dropout_keys)
    handed_out = {*data_keys, *dropout_keys}
    expect(expect_key(key) not in handed_out, "parent-handed-out", "One of the keys is `key` itself.")


def test_training_keys_are_not_used_up(training_keys, make_key):
    """All the keys are different, and none was made from another one of them."""
    data_keys, dropout_keys = _two_sets_of_keys(training_keys, make_key(SEED + 2), STEPS)
    _expect_different_keys(training_keys, data_keys, dropout_keys)
    both = [*data_keys, *dropout_keys]
    names = [f"{name}[{step}]" for name in ("data_keys", "dropout_keys") for step in range(STEPS)]
    for parent, children in zip(names, _children(both, 3 * STEPS), strict=True):
        child = next((name for name, data in zip(names, both, strict=True) if data in children), "")
        expect(not child, "parent-handed-out", f"{child} was made from {parent}, so {parent} is used up.")


def test_training_keys_depend_on_the_key_alone(training_keys, make_key):
    """The same key gives the same keys again, all different, and another key gives other keys."""
    one, again, other = (_two_sets_of_keys(training_keys, make_key(SEED + n), STEPS) for n in (3, 3, 4))
    expect(one == again, "not-reproducible", "Asked twice, it gave different keys.", certain=True)
    _expect_different_keys(training_keys, *one)
    shared = {*one[0], *one[1]} & {*other[0], *other[1]}
    expect(not shared, "key-ignored", "Two different keys led to the same key for a step.")


def test_random_dna_gives_bases(random_dna):
    """It gives n sequences of L bases: whole numbers from 0 to 3, in an int32 array of shape (n, L)."""
    _bases(random_dna(jax.random.key(1), *TABLE, jnp.array(CHANCES)))


def test_random_dna_gives_different_sequences(random_dna):
    """No two of the sequences are the same, and none repeats a single base."""
    _expect_different_rows(_bases(random_dna(jax.random.key(2), *TABLE, jnp.array(CHANCES))))


def test_random_dna_follows_the_chances(random_dna):
    """Each base is as frequent as its chance says, up to what chance itself allows."""
    bases = _bases(random_dna(jax.random.key(3), *TABLE, jnp.array(CHANCES)))
    shares = np.bincount(bases.ravel(), minlength=4) / bases.size
    if not _near(shares, CHANCES, bases.size):
        softmax = np.exp(CHANCES) / np.exp(CHANCES).sum()
        slips = {
            "argument-ignored": np.full(4, 0.25),
            "probabilities-as-logits": softmax,
            "chances-swapped": np.sort(CHANCES)[np.argsort(np.argsort(shares))],
        }
        name = min(slips, key=lambda slip: np.abs(shares - slips[slip]).max())
        certain = _near(shares, slips[name], bases.size)
        saw = f"The share of each base among {bases.size} is not its chance."
        expect(False, name if certain else "wrong-distribution", saw, certain=certain, expected=CHANCES, got=shares)


def test_random_dna_depends_on_the_key_alone(random_dna, make_key):
    """The sequences differ, the same key gives the same ones again, and another key gives others."""
    p = jnp.array(CHANCES)
    one, again, other = (_bases(random_dna(make_key(n), *TABLE, p)) for n in (4, 4, 5))
    _expect_different_rows(one)
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    expect(not (one == other).all(axis=1).any(), "key-ignored", "Two keys gave the same sequence.")


def test_random_dna_uses_no_key_twice(random_dna, make_key):
    """The sequences differ, and no key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(random_dna, make_key(6), 4, 12, jnp.full(4, 0.25), watch="keys")
    _expect_different_rows(_bases(seen.value, (4, 12)))
    expect_fresh_keys(seen)


def test_bootstrap_means_gives_one_mean_for_each_sample(bootstrap_means):
    """It gives B means. If all entries are equal, so are the means."""
    x = jnp.full(8, 4.0)
    got = bootstrap_means(jax.random.key(1), x, B)
    if np.ptp(expect_shape(got, (B,))) > 1e-3:
        other = expect_shape(bootstrap_means(jax.random.key(1), x + 1, B), (B,))
        same = np.allclose(got, other, equal_nan=True)
        expect(not same, "argument-ignored", "Two samples without a common entry gave the same means.", certain=True)
    expect_close(got, [4.0] * B, inputs={"x": x, "B": B})


def test_bootstrap_means_lie_around_the_mean(bootstrap_means):
    """Each is the mean of as many entries as x has. They lie around the mean of x and differ as such means do."""
    # Each entry is twice the one before it: a mean of two of them is rarely a mean of eight.
    x = 2.0 ** np.arange(8, dtype=np.float32)
    means = _means(bootstrap_means(jax.random.key(2), jnp.array(x), B), x, B)
    _expect_real_replicates(means, x)
    few = np.isin(2 * means, x[:, None] + x).all()
    saw = "Each result is an entry of x, or lies in the middle between two of them."
    expect(not few, "not-a-mean", saw, certain=True, x=x, got=means)
    whole = np.abs(8 * means - np.round(8 * means)) < 1e-3
    saw = "8 times the mean of 8 whole numbers is a whole number. Here it is not."
    expect(whole.all(), "wrong-sample-size", saw, x=x, got=means)
    saw = f"The mean of x is {x.mean():.1f}, and the mean of {B} bootstrap means is {means.mean():.1f}."
    # Five standard errors of a mean over B means of 8 entries each, and below of their spread.
    expect(abs(means.mean() - x.mean()) < 5 * x.std() / np.sqrt(B * 8), "wrong-value", saw)
    spread = means.std() / (x.std() / np.sqrt(8))
    expect(abs(spread - 1) < 0.6, "wrong-spread", f"Their spread is {spread:.2f} times what it should be.")


def test_bootstrap_means_depends_on_the_key_alone(bootstrap_means, make_key):
    """The same key gives the same means again, another key other means."""
    x = jnp.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.0, 3.5])
    one, again, other = (_means(bootstrap_means(make_key(n), x, B), x, B) for n in (3, 3, 4))
    expect(
        (one == again).all(),
        "not-reproducible",
        "One key gave two different results.",
        certain=True,
        first=one,
        second=again,
    )
    _expect_real_replicates(one, np.asarray(x))
    expect((one != other).any(), "key-ignored", "Two keys gave the same means.", one=one, other=other)


def test_bootstrap_means_uses_no_key_twice(bootstrap_means, make_key):
    """The means differ, and no key serves for two draws, nor for a draw and for making other keys."""
    x = jnp.array([2.0, 7.0, 1.0, 8.0, 2.5, 1.8, 2.2, 8.5])
    seen = probes.observe(bootstrap_means, make_key(5), x, 4, watch="keys")
    means = _means(seen.value, x, 4)
    expect_fresh_keys(seen)
    _expect_real_replicates(means, np.asarray(x))


def test_shuffle_pairs_keeps_every_row(shuffle_pairs):
    """Every row and every label is still there, once."""
    _expect_every_row(*_shuffled(shuffle_pairs(jax.random.key(1), jnp.array(CELLS), jnp.array(LABELS))))


def test_shuffle_pairs_keeps_rows_and_labels_together(shuffle_pairs):
    """Each row has the label that it had before."""
    rows, labels = _shuffled(shuffle_pairs(jax.random.key(2), jnp.array(CELLS), jnp.array(LABELS)))
    _expect_every_row(rows, labels)
    came_from = np.argsort(LABELS)[labels.astype(int)]
    together = (rows == CELLS[came_from]).all()
    expect(together, "pairs-torn-apart", _how_torn(rows, labels), certain=True, rows=rows[:3], labels=labels[:3])


def test_shuffle_pairs_mixes_the_cells(shuffle_pairs, make_key):
    """Over 40 keys, few cells are followed by the cell that followed them before."""
    calls = [[make_key(n), jnp.array(CELLS), jnp.array(LABELS)] for n in range(701, 741)]
    orders = []
    for got in probes.each(shuffle_pairs, calls):
        rows, labels = _shuffled(got)
        _expect_every_row(rows, labels)
        orders.append(np.argsort(LABELS)[labels.astype(int)])
    followed = float(np.mean([(np.roll(order, -1) - order) % 12 == 1 for order in orders]))
    expect(followed < 1 or len(np.unique(orders, axis=0)) > 1, "key-ignored", "40 keys gave one and the same order.")
    # One in eleven is expected; three in eleven never come by chance.
    saw = f"{followed:.0%} of the cells are followed by the cell that followed them before."
    expect(followed < 3 / 11, "neighbors-stay", saw)


def test_shuffle_pairs_keeps_the_dtypes(shuffle_pairs):
    """All rows and labels are there, of the dtypes that came in: here uint8 for the rows, float32 for the labels."""
    got = shuffle_pairs(jax.random.key(3), jnp.array(CELLS, jnp.uint8), jnp.array(LABELS, jnp.float32))
    _expect_every_row(*_shuffled(got))
    for part, dtype in zip(expect_pair(got), (jnp.uint8, jnp.float32), strict=True):
        expect_dtype(part, dtype)


def test_shuffle_pairs_depends_on_the_key_alone(shuffle_pairs, make_key):
    """All cells are there, the same key gives the same order again, and another key gives another order."""
    cells = jnp.array(CELLS), jnp.array(LABELS)
    one, again, other = (_shuffled(shuffle_pairs(make_key(n), *cells)) for n in (4, 4, 5))
    _expect_every_row(*one)
    for first, second, third in zip(one, again, other, strict=True):
        expect((first == second).all(), "not-reproducible", "One key gave two different orders.", certain=True)
        expect((first != third).any(), "key-ignored", "Two keys gave the same order.", order=one[1])


def test_mutate_seqs_mutates_all_or_none(mutate_seqs):
    """At rate 1 every base becomes another base, at rate 0 none does."""
    kept = _mutated(mutate_seqs, jax.random.key(1), 1.0) == SEQS
    changed = _mutated(mutate_seqs, jax.random.key(2), 0.0) != SEQS
    saw = "At rate 1 no base mutates, and at rate 0 bases do."
    expect(not (kept.all() and changed.any()), "mutation-inverted", saw, certain=True)
    saw = f"At rate 1, {kept.mean():.0%} of the bases are what they were."
    expect(not 0.18 < kept.mean() < 0.32, "mutation-to-itself", saw, certain=True)
    expect(not kept.any(), "wrong-value", saw)
    expect(not changed.any(), "wrong-value", f"At rate 0, {changed.mean():.0%} of the bases are others.")


def test_mutate_seqs_mutates_as_often_as_the_rate_says(mutate_seqs):
    """At rate 0.3, about 3 of 10 bases mutate, in each sequence other ones."""
    hit = _mutated(mutate_seqs, jax.random.key(3), 0.3) != SEQS
    saw = f"At rate 0.3, {hit.mean():.0%} of the bases are others."
    expect(0 < hit.mean() < 1, "one-draw-for-all", saw)
    whole = (hit == hit[:, :1]).all()
    expect(not whole, "mask-shared", "A sequence mutates as a whole or not at all.", certain=True)
    if (hit == hit[:1]).all():
        # The new bases tell a mask of one row from one key for all that is drawn.
        steps = (_mutated(mutate_seqs, jax.random.key(3), 1.0) - SEQS) % 4
        name = "replicates-identical" if (steps == steps[:1]).all() else "mask-shared"
        expect(False, name, "All sequences mutate at the same places.", certain=True)
    expect(_near(hit.mean(), 0.3, hit.size), "wrong-distribution", saw)


def test_mutate_seqs_gives_each_other_base_the_same_chance(mutate_seqs):
    """A mutated base becomes each of the three others equally often, at rate 1 and at rate 0.3."""
    for number, rate in ((4, 1.0), (5, 0.3)):
        got = _mutated(mutate_seqs, jax.random.key(number), rate)
        steps = ((got - SEQS) % 4)[got != SEQS]
        shares = np.bincount(steps, minlength=4)[1:] / max(steps.size, 1)
        if not _near(shares, np.full(3, 1 / 3), steps.size):
            shown = ", ".join(f"{share:.0%}" for share in shares)
            saw = f"At rate {rate}, the bases 1, 2 and 3 steps further on in A, C, G, T, A, C, G take {shown}."
            one_missing = (shares == 0).sum() == 1 and shares[1] > 0
            name = "entries-left-out" if one_missing else "base-preferred"
            expect(False, name if rate == 1 else "draws-correlated", saw, certain=True)


def test_mutate_seqs_depends_on_the_key_alone(mutate_seqs, make_key):
    """Bases mutate at rate 0.3. The same key gives the same mutations again, another key gives others."""
    one, again, other = (_mutated(mutate_seqs, make_key(n), 0.3) for n in (6, 6, 7))
    expect((one != SEQS).any(), "wrong-value", "At rate 0.3, no base mutates.")
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    expect((one != other).any(), "key-ignored", "Two keys gave the same mutations.")


def test_mutate_seqs_uses_no_key_twice(mutate_seqs, make_key):
    """At rate 1 every base mutates, and no key serves for two draws, nor for a draw and for making other keys."""
    seqs = SEQS[:4, :12]
    seen = probes.observe(mutate_seqs, make_key(8), jnp.array(seqs), 1.0, watch="keys")
    expect((_bases(seen.value, seqs.shape) != seqs).all(), "wrong-value", "At rate 1, a base is what it was.")
    expect_fresh_keys(seen)


def test_augment_cell_gives_every_view(augment_cell):
    """It gives one of four views of the image. Over 64 keys all come, and each flip happens in about half of them."""
    views = _views(augment_cell, [jax.random.key(n) for n in range(TOSSES)])
    left_right, up_down = views % 2, views // 2
    agree = int((left_right == up_down).sum())
    evidence = {name: int((views == n).sum()) for n, name in enumerate(VIEWS)}
    for name, flips in (("flipped left-right", left_right), ("flipped up-down", up_down)):
        saw = f"Of {TOSSES} images, {flips.sum()} were {name}."
        expect(0 < flips.sum() < TOSSES, "view-missing", saw, **evidence)
    expect(agree < TOSSES, "augmentations-agree", "Every image was flipped both ways or not at all.", **evidence)
    expect(agree > 0, "draws-correlated", "Every image was flipped exactly one way.", **evidence)
    missing = ", ".join(name for name, times in evidence.items() if times == 0)
    expect(not missing, "view-missing", f"This view never came: {missing}.", certain=True, **evidence)
    for name, flips in (("flipped left-right", left_right), ("flipped up-down", up_down)):
        saw = f"Of {TOSSES} images, {flips.sum()} were {name}."
        # Five standard errors of a fair coin.
        expect(bool(abs(flips.sum() - TOSSES / 2) < 5 * np.sqrt(TOSSES) / 2), "wrong-distribution", saw, **evidence)


def test_augment_cell_depends_on_the_key_alone(augment_cell, make_key):
    """The same key gives the same view again, and other keys give other views."""
    keys = [make_key(n) for n in range(24)]
    first, second = _views(augment_cell, keys), _views(augment_cell, keys)
    expect((first == second).all(), "not-reproducible", "One key gave two different views.", certain=True)


def test_augment_cell_works_inside_jit(augment_cell, make_key):
    """Over 24 keys more than one view comes, and inside `jax.jit` the same ones come."""
    keys = [make_key(n) for n in range(24)]
    views = _views(augment_cell, keys)
    jitted = [_view_of(probes.jitted(augment_cell, key, jnp.asarray(IMAGE)), IMAGE) for key in keys[:6]]
    saw = "For one key, the view inside `jax.jit` is another one than outside."
    expect(jitted == views[:6].tolist(), "wrong-value", saw, inside=jitted, outside=views[:6])


def test_augment_cell_uses_no_key_twice(augment_cell, make_key):
    """The views are views of the image, and no key serves for two draws, nor for a draw and for making other keys."""
    _views(augment_cell, [make_key(n) for n in range(24)])
    seen = probes.observe(augment_cell, make_key(25), jnp.asarray(IMAGE), watch="keys")
    _view_of(seen.value, IMAGE)
    expect_fresh_keys(seen)


def test_dropout_drops_and_rescales(dropout):
    """With a rate of 0.25, about a quarter of the entries are 0 and the others are divided by 0.75."""
    dropped = _dropped(dropout(jax.random.key(1), jnp.asarray(ACTIVITY), 0.25), ACTIVITY, 0.25)
    alike = (dropped == dropped[:1]).all() or (dropped == dropped[:, :1]).all()
    expect(not alike, "mask-shared", "All rows, or all columns, were dropped alike.", dropped=dropped[:2])
    share = dropped.mean()
    tolerance = 5 * np.sqrt(0.25 * 0.75 / dropped.size)
    swapped = abs(share - 0.75) < tolerance
    saw = f"With a rate of 0.25, {share:.0%} of {dropped.size} entries were dropped."
    expect(abs(share - 0.25) < tolerance, "rate-swapped" if swapped else "wrong-distribution", saw)


def test_dropout_takes_the_smallest_and_the_largest_rate(dropout):
    """With a rate of 0 nothing changes, and with a rate of 1 all entries are 0, never NaN."""
    x = jnp.array([[1.5, 0.0, -2.0], [4.0, -0.5, 3.0]])
    for rate, expected, swapped in ((0.0, x, 0 * x), (1.0, 0 * x, x)):
        inputs = {"x": x, "rate": rate}
        try:
            got = expect_finite(dropout(jax.random.key(2), x, rate), inputs=inputs)
        except ZeroDivisionError:
            saw = f"For a rate of {rate}, the code stopped with a ZeroDivisionError."
            expect(False, "python-division-by-zero", saw, certain=True)
        expect_close(got, expected, inputs=inputs, mistakes={"rate-swapped": swapped})


def test_dropout_depends_on_the_key_alone(dropout, make_key):
    """Some entries are 0 and the others right: the same ones for one key and other numbers, others for another key."""
    calls = [(3, 1), (3, 1), (3, 2), (4, 1)]
    results = [dropout(make_key(n), factor * jnp.asarray(ACTIVITY), 0.5) for n, factor in calls]
    one, again, larger, other = (
        _dropped(got, factor * ACTIVITY, 0.5) for got, (_, factor) in zip(results, calls, strict=True)
    )
    expect((one == again).all(), "not-reproducible", "One key dropped different places in two calls.", certain=True)
    expect((one == larger).all(), "not-reproducible", "One key dropped different places in `x` and in `2 * x`.")
    expect((one != other).any(), "key-ignored", "Two keys dropped the same places.")


def test_dropout_works_inside_jit(dropout, make_key):
    """With a rate of 0.5 it drops some entries and doubles the others, and inside `jax.jit` the result is the same."""
    x, key = ACTIVITY[:6, :5], make_key(5)
    got = dropout(key, jnp.asarray(x), 0.5)
    _dropped(got, x, 0.5)
    expect_close(probes.jitted(dropout, key, jnp.asarray(x), 0.5, static=(2,)), got)


def test_dropout_uses_no_key_twice(dropout, make_key):
    """Some entries are 0, the others right, and no key serves for two draws, nor for a draw and for making others."""
    x = ACTIVITY[:6, :5]
    seen = probes.observe(dropout, make_key(6), jnp.asarray(x), 0.5, watch="keys")
    _dropped(seen.value, x, 0.5)
    expect_fresh_keys(seen)


def _two_numbers(got):
    """The two numbers of a pair, as Python floats."""
    for part in expect_pair(got):
        expect_shape(part, ())
        expect_dtype(part, jnp.floating)
        expect_finite(part)
    return tuple(float(part) for part in expect_pair(got))


def _two_sets_of_keys(training_keys, key, steps):
    """The keys for the data and those for dropout, each as a list of bytes."""
    pair = expect_pair(training_keys(key, steps), inputs={"key": key, "steps": steps})
    named = tuple(zip(pair, ("data_keys", "dropout_keys"), strict=True))
    if any(_has_other_form(got, key) for got in pair):
        one, other = (training_keys(jax.random.split(key)[n], steps) for n in (0, 1))
        saw = "Two different keys led to the same keys."
        expect(_key_data(one) != _key_data(other), "key-ignored", saw)
    return tuple(_key_rows(got, key, steps, name) for got, name in named)


def _key_data(pair):
    """The data of two arrays of keys, as bytes to compare."""
    return [np.asarray(jax.random.key_data(got)).tobytes() for got in expect_pair(pair)]


def _is_typed(keys):
    return jnp.issubdtype(keys.dtype, jax.dtypes.prng_key)


def _has_other_form(got, key):
    """Whether it holds raw keys and `key` is new, or the other way round."""
    if not isinstance(got, jax.Array | np.ndarray):
        return False
    return _is_typed(got) != _is_typed(key) and (_is_typed(got) or got.dtype == np.uint32)


def _other_form(key):
    """What to say when keys of the other form than `key` came out."""
    came, left = ("new", "raw") if _is_typed(key) else ("raw", "new")
    return f"A {came} key came in, and a {left} one came out."


def _expect_another_key(step_key, key, pair):
    """Fail if the key of this epoch and step is `key` itself."""
    if expect_key(step_key(key, *pair)) == expect_key(key):
        epoch, step = pair
        always = expect_key(step_key(key, epoch + 3, step + 1)) == expect_key(key)
        saw = f"For epoch {epoch}, step {step}, the key that came back is the one that went in."
        expect(False, "fold-in-collision" if always else "parent-handed-out", saw, key=key)


def _key_rows(got, key, steps, name):
    """The data of `steps` keys of the form of `key`, a list of bytes."""
    is_list = type(got) in (list, tuple)
    expect(not is_list, "list-of-keys", f"`{name}` is a Python {type(got).__name__}, not an array of keys.", got=got)
    is_array = isinstance(got, jax.Array | np.ndarray)
    expect(is_array, "wrong-kind", f"`{name}` is not an array of keys.", got=got)
    saw = f"{_other_form(key)[:-1]}, in `{name}`."
    expect(not _has_other_form(got, key), "key-form-changed", saw, key=key, got=got)
    expect(got.dtype == key.dtype, "wrong-kind", f"`{name}` does not hold keys of the form of `key`.", key=key, got=got)
    saw = f"For {steps} steps, `{name}` has shape {got.shape}; {(steps, *key.shape)} was expected."
    expect(got.shape == (steps, *key.shape), "wrong-shape", saw)
    return [row.tobytes() for row in np.asarray(jax.random.key_data(got))]


def _children(keys, count):
    """For each key the first `count` children that `split` makes of it, and `fold_in` too: a set of bytes."""
    parents = jax.random.wrap_key_data(np.frombuffer(b"".join(keys), np.uint32).reshape(len(keys), -1))
    made = jax.vmap(lambda parent: jax.random.split(parent, count))(parents)
    return [{child.tobytes() for child in children} for children in np.asarray(jax.random.key_data(made))]


def _expect_different_keys(training_keys, data_keys, dropout_keys):
    """Fail where two keys are the same, with what made them so as far as it can be seen."""
    names = [f"{name}[{step}]" for name in ("data_keys", "dropout_keys") for step in range(len(data_keys))]
    owner = {}
    for name, data in zip(names, [*data_keys, *dropout_keys], strict=True):
        twin = owner.setdefault(data, name)
        if twin != name:
            diagnosis = _why_the_same(training_keys, data_keys, dropout_keys)
            expect(False, diagnosis, f"{twin} and {name} are the same key.")


def _why_the_same(training_keys, data_keys, dropout_keys):
    """The diagnosis for keys that are the same: by what made them, each being drawn from once it is handed out."""
    key = jax.random.key(SEED + 5)
    seen = probes.observe(training_keys, key, STEPS, watch="keys")
    drawn = [data for got in expect_pair(seen.value) for data in _key_rows(got, key, STEPS, "One of the two")]
    uses = seen.key_uses and replace(seen.key_uses, drawn=tuple(drawn))
    made = _finding_on(replace(seen, key_uses=uses))
    if made in ("split-and-fold-in", "split-twice"):
        return made
    if data_keys == dropout_keys:
        return "same-keys-in-both"
    same_step = any(one == other for one, other in zip(data_keys, dropout_keys, strict=True))
    return "fold-in-collision" if made == "fold-in-collision" and not same_step else "key-handed-out-twice"


def _finding_on(seen):
    """The diagnosis of `expect_fresh_keys` for what was seen; "" when it has nothing to say."""
    try:
        expect_fresh_keys(seen)
    except CheckFailed as failed:
        return failed.finding.diagnosis
    return ""


def _bases(got, shape=TABLE):
    """A table of bases, as a NumPy array."""
    bases = expect_shape(got, shape)
    expect_dtype(got, jnp.int32)
    saw = f"The numbers reach from {bases.min()} to {bases.max()}; 0 to 3 was expected."
    name = "no-such-base" if bases.min() >= 0 and bases.max() < 8 else "wrong-value"
    expect(bases.min() >= 0 and bases.max() <= 3, name, saw, got=bases[:, :8])
    return bases


def _expect_different_rows(bases):
    """Fail if two sequences are equal, or if a sequence consists of one base alone."""
    count = len(np.unique(bases, axis=0))
    repeats = (np.ptp(bases, axis=1) == 0).any()
    expect(not repeats, "one-base-repeated", "A sequence repeats a single base.", certain=True, got=bases[:, :8])
    saw = "All sequences are the same." if count == 1 else f"{len(bases)} sequences are only {count} different ones."
    expect(count == len(bases), "replicates-identical", saw, certain=True, got=bases[:, :8])


def _near(shares, chances, count):
    """Whether shares among `count` draws are within five standard errors of their chances."""
    chances = np.asarray(chances)
    return bool((np.abs(shares - chances) <= 5 * np.sqrt(chances * (1 - chances) / count)).all())


def _shuffled(got):
    """Shuffled cells and their labels, as NumPy arrays."""
    rows, labels = expect_pair(got)
    return expect_shape(rows, CELLS.shape), expect_shape(labels, LABELS.shape)


def _expect_every_row(rows, labels):
    """Fail unless each row and each label of the cells is there once."""
    known = {tuple(row) for row in CELLS.tolist()}
    found = [tuple(row) for row in rows.tolist()]
    if set(found) <= known and set(labels.tolist()) <= set(LABELS.tolist()):
        saw = "A row or a label comes twice, and another one is missing."
        complete = len(set(found)) == len(known) and len(set(labels.tolist())) == len(LABELS)
        expect(complete, "sampling-with-replacement", saw, certain=True, labels=labels)
    inside = sorted(rows.ravel().tolist()) == sorted(CELLS.ravel().tolist())
    name = "pairs-torn-apart" if inside else "wrong-value"
    expect(set(found) == known, name, "There are rows that did not come in.", rows=rows[:3])
    expect(set(labels.tolist()) == set(LABELS.tolist()), "wrong-value", "There are labels that did not come in.")


def _how_torn(rows, labels):
    """What became of rows and labels that no longer belong together, as a sentence."""
    if (labels == LABELS).all():
        return "The rows were moved, and the labels stayed where they were."
    if (rows == CELLS).all():
        return "The labels were moved, and the rows stayed where they were."
    if (rows == CELLS[labels.astype(int)]).all():
        return "Each row is the one whose number is its label. But a label is no place."
    return "The rows went one way, and the labels another."


def _mutated(mutate_seqs, key, rate):
    """The sequences after mutation, as a NumPy array."""
    return _bases(mutate_seqs(key, jnp.array(SEQS), rate), SEQS.shape)


def _line_and_noise(got):
    """x, and what y is above 2x + 1, each as an array of `ROWS` finite numbers."""
    x, y = expect_pair(got)
    saw = "y is a table of n times n; a column of n rows was expected."
    expect(np.shape(x) != (ROWS, 1) or np.shape(y) != (ROWS, ROWS), "rank-promotion", saw, certain=True)
    for part in (x, y):
        expect_shape(part, (ROWS, 1))
        expect_dtype(part, jnp.float32)
        expect_finite(part)
    x, y = (np.asarray(part, np.float64)[:, 0] for part in (x, y))
    swapped = (x - (2 * y + 1)).std() < 0.2 and abs((x - (2 * y + 1)).mean()) < 0.1
    saw = "The first column is 2 times the second one, plus 1, with a little noise."
    expect(not swapped or np.ptp(y) < 1e-3, "pair-swapped", saw, certain=True, first=x[:3], second=y[:3])
    return x, y - (2 * x + 1)


def _expect_good_noise(x, noise):
    """Fail unless x is between 0 and 1, and the noise around 0, independent of x, with standard deviation 0.1."""
    mean, spread = noise.mean(), noise.std()
    expect(np.ptp(x) > 1e-3, "one-draw-for-all", "All rows have the same x.", x=x[:3])
    saw = f"x reaches from {x.min():.2f} to {x.max():.2f}."
    expect(x.min() >= 0 and x.max() < 1, "wrong-distribution", saw)
    saw = f"In every row, y is {mean:.2f} more than 2x + 1."
    expect(spread > 1e-3 or not 1e-3 < abs(mean) < 0.5, "one-draw-for-all", saw, certain=True)
    near = abs(mean) <= max(5 * spread / np.sqrt(ROWS), 1e-3)
    expect(near, "wrong-value", f"On average, y differs from 2x + 1 by {mean:.2f}.")
    related = spread > 1e-3 and abs(np.corrcoef(x, noise)[0, 1]) > 0.5  # five standard errors
    saw = "The larger x is, the more y differs from 2x + 1."
    expect(not related, "draws-correlated" if spread < 0.2 else "wrong-value", saw)
    saw = f"The standard deviation of y around 2x + 1 is {spread:.3f}; 0.1 was expected."
    expect(abs(spread - 1) > 5 / np.sqrt(2 * ROWS), "noise-not-scaled", saw)
    expect(abs(spread - 0.1) < 5 * 0.1 / np.sqrt(2 * ROWS), "wrong-distribution", saw)


def _views(augment_cell, keys):
    """Which view of `IMAGE` each key gives, i32[n]: 1 for a flip left-right, plus 2 for one up-down."""
    calls = [[key, jnp.asarray(IMAGE)] for key in keys]
    views = np.array([_view_of(got, IMAGE) for got in probes.each(augment_cell, calls)])
    expect(np.ptp(views) > 0, "key-ignored", f"{len(keys)} different keys gave the same view.", view=VIEWS[views[0]])
    return views


def _view_of(got, image):
    """Which of the four views of `image` it is: a place in `VIEWS`."""
    expect_dtype(got, jnp.float32)
    pixels = expect_finite(expect_shape(got, image.shape), inputs={"img": image})
    same = [np.allclose(pixels, view) for view in (image, image[:, ::-1], image[::-1], image[::-1, ::-1])]
    expect(any(same), "wrong-value", "The result is none of the four views of the image.", img=image, got=pixels)
    return same.index(True)


def _dropped(got, x, rate):
    """Where `x`, whose entries are not 0, was dropped: bool of its shape. The others must be `x / (1 - rate)`."""
    inputs = {"rate": rate}
    expect_dtype(got, jnp.float32, inputs=inputs)
    values = expect_finite(expect_shape(got, x.shape, inputs=inputs), inputs=inputs)
    dropped = values == 0
    good = dropped | np.isclose(values, x / (1 - rate))
    if not good.all():
        by_rate = "rate-swapped" if dropped.mean() > 0.5 else "divided-by-the-rate"
        guesses = {"not-rescaled": (x, x * (1 - rate)), by_rate: (x / rate,)}
        fits = (name for name, kept in guesses.items() for k in kept if (dropped | np.isclose(values, k)).all())
        before, after = x[~good][0], values[~good][0]
        saw = f"The entry {before:g} became {after:g}. Dropped it is 0, and kept it is {before / (1 - rate):g}."
        expect(False, next(fits, "wrong-value"), saw, **inputs)
    expect(0 < dropped.sum() < x.size, "mask-shared", "All entries were dropped, or none.", **inputs)
    return dropped


def _means(got, x, count):
    """`count` finite means, none outside the range of `x`."""
    x = np.asarray(x)
    means = expect_finite(expect_shape(got, (count,)))
    inside = (means >= x.min() - 1e-4) & (means <= x.max() + 1e-4)
    expect(inside.all(), "wrong-value", "A mean lies outside the range of the entries.", x=x, got=means)
    return means


def _expect_real_replicates(means, x):
    """Fail unless the means differ from each other."""
    if np.ptp(means) <= 1e-5 * np.abs(x).max():
        shuffled = abs(means[0] - x.mean()) <= 1e-5 * np.abs(x).max()
        diagnosis = "sampling-without-replacement" if shuffled else "replicates-identical"
        expect(False, diagnosis, "All the means are equal.", x=x, got=means)
