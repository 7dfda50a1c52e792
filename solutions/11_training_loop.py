# %% [markdown]
# # The training loop
#
# A model begins with random numbers. Training makes them better, step by step: look at some data, measure how wrong the
# predictions are, and move each number a little in the direction that helps. The whole of deep learning goes
# around in this loop.
#
# In JAX you write the loop yourself. Nothing in it is hidden, and that is good news for science: you can say exactly
# what was trained, on what, and when it stopped. It also means that each part can be forgotten, and most of these
# mistakes raise no error. The loss falls, the figure looks fine, and the numbers are worse than they could be.
#
# There are eleven tasks, for two hours or more. Each stands on its own: what it needs from an earlier one comes
# in as an argument. If one resists, go on and come back later. Run the `check` cells as often as you like.
#
# Stuck? `hint("create_state")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("create_state")` shows one way to do it, if your course allows
# it.

# %%
import json
import tempfile
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import linen as nn
from flax import serialization
from flax.training.early_stopping import EarlyStopping
from flax.training.train_state import TrainState

from dlfb_lab import check, checkpoint, data, hint, metrics, plot, show, solution

# %% [markdown]
# ## Data and a model
#
# Let us begin with data whose truth is known. A hundred points lie along the line y = 2x + 1, with some noise:

# %%
x_data, y_data = data.line_points()
print(x_data.shape, y_data.shape)
plot.scatter(x_data, y_data, xlabel="x", ylabel="y")

# %% [markdown]
# The model is the smallest there is: one layer with one output. Training should find that its kernel is about 2 and its
# bias about 1. It begins with a random kernel:


# %%
class LinearModel(nn.Module):
    """x: f32[n, d] gives f32[n, 1]."""

    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


model = LinearModel()
variables = model.init(jax.random.key(5), jnp.ones((1, 1)))
show.print_short_dict(variables)

# %% [markdown]
# The parameters lie one level down, under `params`. The level above is there because some models have more than
# parameters. We meet one below.
#
# ## All that changes, in one box
#
# Three things change from step to step: the parameters, what the optimizer remembers, and the number of steps. A
# `TrainState` holds them together. It also holds two things that stay: the function that applies the model, and the
# optimizer.
#
# To see one, we take an even smaller model, written by hand: bacteria double at a steady pace, so the logarithm of
# their number grows along a line.


# %%
def growth_model(variables, hours):
    """The logarithm of the number of bacteria: f32[n, 1]."""
    params = variables["params"]
    return params["start"] + params["rate"] * hours


growth = TrainState.create(
    apply_fn=growth_model,
    params={"start": jnp.float32(0.5), "rate": jnp.float32(0.0)},
    tx=optax.adam(0.1),
)
print(growth.step, growth.params)
show.print_short_dict(growth.opt_state)

# %% [markdown]
# The optimizer's own state, `opt_state`, is what Adam remembers: how many steps there were (`count`), and for each
# parameter an average of its gradients (`mu`) and of their squares (`nu`).
#
# A `TrainState` never changes, like everything in JAX. Writing into it is an error:

# %%
try:
    growth.params = {"start": jnp.float32(1.0), "rate": jnp.float32(0.0)}
except AttributeError as error:
    print(type(error).__name__, error)

# %% [markdown]
# `replace` gives a *new* state with another value in one field. The old state is as it was:

# %%
later = growth.replace(step=10)
later.step, growth.step

# %% [markdown] task="create_state" points=1 difficulty=2 minutes=6
# ## Task: make a training state
#
# Write `create_state(key, model, dummy, tx)`.
#
# - `key` is one key, of either form: new, as `jax.random.key(0)` makes it, or raw, as `jax.random.PRNGKey(0)` does.
# - `model` is a Flax module that is called with one array, as `LinearModel` is. `dummy` is a `float32` array of shape
#   `(1, d)` that shows the form of the model's input. `tx` is an optimizer of Optax.
# - It returns a `TrainState` at step 0.
# - Its `params` are the parameters that `model.init` draws with `key` itself (do not split it first), without the level
#   `params` around them: for `LinearModel` a dictionary whose only key is `Dense_0`.
# - Its `apply_fn` is the model's `apply`, so `state.apply_fn({"params": state.params}, x)` gives the predictions.
# - Its optimizer is `tx`, and its `opt_state` is what `tx` begins with for these parameters.
#
# For `LinearModel()`, `jax.random.key(42)` and `jnp.ones((1, 1))`, the kernel is -0.5220277 and the bias 0.


# %% answer="create_state"
def create_state(key, model, dummy, tx):
    """The state in which the training of `model` begins."""
    # BEGIN SOLUTION
    variables = model.init(key, dummy)
    return TrainState.create(apply_fn=model.apply, params=variables["params"], tx=tx)
    # END SOLUTION


# %% check="create_state"
check("create_state")

# %% [markdown] hint="create_state"
# Two things happen: a model draws its first parameters, and a state is made of them. The section above shows both, for
# two different models.

# %% [markdown] hint="create_state"
# What `model.init` gives has a level too many. Look at what was printed above: what is inside `params`?

# %% [markdown] hint="create_state"
# `TrainState.create` takes three arguments by their names. The function that it wants is not the model itself: a Flax
# model is a recipe, and one of its methods does the work.

# %% [markdown]
# (A word on the seed 42. A well-known book draws the hundred points with the key 42, and then the first kernel with the
# same key 42 again. With such tiny data nothing bad comes of it, and we follow the book so that you can compare your
# numbers with it. In your own work, give each draw its own key.)
#
# ## How wrong is it?
#
# The loss says in one number how far predictions and data lie apart. For numbers one takes the mean of the squared
# differences. It needs one look at the shapes. Three predictions, all of them right:

# %%
predicted = jnp.array([[1.0], [2.0], [4.0]])
measured = jnp.array([1.0, 2.0, 4.0])
jnp.mean((predicted - measured) ** 2)

# %% [markdown]
# They are all right, and the loss is not zero. A column of 3 and a row of 3 make a table of 9: each prediction was
# compared with *every* measurement.

# %%
predicted - measured

