"""Visible checks of the lab with every kind of answer."""

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import expect, expect_callable, expect_close, expect_equal, expect_fields, expect_pair, probes, props

X = jnp.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
Y = jnp.array([3.0, -1.0])


def test_int8_prediction_is_right(int8_prediction):
    """The prediction is what really happens."""
    expect_equal(int8_prediction, -126, mistakes={"integer-overflow": 130, "cast-out-of-range": 127})


def test_make_scorer_returns_a_function(make_scorer):
    """It returns a function that adds the weights of a sequence's letters."""
    weights = jnp.arange(12.0).reshape(3, 4)
    score = expect_callable(make_scorer(weights))
    expect_close(score(jnp.eye(4)[:3]), 15.0, inputs={"weights": weights})


def test_make_scorer_remembers_its_weights(make_scorer):
    """Two scorers each keep the weights they were made with."""
    ones, twos = make_scorer(jnp.ones((2, 4))), make_scorer(jnp.full((2, 4), 2.0))
    onehot = jnp.eye(4)[:2]
    expect_close(expect_callable(ones)(onehot), 2.0, mistakes={"late-binding": 4.0})
    expect_close(expect_callable(twos)(onehot), 4.0)


def test_dilutions_each_have_their_own_factor(dilutions):
    """Each function divides by its own factor."""
    factors = [1.0, 2.0, 4.0]
    got = [expect_callable(dilute)(8.0) for dilute in expect_pair(dilutions(factors), 3)]
    expect_close(got, [8.0, 4.0, 2.0], inputs={"factors": factors}, mistakes={"late-binding": [2.0, 2.0, 2.0]})


def test_descend_goes_down_the_loss(descend):
    """It comes nearer to where the loss is smallest, step by step."""
    w = jnp.array([0.0, 4.0])
    expect_close(
        descend(props.quadratic(1.0), w, 0.25, 2),
        [0.75, 1.75],
        inputs={"loss": "sum of (w - 1)²", "w": w, "rate": 0.25, "steps": 2},
        mistakes={"gradient-uphill": [-1.25, 7.75], "one-step-only": [0.5, 2.5]},
    )


def test_descend_asks_the_loss(descend):
    """It finds the slope from the loss that it was given."""
    loss = props.counted_loss(2.0)
    expect_close(descend(loss, jnp.zeros(2), 0.5, 1), [2.0, 2.0])
    expect(probes.report(loss)["calls"] > 0, "argument-ignored", "The loss was never called.")


def test_MotifNet_gives_one_number_for_each_sequence(MotifNet):
    """It gives one number for each row of x."""
    init, apply = expect_fields(MotifNet(5), "init", "apply")
    expect_close(apply(init(jax.random.key(0), X), X * 0), [0.0, 0.0], inputs={"x": X * 0})


def test_MotifNet_computes_two_layers(MotifNet):
    """It computes a dense layer with relu, then a dense layer of 1."""
    init, apply = expect_fields(MotifNet(5), "init", "apply")
    variables = init(jax.random.key(1), X)
    first, second = _kernels(variables)
    hidden = X @ first
    expect_close(
        apply(variables, X),
        (np.maximum(hidden, 0) @ second)[:, 0],
        mistakes={"no-activation": (hidden @ second)[:, 0]},
    )


def test_make_state_begins_with_zeros(make_state):
    """The new state is at step 0, with three zeros as its weights."""
    step, params = expect_fields(make_state(props.spy_sgd(0.5)), "step", "params")
    expect_equal(step, 0)
    expect_close(*expect_fields(params, "w"), [0.0, 0.0, 0.0])


def test_make_state_uses_its_optimizer(make_state):
    """The state uses the optimizer that it was given, and counts with it."""
    state = make_state(props.spy_sgd(0.5))
    for _ in range(3):
        (apply_gradients,) = expect_fields(state, "apply_gradients")
        state = apply_gradients(grads={"w": jnp.ones(3)})
    params, opt_state = expect_fields(state, "params", "opt_state")
    expect_close(*expect_fields(params, "w"), [-1.5, -1.5, -1.5])
    expect_close(*expect_fields(opt_state, "steps"), 3)


