"""Hidden checks of the lab on the training loop."""

# A task that asks for a class is called as the class is.
# ruff: noqa: N802

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    expect,
    expect_callable,
    expect_close,
    expect_equal,
    expect_fields,
    expect_finite,
    expect_key,
    expect_pair,
    expect_shape,
    probes,
    props,
)


def test_create_state_holds_for_other_keys(create_state, reference, make_key, rng):
    """For other keys and inputs of more columns, the state has the parameters that the model draws with that key."""
    for columns in (3, 5):
        key, dummy = make_key(int(rng.integers(10_000))), jnp.ones((1, columns))
        state = create_state(key, props.line_model(), dummy, props.optimizer("sgd", 0.1))
        right = reference(key, props.line_model(), dummy, props.optimizer("sgd", 0.1))
        (params,) = expect_fields(state, "params")
        _expect_same_leaves(params, right.params, diagnosis="recipe-not-followed")


def test_create_state_starts_the_optimizer(create_state, reference, rng):
    """The optimizer's own state is what the optimizer begins with for these parameters."""
    key, dummy = jax.random.key(int(rng.integers(10_000))), jnp.ones((1, 2))
    state = create_state(key, props.line_model(), dummy, props.optimizer("adam", 0.1))
    right = reference(key, props.line_model(), dummy, props.optimizer("adam", 0.1))
    step, params, opt_state = expect_fields(state, "step", "params", "opt_state")
    _expect_same_leaves(params, right.params, diagnosis="recipe-not-followed")
    _expect_same_leaves(opt_state, right.opt_state)
    expect_close(step, 0)


def test_calculate_loss_holds_for_any_data(calculate_loss, reference, rng):
    """For fresh data of any size the loss is right, whatever the shape of y."""
    for n, columns in ((int(rng.integers(2, 9)), 2), (1, 1), (int(rng.integers(20, 30)), 3)):
        params, x, y = _fresh(rng, n, columns)
        apply_fn = props.line_apply()
        right = reference(params, apply_fn, x, y)
        table = float(np.mean((np.asarray(apply_fn({"params": params}, x)) - np.asarray(y)[:, 0]) ** 2))
        wrong = {} if np.isclose(table, float(right), rtol=1e-3) else {"rank-promotion": table}
        wrong |= {"loss-halved": float(right) / 2}
        for labels in (y, y[:, 0]):
            expect_close(calculate_loss(params, apply_fn, x, labels), right, rtol=1e-4, mistakes=wrong)


def test_calculate_loss_has_the_right_slope(calculate_loss, reference, rng):
    """For fresh data its slope is right, so a step along it makes the loss smaller."""
    params, x, y = _fresh(rng, 7, 2)
    apply_fn = props.line_apply()
    got = probes.gradient(calculate_loss, params, apply_fn, x, y[:, 0])
    value, slope = jax.value_and_grad(reference)(params, apply_fn, x, y[:, 0])
    expect_close(got.value, value, rtol=1e-4)
    _expect_same_leaves(got.slope, slope)


def test_make_train_step_holds_for_any_data(make_train_step, reference, rng):
    """On fresh data, with fresh rates and any optimizer, five steps lead where they should."""
    for name, columns in (("adam", 2), ("momentum", 3)):
        _, x, y = _fresh(rng, 6, columns)
        rate, factor = float(rng.uniform(0.01, 0.05)), float(rng.uniform(0.5, 1.5))
        step, right_step = make_train_step(props.counted_error(factor)), reference(props.counted_error(factor))
        state, right = (props.line_state(name, rate, columns) for _ in range(2))
        for _ in range(5):
            state, loss = expect_pair(expect_callable(step)(state, x, y))
            right, right_loss = right_step(right, x, y)
            expect_close(loss, right_loss, rtol=1e-3)
        _expect_same_state(state, right)