# %% [markdown]
# Nothing crashed. A model that is trained like this learns to predict the mean, always. So look at the shapes before
# you subtract. `reshape` gives an array the shape of another one:

# %%
jnp.mean((predicted - measured.reshape(predicted.shape)) ** 2)

# %% [markdown] task="calculate_loss" points=2 difficulty=2 minutes=6
# ## Task: the loss of a model
#
# Write `calculate_loss(params, apply_fn, x, y)`.
#
# - `params` are the parameters of a model, as they lie in `state.params`. `apply_fn` applies the model:
#   `apply_fn({"params": params}, x)` gives its predictions, `float32` of shape `(n, 1)`.
# - `x` is a `float32` array of shape `(n, d)`. `y` is a `float32` array with n numbers, of shape `(n, 1)` or `(n,)`.
# - It returns the mean of the squared differences between each prediction and the `y` of the same row, as a `float32`
#   array of shape `()`.
# - It must also work inside `jax.grad`, also where all predictions are right, and inside `jax.jit`. There, `apply_fn`
#   is static: it stays an ordinary function, and only the other three arguments are traced.
#
# For the hundred points and the first parameters of `create_state` with the key 42, it is 5.2768.


# %% answer="calculate_loss"
def calculate_loss(params, apply_fn, x, y):
    """The mean squared error of a model: f32[]."""
    # BEGIN SOLUTION
    predictions = apply_fn({"params": params}, x)
    return jnp.mean((predictions - y.reshape(predictions.shape)) ** 2)
    # END SOLUTION


# %% check="calculate_loss"
check("calculate_loss")

# %% [markdown] hint="calculate_loss"
# First the predictions, then their differences from `y`, then one number of all of them.

# %% [markdown] hint="calculate_loss"
# The model wants its parameters in a dictionary, under the name `params`. What shape do the predictions have, and what
# shape may `y` have?

# %% [markdown] hint="calculate_loss"
# Give `y` the shape of the predictions before you subtract. Then square, and take the mean with `jnp.mean`.

# %% [markdown]
# ## One step
#
# A step has three parts. Compute the loss; find in which direction each parameter makes it smaller; let the optimizer
# move the parameters. `jax.value_and_grad` does the first two in one pass. Calling the loss, and then `jax.grad` of it,
# would compute everything twice.
#
# Our bacteria, counted at four times:

# %%
hours = jnp.array([[0.0], [1.0], [2.0], [4.0]])
log_counts = jnp.array([[1.0], [1.5], [2.1], [3.0]])


def growth_loss(params, hours, log_counts):
    """The mean squared error of the growth model: f32[]."""
    return jnp.mean((growth_model({"params": params}, hours) - log_counts) ** 2)


loss, grads = jax.value_and_grad(growth_loss)(growth.params, hours, log_counts)
print(loss)
print(grads)

# %% [markdown]
# The gradients form a dictionary like the parameters: one slope for each. `apply_gradients` hands them to the
# optimizer. It returns a new state: other parameters, another `opt_state`, and one step more.

# %%
after = growth.apply_gradients(grads=grads)
print(growth.step, growth.params)
print(after.step, after.params)

# %% [markdown]
# A call of `apply_gradients` whose result gets no name does nothing at all. It is the most common mistake in a training
# loop, and no error tells of it.
#
# ## The step as a function
#
# A step runs thousands of times, so it is compiled, as a whole. Below is the classic form. The loss is a function
# *inside* the step: it takes the parameters alone, for those are what we want the slopes of. The data and the state it
# sees from outside. Such an inner function is called a closure.


# %%
rounds_traced = []


@jax.jit
def growth_step(state, hours, log_counts):
    """The state after one step, and the loss before it."""
    rounds_traced.append("traced")  # an effect, which happens only when Python enters: we look at it below

    def loss_of(params):
        return jnp.mean((state.apply_fn({"params": params}, hours) - log_counts) ** 2)

    loss, grads = jax.value_and_grad(loss_of)(state.params)
    return state.apply_gradients(grads=grads), loss


stepped, loss_before = growth_step(growth, hours, log_counts)
print(loss_before, stepped.params)

# %% [markdown]
# The same numbers as above, where everything came in as arguments: the two forms differ only in style.
#
# Which one to take? With arguments, one loss serves for many models and can be tested by itself. To combine both, use a
# closure of another kind: a function that takes the loss and *returns* a step. Here is the pattern, with something
# simpler:


# %%
def make_scaler(factor):
    """A compiled function that multiplies by `factor`."""

    @jax.jit
    def scale(x):
        return factor * x

    return scale


double = make_scaler(2.0)
double(jnp.arange(3.0))

# %% [markdown]
# The inner function remembers `factor`, and `double` is compiled once, however often it is called.

# %% [markdown] task="make_train_step" points=3 difficulty=3 minutes=9
# ## Task: make a training step of a loss
#
# Write `make_train_step(loss_fn)`. It returns a function `step(state, x, y)`.
#
# - `loss_fn(params, apply_fn, x, y)` gives a loss as `float32` of shape `()`, as `calculate_loss` does. (You do not
#   need your own `calculate_loss` here. Whatever `loss_fn` computes, the step goes down *its* slope.)
# - `step` takes a `TrainState`, and `x` and `y` as `loss_fn` takes them. It returns a pair `(new_state, loss)`. The
#   loss is that of `state`, so before the step.
# - `new_state` is one step further: the parameters moved by the state's optimizer, its `opt_state`, and `step`. The
#   state that came in is as it was.
# - Each call of `step` works on the `x` and `y` that it is given. With small batches they are others in each step.
# - Compile the step, and take the loss from the same pass as the gradients. This is graded: in several steps on arrays
#   of one shape, Python enters `loss_fn` exactly once.


# %% answer="make_train_step"
def make_train_step(loss_fn):
    """A compiled step down `loss_fn`: (state, x, y) -> (state, f32[])."""

    # BEGIN SOLUTION
    @jax.jit
    def step(state, x, y):
        loss, grads = jax.value_and_grad(loss_fn)(state.params, state.apply_fn, x, y)
        return state.apply_gradients(grads=grads), loss

    return step
    # END SOLUTION


