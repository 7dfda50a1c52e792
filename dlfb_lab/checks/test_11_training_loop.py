"""Visible checks of the lab on the training loop."""

# A task that asks for a class is called as the class is.
# ruff: noqa: N802, N803

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    data,
    expect,
    expect_callable,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_finite,
    expect_key,
    expect_pair,
    expect_shape,
    probes,
    props,
)

# What the book's training begins with, and its loss at every tenth epoch.
KERNEL = -0.5220277
BOOK = (5.2768, 0.9498, 0.1091, 0.0845, 0.0283, 0.0258, 0.0106, 0.0105, 0.0106, 0.0102, 0.0101, 0.01, 0.01, 0.01, 0.01)
# Five points near a line.
X = jnp.array([[0.0], [0.5], [1.0], [1.5], [3.0]])
Y = jnp.array([[1.0], [2.5], [2.0], [4.5], [7.0]])
# Five cells with three numbers each.
CELLS = jnp.array([[1.0, 0.0, -1.0], [0.5, 2.0, 0.0], [-1.0, 1.0, 1.5], [2.0, -0.5, 0.5], [0.0, 0.25, -2.0]])
TARGETS = jnp.array([[1.0], [0.0], [2.0], [-1.0], [0.5]])


def test_create_state_holds_the_first_parameters(create_state, make_key):
    """At step 0 the state holds the kernel that the model draws with the key itself, and a bias of 0; any d will do."""
    state = create_state(make_key(42), props.line_model(), jnp.ones((1, 1)), props.optimizer("sgd", 0.1))
    step, params = expect_fields(state, "step", "params")
    kernel, bias = _kernel_and_bias(params)
    inputs = {"key": "42", "model": "LinearModel()", "looked at": "the kernel"}
    # What the children of the key would have drawn.
    split = [[0.040958848 if np.shape(kernel) == (1, 1) and np.asarray(kernel)[0, 0] > 0 else -1.9186289]]
    expect_close(kernel, [[KERNEL]], inputs=inputs, mistakes={"recipe-not-followed": split})
    expect_close(bias, [0.0], inputs={**inputs, "looked at": "the bias"})
    expect_close(step, 0, inputs={**inputs, "looked at": "step"})
    other = create_state(make_key(43), props.line_model(), jnp.ones((1, 2)), props.optimizer("sgd", 0.1))
    kernel, _bias = _kernel_and_bias(*expect_fields(other, "params"))
    saw = "For a dummy of shape (1, 2) the kernel has shape (1, 1)."
    expect(np.shape(kernel) != (1, 1), "one-size-only", saw, certain=True)
    right, fixed = (_first_kernel(make_key(seed), 2) for seed in (43, 42))
    inputs = {"key": "43", "dummy": "ones of shape (1, 2)", "looked at": "the kernel"}
    expect_close(kernel, right, inputs=inputs, mistakes={"key-made-inside": fixed})


def test_create_state_applies_the_model(create_state):
    """Its `apply_fn` gives the predictions of the model, for any parameters."""
    state = create_state(jax.random.key(42), props.line_model(), jnp.ones((1, 1)), props.optimizer("sgd", 0.1))
    (apply_fn,) = expect_fields(state, "apply_fn")
    params = {"Dense_0": {"kernel": jnp.array([[2.0]]), "bias": jnp.array([1.0])}}
    got = expect_callable(apply_fn)({"params": params}, X)
    expect_close(got, 2 * np.asarray(X) + 1, inputs={"kernel": 2.0, "bias": 1.0, "x": X})


def test_create_state_uses_its_optimizer(create_state):
    """Its `tx` is the optimizer that it is given, here with a rate of 0.5, and `opt_state` is what that begins with."""
    state = create_state(jax.random.key(42), props.line_model(), jnp.ones((1, 1)), props.spy_sgd(0.5))
    params, tx, opt_state = expect_fields(state, "params", "tx", "opt_state")
    kernel, _bias = _kernel_and_bias(params)
    expect_close(kernel, [[KERNEL]], inputs="the kernel")
    saw = "The state has another optimizer than the one that came in as `tx`."
    expect("steps" in (probes.tree(opt_state) or {}), "argument-ignored", saw, certain=True)
    expect_close(*expect_fields(opt_state, "steps"), 0, inputs="the optimizer's count of steps")
    updates, _after = expect_pair(probes.pull(tx, "update", {"slope": jnp.ones(2)}, opt_state, None))
    expect_close(*expect_fields(updates, "slope"), [-0.5, -0.5], inputs="the update for a slope of 1")


def test_calculate_loss_gives_the_loss_of_the_book(calculate_loss):
    """For the hundred points and the first parameters, the loss is 5.2768."""
    x, y = data.line_points()
    predictions = KERNEL * np.asarray(x)
    squares = (predictions - np.asarray(y)) ** 2
    expect_close(
        calculate_loss(_line(KERNEL, 0.0), props.line_apply(), x, y),
        5.2768,
        rtol=1e-4,
        inputs={"kernel": KERNEL, "bias": 0.0, "x and y": "the hundred points"},
        mistakes={
            "sum-and-mean-swapped": squares.sum(),
            "loss-halved": squares.mean() / 2,
            "step-left-out": np.sqrt(squares.mean()),
        },
    )


def test_calculate_loss_compares_each_row_with_its_own(calculate_loss):
    """Each prediction is compared with the y of its own row, whether y has the shape (n, 1) or (n,)."""
    predictions = 2 * np.asarray(X) + 1
    table = np.mean((predictions - np.asarray(Y)[:, 0]) ** 2)
    squares = (predictions - np.asarray(Y)) ** 2
    for y in (Y, Y[:, 0]):
        expect_close(
            calculate_loss(_line(2.0, 1.0), props.line_apply(), X, y),
            squares.mean(),
            inputs={"kernel": 2.0, "bias": 1.0, "x": X, "y": y},
            mistakes={"rank-promotion": table, "length-written-in": squares.sum() / 100},
        )