def test_make_train_step_is_compiled_once_for_fresh_data(make_train_step, reference, rng):
    """Seven steps on fresh data give the right losses, and Python enters `loss_fn` exactly once."""
    _, x, y = _fresh(rng, int(rng.integers(4, 9)), 2)
    loss_fn, right_step = props.counted_error(1.0), reference(props.counted_error(1.0))
    step, (state, right) = make_train_step(loss_fn), (props.line_state("sgd", 0.05, 2) for _ in range(2))
    for _ in range(7):
        state, loss = expect_pair(expect_callable(step)(state, x, y))
        right, right_loss = right_step(right, x, y)
        expect_close(loss, right_loss, rtol=1e-3)
    calls = probes.report(loss_fn)["calls"]
    saw = f"In seven steps, Python entered `loss_fn` {calls} times."
    expect(calls < 7, "traced-every-time", saw)
    expect(calls == 1, "loss-called-again", saw)


def test_train_step_holds_for_any_data(train_step, reference, rng):
    """On fresh data and with any optimizer, state, losses and predictions of four steps are right."""
    for name, columns in (("adam", 2), ("momentum", 3)):
        _, x, y = _fresh(rng, 5, columns)
        rate = float(rng.uniform(0.01, 0.05))
        state, right = (props.line_state(name, rate, columns) for _ in range(2))
        for _ in range(4):
            state, more = expect_pair(train_step(state, x, y))
            right, right_more = reference(right, x, y)
            for got, expected in zip(expect_pair(more), right_more, strict=True):
                expect_close(got, expected, rtol=1e-3, atol=1e-5)
        _expect_same_state(state, right)


def test_train_step_holds_inside_jit(train_step, reference, rng):
    """Inside `jax.jit`, on fresh data, all that it returns is right."""
    _, x, y = _fresh(rng, int(rng.integers(2, 9)), 2)
    state, more = expect_pair(probes.jitted(train_step, props.line_state("adam", 0.1, 2), x, y))
    right, right_more = reference(props.line_state("adam", 0.1, 2), x, y)
    for got, expected in zip(expect_pair(more), right_more, strict=True):
        expect_close(got, expected, rtol=1e-4, atol=1e-5)
    _expect_same_state(state, right)


def test_run_optimizer_holds_for_any_optimizer(run_optimizer, reference, rng):
    """For any optimizer, from fresh places, parameters and the optimizer's state are right after several steps."""
    for name in ("adam", "adamw", "momentum"):
        start, steps = jnp.array(rng.normal(size=3), jnp.float32), int(rng.integers(3, 7))
        rate, center = float(rng.uniform(0.05, 0.2)), float(rng.normal())
        params, state = expect_pair(run_optimizer(props.optimizer(name, rate), props.quadratic(center), start, steps))
        right, right_state = reference(props.optimizer(name, rate), props.quadratic(center), start, steps)
        expect_close(params, right, rtol=1e-3, atol=1e-5)
        _expect_same_leaves(state, right_state, diagnosis="optimizer-state-lost")


def test_run_optimizer_starts_it_once(run_optimizer, rng):
    """However many steps there are, they lead where they should, and the optimizer is started once."""
    for steps in (int(rng.integers(4, 8)), 1):
        tx, start = props.counted_optimizer(0.25), jnp.array(rng.normal(size=2), jnp.float32)
        params, state = expect_pair(run_optimizer(tx, props.quadratic(0.5), start, steps))
        expect_close(params, 0.5 + (np.asarray(start) - 0.5) * 0.5**steps, rtol=1e-4, atol=1e-5)
        (counted,) = expect_fields(state, "steps")
        expect(probes.report(tx)["starts"] <= 1, "optimizer-started-anew", "`init` was called more than once.")
        expect_close(counted, steps, mistakes={"optimizer-state-lost": 0})