# %% check="make_train_step"
check("make_train_step")

# %% [markdown] hint="make_train_step"
# Two functions, one inside the other, as in `make_scaler`. What does the inner one take, and what does the outer one
# return?

# %% [markdown] hint="make_train_step"
# `jax.value_and_grad` makes of `loss_fn` a function of the same arguments. It gives the loss and the slopes with
# respect to the first argument, and all of `loss_fn`'s four arguments go into it.

# %% [markdown] hint="make_train_step"
# `@jax.jit` belongs above the inner function, and everything that differs from step to step is an argument of that. The
# outer function returns the inner one, without calling it.

# %% [markdown]
# ## Something besides the loss
#
# Often one wants to see more than the loss: the predictions, to plot them, or to compute an accuracy. The loss function
# has them anyway. But a function that returns two things has no slope:


# %%
def loss_and_residuals(params):
    """Two things, and that is one too many for `grad`."""
    residuals = growth_model({"params": params}, hours) - log_counts
    return jnp.mean(residuals**2), residuals


try:
    jax.value_and_grad(loss_and_residuals)(growth.params)
except TypeError as error:
    print(type(error).__name__, str(error).split(".")[0])

# %% [markdown]
# `has_aux=True` says: the first thing is the loss, and the second only comes along. ("Aux" is short for auxiliary.)
# Then the value that comes back is a pair itself:

# %%
value, grads = jax.value_and_grad(loss_and_residuals, has_aux=True)(growth.params)
print(type(value), len(value))
print(value[1])

# %% [markdown] task="train_step" points=2 difficulty=3 minutes=7
# ## Task: a step that shows its predictions
#
# Write `train_step(state, x, y)`.
#
# - `state` is a `TrainState`: `state.apply_fn({"params": params}, x)` gives predictions of shape `(n, 1)`. `x` is a
#   `float32` array of shape `(n, d)`, `y` one of shape `(n, 1)`.
# - It returns `(new_state, (loss, predictions))`: a pair whose second part is a pair again.
# - `new_state` is one step further down the mean squared error, as in the task before. The state that came in is as it
#   was.
# - `loss` is the mean squared error, `float32` of shape `()`, and `predictions` are those it was computed from, of
#   shape `(n, 1)`. Both are from *before* the step.
# - It must also work inside `jax.jit`. (You may write `@jax.jit` above it, and need not.)


# %% answer="train_step"
def train_step(state, x, y):
    """One step of training: (state, (loss: f32[], predictions: f32[n, 1]))."""

    # BEGIN SOLUTION
    def loss_of(params):
        predictions = state.apply_fn({"params": params}, x)
        return jnp.mean((predictions - y) ** 2), predictions

    (loss, predictions), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads), (loss, predictions)
    # END SOLUTION


# %% check="train_step"
check("train_step")

# %% [markdown] hint="train_step"
# The section above has all the parts, for the bacteria. What goes along there are the residuals. What should go along
# here?

# %% [markdown] hint="train_step"
# Write the loss as a closure that takes `params` alone and returns two things, the loss first. Tell
# `jax.value_and_grad` that there are two.

# %% [markdown] hint="train_step"
# With `has_aux=True` comes a pair: the value and the gradients. The value is a pair, too. Parentheses on the left side
# of `=` take it apart at once: `(a, b), c = ...`

# %% [markdown]
# ## What the optimizer does
#
# `apply_gradients` hides one thing that is good to have seen once. An optimizer of Optax is a pair of functions. `init`
# makes its state. `update` takes gradients and the old state, and gives *updates* and a new state:

# %%
place = jnp.array([3.0, -2.0])
momentum = optax.sgd(0.1, momentum=0.5)
memory = momentum.init(place)
slope = 2 * place  # the gradient of the sum of squares
updates, memory_after = momentum.update(slope, memory, place)
print("gradient", slope)
print("updates ", updates)

# %% [markdown]
# Updates are no gradients. They point downhill already, and the learning rate is in them. So they are *added*, and
# `optax.apply_updates` does that for nested dictionaries, too:

# %%
place_after = optax.apply_updates(place, updates)
place_after

# %% [markdown]
# The second step needs the state that came out of the first one. There it is remembered where the journey went.
# Compare: once with the new memory, once with the old one.

# %%
slope_after = 2 * place_after
print(momentum.update(slope_after, memory_after, place_after)[0])
print(momentum.update(slope_after, memory, place_after)[0])

# %% [markdown]
# With the old memory it is plain gradient descent. The loss would fall all the same, only more slowly, and nobody
# would notice.
#
# One more argument: the parameters. Most optimizers do not need them for `update`. One with weight decay, such as
# `optax.adamw`, does, for it makes each weight a little smaller. So hand them over always.

# %%
decaying = optax.adamw(0.1)
try:
    decaying.update(slope, decaying.init(place))
except ValueError as error:
    print(type(error).__name__, str(error).split(",")[0])

# %% [markdown] task="run_optimizer" points=3 difficulty=3 minutes=9
# ## Task: run an optimizer by hand
#
# Write `run_optimizer(tx, loss, params, steps)`.
#
# - `tx` is any optimizer of Optax. `loss` is a function that takes the parameters and gives a `float32` of shape `()`.
#   `params` is what `loss` takes: a `float32` array, or a dictionary of such arrays. `steps` is a Python `int`, 0 or
#   larger.
# - It goes `steps` steps. In each one it takes the gradient of `loss` at the current parameters, lets `tx` make updates
#   of it, and applies them.
# - The optimizer is started with `init` once, before the first step. Its state goes from step to step. In each step it
#   is given the current parameters, too. All of this is graded.
# - It returns a pair: the parameters and the optimizer's state, both as they are after the last step. For 0 steps these
#   are `params` and the state that `tx` begins with.


# %% answer="run_optimizer"
def run_optimizer(tx, loss, params, steps):
    """Parameters and optimizer's state after `steps` steps of `tx` down `loss`."""
    # BEGIN SOLUTION
    opt_state = tx.init(params)
    for _ in range(steps):
        grads = jax.grad(loss)(params)
        updates, opt_state = tx.update(grads, opt_state, params)
        params = optax.apply_updates(params, updates)
    return params, opt_state
    # END SOLUTION