def test_calculate_loss_is_zero_where_all_is_right(calculate_loss):
    """Where all predictions are right the loss is 0, also for an x of two columns; its dtype is float32."""
    x = jnp.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
    params = {"Dense_0": {"kernel": jnp.array([[1.0], [-2.0]]), "bias": jnp.array([0.5])}}
    y = jnp.array([-2.5, 2.5, 2.5])
    table = np.mean((np.asarray(y)[:, None] - np.asarray(y)) ** 2)
    for labels in (y, y[:, None]):
        got = calculate_loss(params, props.line_apply(), x, labels)
        expect_close(got, 0.0, inputs={"x": x, "y": labels}, mistakes={"rank-promotion": table})
        expect_dtype(got, jnp.float32)


def test_calculate_loss_has_a_slope(calculate_loss):
    """Inside `jax.jit` the loss is right, and inside `jax.grad` it has the right slope, 0 where all is right."""
    params, apply_fn = _line(1.0, 0.0), props.line_apply()
    differences = np.asarray(X) - np.asarray(Y)
    inputs = {"kernel": 1.0, "bias": 0.0, "x": X, "y": Y}
    expect_close(probes.jitted(calculate_loss, params, apply_fn, X, Y, static=(1,)), np.mean(differences**2))
    kernel, bias = _kernel_and_bias(probes.gradient(calculate_loss, params, apply_fn, X, Y).slope)
    expect_close(kernel, [[2 * np.mean(differences * np.asarray(X))]], inputs=inputs)
    expect_close(bias, [2 * np.mean(differences)], inputs=inputs)
    kernel, bias = _kernel_and_bias(probes.gradient(calculate_loss, _line(2.0, 1.0), apply_fn, X, 2 * X + 1).slope)
    for name, slope in (("kernel", kernel), ("bias", bias)):
        saw = f"Where all predictions are right, the slope of the {name} is {float(np.ravel(slope)[0])}."
        expect(np.isfinite(slope).all(), "root-at-zero", saw, certain=True)
        expect_close(slope, np.zeros(np.shape(slope)), inputs="all predictions are right")


def test_make_train_step_goes_one_step(make_train_step):
    """One step moves the parameters down the slope, and returns the loss before it; the old state stays as it was."""
    step, old = expect_callable(make_train_step(props.counted_error(1.0))), props.line_state("sgd", 0.125, 1)
    new, loss = expect_pair(step(old, X, Y))
    _expect_moved(new, _one_step(KERNEL, 0.0, 0.125), (KERNEL, 0.0), "sgd with a rate of 0.125")
    before, after = _error(KERNEL, 0.0), _error(*_one_step(KERNEL, 0.0, 0.125))
    inputs = {"kernel": KERNEL, "bias": 0.0, "x": X, "y": Y, "looked at": "the loss"}
    expect_close(loss, before, rtol=1e-4, inputs=inputs, mistakes={"taken-after-the-step": after})
    expect_close(*expect_fields(new, "step"), 1, inputs={**inputs, "looked at": "step"})
    kernel, _ = _kernel_and_bias(*probes.fields(old, "params").values())
    expect_close(kernel, [[KERNEL]], inputs="the state that came in, looked at afterwards", diagnosis="input-changed")


def test_make_train_step_goes_down_its_loss(make_train_step):
    """A loss three times as large gives a step three times as long: the step goes down the slope of `loss_fn`."""
    step = expect_callable(make_train_step(props.counted_error(3.0)))
    new, _loss = expect_pair(step(props.line_state("sgd", 0.125, 1), X, Y))
    right, other = _one_step(KERNEL, 0.0, 0.375), _one_step(KERNEL, 0.0, 0.125)
    kernel, _ = _kernel_and_bias(*expect_fields(new, "params"))
    mistakes = {"argument-ignored": [[other[0]]]}
    expect_close(kernel, [[right[0]]], rtol=1e-4, inputs="a loss three times as large", mistakes=mistakes)


def test_make_train_step_takes_the_batch_of_each_call(make_train_step):
    """The same step, called with other data of the same shapes, goes down the loss of those."""
    step = expect_callable(make_train_step(props.counted_error(1.0)))
    expect_pair(step(props.line_state("sgd", 0.125, 1), X, Y))
    x, y = 2 - X, 3 - Y
    new, _loss = expect_pair(step(props.line_state("sgd", 0.125, 1), x, y))
    differences = KERNEL * np.asarray(x, np.float64) - np.asarray(y)
    right = KERNEL - 0.125 * 2 * np.mean(differences * np.asarray(x))
    kernel, _ = _kernel_and_bias(*expect_fields(new, "params"))
    mistakes = {"old-value-compiled-in": [[_one_step(KERNEL, 0.0, 0.125)[0]]]}
    inputs = {"x": x, "y": y, "looked at": "the kernel after the second call"}
    expect_close(kernel, [[right]], rtol=1e-4, inputs=inputs, mistakes=mistakes)


def test_make_train_step_keeps_the_state_of_the_optimizer(make_train_step):
    """Three steps lead where they should, and `step` and the optimizer's own state have gone along."""
    state, step = props.line_state("momentum", 0.02, 1), expect_callable(make_train_step(props.counted_error(1.0)))
    for _ in range(3):
        state, _loss = expect_pair(step(state, X, Y))
    _expect_after_momentum(state)


def test_make_train_step_is_compiled_once(make_train_step):
    """Three steps give the right losses, and Python enters `loss_fn` exactly once."""
    loss_fn, state = props.counted_error(1.0), props.line_state("sgd", 0.125, 1)
    step, place = expect_callable(make_train_step(loss_fn)), (KERNEL, 0.0)
    for _ in range(3):
        state, loss = expect_pair(step(state, X, Y))
        expect_close(
            loss, _error(*place), rtol=1e-4, mistakes={"taken-after-the-step": _error(*_one_step(*place, 0.125))}
        )
        place = _one_step(*place, 0.125)
    _expect_entered_once(probes.report(loss_fn)["calls"], 3)