def test_fit_model_fits_a_curve(fit_model, reference, rng):
    """With x and x² as its columns it fits a curve: state and losses are right for any number of epochs."""
    place = jnp.array(rng.uniform(-1, 1, size=(23, 1)), jnp.float32)
    x, y = jnp.hstack([place, place**2]), 0.5 - place + 2 * place**2
    for epochs in (int(rng.integers(11, 15)), 2):
        state, history = expect_pair(fit_model(props.counted_step(), props.line_state("adam", 0.2, 2), x, y, epochs))
        right, right_history = reference(props.counted_step(), props.line_state("adam", 0.2, 2), x, y, epochs)
        recorded, losses = _history(history)
        expect_equal(recorded, [epoch for epoch, _ in right_history], diagnosis="every-epoch-recorded")
        expect_close(losses, [loss for _, loss in right_history], rtol=1e-3, atol=1e-4)
        _expect_same_state(state, right, rtol=5e-3, atol=1e-3)


def test_fit_model_compiles_once_for_fresh_data(fit_model, reference, rng):
    """On fresh data the losses are right, and Python enters the step at most twice."""
    _, x, y = _fresh(rng, 9, 3)
    step = props.counted_step()
    seen = probes.observe(fit_model, step, props.line_state("sgd", 0.05, 3), x, y, 5, watch="traces")
    _state, history = expect_pair(seen.value)
    _epochs, losses = _history(history)
    _, right = reference(props.counted_step(), props.line_state("sgd", 0.05, 3), x, y, 5)
    expect_close(losses, [loss for _, loss in right], rtol=1e-3, atol=1e-4)
    calls = probes.report(step)["calls"]
    each_time = "jit-made-anew" if seen.traces else "traced-every-time"
    saw = f"In 5 epochs, Python entered `step` {calls} times."
    expect(calls <= 2, each_time if calls >= 5 else "compiled-again", saw)