# %% check="run_optimizer"
check("run_optimizer")

# %% [markdown] hint="run_optimizer"
# What is done once, and what in each step? Write the section above as a loop.

# %% [markdown] hint="run_optimizer"
# Two things change in each step: the parameters, and the optimizer's state. So each of these names must get a new value
# in each round of the loop.

# %% [markdown] hint="run_optimizer"
# `update` takes three arguments here, and all three are others in each round. It gives two things: one of them goes
# into `optax.apply_updates`, and the other one is needed in the next round.

# %% [markdown]
# ## The loop
#
# A *step* is one update of the parameters. An *epoch* is one time through all data. With a hundred points one can take
# all of them in each step. Then a step and an epoch are the same.
#
# The loop itself is short. Look at the left side of the second line: the state gets the name of the old one.

# %%
trained = growth
for epoch in range(120):
    trained, loss = growth_step(trained, hours, log_counts)
    if epoch % 30 == 0:
        print(epoch, f"{loss:.4f}")
print(trained.step, trained.params)

# %% [markdown]
# JAX compiles a function in its first call, and remembers the program. How often has Python entered `growth_step` in
# all, above and here?

# %%
print(rounds_traced)

# %% [markdown]
# Once: all other rounds took the program that was there. But if a *new* function is made in each round of the loop, JAX
# has never seen it before, and each round compiles anew:

# %%
traced = []


def add_one(x):
    """Notes when Python enters it, which is when it is compiled."""
    traced.append("traced")
    return x + 1


for _ in range(3):
    jax.jit(lambda x: add_one(x))(jnp.zeros(2))
print(len(traced), "times in the loop")

traced.clear()
compiled = jax.jit(add_one)
for _ in range(3):
    compiled(jnp.zeros(2))
print(len(traced), "time before the loop")

# %% [markdown] task="fit_model" points=2 difficulty=3 minutes=8
# ## Task: fit a model
#
# Write `fit_model(step, state, x, y, epochs)`.
#
# - `step(state, x, y)` gives `(new_state, loss)`, where `loss`, `float32` of shape `()`, is that before the step. It is
#   a plain Python function that JAX can compile, and it is not compiled yet.
# - `state` is a `TrainState`, `x` and `y` are arrays with a row for each sample, and `epochs` is a Python `int`, at
#   least 1. Each epoch is one step on all of `x` and `y`.
# - It returns `(state, history)`: the state after the last epoch, and a list of pairs `(epoch, loss)`.
# - The list has a pair for every tenth epoch: 0, 10, 20 and so on, as far as they are below `epochs`. The epoch is a
#   whole number, and the loss that which `step` gave in this epoch.
# - The step is compiled once, before the loop. This is graded: however many epochs there are, Python enters `step` at
#   most twice. (Twice, since JAX may compile once more when the step number, at first a plain 0, has become an array.)
#
# Use it on the hundred points with `optax.adam(1.0)` and the kernel -0.5220277, for 150 epochs, and you get the losses
# 5.2768, 0.9498, 0.1091, 0.0845, 0.0283, 0.0258, 0.0106, 0.0105, 0.0106, 0.0102, 0.0101, 0.0100, 0.0100, 0.0100,
# 0.0100. The kernel ends at 2.0279 and the bias at 1.0087.


# %% answer="fit_model"
def fit_model(step, state, x, y, epochs):
    """The state after `epochs` steps on all data, and the loss of every tenth: [(epoch, loss), ...]."""
    # BEGIN SOLUTION
    compiled_step = jax.jit(step)
    history = []
    for epoch in range(epochs):
        state, loss = compiled_step(state, x, y)
        if epoch % 10 == 0:
            history.append((epoch, float(loss)))
    return state, history
    # END SOLUTION


# %% check="fit_model"
check("fit_model")

# %% [markdown] hint="fit_model"
# What must happen before the loop, so that it does not happen in each round?

# %% [markdown] hint="fit_model"
# The remainder `epoch % 10` is 0 for every tenth epoch. The loss of an epoch is what `step` gives in it; there is no
# need to compute it again.

# %% [markdown] hint="fit_model"
# Give the compiled step a name before the loop. In each round two things come back from it: the state needs to be kept
# for the next round, and the loss only sometimes, as a pair with the epoch.

# %% [markdown]
# Look at the losses in the task once more: at epoch 80 the loss is a little *higher* than at epoch 70. That is no
# mistake. The learning rate of 1.0 is large, and the optimizer steps over the valley from side to side. So a loss that
# rises once proves nothing; look at its course over many steps. (More common learning rates for Adam are about
# 0.001.)
#
# Is 0.0100 good? Compare with the simplest thing one could do, always to predict the mean of y, and with the best line
# there is:

# %%
slope, intercept = np.polyfit(x_data[:, 0], y_data[:, 0], 1)
print(f"always the mean: {float(jnp.var(y_data)):.4f}")
print(f"the best line:   {float(np.mean((slope * x_data + intercept - y_data) ** 2)):.4f}")
print(f"its slope and intercept: {slope:.4f}, {intercept:.4f}")
plot.scatter(x_data, y_data, xlabel="x", ylabel="y", line=(slope, intercept))

# %% [markdown]
# Training has found the best line, to three digits: kernel 2.0279 and bias 1.0087 against
# 2.0282 and 1.0085. What is left is the noise, whose variance is about 0.01. No model can do better on new data.

# %% [markdown]
# ## Small batches
#
# With a million cells one does not take them all in each step. An epoch then consists of many steps, each with a small
# *batch*: shuffle the cells, and cut the row of them into pieces. In the next epoch they are shuffled anew, or the
# model would see the same cells together again and again.
#
# Ten cells in batches of four make two batches, and two cells are left over. There are three things to do with the
# rest.
#
# - Throw it away. Then some cells are not seen in this epoch.
# - Make a smaller batch. But for JAX another shape is another program: a compiled step is compiled once more.
# - Fill it up to four, and say which rows are real. That keeps all cells and needs one program. It is the best way.
#
# What the filling rows hold does not matter if each row gets a *weight*: 1 where it is real, 0 where it only fills. The
# mean of the real rows is then the weighted sum, divided by the sum of the weights:

# %%
errors = jnp.array([4.0, 2.0, 77.0, 77.0])
weights = jnp.array([1.0, 1.0, 0.0, 0.0])
print(errors.mean())
print((weights * errors).sum() / weights.sum())

# %% [markdown]
# The weights are needed once more when several batches are put together. The losses of these two batches are means
# over four rows and over two. Their plain mean is not the mean over all six rows:

# %%
first_batch, last_batch = jnp.array([0.0, 0.0, 0.0, 0.0]), jnp.array([1.0, 1.0])
print((first_batch.mean() + last_batch.mean()) / 2)
print(jnp.concatenate([first_batch, last_batch]).mean())

# %% [markdown]
# Functions that give one thing after the other are written with `yield`. Such a function is called a generator. It runs
# as far as it is asked to, so only one batch is in memory at a time. This one cuts a row of letters into pieces:


# %%
def pieces(sequence, size):
    """The pieces of a sequence, each of `size` letters; the last one may be shorter."""
    for start in range(0, len(sequence), size):
        yield sequence[start : start + size]


list(pieces("ACGTTGCAAT", 4))

# %% [markdown] task="minibatches" points=3 difficulty=4 minutes=12
# ## Task: batches that lose nothing
#
# Write `minibatches(key, x, y, size, epochs)`.
#
# - `key` is one key, new or raw. `x` is a `float32` array of shape `(n, d)`, `y` one of shape `(n, 1)`, with n at least
#   1. `size` and `epochs` are Python whole numbers, at least 1. `size` may be larger than n.
# - It gives the batches of all epochs, one after the other: as a generator, or as a list. Each batch is a triple
#   `(x_batch, y_batch, weights)`.
# - *All* batches have the same shapes: `(size, d)`, `(size, 1)` and `(size,)`. The weights are `float32`.
# - An epoch has as many batches as are needed for n rows, and no more: 3 for 7 rows in batches of 3.
# - In each epoch, each row of `x` comes exactly once with weight 1, together with its own `y`. All other rows of
#   the batches are there to fill the last one up. They have the weight 0, and in them stand any finite numbers.
# - In each epoch the rows come in a random order of its own.
# - All randomness comes from `key`. The same key gives the same batches again, another key other orders.


# %% answer="minibatches"
def minibatches(key, x, y, size, epochs):
    """Batches of all rows in a new order each epoch: (f32[size, d], f32[size, 1], f32[size]) each."""
    # BEGIN SOLUTION
    n = len(x)
    for epoch_key in jax.random.split(key, epochs):
        order = jax.random.permutation(epoch_key, n)
        for start in range(0, n, size):
            rows = order[start : start + size]
            missing = size - len(rows)
            filled = jnp.pad(rows, (0, missing))
            yield x[filled], y[filled], jnp.pad(jnp.ones(len(rows)), (0, missing))
    # END SOLUTION


# %% check="minibatches"
check("minibatches")

# %% [markdown] hint="minibatches"
# Two loops, one inside the other: over the epochs, and over the places where a batch begins. What is drawn at random,
# and in which of the two loops?

# %% [markdown] hint="minibatches"
# Draw an order of the row numbers with `jax.random.permutation`, and cut it into pieces as `pieces` does. An array of
# row numbers in square brackets takes those rows. Each epoch needs a key of its own.

# %% [markdown] hint="minibatches"
# Only the last piece can be too short. Fill the *row numbers* up to `size`, with 0 for example: then row 0 comes once
# more, as a filling row. `jnp.pad(array, (0, k))` puts k zeros after an array, and serves for the weights, too.

# %% [markdown]
# ## Models that behave differently in training
#
# Two layers do one thing in training and another one afterwards.
#
# *Dropout* sets numbers to zero at random, so that the model cannot rely on any single one. It needs a key in each
# step. Afterwards nothing is dropped.
#
# *Batch normalization* shifts and scales each number inside the model so that over the batch it has mean 0 and
# variance 1. Along the way it keeps *running averages* of mean and variance. Afterwards, when a single patient comes,
# there is no batch. Then the running averages are used.
#
# So the model must be told which of the two it is. Here it is told by `train`:


# %%
class CellModel(nn.Module):
    """x: f32[n, d] gives f32[n, 1]."""

    @nn.compact
    def __call__(self, x, train):
        x = nn.Dense(4)(x)
        x = nn.BatchNorm(use_running_average=not train, momentum=0.9)(x)
        x = nn.Dropout(0.5, deterministic=not train)(nn.relu(x))
        return nn.Dense(1)(x)


cell_model = CellModel()
cells = jax.random.normal(jax.random.key(6), (5, 3))
cell_variables = cell_model.init(jax.random.key(12), cells, train=False)
show.print_short_dict(cell_variables)

# %% [markdown]
# Beside `params` there is a second collection now, `batch_stats`: the running averages. They are no parameters. No
# gradient moves them; the model itself does.
#
# In training the model therefore needs two more things: a key for dropout, and the permission to change `batch_stats`.
# Nothing in JAX changes in place, so the new averages come back beside the predictions:

# %%
predictions, changed = cell_model.apply(
    cell_variables, cells, train=True, rngs={"dropout": jax.random.key(8)}, mutable=["batch_stats"]
)
print(predictions.shape)
print("before:", cell_variables["batch_stats"]["BatchNorm_0"]["mean"])
print("after: ", changed["batch_stats"]["BatchNorm_0"]["mean"])

# %% [markdown]
# Who forgets one of the two is told so:

# %%
for more in ({"mutable": ["batch_stats"]}, {"rngs": {"dropout": jax.random.key(8)}}):
    try:
        cell_model.apply(cell_variables, cells, train=True, **more)
    except Exception as error:
        print(type(error).__name__, "-", str(error).split(". ")[0])

# %% [markdown]
# The state of the training has to hold the averages, too. `TrainState` has no place for them, but one can be added. A
# class that is based on another one has all its fields and its own:


# %%
class CellState(TrainState):
    """A training state with running averages."""

    batch_stats: Any


cell_state = CellState.create(
    apply_fn=cell_model.apply,
    params=cell_variables["params"],
    tx=optax.adam(0.01),
    batch_stats=cell_variables["batch_stats"],
)

# %% [markdown]
# `apply_gradients` takes new values of such fields along: `state.apply_gradients(grads=grads, batch_stats=...)`. One
# can also use `state.replace(batch_stats=...)`.
#
# One question is left. Where does the key for dropout come from? With the same key the same places are dropped. So a
# key that stays the same for the whole training switches the same numbers off, in every step:

# %%
drop_half = nn.Dropout(0.5, deterministic=False)
dropout_key = jax.random.key(9)
for _ in range(2):
    print(drop_half.apply({}, jnp.ones(8), rngs={"dropout": dropout_key}))

# %% [markdown]
# Each step needs a key of its own. The state knows which step it is, and `fold_in` makes a key from a key and a number:

# %%
for step in range(2):
    print(drop_half.apply({}, jnp.ones(8), rngs={"dropout": jax.random.fold_in(dropout_key, step)}))

# %% [markdown] task="regularized_step" points=3 difficulty=4 minutes=11
# ## Task: a step with dropout and batch normalization
#
# Write `regularized_step(state, key, x, y)`.
#
# - `state` is a `TrainState` with one more field, `batch_stats`, like `CellState`. Its model takes the variables
#   `{"params": ..., "batch_stats": ...}` and the arguments that `cell_model` takes above, also by name: `x`, `train`,
#   `rngs`, `mutable`.
# - `key` is one key, new or raw. It is the *same* one in every step of a training.
# - `x` is a `float32` array of shape `(n, d)`, `y` one of shape `(n, 1)`.
# - The model runs in training mode. The key for its dropout is made from `key` and the number of the step,
#   `state.step`, by `jax.random.fold_in`.
# - The loss is the mean squared error of its predictions.
# - It returns `(new_state, loss)`. The loss, `float32` of shape `()`, is from before the step. `new_state` is one step
#   further down the loss, and its `batch_stats` are those that came back from this very run of the model.
# - It must also work inside `jax.jit`.


# %% answer="regularized_step"
def regularized_step(state, key, x, y):
    """One step with dropout and batch normalization: (state, loss: f32[])."""
    # BEGIN SOLUTION
    dropout_key = jax.random.fold_in(key, state.step)

    def loss_of(params):
        variables = {"params": params, "batch_stats": state.batch_stats}
        predictions, changed = state.apply_fn(
            variables, x, train=True, rngs={"dropout": dropout_key}, mutable=["batch_stats"]
        )
        return jnp.mean((predictions - y) ** 2), changed["batch_stats"]

    (loss, batch_stats), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads, batch_stats=batch_stats), loss
    # END SOLUTION


# %% check="regularized_step"
check("regularized_step")

# %% [markdown] hint="regularized_step"
# It is a step as before, with two additions: the model's call has more arguments, and something comes back beside the
# predictions. Which way can it take out of the loss function?

# %% [markdown] hint="regularized_step"
# Make the key of this step first. Then write the loss as a closure over it, with `has_aux=True`, and let the new
# running averages come along.

# %% [markdown] hint="regularized_step"
# With `mutable=["batch_stats"]` the model gives a pair, and the second part is a dictionary with `batch_stats` in it.
# In the end hand these to `apply_gradients`, beside the gradients, so that the new state has them.

# %% [markdown]
# ## Evaluation
#
# How good is a model on cells it has never seen? For that it must be run as it will be used: no dropout, and the
# running averages. Otherwise strange things happen. In training mode, the prediction for one cell depends on the other
# cells in the batch:

# %%
for batch in (cells, cells[:2]):
    predictions, _ = cell_model.apply(
        cell_variables, batch, train=True, rngs={"dropout": jax.random.key(14)}, mutable=["batch_stats"]
    )
    print("training:  ", predictions[0])
for batch in (cells, cells[:2]):
    print("evaluation:", cell_model.apply(cell_variables, batch, train=False)[0])

# %% [markdown]
# The second thing to watch is the loss itself. Optax has two losses that look alike:

# %%
print(optax.squared_error(jnp.array(3.0), jnp.array(1.0)))
print(optax.l2_loss(jnp.array(3.0), jnp.array(1.0)))

# %% [markdown]
# `l2_loss` has a factor of 1/2. Whoever trains with `squared_error` and evaluates with `l2_loss` sees a model that
# seems twice as good on new data as on old. The other way round, it seems half as good. A bug of this kind was found in
# a published library. So use *one* definition for both. Then the two numbers can be compared, and their difference says
# how much was learned by heart.

# %% [markdown] task="eval_step" points=2 difficulty=3 minutes=7
# ## Task: evaluate
#
# Write `eval_step(state, x, y)`.
#
# - `state` is a `TrainState` with the field `batch_stats`, and its model is called as `cell_model` is: see the task
#   before.
# - `x` is a `float32` array of shape `(n, d)`, `y` one of shape `(n, 1)`, with n at least 1.
# - It runs the model in evaluation mode, and returns a dictionary with two entries, each a `float32` of shape `()`.
#   `"loss"` is the mean squared error, defined as in training. `"error"` is the mean of the absolute differences
#   between prediction and `y`.
# - It must also work inside `jax.jit`.


# %% answer="eval_step"
def eval_step(state, x, y):
    """How good the model of `state` is on these data: {"loss": f32[], "error": f32[]}."""
    # BEGIN SOLUTION
    variables = {"params": state.params, "batch_stats": state.batch_stats}
    differences = state.apply_fn(variables, x, train=False) - y
    return {"loss": jnp.mean(differences**2), "error": jnp.mean(jnp.abs(differences))}
    # END SOLUTION


# %% check="eval_step"
check("eval_step")

# %% [markdown] hint="eval_step"
# In evaluation mode the model needs neither a key nor the permission to change anything. What does it need?

# %% [markdown] hint="eval_step"
# Give the model both collections, parameters and running averages, and say `train=False`. Then only the predictions
# come back.