def test_train_step_shows_loss_and_predictions(train_step):
    """It returns the new state and a pair: the loss and the predictions, both from before the step."""
    new, more = expect_pair(train_step(props.line_state("sgd", 0.125, 1), X, Y))
    loss, predictions = expect_pair(more)
    kernel, bias = _one_step(KERNEL, 0.0, 0.125)
    inputs = {"kernel": KERNEL, "bias": 0.0, "x": X, "y": Y}
    before = KERNEL * np.asarray(X)
    mistakes = {
        "taken-after-the-step": _error(kernel, bias),
        "loss-halved": _error(KERNEL, 0.0) / 2,
        "rank-promotion": np.mean((before - np.asarray(Y)[:, 0]) ** 2),
    }
    expect_close(loss, _error(KERNEL, 0.0), rtol=1e-4, inputs={**inputs, "looked at": "loss"}, mistakes=mistakes)
    mistakes = {"taken-after-the-step": kernel * np.asarray(X) + bias}
    expect_close(predictions, before, rtol=1e-4, inputs={**inputs, "looked at": "predictions"}, mistakes=mistakes)
    expect_fields(new, "params")


def test_train_step_goes_one_step(train_step):
    """The new state is one step down the mean squared error, and the old state is as it was."""
    old = props.line_state("sgd", 0.125, 1)
    new, _more = expect_pair(train_step(old, X, Y))
    _expect_moved(new, _one_step(KERNEL, 0.0, 0.125), (KERNEL, 0.0), "sgd with a rate of 0.125")
    expect_close(*expect_fields(new, "step"), 1, inputs="the new state, looked at: step")
    kernel, _ = _kernel_and_bias(*probes.fields(old, "params").values())
    expect_close(kernel, [[KERNEL]], inputs="the state that came in, looked at afterwards", diagnosis="input-changed")


def test_train_step_keeps_the_state_of_the_optimizer(train_step):
    """Three steps lead where they should, and `step` and the optimizer's own state have gone along."""
    state = props.line_state("momentum", 0.02, 1)
    for _ in range(3):
        state, _more = expect_pair(train_step(state, X, Y))
    _expect_after_momentum(state)


def test_train_step_works_inside_jit(train_step):
    """Inside `jax.jit` the state, the loss and the predictions are right, too."""
    new, more = expect_pair(probes.jitted(train_step, props.line_state("sgd", 0.25, 1), X, Y))
    loss, predictions = expect_pair(more)
    expect_close(predictions, KERNEL * np.asarray(X), rtol=1e-4)
    expect_close(loss, _error(KERNEL, 0.0), rtol=1e-4)
    _expect_moved(new, _one_step(KERNEL, 0.0, 0.25), (KERNEL, 0.0), "sgd with a rate of 0.25")


def test_run_optimizer_goes_downhill(run_optimizer):
    """Three steps of gradient descent lead toward the place where the loss is smallest."""
    start = jnp.array([0.0, 4.0, 2.0])
    params, _state = expect_pair(run_optimizer(props.spy_sgd(0.25), props.quadratic(1.0), start, 3))
    climbs = float(expect_shape(params, (3,))[0]) < -3
    expect_close(
        params,
        [0.875, 1.375, 1.125],
        inputs={"tx": "gradient descent, rate 0.25", "loss": "sum of (w - 1)²", "params": start, "steps": 3},
        mistakes={
            "updates-subtracted": [-2.375, 11.125, 4.375],
            "gradients-as-updates": [-26.0, 82.0, 28.0] if climbs else [2.0, -2.0, 0.0],
            "one-step-only": [0.5, 2.5, 1.5],
            "gradient-not-renewed": [1.5, -0.5, 0.5],
        },
    )


def test_run_optimizer_keeps_the_state_of_the_optimizer(run_optimizer):
    """After three steps the place is right, the optimizer was started once, and its state has counted three steps."""
    tx = props.counted_optimizer(0.25)
    params, state = expect_pair(run_optimizer(tx, props.quadratic(1.0), jnp.array([0.0, 4.0, 2.0]), 3))
    expect_close(params, [0.875, 1.375, 1.125])
    (counted,) = expect_fields(state, "steps")
    starts = probes.report(tx)["starts"]
    expect(starts <= 1, "optimizer-started-anew", f"In three steps, `init` was called {starts} times.", certain=True)
    inputs = "three steps, looked at: what the optimizer's state has counted"
    expect_close(counted, 3, inputs=inputs, mistakes={"optimizer-state-lost": 0})


def test_run_optimizer_remembers(run_optimizer):
    """An optimizer with momentum goes the way that its memory leads it, also for a dictionary of arrays."""
    params, loss = jnp.array([0.0, 4.0]), props.quadratic(1.0)
    got, _state = expect_pair(run_optimizer(props.optimizer("momentum", 0.125), loss, params, 3))
    # By hand: the speed v becomes 0.9 v + 2 (w - 1), and the place w - 0.125 v.
    w, v = np.array([0.0, 4.0]), np.zeros(2)
    for _ in range(3):
        v = 0.9 * v + 2 * (w - 1)
        w = w - 0.125 * v
    forgetful = 1 + (np.array([0.0, 4.0]) - 1) * 0.75**3
    inputs = {"tx": "momentum 0.9, rate 0.125", "loss": "sum of (w - 1)²", "params": params, "steps": 3}
    expect_close(got, w, rtol=1e-4, inputs=inputs, mistakes={"optimizer-state-lost": forgetful})
    parts, _state = expect_pair(run_optimizer(props.spy_sgd(0.5), props.tree_squares(), {"a": params, "b": params}, 1))
    for part in expect_fields(parts, "a", "b"):
        expect_close(part, [0.0, 0.0], inputs={"loss": "sum of all squares", "tx": "gradient descent, rate 0.5"})


