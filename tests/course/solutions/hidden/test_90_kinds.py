"""Hidden checks of the lab with every kind of answer."""

import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect, expect_callable, expect_close, expect_equal, expect_fields, probes, props


def test_make_scorer_holds_for_other_weights(make_scorer, reference, rng):
    """It holds for other weights."""
    weights, onehot = jnp.array(rng.normal(size=(2, 5, 4)), jnp.float32)
    expect_close(expect_callable(make_scorer(weights))(onehot), reference(weights)(onehot))


def test_descend_holds_for_other_losses(descend, reference, rng):
    """It holds for other losses, from other places."""
    w, center = jnp.array(rng.normal(size=4), jnp.float32), float(rng.normal())
    expect_close(
        descend(props.quadratic(center), w, 0.125, 3),
        reference(props.quadratic(center), w, 0.125, 3),
        diagnosis="argument-ignored",
    )


def test_train_step_is_not_the_same_for_other_data(train_step, rng):
    """It learns from the data that it is given."""
    x, y = rng.normal(size=(4, 3)), rng.normal(size=4)
    state = train_step(props.linear_state(0.25), jnp.array(x, jnp.float32), jnp.array(y, jnp.float32))
    (params,) = expect_fields(state, "params")
    expect_close(*expect_fields(params, "w"), 0.25 * 2 / 4 * x.T @ y)


def test_log_odds_is_compiled_once_for_each_shape(log_odds, reference, rng):
    """Two shapes, two programs."""
    long, short = jnp.array(rng.integers(1, 9, size=41), jnp.float32), jnp.array(rng.integers(1, 9, 7), jnp.float32)
    seen = probes.observe(log_odds, long, 1.0, watch="traces", again=[[short, 1.0], [long, 3.0], [short, 2.0]])
    expect_close(seen.value, reference(long, 1.0), rtol=1e-4)
    expect(seen.traces > 0, "not-compiled", "Nothing was compiled.")
    expect(seen.traces == 2, "compiled-again", "The same shape was traced again.")


def test_batches_of_every_size(batches, rng):
    """It holds for batches of every size."""
    size = int(rng.integers(2, 6))
    items = [int(n) for n in rng.integers(0, 99, size=3 * size + 1)]
    expected = [items[at : at + size] for at in range(0, len(items), size)]
    expect_equal(probes.take(batches(items, size), 9), expected)


def test_ReadTally_counts_long_input(ReadTally, rng):
    """It counts many reads."""
    tally = ReadTally()
    reads = ["".join(rng.choice(list("AC"), 2)) for _ in range(20)]
    for read in reads:
        tally = tally.get("add")(read)
    expect_equal(tally.get("count")("AC"), int(np.sum([read == "AC" for read in reads])))