def test_train_step_changes_the_weights(train_step):
    """Three steps change the weights as gradient descent does."""
    state = _trained(train_step, 3)
    w = np.zeros(3)
    for _ in range(3):
        w = w - 0.1 * np.asarray(X).T @ (np.asarray(X) @ w - np.asarray(Y))
    expect_close(*expect_fields(*expect_fields(state, "params"), "w"), w, mistakes={"dropped-state": np.zeros(3)})


def test_train_step_keeps_the_state_of_the_optimizer(train_step):
    """After three steps, the state and its optimizer have both counted three."""
    step, opt_state = expect_fields(_trained(train_step, 3), "step", "opt_state")
    expect_close(*expect_fields(opt_state, "steps"), 3, mistakes={"optimizer-state-lost": 0})
    expect_close(step, 3, diagnosis="dropped-state")


def test_log_odds_compares_with_equal_shares(log_odds):
    """It gives the logarithm of each share over 1/n."""
    counts = jnp.array([1.0, 3.0])
    expect_close(log_odds(counts, 1.0), np.log([2 / 3, 4 / 3]), inputs={"counts": counts, "pseudocount": 1.0})


def test_log_odds_is_compiled_once(log_odds):
    """It is compiled once for all pseudocounts."""
    counts = jnp.arange(37.0)
    seen = probes.observe(log_odds, counts, 0.5, watch="traces", again=[[counts, 0.25], [counts + 1, 2.0]])
    expected = np.log((np.arange(37) + 0.5) / (np.arange(37) + 0.5).sum() * 37)
    expect_close(seen.value, expected, rtol=1e-4)
    expect(seen.traces > 0, "not-compiled", "Three calls, and nothing was compiled.")
    saw = f"Three calls with one shape were traced {seen.traces} times."
    expect(seen.traces == 1, "compiled-again", saw)


def test_ReadTally_counts(ReadTally):
    """It counts each k-mer, and all of them together."""
    tally = ReadTally().get("add")("ACG").get("add")("ACG").get("add")("TTT")
    got = [tally.get("count")(kmer) for kmer in ("ACG", "TTT", "GGG")]
    expect_equal(got, [2, 1, 0], inputs="ACG, ACG, TTT")
    expect_equal(tally.get("total"), 3)


def test_ReadTally_is_its_own(ReadTally):
    """Two tallies do not know of each other."""
    one, other = ReadTally(), ReadTally()
    expect_equal(one.get("add")("CCC").get("count")("CCC"), 1)
    expect_equal(other.get("count")("CCC"), 0, diagnosis="state-shared")


def test_batches_lose_nothing(batches):
    """Every item comes in one batch, the last of which may be shorter."""
    got = probes.take(batches([1, 2, 3, 4, 5], 2), 9)
    expect_equal(got, [[1, 2], [3, 4], [5]], inputs={"source": [1, 2, 3, 4, 5], "size": 2})


def test_batches_take_no_more_than_they_need(batches):
    """Of a source that never ends, it takes what was asked for and no more."""
    source = props.endless_source()
    got = probes.take(batches(source, 3), 2)
    expect_equal(got, [[0, 1, 2], [3, 4, 5]])
    pulls = probes.report(source)["pulls"]
    expect(pulls == 6, "reads-ahead", f"Two batches of three took {pulls} numbers from the source.")


def _kernels(variables):
    """The kernels of the two dense layers, the one that x goes into first. Their names depend on the style."""
    (params,) = expect_fields(variables, "params")
    layers = params.values() if type(params) is dict else ()
    kernels = [kernel for layer in layers for kernel in expect_fields(layer, "kernel")]
    shapes = sorted(np.shape(kernel) for kernel in kernels)
    expect(shapes == [(3, 5), (5, 1)], "wrong-form", "Kernels of (3, 5) and (5, 1) were expected.", got=shapes)
    return sorted(kernels, key=np.shape)


def _trained(train_step, steps):
    """The state after so many steps on the same two rows."""
    state = props.linear_state(0.1)
    for _ in range(steps):
        state = train_step(state, X, Y)
    return state