def test_run_optimizer_hands_over_the_parameters(run_optimizer):
    """An optimizer with weight decay gets the parameters it needs, at every step."""
    params, loss = jnp.array([0.5, 4.0]), props.quadratic(1.0)
    tx = props.optimizer("adamw", 0.25)
    got, _state = expect_pair(run_optimizer(tx, loss, params, 3))
    place, late, memory, late_memory = params, params, tx.init(params), tx.init(params)
    for _ in range(3):
        updates, memory = tx.update(2 * (place - 1), memory, place)
        place = place + updates
        # And once more by one who shows it the parameters of the start in each step.
        updates, late_memory = tx.update(2 * (late - 1), late_memory, params)
        late = late + updates
    inputs = {"tx": "AdamW, rate 0.25, decay 0.1", "loss": "sum of (w - 1)²", "params": params, "steps": 3}
    expect_close(got, place, rtol=1e-4, inputs=inputs, mistakes={"first-parameters-handed-over": late})
    none, state = expect_pair(run_optimizer(props.spy_sgd(0.25), loss, params, 0))
    expect_close(none, params, inputs="0 steps")
    expect_close(*expect_fields(state, "steps"), 0, inputs="0 steps")


def test_fit_model_records_every_tenth_epoch(fit_model):
    """The list has the losses of the book for epochs 0, 10, 20 and so on, each from before that epoch's step."""
    x, y = data.line_points()
    for epochs, count in ((1, 1), (13, 2)):
        state = props.line_state("adam", 1.0, 1)
        _state, history = expect_pair(fit_model(props.counted_step(), state, x, y, epochs))
        recorded, losses = _history(history)
        _expect_epochs(recorded, epochs)
        # Where the state is lost in each epoch, the loss stays what it was in the first one.
        wrong = {"state-unchanged": [BOOK[0]] * count} if count > 1 else {}
        inputs = {"epochs": epochs, "looked at": "the losses in the list"}
        expect_close(losses, BOOK[:count], atol=1.2e-4, rtol=0, inputs=inputs, mistakes=wrong)


def test_fit_model_compiles_once(fit_model):
    """In 4 epochs the one loss is right, and the step is compiled once: Python enters it at most twice."""
    recorded, losses = _history(_fit_compiled_once(fit_model, 4)[1])
    _expect_epochs(recorded, 4)
    expect_close(losses, BOOK[:1], atol=1.2e-4, rtol=0)


def test_fit_model_learns_the_line_of_the_book(fit_model):
    """After 150 epochs with one compilation the kernel is 2.0279, the bias 1.0087, and the losses are the book's."""
    # A few epochs first: 150 programs would take a minute.
    _fit_compiled_once(fit_model, 3)
    state, history = _fit_compiled_once(fit_model, 150)
    _expect_moved(state, (2.0279, 1.0087), (KERNEL, 0.0), "Adam with a rate of 1.0, 150 epochs", rtol=1e-3)
    expect_close(*expect_fields(state, "step"), 150, inputs="150 epochs, looked at: step")
    recorded, losses = _history(history)
    _expect_epochs(recorded, 150)
    expect_close(losses, BOOK, atol=1.2e-4, rtol=0, inputs={"epochs": 150, "looked at": "the losses in the list"})


def test_minibatches_have_the_same_shapes(minibatches):
    """Seven rows make three batches of 3 an epoch, three rows one batch of 8, and the weights are float32."""
    x, y = _numbered(7)
    got = _batches(minibatches(jax.random.key(61), x, y, 3, 2), 12)
    inputs = {"rows": 7, "size": 3, "epochs": 2}
    sizes = [len(weights) for _, _, weights in got]
    expect(len(got) != 4 or 1 in sizes, "last-batch-lost", "There are two batches an epoch, not three.", certain=True)
    saw = f"The batches have {', '.join(map(str, sizes[:3]))} rows in the first epoch."
    expect(set(sizes) == {3}, "batch-sizes-differ", saw, certain=set(sizes) == {3, 1}, **inputs)
    expect(len(got) == 6, "wrong-shape", f"Six batches were expected for two epochs; {len(got)} came.", **inputs)
    large = _batches(minibatches(jax.random.key(61), *_numbered(3), 8, 1), 2)
    rows = [len(weights) for _, _, weights in large]
    saw = f"Three rows in batches of 8 should make one batch of 8; the batches have {', '.join(map(str, rows))} rows."
    expect(rows == [8], "one-size-only", saw)
    for _, _, weights in got:
        expect_dtype(weights, jnp.float32, inputs="the weights of a batch")


def test_minibatches_lose_no_row(minibatches, make_key):
    """In each epoch, each row comes exactly once with weight 1 and keeps its y; all other rows have weight 0."""
    x, y = _numbered(7)
    got = _batches(minibatches(make_key(62), x, y, 3, 2), 12)
    for epoch in (got[:3], got[3:6]):
        _expect_whole_epoch(epoch, x, y)


def test_minibatches_are_shuffled_anew(minibatches, make_key):
    """All rows come in each epoch, well shuffled and in an order of its own; the same key gives the same orders."""
    x, y = _numbered(16)
    one, again, other = (_orders(minibatches(make_key(seed), x, y, 4, 3), 16, 3) for seed in (63, 63, 64))
    expect(one == again, "not-reproducible", "The same key gave other batches.", certain=True)
    for order in one:
        expect_equal(sorted(order), list(range(16)), inputs="the rows of one epoch", diagnosis="last-batch-lost")
    expect(one[0] != list(range(16)), "not-shuffled", "The rows came in the order in which they went in.")
    # By chance one or two of the fifteen pairs stay together.
    together = min(int(np.sum(np.abs(np.diff(order)) == 1)) for order in one)
    saw = f"In each epoch, at least {together} of 15 rows were followed by a neighbor of theirs in the data."
    expect(together < 8, "rows-stay-together", saw, certain=True)
    saw = "All epochs have the same order."
    expect(len({tuple(order) for order in one}) == 3, "key-not-advanced", saw, certain=True)
    expect(one != other, "key-ignored", "Another key gave the same orders.")