# %% [markdown] hint="eval_step"
# From the differences between predictions and `y`, make two numbers: the mean of their squares, without any factor, and
# the mean of what `jnp.abs` makes of them. Put them into a dictionary under the two names.

# %% [markdown]
# ## When to stop
#
# A model with enough parameters can learn its training data by heart. To see when that begins, one keeps some data
# aside, the *validation* data, and evaluates on them after each epoch. Here is a model with 64 hidden units and only
# twelve training points. This is a whole training, with a log of both losses:


# %%
class Curve(nn.Module):
    """x: f32[n, 1] gives f32[n, 1]."""

    @nn.compact
    def __call__(self, x):
        bends = nn.Dense(64, kernel_init=nn.initializers.normal(12.0), bias_init=nn.initializers.normal(6.0))
        return nn.Dense(1)(nn.tanh(bends(x)))


@jax.jit
def curve_loss(params, x, y):
    """The mean squared error, the same for training and validation: f32[]."""
    return jnp.mean((curve.apply({"params": params}, x) - y) ** 2)


@jax.jit
def curve_step(state, x, y):
    """The state after one step, and the loss before it."""
    loss, grads = jax.value_and_grad(curve_loss)(state.params, x, y)
    return state.apply_gradients(grads=grads), loss


curve = Curve()
train_x, train_y, valid_x, valid_y = x_data[:12], y_data[:12], x_data[12:], y_data[12:]
curve_state = TrainState.create(
    apply_fn=curve.apply, params=curve.init(jax.random.key(10), train_x)["params"], tx=optax.adam(0.03)
)
log = metrics.MetricsLogger()
for epoch in range(200):
    curve_state, loss = curve_step(curve_state, train_x, train_y)
    log.log(epoch, training=loss, validation=curve_loss(curve_state.params, valid_x, valid_y))
best_epoch, best_loss = log.best("validation")
print(f"best validation loss: {best_loss:.4f} in epoch {best_epoch}")
print(f"at the end: {log.last('validation'):.4f}, and {log.last('training'):.4f} in training")

# %%
epochs, validation_losses = log.history["validation"]
curves = {"training": log.history["training"][1], "validation": validation_losses}
plot.lines(epochs, curves, xlabel="epoch", ylabel="loss", marks={"best": best_epoch}, log=True)

# %% [markdown]
# The training loss falls on and on. The validation loss turns and rises: from there on, the model learns the noise of
# its twelve points. The state that one wants to keep is the one at the turning point, and that is *not* the last one.
#
# Stopping at the first rise would be rash, for the loss goes up and down. So one waits a little, and the number of
# epochs is called *patience*. Flax has an object that counts for us. Let us give it losses that we make up:

# %%
stopper = EarlyStopping(patience=2)
for epoch, loss in enumerate([1.0, 0.8, 0.9, 0.8, 0.85, 0.7]):
    stopper = stopper.update(loss)
    print(epoch, loss, "better" if stopper.has_improved else "not better", stopper.should_stop)
    if stopper.should_stop:
        break

# %% [markdown]
# Two things to see. With a patience of 2 it stops at the *third* epoch in a row that is not better: two are forgiven.
# (An equal loss is not better.) And `update` returns a new object, as everything does here. Dropped, it changes
# nothing, and the training never stops:

# %%
forgetful = EarlyStopping(patience=2)
for loss in [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]:
    forgetful.update(loss)
forgetful.should_stop

# %% [markdown] task="train_with_patience" points=3 difficulty=4 minutes=10
# ## Task: stop early, keep the best
#
# Write `train_with_patience(train_epoch, evaluate, state, patience, max_epochs)`.
#
# - `train_epoch(state)` gives the state after one more epoch of training. `evaluate(state)` gives the validation loss
#   of a state, a finite Python `float`. Both are plain functions: do not compile them.
# - `state` is where the training begins. `patience` is a Python `int`, 0 or larger; `max_epochs` one of at least 1.
# - In each epoch it trains, and then evaluates the new state. An epoch is *better* if its loss is smaller than all
#   before it. So the first one always is.
# - The training ends after the epoch that is number `patience + 1` in a row that is not better, as Flax counts; or
#   else after `max_epochs`.
# - It returns `(best_state, best_loss, epochs)`: the state after the best epoch, its loss, and how many epochs were
#   trained. Where two epochs have the same smallest loss, it is the first of them.
#
# You may use `EarlyStopping`, or count yourself.


# %% answer="train_with_patience"
def train_with_patience(train_epoch, evaluate, state, patience, max_epochs):
    """The best state, its validation loss, and the number of epochs trained."""
    # BEGIN SOLUTION
    stopper, best_state, epochs = EarlyStopping(patience=patience), state, 0
    while epochs < max_epochs and not stopper.should_stop:
        state, epochs = train_epoch(state), epochs + 1
        stopper = stopper.update(evaluate(state))
        if stopper.has_improved:
            best_state = state
    return best_state, stopper.best_metric, epochs
    # END SOLUTION


# %% check="train_with_patience"
check("train_with_patience")

# %% [markdown] hint="train_with_patience"
# Three things have to be remembered from epoch to epoch: the current state, the best one so far, and what decides when
# to stop.

# %% [markdown] hint="train_with_patience"
# In each round: train, evaluate, update the stopper under its own name. If this epoch was better, give its state a
# second name. Then ask whether to stop.

# %% [markdown] hint="train_with_patience"
# `has_improved` says whether this epoch was better, `should_stop` whether it is time, and `best_metric` is the smallest
# loss so far. Mind the count of epochs: after the first round it is 1, while `range` begins with 0.

# %% [markdown]
# ## Going on tomorrow
#
# A long training is interrupted: the session times out, or the power fails. A *checkpoint* keeps what is needed to go
# on. Flax makes bytes of a state, and a state of bytes. To read it, it needs a state of the same form, whose numbers do
# not matter:

# %%
saved = serialization.to_bytes(trained)
print(type(saved), len(saved))
restored = serialization.from_bytes(growth, saved)
print(restored.step, restored.params)

