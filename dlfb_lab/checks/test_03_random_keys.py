"""Visible checks of the lab on random keys."""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect, expect_close, expect_dtype, expect_finite, expect_key, expect_pair, expect_shape, probes

# One number of samples, for each new shape costs half a second of compilation. Only where keys are watched it is
# smaller: there a loop is followed round by round.
B = 40


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
    """No key serves for two draws."""
    seen = probes.observe(two_draws, make_key(4), watch="keys")
    first, second = _two_numbers(seen.value)
    expect(first != second and seen.repeated_keys == 0, "key-reused", "Two draws used the same key.")


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
    """No key serves for two draws."""
    x = jnp.array([2.0, 7.0, 1.0, 8.0, 2.5, 1.8, 2.2, 8.5])
    seen = probes.observe(bootstrap_means, make_key(5), x, 4, watch="keys")
    _expect_real_replicates(_means(seen.value, x, 4), np.asarray(x))
    expect(seen.repeated_keys == 0, "key-reused", "Two draws used the same key.")


def _two_numbers(got):
    """The two numbers of a pair, as Python floats."""
    for part in expect_pair(got):
        expect_shape(part, ())
        expect_dtype(part, jnp.floating)
        expect_finite(part)
    return tuple(float(part) for part in expect_pair(got))


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