def test_regularized_step_gives_the_loss_of_its_masks(regularized_step, make_key):
    """The loss is that of the model in training mode, with a dropout key of its own for each step."""
    key, state = make_key(65), props.cell_state("sgd", 0.03)
    variables = _variables(state.params, state.batch_stats)
    losses = {}
    for number in (0, 7):
        at = probes.pull(state, "replace", step=number)
        losses[number] = _number(expect_pair(regularized_step(at, key, CELLS, TARGETS))[1])
    evaluated = float(np.mean((_evaluated(CELLS) - TARGETS) ** 2))
    saw = "The loss is that of a model in which nothing is dropped."
    expect(not np.isclose(losses[0], evaluated, rtol=1e-4), "trained-in-evaluation-mode", saw, certain=True)
    saw = "Step 0 and step 7 of the same training have the same loss for the same parameters."
    expect(not np.isclose(losses[0], losses[7], rtol=1e-5), "dropout-key-constant", saw, certain=True)
    for number, loss in losses.items():
        inputs = {"key": key, "state.step": number, "looked at": "the loss"}
        right, late = (_cell_loss(variables, jax.random.fold_in(key, n)) for n in (number, number + 1))
        expect_close(loss, right, rtol=1e-4, inputs=inputs, mistakes={"next-step-folded-in": late})


def test_regularized_step_keeps_the_running_averages(regularized_step):
    """The new state has moved, counted its step, and keeps the running averages of this step."""
    key, old = jax.random.key(66), props.cell_state("sgd", 0.03)
    new, _loss = expect_pair(regularized_step(old, key, CELLS, TARGETS))
    step, params, stats = expect_fields(new, "step", "params", "batch_stats")
    before = np.asarray(old.params["Dense_1"]["kernel"])
    (layer,) = expect_fields(params, "Dense_1")
    (kernel,) = expect_fields(layer, "kernel")
    moved = expect_finite(expect_shape(kernel, before.shape))
    expect(not np.allclose(moved, before), "parameters-not-moved", "The last kernel is what it was.", got=moved)
    deep = any(path.startswith("batch_stats/") for path in probes.tree(stats) or {})
    saw = "The running averages lie under `batch_stats` once more."
    expect(not deep, "nested-batch-stats", saw, certain=True)
    (norm,) = expect_fields(stats, "BatchNorm_0")
    (first,) = expect_fields(params, "Dense_0")
    hidden = np.asarray(CELLS @ old.params["Dense_0"]["kernel"])
    later = np.asarray(CELLS) @ expect_shape(*expect_fields(first, "kernel"), (3, 4))
    for name, of_batch, late in (
        ("mean", hidden.mean(axis=0), later.mean(axis=0) + expect_shape(*expect_fields(first, "bias"), (4,))),
        ("var", hidden.var(axis=0), later.var(axis=0)),
    ):
        was = np.asarray(old.batch_stats["BatchNorm_0"][name])
        inputs = f"the running averages after the step: {name}"
        (got,) = expect_fields(norm, name)
        wrong = {"batch-stats-not-kept": was, "taken-after-the-step": 0.9 * was + 0.1 * late}
        expect_close(got, 0.9 * was + 0.1 * of_batch, rtol=1e-4, inputs=inputs, mistakes=wrong)
    expect_close(step, 1, inputs="the state after one step, looked at: step")


def test_regularized_step_works_inside_jit(regularized_step):
    """Inside `jax.jit`, where `state.step` has no value yet, the loss is right, too."""
    key, state = jax.random.key(67), props.cell_state("sgd", 0.03)
    right = _cell_loss(_variables(state.params, state.batch_stats), jax.random.fold_in(key, 0))
    _new, loss = expect_pair(probes.jitted(regularized_step, state, key, CELLS, TARGETS))
    expect_close(loss, right, rtol=1e-4)


def test_eval_step_runs_in_evaluation_mode(eval_step):
    """Loss and error are those of the model as it is used: nothing is dropped, and the running averages are taken."""
    got = eval_step(props.cell_state("sgd", 0.1), CELLS, TARGETS)
    loss, error = expect_fields(got, "loss", "error")
    differences = _evaluated(CELLS) - np.asarray(TARGETS)
    inputs = {"x": CELLS, "y": TARGETS}
    mistakes = {
        "loss-halved": np.mean(differences**2) / 2,
        "sum-and-mean-swapped": np.sum(differences**2),
        "rank-promotion": np.mean((_evaluated(CELLS) - np.asarray(TARGETS)[:, 0]) ** 2),
    }
    expect_close(loss, np.mean(differences**2), rtol=1e-4, inputs={**inputs, "looked at": "loss"}, mistakes=mistakes)
    inputs, sizes = {**inputs, "looked at": "error"}, np.abs(differences)
    mistakes = {
        "sum-and-mean-swapped": sizes.sum(),
        "root-of-squares": np.sqrt(np.mean(differences**2)),
        "mean-too-early": np.abs(differences.mean()),
    }
    expect_close(error, sizes.mean(), rtol=1e-4, inputs=inputs, mistakes=mistakes)