# %% [markdown]
# The optimizer's state is in there, too. With the parameters alone, Adam would begin anew: the run goes on, and ends
# somewhere else.
#
# The key of the training belongs in a checkpoint, too. Without it, shuffling and dropout begin anew. A new key (not a
# raw one) is no array of numbers, and bytes can hold only those. So take its numbers out, and make a key of them again:

# %%
run_key = jax.random.key(11)
try:
    serialization.to_bytes({"key": run_key})
except TypeError as error:
    print(type(error).__name__)

numbers = jax.random.key_data(run_key)
print(numbers)
bool(jax.random.wrap_key_data(numbers) == run_key)

# %% [markdown]
# A raw key is such numbers already. Which of the two a key is, its dtype says:

# %%
for some_key in (jax.random.key(11), jax.random.PRNGKey(11)):
    print(some_key.dtype, jnp.issubdtype(some_key.dtype, jax.dtypes.prng_key))

# %% [markdown]
# And the settings. Imagine you change the learning rate and run the notebook again. It finds the checkpoint of
# yesterday, and goes on with that. You look at yesterday's model and believe it is the new one. So a checkpoint should
# know under which settings it was written, and refuse all others.
#
# To compare settings, make a text of them. `json.dumps` does that, and with `sort_keys` the order does not matter:

# %%
print(json.dumps({"width": 32, "rate": 0.1}, sort_keys=True))
print(json.dumps({"rate": 0.1, "width": 32}, sort_keys=True))

# %% [markdown]
# Texts, numbers, arrays, and dictionaries of these can go into one package:

# %%
package = serialization.msgpack_serialize({"note": "evening", "numbers": np.arange(3)})
serialization.msgpack_restore(package)

# %% [markdown] task="Checkpoint" points=3 difficulty=5 minutes=15
# ## Task: a checkpoint that knows its settings
#
# Write the class `Checkpoint`.
#
# - `Checkpoint(config)` takes the settings of a run: a dictionary with texts as keys, and numbers and texts as values.
# - All is in the bytes: they are read tomorrow, in another process, which knows only the settings. (Python's `hash` of
#   a text is another number in each process, so it is no mark to compare.)
# - `save(state, key)` returns `bytes`. `state` is a `TrainState`, `key` the key that the run goes on with, new or raw.
# - `load(saved, state, key)` takes such bytes. `state` is a fresh state of the same form as the saved one, and `key`
#   some key of the same form as the saved one: both only say what to make of the bytes. It returns the pair `(state,
#   key)` as it was saved: parameters, optimizer's state and step, and the key, all bit by bit. So the run goes on as if
#   nothing had happened.
# - `load` raises a `ValueError` if the bytes were saved by a `Checkpoint` with other settings: another value, one more,
#   or one less. The number 1 and the text "1" are different values. The order of the entries does not matter. Nor does
#   it matter *which* `Checkpoint` object saved: another one with the same settings reads it.


# %% answer="Checkpoint"
class Checkpoint:
    """A training run as bytes, with the settings that it was run with."""

    def __init__(self, config):
        # BEGIN SOLUTION
        self.config = json.dumps(config, sort_keys=True)
        # END SOLUTION

    def save(self, state, key):
        """State and key as bytes."""
        # BEGIN SOLUTION
        content = {
            "config": self.config,
            "state": serialization.to_state_dict(state),
            "key": np.asarray(jax.random.key_data(key)),
        }
        return serialization.msgpack_serialize(content)
        # END SOLUTION

    def load(self, saved, state, key):
        """(state, key) as they were saved. Raises a ValueError if the settings were others."""
        # BEGIN SOLUTION
        content = serialization.msgpack_restore(saved)
        if content["config"] != self.config:
            raise ValueError(f"saved with {content['config']}, but now it is {self.config}")
        state = serialization.from_state_dict(state, content["state"])
        is_new = jnp.issubdtype(key.dtype, jax.dtypes.prng_key)
        numbers = jnp.asarray(content["key"])
        return state, jax.random.wrap_key_data(numbers) if is_new else numbers
        # END SOLUTION


# %% check="Checkpoint"
check("Checkpoint")

# %% [markdown] hint="Checkpoint"
# Three things go into the bytes: settings, state, key. In `load`, which of them do you look at first?

# %% [markdown] hint="Checkpoint"
# Make one package of a dictionary with three entries. The settings go in as a text. The state goes in as bytes from
# `to_bytes`, or as a dictionary from `serialization.to_state_dict`, whose counterpart is `from_state_dict`.

# %% [markdown] hint="Checkpoint"
# `jax.random.key_data` takes both forms of a key. On the way back, look at the dtype of the key that `load` is given:
# for a new one wrap the numbers, for a raw one leave them as they are. Compare the two texts of settings before all
# that.

# %% [markdown]
# `dlfb_lab.checkpoint` does the same with a file, and keeps the latest state only. There, the form of the key is in the
# file, so `load` takes none. It is short enough to read:

# %%
folder = tempfile.mkdtemp()
kept = checkpoint.LatestCheckpoint(folder, {"rate": 0.1})
kept.save(trained, key=run_key, step=120)
again, again_key, step = kept.load(growth)
print(step, again.params)
try:
    checkpoint.LatestCheckpoint(folder, {"rate": 0.2}).load(growth)
except checkpoint.ChangedConfig as error:
    print(type(error).__name__, str(error).split(" Put")[0])

# %% [markdown]
# ## What to take away
#
# - All that changes is in one state, and a step makes a new one. Whoever does not give it a name throws it away.
# - Look at the shapes before you subtract. `(n, 1)` and `(n,)` make a table, and no error.
# - Loss and gradients come from one pass: `value_and_grad`, and `has_aux=True` for whatever else should come along.
# - An optimizer has a memory. It is started once, and it goes from step to step with the parameters.
# - Compile the whole step, once, before the loop. A loss that rises now and then is no sign of a mistake.
# - Shuffle anew in each epoch, lose no row, and give filling rows the weight zero.
# - Dropout needs another key in each step, and running averages must be kept. Evaluate without the one and with
#   the other, and with the same loss as in training.
# - Keep the best state, not the last. And let a checkpoint know its settings, its optimizer and its key.