def test_minibatches_hold_for_any_sizes(minibatches, make_key, rng):
    """Whatever the number of rows and the size of a batch, each epoch has every row once, in batches of one shape."""
    for n, size in ((int(rng.integers(5, 9)), 4), (3, 8), (6, 3), (1, 1), (4, 1)):
        x, y = _numbered(n)
        epochs = int(rng.integers(2, 4))
        count = -(-n // size)
        got = _batches(minibatches(make_key(int(rng.integers(10_000))), x, y, size, epochs), count * epochs)
        sizes = {len(weights) for _, _, weights in got}
        differ = "one-size-only" if size > n else "batch-sizes-differ"
        expect(sizes == {size}, differ, f"Batches of {size} rows have {sorted(sizes)} rows.")
        saw = f"{count * epochs} batches were expected; {len(got)} came."
        expect(len(got) == count * epochs, "last-batch-lost" if len(got) < count * epochs else "wrong-shape", saw)
        for epoch in range(epochs):
            _expect_whole_epoch(got[count * epoch : count * (epoch + 1)], n)


def test_minibatches_take_every_order(minibatches, rng):
    """All rows come, and over many epochs and keys each row comes first about equally often."""
    n, epochs = 3, 40
    x, y = _numbered(n)
    first, seen = np.zeros(n), set()
    for seed in rng.choice(10_000, 3, replace=False):
        got = _batches(minibatches(jax.random.key(int(seed)), x, y, n, epochs), epochs)
        expect(len(got) == epochs, "wrong-shape", f"{epochs} batches were expected; {len(got)} came.")
        for rows, _, weights in got:
            order = rows[weights == 1, 0].astype(int).tolist()
            expect(sorted(order) == list(range(n)), "last-batch-lost", "An epoch did not have each row once.")
            first[order[0]] += 1
            seen.add(tuple(order))
    total = first.sum()
    spread = np.abs(first / total - 1 / n).max()
    expect(spread < 5 * np.sqrt((1 / n) * (1 - 1 / n) / total), "orders-not-even", "Some rows come first more often.")
    expect(len(seen) == 6, "orders-not-even", f"Of the six orders of three rows only {len(seen)} came.")


def test_minibatches_follow_their_key(minibatches, make_key, rng):
    """All rows come; the same key gives the same orders again, another key other ones, and each epoch has its own."""
    x, y = _numbered(15)
    seed, other_seed = (int(number) for number in rng.choice(10_000, 2, replace=False))
    one, other, again = (_orders(minibatches(make_key(n), x, y, 4, 4), 15, 4) for n in (seed, other_seed, seed))
    expect(one == again, "not-reproducible", "The same key gave other batches.", certain=True)
    saw = "Two epochs have the same order."
    expect(len({tuple(order) for order in one}) == 4, "key-not-advanced", saw, certain=True)
    expect(one != other, "key-ignored", "Another key gave the same orders.")


def test_regularized_step_holds_for_any_data(regularized_step, reference, make_key, rng):
    """On fresh data, parameters, running averages and losses are right in each of three steps."""
    key = make_key(int(rng.integers(10_000)))
    x, y = _fresh_cells(rng, 6)
    state, right = (props.cell_state("momentum", 0.02) for _ in range(2))
    for _ in range(3):
        state, loss = expect_pair(regularized_step(state, key, x, y))
        right, right_loss = reference(right, key, x, y)
        expect_close(loss, right_loss, rtol=1e-3)
    _expect_same_state(state, right)
    (stats,) = expect_fields(state, "batch_stats")
    _expect_same_leaves(stats, right.batch_stats, diagnosis="batch-stats-not-kept")


def test_regularized_step_has_a_key_for_every_step(regularized_step, reference, rng):
    """However late in the training, each step has the loss of its own key."""
    key, (x, y) = jax.random.key(int(rng.integers(10_000))), _fresh_cells(rng, 9)
    late, losses, right = int(rng.integers(100_000, 200_000)), [], []
    for number in (late, late + 1):
        at = props.cell_state("sgd", 0.02)
        losses.append(_number(expect_pair(regularized_step(probes.pull(at, "replace", step=number), key, x, y))[1]))
        right.append(float(reference(at.replace(step=number), key, x, y)[1]))
    saw = "Two late steps have the same loss for the same parameters."
    expect(not np.isclose(losses[0], losses[1], rtol=1e-6), "keys-run-out", saw)
    expect_close(losses, right, rtol=1e-3)


def test_regularized_step_holds_inside_jit(regularized_step, reference, rng):
    """Inside `jax.jit`, on fresh data, the new state and the loss are right."""
    key = jax.random.key(int(rng.integers(10_000)))
    x, y = _fresh_cells(rng, 4)
    state, loss = expect_pair(probes.jitted(regularized_step, props.cell_state("sgd", 0.02), key, x, y))
    right, right_loss = reference(props.cell_state("sgd", 0.02), key, x, y)
    expect_close(loss, right_loss, rtol=1e-3)
    _expect_same_state(state, right)
    (stats,) = expect_fields(state, "batch_stats")
    _expect_same_leaves(stats, right.batch_stats, diagnosis="batch-stats-not-kept")


def test_eval_step_holds_for_any_data(eval_step, reference, rng):
    """On fresh data loss and error are right, however many cells there are."""
    for n in (int(rng.integers(3, 8)), 1):
        x, y = _fresh_cells(rng, n)
        state = props.cell_state("sgd", 0.1)
        right = reference(state, x, y)
        loss, error = expect_fields(eval_step(state, x, y), "loss", "error")
        expect_close(loss, right["loss"], rtol=1e-4, mistakes={"loss-halved": right["loss"] / 2})
        expect_close(error, right["error"], rtol=1e-4)


def test_eval_step_knows_no_order(eval_step, reference, rng):
    """Loss and error are right, and the same whatever the order of the cells."""
    x, y = _fresh_cells(rng, 6)
    order = jnp.array(rng.permutation(6))
    state = props.cell_state("sgd", 0.1)
    right = reference(state, x, y)
    for cells, targets in ((x, y), (x[order], y[order])):
        loss, error = expect_fields(eval_step(state, cells, targets), "loss", "error")
        expect_close([_number(loss), _number(error)], [right["loss"], right["error"]], rtol=1e-4)


def test_train_with_patience_holds_for_any_losses(train_with_patience, reference, rng):
    """Whatever the losses and the patience, it returns the best state, its loss, and the number of epochs."""
    for patience in (0, 1, 2, 3):
        losses = np.round(rng.uniform(0.2, 1.0, size=12), 1)
        script, most = " ".join(map(str, losses)), int(rng.integers(8, 13))
        start = {"epoch": jnp.zeros((), jnp.int32)}
        got = train_with_patience(props.counted_epoch(), props.scripted_losses(script), start, patience, most)
        best, loss, epochs = expect_pair(got, 3)
        right, right_loss, right_epochs = reference(
            props.counted_epoch(), props.scripted_losses(script), start, patience, most
        )
        wrong = {"patience-off-by-one": right_epochs + (1 if _number(epochs) > right_epochs else -1)}
        expect_close(epochs, right_epochs, mistakes=wrong)
        expect_close(*expect_fields(best, "epoch"), right["epoch"])
        expect_close(loss, right_loss)


def test_train_with_patience_takes_any_number_for_a_loss(train_with_patience):
    """A loss of exactly 0 is the best of its training, and among very large losses there is a best one, too."""
    for script, right, wrong in (
        ("1.0 0.0 0.5 0.4 0.3", (2, 0.0, 4), {"zero-as-nothing": 7}),
        ("5e12 4e12 4.5e12 4.6e12", (2, 4e12, 4), {"large-losses-never-best": 2}),
    ):
        start = {"epoch": jnp.zeros((), jnp.int32)}
        got = train_with_patience(props.counted_epoch(), props.scripted_losses(script), start, 1, 20)
        best, loss, epochs = expect_pair(got, 3)
        expect_close(epochs, right[2], mistakes=wrong)
        expect_close(*expect_fields(best, "epoch"), right[0])
        expect_close(loss, right[1])


def test_train_with_patience_ends_with_the_epochs(train_with_patience, rng):
    """If every epoch is better it trains to `max_epochs`, even a single one, and the last state is the best."""
    for most in (1, int(rng.integers(3, 9))):
        script = " ".join(f"{1 / (n + 1):.4f}" for n in range(20))
        start, epoch = {"epoch": jnp.zeros((), jnp.int32)}, props.counted_epoch()
        got = train_with_patience(epoch, props.scripted_losses(script), start, int(rng.integers(0, 4)), most)
        best, loss, epochs = expect_pair(got, 3)
        expect_close([_number(epochs), _number(*expect_fields(best, "epoch"))], [most, most])
        expect_close(loss, round(1 / most, 4))
        expect_equal(probes.report(epoch)["calls"], most)


def test_Checkpoint_holds_for_any_run(Checkpoint, make_key, rng):
    """Whatever the model, the optimizer and the settings, all comes back, and other settings are refused."""
    for name, columns in (("adam", 2), ("momentum", 3)):
        settings = {"optimizer": name, "width": int(rng.integers(100)), "rate": float(rng.uniform(0.1, 0.9))}
        key, state = make_key(int(rng.integers(10_000))), props.line_state(name, 0.1, columns)
        for _ in range(3):
            state = probes.pull(state, "apply_gradients", grads=_fresh(rng, 1, columns)[0])
        saved = Checkpoint(settings).get("save")(state, key)
        template, some_key = props.line_state(name, 0.1, columns), make_key(0)
        got, got_key = expect_pair(Checkpoint(dict(reversed(settings.items()))).get("load")(saved, template, some_key))
        _expect_equal_states(got, state)
        expect(expect_key(got_key) == expect_key(key), "key-not-restored", "The key is another one.")
        expect(got_key.dtype == key.dtype, "key-form-changed", "The key came back in another form.")
        changes = ({"width": settings["width"] + 1}, {"rate": settings["rate"] / 2}, {"width": str(settings["width"])})
        for changed in ({**settings, **change} for change in changes):
            _expect_refused(Checkpoint(changed), saved, template, some_key)


def test_Checkpoint_saves_into_the_bytes(Checkpoint, rng):
    """All comes back from the bytes, so they are as long as the random numbers in them need it."""
    state, key, columns = props.line_state("adam", 0.1, 200), jax.random.key(int(rng.integers(1000))), 200
    state = probes.pull(state, "apply_gradients", grads=_fresh(rng, 1, columns)[0])
    saved = Checkpoint({"rate": 0.1}).get("save")(state, key)
    got, _key = expect_pair(Checkpoint({"rate": 0.1}).get("load")(saved, props.line_state("adam", 0.1, columns), key))
    _expect_equal_states(got, state)
    # The memory of Adam has 200 random numbers of 32 bits; packed as tightly as can be, about 600 bytes.
    length = _number(probes.pull(saved, "__len__"))
    expect(length > 400, "state-not-in-bytes", f"A state of 600 numbers was saved in {length:.0f} bytes.", certain=True)


def test_Checkpoint_keeps_runs_apart(Checkpoint, rng):
    """Two runs saved by one object come back each as it was, whichever is read first."""
    checkpoint, saved, states = Checkpoint({"seed": int(rng.integers(1000))}), [], []
    for seed in rng.choice(10_000, 2, replace=False):
        state = probes.pull(props.line_state("adam", 0.1, 1), "apply_gradients", grads=_fresh(rng, 1, 1)[0])
        saved.append((checkpoint.get("save")(state, jax.random.key(int(seed))), int(seed)))
        states.append(state)
    for (content, seed), state in reversed(list(zip(saved, states, strict=True))):
        template = props.line_state("adam", 0.1, 1)
        got, key = expect_pair(checkpoint.get("load")(content, template, jax.random.key(1)))
        _expect_equal_states(got, state)
        same = expect_key(key) == expect_key(jax.random.key(seed))
        expect(same, "key-not-restored", "The key is another one.")


def _fresh(rng, n, columns):
    """Parameters of a line, and data for it."""
    kernel, bias = rng.normal(size=(columns, 1)), rng.normal(size=1)
    params = {"Dense_0": {"kernel": jnp.array(kernel, jnp.float32), "bias": jnp.array(bias, jnp.float32)}}
    return (
        params,
        jnp.array(rng.normal(size=(n, columns)), jnp.float32),
        jnp.array(rng.normal(size=(n, 1)), jnp.float32),
    )


def _fresh_cells(rng, n):
    """Data for the model of the cells."""
    return jnp.array(rng.normal(size=(n, 3)), jnp.float32), jnp.array(rng.normal(size=(n, 1)), jnp.float32)


def _number(value):
    """One number, as a float."""
    return float(expect_finite(expect_shape(value, ())))


def _history(history):
    """The epochs and the losses of a list of pairs."""
    expect(history is not None, "nothing-returned", "The list of losses is None.", certain=True)
    expect(type(history) in (list, tuple), "wrong-kind", "The second part of the result is no list.")
    pairs = [expect_pair(pair) for pair in history]
    epochs = [_number(epoch) for epoch, _ in pairs]
    return [int(epoch) if epoch == int(epoch) else epoch for epoch in epochs], [_number(loss) for _, loss in pairs]


def _leaves(tree):
    """The leaves of a tree of our own, by the paths that `probes.tree` gives them."""
    found = jax.tree_util.tree_flatten_with_path(tree)[0]
    return {jax.tree_util.keystr(path, simple=True, separator="/"): leaf for path, leaf in found}


def _expect_same_leaves(got, right, rtol=1e-3, atol=1e-5, diagnosis="wrong-value"):
    """A tree of the answer's has the leaves of one of ours, and no others."""
    expect(got is not None, "nothing-returned", "The result is None.", certain=True)
    held, wanted = probes.tree(got) or {}, _leaves(right)
    nested = any(path.startswith("params/") for path in held)
    expect(not nested, "nested-params", "The parameters lie under `params` once more.", certain=True)
    saw = f"{', '.join(wanted)[:80]} were expected; there are {', '.join(held)[:80] or 'none'}."
    expect(set(held) == set(wanted), "wrong-form", saw)
    for path, expected in wanted.items():
        expect_close(held[path], expected, rtol=rtol, atol=atol, diagnosis=diagnosis)


def _expect_same_state(got, right, rtol=1e-3, atol=1e-5):
    """A training state of the answer's is at the place of one of ours."""
    step, params, opt_state = expect_fields(got, "step", "params", "opt_state")
    _expect_same_leaves(params, right.params, rtol, atol)
    _expect_same_leaves(opt_state, right.opt_state, rtol, atol, diagnosis="optimizer-state-lost")
    expect_close(step, right.step)


def _numbered(n):
    """Rows that say which they are: row i of x is (i, -i), and its y is 10 i."""
    number = jnp.arange(float(n))[:, None]
    return jnp.hstack([number, -number]), 10 * number


def _batches(answer, most):
    """The batches that an answer gives, as triples of NumPy arrays."""
    expect(answer is not None, "nothing-returned", "The result is None.", certain=True)
    found = []
    for batch in probes.take(answer, most + 1):
        x, y, weights = expect_pair(batch, 3)
        rows = len(expect_shape(weights, np.shape(weights)))
        found.append((expect_shape(x, (rows, 2)), expect_shape(y, (rows, 1)), expect_shape(weights, (rows,))))
    return found


def _expect_whole_epoch(epoch, n):
    """Each row once with weight 1 and with its own y, and nothing else with a weight."""
    rows, labels, weights = (np.concatenate(part) for part in zip(*epoch, strict=True))
    expect_finite(rows)
    expect_finite(labels)
    expect(set(np.unique(weights)) <= {0.0, 1.0}, "wrong-value", "A weight is neither 0 nor 1.")
    real = weights == 1
    numbers = sorted(rows[real, 0].astype(int).tolist())
    lost = set(range(n)) - set(numbers)
    saw = f"The weights of an epoch of {n} rows add up to {int(real.sum())}."
    expect(not lost, "last-batch-lost", f"{len(lost)} of {n} rows did not come in an epoch.")
    expect(int(real.sum()) == n, "filling-counted", saw)
    paired = np.allclose(labels[real, 0], 10 * rows[real, 0]) and np.allclose(rows[real, 1], -rows[real, 0])
    expect(paired, "pairs-torn-apart", "A row came with the y of another one.", certain=True)


def _orders(answer, n, epochs):
    """The order of the rows in each epoch."""
    rows = [x[weights == 1, 0] for x, _, weights in _batches(answer, n * epochs)]
    order = np.concatenate([*rows, np.zeros(0)]).astype(int)
    expect(len(order) == n * epochs, "last-batch-lost", f"{len(order)} rows came in {epochs} epochs of {n} rows.")
    found = [order[n * i : n * (i + 1)].tolist() for i in range(epochs)]
    whole = all(sorted(one) == list(range(n)) for one in found)
    expect(whole, "last-batch-lost", "An epoch did not have each row once.")
    return found


def _expect_equal_states(got, state):
    """Every number of two states is the same, bit by bit."""
    right, found = probes.tree(state) or {}, probes.tree(got) or {}
    expect(set(right) <= set(found), "wrong-kind", "The state that came back lacks a part of the one that was saved.")
    for path, value in right.items():
        same = np.array_equal(expect_shape(found[path], np.shape(value)), np.asarray(value))
        diagnosis = "optimizer-state-lost" if path.startswith("opt_state") else "wrong-value"
        expect(same, diagnosis, f"After loading, {path} is another one.")


def _expect_refused(checkpoint, saved, template, key):
    """Loading under other settings raises a ValueError, and nothing else."""
    try:
        checkpoint.get("load")(saved, template, key)
    except ValueError:
        return
    expect(False, "settings-ignored", "It returned a state that was saved with other settings.", certain=True)