def test_eval_step_takes_each_cell_for_itself(eval_step):
    """What is found for one cell alone is what it adds to the mean over all of them."""
    state = props.cell_state("sgd", 0.1)
    alone = [expect_fields(eval_step(state, CELLS[i : i + 1], TARGETS[i : i + 1]), "loss", "error") for i in (0, 3)]
    both = expect_fields(eval_step(state, CELLS[jnp.array([0, 3])], TARGETS[jnp.array([0, 3])]), "loss", "error")
    # The loss shows the model's mode: an error of another definition need not add up.
    mode = [_number(one[0]) for one in alone]
    differences = (_evaluated(CELLS) - np.asarray(TARGETS))[[0, 3], 0]
    table = (_evaluated(CELLS) - np.asarray(TARGETS)[[0, 3], 0])[[0, 3]]
    tables = np.mean(table**2), np.mean(np.abs(table))
    for n, right in enumerate((differences**2, np.abs(differences))):
        each = [_number(one[n]) for one in alone]
        known = (np.mean(mode), np.sum(mode), tables[0])
        near = any(np.isclose(_number(both[0]), one, rtol=1e-4) for one in known)
        saw = "Two cells were evaluated alone, and then together, and each came out as another one."
        expect(near, "evaluated-in-training-mode", saw, certain=True)
        expect_close(both[n], right.mean(), rtol=1e-4, inputs="two cells together")
        expect_close(each, right, rtol=1e-4, inputs="two cells, each alone")


def test_eval_step_works_inside_jit(eval_step):
    """Inside `jax.jit` loss and error are right, too, and each is one number of dtype float32."""
    got = probes.jitted(eval_step, props.cell_state("sgd", 0.1), CELLS[1:], TARGETS[1:])
    differences = (_evaluated(CELLS) - np.asarray(TARGETS))[1:]
    for value, right in zip(expect_fields(got, "loss", "error"), (differences**2, np.abs(differences)), strict=True):
        expect_close(value, right.mean(), rtol=1e-4)
        expect_dtype(value, jnp.float32)


def test_train_with_patience_stops_in_time(train_with_patience):
    """With a patience of 2 it ends after the third epoch in a row that is not better, and else after `max_epochs`."""
    for script, patience, most, right in (
        ("1.0 0.8 0.9 0.85 0.95 0.7", 2, 50, 5),
        ("1.0 1.1 1.2", 0, 50, 2),
        ("1.0 1.1 0.9 1.0 0.8 0.9 0.7", 1, 6, 6),
    ):
        _best, _loss, epochs = _patient(train_with_patience, script, patience, most)
        losses = f"{script}, and the last one again and again"
        inputs = {"losses": losses, "patience": patience, "max_epochs": most, "looked at": "epochs"}
        wrong = {"never-stops": most} if right < most else {"not-in-a-row": 4}
        wrong |= {"argument-ignored": 3, "compared-with-the-last": 9} if patience == 2 else {}
        wrong |= {"patience-off-by-one": right + (1 if _number(epochs) > right else -1)}
        expect_close(epochs, right, inputs=inputs, mistakes=wrong)


def test_train_with_patience_returns_the_best_state(train_with_patience):
    """The state and the loss are those of the best epoch, not of the last one, and it trained as long as it says."""
    script = "1.0 0.8 0.9 0.85 0.95 0.7"
    epoch = props.counted_epoch()
    best, loss, epochs = _patient(train_with_patience, script, 2, 50, epoch)
    inputs = {"losses": script, "patience": 2, "max_epochs": 50}
    last = _number(epochs)
    found = {**inputs, "looked at": "the epoch of the state"}
    expect_close(*expect_fields(best, "epoch"), 2, inputs=found, mistakes={"last-not-best": last} if last != 2 else {})
    expect_close(loss, 0.8, inputs={**inputs, "looked at": "the loss"}, mistakes={"last-not-best": 0.95})
    trained = probes.report(epoch)["calls"]
    expect(trained == last, "wrong-value", f"It trained {trained} epochs and says {last:g}.")


def test_train_with_patience_forgives_equal_losses_no_more(train_with_patience):
    """A loss that is only equal is not better, and of two equal ones the first counts."""
    script = "0.5 0.9 0.5 0.5 0.6 0.4"
    best, loss, epochs = _patient(train_with_patience, script, 2, 50)
    inputs = {"losses": script, "patience": 2, "max_epochs": 50}
    expect_close(epochs, 4, inputs={**inputs, "looked at": "epochs"}, diagnosis="patience-off-by-one")
    expect_close(*expect_fields(best, "epoch"), 1, inputs={**inputs, "looked at": "the epoch of the state"})
    expect_close(loss, 0.5, inputs={**inputs, "looked at": "the loss"})


def test_Checkpoint_brings_everything_back(Checkpoint, make_key):
    """Parameters, optimizer's state and key come back as they were, also to another object of the same settings."""
    state, key = _trained_line(), make_key(68)
    saved = Checkpoint({"rate": 0.1, "model": "line"}).get("save")(state, key)
    _expect_bytes(saved)
    loaded = Checkpoint({"rate": 0.1, "model": "line"}).get("load")(
        saved, props.line_state("adam", 0.1, 1), make_key(0)
    )
    got, got_key = expect_pair(loaded)
    _expect_same_state(got, state)
    same = expect_key(got_key) == expect_key(key)
    expect(same, "key-not-restored", "The key is another one.", expected=key, got=got_key)
    form = "A new key was saved, and a raw one came back." if got_key.dtype == jnp.uint32 else "It is a new key now."
    expect(got_key.dtype == key.dtype, "key-form-changed", form, expected=key, got=got_key)


def test_Checkpoint_refuses_other_settings(Checkpoint):
    """It reads what was saved under the same settings, and raises a ValueError where one is changed, new or missing."""
    state, key = _trained_line(), jax.random.key(69)
    saved = Checkpoint({"rate": 0.1, "model": "line"}).get("save")(state, key)
    _read(Checkpoint({"rate": 0.1, "model": "line"}), saved)
    for settings in ({"rate": 0.2, "model": "line"}, {"rate": 0.1}, {"rate": 0.1, "model": "line", "seed": 1}):
        _expect_refusal(Checkpoint(settings), saved, key, settings)


def test_Checkpoint_cares_for_no_order(Checkpoint):
    """The order of the settings makes no difference."""
    state, key = _trained_line(), jax.random.key(70)
    saved = Checkpoint({"rate": 0.1, "model": "line"}).get("save")(state, key)
    _read(Checkpoint({"model": "line", "rate": 0.1}), saved)


