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
ACTIVITY = np.arange(1, 121, dtype=np.float32).reshape(12, 10) / 16

# Rows of the line's data.
ROWS = 100
# Sequences and their length; the chances of their bases.
TABLE = (20, 50)
CHANCES = [0.7, 0.15, 0.1, 0.05]
# Sequences to mutate, with all four bases in each.
SEQS = (np.arange(1000, dtype=np.int32) * 7 // 3 % 4).reshape(TABLE)
# Cells whose rows and labels are all different; the label of a row is its number.
LABELS = np.arange(12, dtype=np.int32)
CELLS = (LABELS[:, None] * 10 + np.arange(3)).astype(np.float32)


def test_two_draws_gives_two_different_numbers(two_draws, make_key):
    """It gives a pair of numbers, and they are different."""
    first, second = _two_numbers(two_draws(make_key(1)))
    expect(first != second, "key-reused", "The two numbers are equal.", first=first, second=second)


def test_two_draws_depends_on_the_key_alone(two_draws, make_key):
    """The same key gives the same pair again, another key another pair."""
    pair, again, other = (_two_numbers(two_draws(make_key(n))) for n in (2, 2, 3))
    expect(
        pair == again, "not-reproducible", "One key gave two different pairs.", certain=True, first=pair, second=again
    )
    expect(not set(pair) & set(other), "key-ignored", "Two keys gave the same number.", one=pair, other=other)


def test_two_draws_uses_no_key_twice(two_draws, make_key):
    """No key serves for two draws, nor for a draw and for making other keys."""
    seen = probes.observe(two_draws, make_key(4), watch="keys")
    first, second = _two_numbers(seen.value)
    expect_fresh_keys(seen)
    expect(first != second, "key-reused", "The two numbers are equal.", first=first, second=second)


def test_noisy_line_gives_points_near_the_line(noisy_line):
    """It gives x from 0 to 1 and y near 2x + 1, two float32 arrays of shape (n, 1)."""
    x, noise = _line_and_noise(noisy_line(jax.random.key(1), ROWS))
    _expect_good_noise(x, noise)


def test_noisy_line_depends_on_the_key_alone(noisy_line, make_key):
    """The same key gives the same data again, another key gives other data."""
    one, again, other = (_line_and_noise(noisy_line(make_key(n), ROWS)) for n in (2, 2, 3))
    for name, first, second, third in zip(("x", "noise"), one, again, other, strict=True):
        saw = f"One key gave two different columns of {name}."
        expect(np.allclose(first, second), "not-reproducible", saw, certain=True, first=first[:3], second=second[:3])
        expect(not np.allclose(first, third), "key-ignored", f"Two keys gave the same {name}.", both=first[:3])


def test_noisy_line_follows_the_recipe(noisy_line, make_key):
    """With the key of seed 42 and n = 100 it gives the data that the recipe names."""
    x, noise = _line_and_noise(noisy_line(make_key(42), ROWS))
    slips = {
        "no-sequential-equivalence": [0.228402, 0.148861, 0.835713],  # a key for each row
        "parent-key-used": [0.488710, 0.679797, 0.616271],
    }
    inputs = {"key": "jax.random.key(42)", "n": ROWS, "shown": "the first three rows of x"}
    wanted = [0.727664, 0.787868, 0.181694]
    expect_close(x[:3], wanted, rtol=1e-4, inputs=inputs, mistakes=slips, diagnosis="recipe-not-followed")
    inputs["shown"] = "the first three rows of y"
    wanted = [2.498559, 2.634461, 1.249221]
    expect_close((2 * x + 1 + noise)[:3], wanted, rtol=1e-4, inputs=inputs, diagnosis="recipe-not-followed")


def test_noisy_line_uses_no_key_twice(noisy_line, make_key):
    """No key serves for two draws."""
    seen = probes.observe(noisy_line, make_key(4), ROWS, watch="keys")
    _expect_good_noise(*_line_and_noise(seen.value))
    expect_fresh_keys(seen)


def test_step_key_gives_a_key(step_key, make_key):
    """It gives one key, of the same form as the key that came in, and not that key itself."""
    key = make_key(1)
    got = step_key(key, 2, 5)
    different = expect_key(got) != expect_key(key)
    expect(different, "fold-in-collision", "The key that came back is the one that went in.", key=key, got=got)
    expect(
        got.dtype == key.dtype, "wrong-kind", "A raw key became a new one, or the other way round.", key=key, got=got
    )


def test_step_key_depends_on_epoch_and_step(step_key, make_key):
    """Every pair of epoch and step has a key of its own."""
    owner = {}
    for pair in [(epoch, step) for epoch in range(3) for step in range(4)] + [(0, 10), (10, 0)]:
        data = expect_key(step_key(make_key(2), *pair))
        twin = owner.setdefault(data, pair)
        saw = f"Epoch {twin[0]}, step {twin[1]} and epoch {pair[0]}, step {pair[1]} have the same key."
        expect(twin == pair, "fold-in-collision", saw)


def test_step_key_depends_on_the_key_alone(step_key, make_key):
    """The same arguments give the same key again, and another key gives other keys."""
    one, again, other = (expect_key(step_key(make_key(n), 3, 7)) for n in (3, 3, 4))
    expect(
        one == again, "not-reproducible", "Asked twice for epoch 3, step 7, it gave two different keys.", certain=True
    )
    expect(one != other, "key-ignored", "Two different keys led to the same key for epoch 3, step 7.")
    expect(one != expect_key(make_key(3)), "fold-in-collision", "The key that came back is the one that went in.")


def test_training_keys_gives_two_arrays_of_keys(training_keys, make_key):
    """It gives two arrays, each with a key for every step, of the same form as the key that came in."""
    for steps in (STEPS, 1):
        data_keys, dropout_keys = _two_sets_of_keys(training_keys, make_key(1), steps)
        _expect_different_keys(training_keys, data_keys, dropout_keys)


def test_training_keys_are_all_different(training_keys, make_key):
    """All the keys are different, and none of them is the key that came in."""
    key = make_key(2)
    data_keys, dropout_keys = _two_sets_of_keys(training_keys, key, STEPS)
    _expect_different_keys(training_keys, data_keys, dropout_keys)
    handed_out = {*data_keys, *dropout_keys}
    expect(expect_key(key) not in handed_out, "parent-key-used", "One of the keys is `key` itself.")


def test_training_keys_are_not_used_up(training_keys, make_key):
    """No key was made from another one of them."""
    data_keys, dropout_keys = _two_sets_of_keys(training_keys, make_key(3), STEPS)
    _expect_different_keys(training_keys, data_keys, dropout_keys)
    both = [*data_keys, *dropout_keys]
    names = [f"{name}[{step}]" for name in ("data_keys", "dropout_keys") for step in range(STEPS)]
    for parent, children in zip(names, _children(both, 3 * STEPS), strict=True):
        child = next((name for name, data in zip(names, both, strict=True) if data in children), "")
        expect(not child, "parent-key-used", f"{child} was made from {parent}, so {parent} is used up.")


def test_training_keys_depend_on_the_key_alone(training_keys, make_key):
    """The same key gives the same keys again, and another key gives other keys."""
    one, again, other = (_two_sets_of_keys(training_keys, make_key(n), STEPS) for n in (4, 4, 5))
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
        slips = {"argument-ignored": np.full(4, 0.25), "probabilities-as-logits": softmax}
        name = min(slips, key=lambda slip: np.abs(shares - slips[slip]).max())
        certain = _near(shares, slips[name], bases.size)
        saw = f"The share of each base among {bases.size} is not its chance."
        expect(False, name if certain else "wrong-distribution", saw, certain=certain, expected=CHANCES, got=shares)


def test_random_dna_depends_on_the_key_alone(random_dna, make_key):
    """The same key gives the same sequences again, another key gives others."""
    p = jnp.array(CHANCES)
    one, again, other = (_bases(random_dna(make_key(n), *TABLE, p)) for n in (4, 4, 5))
    _expect_different_rows(one)
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    expect(not (one == other).all(axis=1).any(), "key-ignored", "Two keys gave the same sequence.")


def test_random_dna_uses_no_key_twice(random_dna, make_key):
    """No key serves for two draws."""
    seen = probes.observe(random_dna, make_key(6), 4, 12, jnp.full(4, 0.25), watch="keys")
    _expect_different_rows(_bases(seen.value, (4, 12)))
    expect_fresh_keys(seen)


def test_bootstrap_means_gives_one_mean_for_each_sample(bootstrap_means):
    """It gives B means. If all entries are equal, so are the means."""
    x = jnp.full(8, 4.0)
    expect_close(bootstrap_means(jax.random.key(1), x, B), [4.0] * B, inputs={"x": x, "B": B})


def test_bootstrap_means_lie_around_the_mean(bootstrap_means):
    """The means lie around the mean of x, and they differ from each other."""
    x = jnp.array([11.0, 12.5, 9.0, 14.0, 10.5, 13.0, 8.0, 15.5])
    means = _means(bootstrap_means(jax.random.key(2), x, B), x, B)
    _expect_real_replicates(means, np.asarray(x))
    off = abs(means.mean() - 11.6875)
    saw = f"The mean of x is 11.69, and the mean of {B} bootstrap means is {means.mean():.2f}."
    # Five standard errors of a mean over B means of 8 entries each.
    expect(off < 5 * float(np.std(x)) / np.sqrt(B * 8), "wrong-value", saw)


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
    """No key serves for two draws, nor for a draw and for making other keys."""
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
    saw = "A row has the label of another row."
    expect(
        (rows == CELLS[labels.astype(int)]).all(),
        "pairs-torn-apart",
        saw,
        certain=True,
        rows=rows[:3],
        labels=labels[:3],
    )


def test_shuffle_pairs_keeps_the_dtypes(shuffle_pairs):
    """The dtypes are those that came in: uint8 for the rows and float32 for the labels here."""
    got = shuffle_pairs(jax.random.key(3), jnp.array(CELLS, jnp.uint8), jnp.array(LABELS, jnp.float32))
    _expect_every_row(*_shuffled(got))
    for part, dtype in zip(expect_pair(got), (jnp.uint8, jnp.float32), strict=True):
        expect_dtype(part, dtype)


def test_shuffle_pairs_depends_on_the_key_alone(shuffle_pairs, make_key):
    """The same key gives the same order again, another key another order."""
    cells = jnp.array(CELLS), jnp.array(LABELS)
    one, again, other = (_shuffled(shuffle_pairs(make_key(n), *cells)) for n in (4, 4, 5))
    _expect_every_row(*one)
    for first, second, third in zip(one, again, other, strict=True):
        expect((first == second).all(), "not-reproducible", "One key gave two different orders.", certain=True)
        expect((first != third).any(), "key-ignored", "Two keys gave the same order.", order=one[1])


def test_mutate_seqs_mutates_all_or_none(mutate_seqs):
    """At rate 1 every base becomes another base, at rate 0 none does."""
    kept = _mutated(mutate_seqs, jax.random.key(1), 1.0) == SEQS
    saw = f"At rate 1, {kept.mean():.0%} of the bases are what they were."
    expect(not 0.18 < kept.mean() < 0.32, "mutation-to-itself", saw, certain=True)
    expect(not kept.any(), "wrong-value", saw)
    changed = _mutated(mutate_seqs, jax.random.key(2), 0.0) != SEQS
    expect(not changed.any(), "wrong-value", f"At rate 0, {changed.mean():.0%} of the bases are others.")


def test_mutate_seqs_mutates_as_often_as_the_rate_says(mutate_seqs):
    """At rate 0.3, about 3 of 10 bases mutate, in each sequence other ones."""
    hit = _mutated(mutate_seqs, jax.random.key(3), 0.3) != SEQS
    saw = f"At rate 0.3, {hit.mean():.0%} of the bases are others."
    expect(0 < hit.mean() < 1, "one-draw-for-all", saw)
    different = len(np.unique(hit, axis=0)) > 1 and len(np.unique(hit, axis=1)[0]) > 1
    expect(different, "replicates-identical", "All sequences mutate at the same places.", certain=True)
    expect(_near(hit.mean(), 0.3, hit.size), "wrong-distribution", saw)


def test_mutate_seqs_gives_each_other_base_the_same_chance(mutate_seqs):
    """A mutated base becomes each of the three others equally often, however rare mutations are."""
    for number, rate in ((4, 1.0), (5, 0.3)):
        got = _mutated(mutate_seqs, jax.random.key(number), rate)
        steps = ((got - SEQS) % 4)[got != SEQS]
        shares = np.bincount(steps, minlength=4)[1:] / max(steps.size, 1)
        if not _near(shares, np.full(3, 1 / 3), steps.size):
            shown = ", ".join(f"{share:.0%}" for share in shares)
            saw = f"At rate {rate}, the bases 1, 2 and 3 steps further on in A, C, G, T, A, C, G take {shown}."
            one_missing = (shares == 0).sum() == 1 and shares[1] > 0
            name = "entries-left-out" if one_missing else "wrong-distribution"
            expect(False, name if rate == 1 else "draws-correlated", saw, certain=True)


def test_mutate_seqs_depends_on_the_key_alone(mutate_seqs, make_key):
    """The same key gives the same mutations again, another key gives others."""
    one, again, other = (_mutated(mutate_seqs, make_key(n), 0.3) for n in (6, 6, 7))
    expect((one != SEQS).any(), "wrong-value", "At rate 0.3, no base mutates.")
    expect((one == again).all(), "not-reproducible", "One key gave two different results.", certain=True)
    expect((one != other).any(), "key-ignored", "Two keys gave the same mutations.")


def test_mutate_seqs_uses_no_key_twice(mutate_seqs, make_key):
    """No key serves for two draws."""
    seqs = SEQS[:4, :12]
    seen = probes.observe(mutate_seqs, make_key(8), jnp.array(seqs), 1.0, watch="keys")
    expect((_bases(seen.value, seqs.shape) != seqs).all(), "wrong-value", "At rate 1, a base is what it was.")
    expect_fresh_keys(seen)


def test_augment_cell_gives_every_view(augment_cell):
    """It gives one of the four views of the image, and over many keys each of them comes."""
    views = _views(augment_cell, [jax.random.key(n) for n in range(TOSSES)])
    left_right, up_down = views % 2, views // 2
    agree = int((left_right == up_down).sum())
    evidence = {name: int((views == n).sum()) for n, name in enumerate(VIEWS)}
    for name, flips in (("flipped left-right", left_right), ("flipped up-down", up_down)):
        saw = f"Of {TOSSES} images, {flips.sum()} were {name}."
        expect(0 < flips.sum() < TOSSES, "wrong-distribution", saw, **evidence)
    expect(agree < TOSSES, "augmentations-agree", "Every image was flipped both ways or not at all.", **evidence)
    expect(agree > 0, "draws-correlated", "Every image was flipped exactly one way.", **evidence)
    expect(min(evidence.values()) > 0, "wrong-distribution", "One of the four views never came.", **evidence)


def test_augment_cell_depends_on_the_key_alone(augment_cell, make_key):
    """The same key gives the same view again, and other keys give other views."""
    keys = [make_key(n) for n in range(24)]
    first, second = _views(augment_cell, keys), _views(augment_cell, keys)
    expect((first == second).all(), "not-reproducible", "One key gave two different views.", certain=True)


def test_augment_cell_works_inside_jit(augment_cell, make_key):
    """Inside `jax.jit` it gives the same views."""
    keys = [make_key(n) for n in range(24)]
    views = _views(augment_cell, keys)
    jitted = [_view_of(probes.jitted(augment_cell, key, jnp.asarray(IMAGE)), IMAGE) for key in keys[:6]]
    saw = "For one key, the view inside `jax.jit` is another one than outside."
    expect(jitted == views[:6].tolist(), "wrong-value", saw, inside=jitted, outside=views[:6])


def test_augment_cell_uses_no_key_twice(augment_cell, make_key):
    """No key serves for two draws, nor for a draw and for making other keys."""
    _views(augment_cell, [make_key(n) for n in range(24)])
    seen = probes.observe(augment_cell, make_key(25), jnp.asarray(IMAGE), watch="keys")
    _view_of(seen.value, IMAGE)
    expect_fresh_keys(seen)


def test_dropout_drops_and_rescales(dropout):
    """With a rate of 0.25, about a quarter of the entries are 0 and the others are divided by 0.75."""
    dropped = _dropped(dropout(jax.random.key(1), jnp.asarray(ACTIVITY), 0.25), ACTIVITY, 0.25)
    alike = (dropped == dropped[:1]).all() or (dropped == dropped[:, :1]).all()
    expect(not alike, "mask-shared", "All rows, or all columns, were dropped alike.", dropped=dropped)
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
        got = expect_finite(dropout(jax.random.key(2), x, rate), inputs=inputs)
        expect_close(got, expected, inputs=inputs, mistakes={"rate-swapped": swapped})


def test_dropout_depends_on_the_key_alone(dropout, make_key):
    """The same key drops the same places again, whatever the numbers are, and another key drops other places."""
    calls = [(3, 1), (3, 1), (3, 2), (4, 1)]
    results = [dropout(make_key(n), factor * jnp.asarray(ACTIVITY), 0.5) for n, factor in calls]
    one, again, larger, other = (
        _dropped(got, factor * ACTIVITY, 0.5) for got, (_, factor) in zip(results, calls, strict=True)
    )
    expect((one == again).all(), "not-reproducible", "One key dropped different places in two calls.", certain=True)
    expect((one == larger).all(), "not-reproducible", "One key dropped different places in `x` and in `2 * x`.")
    expect((one != other).any(), "key-ignored", "Two keys dropped the same places.")


def test_dropout_works_inside_jit(dropout, make_key):
    """Inside `jax.jit`, with a static rate, it gives the same result."""
    x, key = ACTIVITY[:6, :5], make_key(5)
    got = dropout(key, jnp.asarray(x), 0.5)
    _dropped(got, x, 0.5)
    expect_close(probes.jitted(dropout, key, jnp.asarray(x), 0.5, static=(2,)), got)


def test_dropout_uses_no_key_twice(dropout, make_key):
    """No key serves for two draws, nor for a draw and for making other keys."""
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
    return tuple(
        _key_rows(got, key, steps, name) for got, name in zip(pair, ("data_keys", "dropout_keys"), strict=True)
    )


def _key_rows(got, key, steps, name):
    """The data of `steps` keys of the form of `key`, a list of bytes."""
    is_array = isinstance(got, jax.Array | np.ndarray)
    expect(is_array, "wrong-kind", f"`{name}` is not an array of keys.", got=got)
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
            expect(False, _why_the_same(training_keys), f"{twin} and {name} are the same key.")


def _why_the_same(training_keys):
    """The diagnosis for keys that are the same: by what made them, each being drawn from once it is handed out."""
    key = jax.random.key(6)
    seen = probes.observe(training_keys, key, STEPS, watch="keys")
    drawn = [data for got in expect_pair(seen.value) for data in _key_rows(got, key, STEPS, "One of the two")]
    if seen.key_uses is not None:
        try:
            expect_fresh_keys(replace(seen, key_uses=replace(seen.key_uses, drawn=tuple(drawn))))
        except CheckFailed as failed:
            return failed.finding.diagnosis
    return "key-reused"


def _bases(got, shape=TABLE):
    """A table of bases, as a NumPy array."""
    bases = expect_shape(got, shape)
    expect_dtype(got, jnp.int32)
    saw = f"The numbers reach from {bases.min()} to {bases.max()}; 0 to 3 was expected."
    expect(bases.min() >= 0 and bases.max() <= 3, "wrong-value", saw, got=bases)
    return bases


def _expect_different_rows(bases):
    """Fail if two sequences are equal, or if a sequence consists of one base alone."""
    count = len(np.unique(bases, axis=0))
    saw = f"Among {len(bases)} sequences only {count} are different."
    expect(count == len(bases), "replicates-identical", saw, certain=True, got=bases[:, :8])
    repeats = np.ptp(bases, axis=1) == 0
    expect(not repeats.any(), "replicates-identical", "A sequence repeats a single base.", got=bases[:, :8])


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
    inputs = {"x": x, "rate": rate}
    expect_dtype(got, jnp.float32, inputs=inputs)
    values = expect_finite(expect_shape(got, x.shape, inputs=inputs), inputs=inputs)
    dropped = values == 0
    if not (dropped | np.isclose(values, x / (1 - rate))).all():
        guesses = {"not-rescaled": (x, x * (1 - rate)), "rate-swapped": (x / rate,)}
        fits = (name for name, kept in guesses.items() for k in kept if (dropped | np.isclose(values, k)).all())
        saw = "An entry is neither 0 nor its old value divided by `1 - rate`."
        expect(False, next(fits, "wrong-value"), saw, **inputs, got=values)
    expect(0 < dropped.sum() < x.size, "mask-shared", "All entries were dropped, or none.", **inputs, got=values)
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