def test_Checkpoint_goes_on_as_if_nothing_had_happened(Checkpoint):
    """Two more steps from the state that came back end where two more steps from the saved one end."""
    state, key = _trained_line(), jax.random.key(71)
    saved = Checkpoint({"rate": 0.1}).get("save")(state, key)
    got, _key = expect_pair(Checkpoint({"rate": 0.1}).get("load")(saved, props.line_state("adam", 0.1, 1), key))
    expect_fields(got, "apply_gradients")
    for slope in (1.0, -2.0):
        state, got = (probes.pull(one, "apply_gradients", grads=_line(slope, slope)) for one in (state, got))
    found = probes.tree(got) or {}
    for path, value in (probes.tree(state) or {}).items():
        inputs = {"looked at": f"{path}, two steps later"}
        expect_close(found[path], value, inputs=inputs, diagnosis="optimizer-state-lost")


def _first_kernel(key, columns):
    """The kernel that the line's model draws with this key."""
    return np.asarray(props.line_model().init(key, jnp.ones((1, columns)))["params"]["Dense_0"]["kernel"])


def _line(kernel, bias):
    """Parameters of the line's model."""
    return {"Dense_0": {"kernel": jnp.array([[kernel]]), "bias": jnp.array([bias])}}


def _kernel_and_bias(params):
    """The two arrays of the line's model, as they must lie in its parameters."""
    expect(params is not None, "nothing-returned", "The parameters are None.", certain=True)
    held = probes.tree(params) or {}
    deep = "params/Dense_0/kernel" in held
    expect(not deep, "nested-params", "The parameters lie under `params` once more.", certain=True)
    fits = {"Dense_0/kernel", "Dense_0/bias"} == set(held)
    saw = f"The parameters were expected as Dense_0/kernel and Dense_0/bias; they are {', '.join(held) or 'none'}."
    expect(fits, "wrong-form", saw[:200])
    return held["Dense_0/kernel"], held["Dense_0/bias"]


def _error(kernel, bias):
    """The mean squared error of a line on the five points."""
    return float(np.mean((kernel * np.asarray(X) + bias - np.asarray(Y)) ** 2))


def _slopes(kernel, bias):
    """Its slopes, for the kernel and for the bias."""
    differences = kernel * np.asarray(X, np.float64) + bias - np.asarray(Y)
    return 2 * float(np.mean(differences * np.asarray(X))), 2 * float(np.mean(differences))


def _one_step(kernel, bias, rate):
    """Kernel and bias after one step of gradient descent."""
    slopes = _slopes(kernel, bias)
    return kernel - rate * slopes[0], bias - rate * slopes[1]


def _expect_moved(state, right, old, how, rtol=1e-4):
    """The state's parameters are `right`; where they are still the `old` ones, that is said."""
    (params,) = expect_fields(state, "params")
    for name, got, expected, before in zip(("kernel", "bias"), _kernel_and_bias(params), right, old, strict=True):
        shape = (1, 1) if name == "kernel" else (1,)
        wrong = {"state-unchanged": np.full(shape, before)}
        inputs = {"optimizer": how, "looked at": f"the {name} afterwards"}
        expect_close(got, np.full(shape, expected), rtol=rtol, inputs=inputs, mistakes=wrong)


def _expect_after_momentum(state):
    """Three steps with momentum 0.9 and a rate of 0.02."""
    place, speed = np.array([KERNEL, 0.0]), np.zeros(2)
    for _ in range(3):
        speed = 0.9 * speed + _slopes(*place)
        place = place - 0.02 * speed
    forgetful = np.array([KERNEL, 0.0])
    for _ in range(3):
        forgetful = forgetful - 0.02 * np.array(_slopes(*forgetful))
    step, params = expect_fields(state, "step", "params")
    kernel, bias = _kernel_and_bias(params)
    wrong = {"optimizer-state-lost": [[forgetful[0]]], "state-unchanged": [[KERNEL]]}
    inputs = {"optimizer": "momentum 0.9 with a rate of 0.02, three steps"}
    expect_close(kernel, [[place[0]]], rtol=1e-4, inputs={**inputs, "looked at": "the kernel"}, mistakes=wrong)
    expect_close(bias, [place[1]], rtol=1e-4, inputs={**inputs, "looked at": "the bias"})
    expect_close(step, 3, inputs={**inputs, "looked at": "step"})


def _expect_entered_once(calls, steps):
    """How often Python entered the loss in so many steps, and what that shows."""
    saw = f"In {steps} steps, Python entered `loss_fn` {calls} times."
    expect(calls % steps != 0 or calls == 0, "traced-every-time", saw, calls=calls)
    expect(calls == 1, "loss-called-again", saw, calls=calls)


def _fit_compiled_once(fit_model, epochs):
    """State and history on the hundred points, from an answer that compiles the step once."""
    x, y = data.line_points()
    step = props.counted_step()
    seen = probes.observe(fit_model, step, props.line_state("adam", 1.0, 1), x, y, epochs, watch="traces")
    state, history = expect_pair(seen.value)
    calls = probes.report(step)["calls"]
    each_time = "jit-made-anew" if seen.traces else "traced-every-time"
    saw = f"In {epochs} epochs, Python entered `step` {calls} times."
    expect(calls <= 2, each_time if calls >= epochs else "compiled-again", saw, calls=calls)
    return state, history


def _expect_epochs(recorded, epochs):
    """The list has an entry for each tenth epoch, and for no other one."""
    right = list(range(0, epochs, 10))
    extra = [epoch for epoch in recorded if epoch not in right]
    missing = [epoch for epoch in right if epoch not in recorded]
    saw = "The list has an epoch twice, or not in order."
    saw = f"The list has no entry for epoch {missing[0]}." if missing else saw
    saw = f"The list has an entry for epoch {extra[0]}." if extra else saw
    expect(recorded == right, "every-epoch-recorded", saw, epochs=epochs, expected=right, got=recorded)


def _history(history):
    """The epochs and the losses of a list of pairs."""
    expect(history is not None, "nothing-returned", "The list of losses is None.", certain=True)
    expect(type(history) in (list, tuple), "wrong-kind", "The second part of the result is no list.", got=history)
    pairs = [expect_pair(pair) for pair in history]
    return [_whole(epoch) for epoch, _ in pairs], [_number(loss) for _, loss in pairs]


def _whole(value):
    """One whole number, of whatever kind."""
    number = _number(value)
    expect(number == int(number), "wrong-kind", "An epoch in the list is no whole number.", got=value)
    return int(number)


def _number(value):
    """One number, as a float."""
    return float(expect_finite(expect_shape(value, ())))


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


def _expect_whole_epoch(epoch, x, y):
    """Each row once with weight 1 and with its own y, and nothing else with a weight."""
    rows, labels, weights = (np.concatenate(part) for part in zip(*epoch, strict=True))
    expect_finite(rows), expect_finite(labels)
    expect(set(np.unique(weights)) <= {0.0, 1.0}, "wrong-value", "A weight is neither 0 nor 1.", got=weights)
    real = weights == 1
    n, total = len(np.asarray(x)), int(real.sum())
    numbers = sorted(rows[real, 0].tolist())
    lost = set(range(n)) - {int(number) for number in numbers}
    saw = f"The weights of an epoch of {n} rows add up to {total}."
    expect(total <= n or bool(lost), "filling-counted", saw, certain=True)
    expect(not lost, "last-batch-lost", f"{len(lost)} of {n} rows did not come in an epoch.")
    expect(total == n, "filling-counted", saw)
    paired = np.allclose(labels[real, 0], 10 * rows[real, 0]) and np.allclose(rows[real, 1], -rows[real, 0])
    expect(paired, "pairs-torn-apart", "A row came with the y of another one.", certain=True)


def _orders(answer, n, epochs):
    """The order of the rows in each epoch."""
    rows = [x[weights == 1, 0] for x, _, weights in _batches(answer, n * epochs)]
    order = np.concatenate([*rows, np.zeros(0)]).astype(int)
    expect(len(order) == n * epochs, "last-batch-lost", f"{len(order)} rows came in {epochs} epochs of {n} rows.")
    return [order[n * i : n * (i + 1)].tolist() for i in range(epochs)]


def _variables(params, stats):
    """What the model of the cells is called with."""
    return {"params": params, "batch_stats": stats}


def _cell_loss(variables, dropout_key):
    """The loss in training mode with this very key for dropout."""
    apply_fn = props.cell_state("sgd", 0.1).apply_fn
    predictions, _ = apply_fn(variables, CELLS, train=True, rngs={"dropout": dropout_key}, mutable=["batch_stats"])
    return float(jnp.mean((predictions - TARGETS) ** 2))


def _evaluated(x):
    """The predictions of the model of the cells in evaluation mode, computed by hand."""
    state = props.cell_state("sgd", 0.1)
    params, averages, norm = state.params, state.batch_stats["BatchNorm_0"], state.params["BatchNorm_0"]
    hidden = x @ params["Dense_0"]["kernel"] + params["Dense_0"]["bias"]
    scaled = norm["scale"] * (hidden - averages["mean"]) / jnp.sqrt(averages["var"] + 1e-5) + norm["bias"]
    return np.asarray(jnp.maximum(scaled, 0) @ params["Dense_1"]["kernel"] + params["Dense_1"]["bias"])


def _patient(train_with_patience, script, patience, most, epoch=None):
    """What it returns for losses that were written down beforehand."""
    epoch = props.counted_epoch() if epoch is None else epoch
    losses, start = props.scripted_losses(script), {"epoch": jnp.zeros((), jnp.int32)}
    return expect_pair(train_with_patience(epoch, losses, start, patience, most), 3)


def _trained_line():
    """A state of the line's model after two steps of Adam."""
    state = props.line_state("adam", 0.1, 1)
    for slope in (0.5, -0.25):
        state = probes.pull(state, "apply_gradients", grads=_line(slope, 2 * slope))
    return state


def _expect_bytes(saved):
    """What `save` returns is bytes."""
    kind = getattr(saved, "kind", type(saved).__name__)
    expect(saved is not None, "nothing-returned", "`save` returned None.", certain=True)
    expect(kind == "bytes", "wrong-kind", f"`save` should return bytes; this is of type {kind}.")


def _read(checkpoint, saved):
    """Load what was saved under equal settings. To refuse it is a mistake; what comes back another check looks at."""
    _expect_bytes(saved)
    try:
        loaded = checkpoint.get("load")(saved, props.line_state("adam", 0.1, 1), jax.random.key(0))
    except ValueError:
        loaded = None
        expect(False, "settings-refused", "It raised a ValueError, though the settings are the same.")
    expect_pair(loaded)


def _expect_refusal(checkpoint, saved, key, settings):
    """Loading under other settings raises a ValueError."""
    try:
        checkpoint.get("load")(saved, props.line_state("adam", 0.1, 1), key)
    except ValueError:
        return
    saw = "It returned a state that was saved with other settings."
    expect(False, "settings-ignored", saw, certain=True, saved_with="rate 0.1, model line", now=settings)


def _expect_same_state(got, state):
    """Every number of two states is the same, bit by bit."""
    right, found = probes.tree(state) or {}, probes.tree(got) or {}
    missing = [path for path in right if path not in found]
    expect(not missing, "wrong-kind", f"The state that came back has no {', '.join(missing[:3])}.")
    for path, value in right.items():
        same = np.array_equal(expect_shape(found[path], np.shape(value)), np.asarray(value))
        diagnosis = "optimizer-state-lost" if path.startswith("opt_state") else "wrong-value"
        expect(same, diagnosis, f"After loading, {path} is another one.", expected=value, got=found[path])
