# %% [markdown]
# # Gradients
#
# A gradient answers one question for every number that goes into a computation: if this number grew a little,
# how much would the result change?
#
# With the answer you can fit the constants of an enzyme, train a network, or ask which base of a DNA sequence matters.
# You write the computation as an ordinary function, and JAX works out its gradient.
#
# It does so faithfully. Where your formula has an edge, the gradient falls off it: it becomes NaN, or zero, and no
# error says so. This lab shows how to ask for gradients, and how to write formulas that have good ones.
#
# There are ten tasks, for about two hours with the reading. Each stands on its own: if one resists, go on and come back
# later. Write your answer into the cell that waits for it, then run the `check` cell below it, as often as you like.
#
# Stuck? `hint("grad_f")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("grad_f")` shows one way to do it, if your course allows it.

# %%
import jax
import jax.numpy as jnp
import optax

from dlfb_lab import check, hint, plot, solution

# %% [markdown]
# ## A function in, a function out
#
# Here is a function of one number.


# %%
def cube(x):
    """The cube of `x`."""
    return x**3


cube(2.0)

# %% [markdown]
# How steep is it at 2? In school you would find the rule: the slope of x³ is 3x². `jax.grad` finds it for you.
# You give it the *function*. What comes back is a function as well, and it computes the slope.

# %%
slope_of_cube = jax.grad(cube)
slope_of_cube(2.0)

# %% [markdown]
# It can be used anywhere: at another place, or inside `jax.jit`.

# %%
print(slope_of_cube(10.0))
print(jax.jit(slope_of_cube)(10.0))

# %% [markdown]
# Is it an estimate, from two points close to each other? No. JAX goes through the operations of `cube` and knows the
# rule of each. Here are the operations of the function and of its slope. (A list of operations like this is called a
# *jaxpr*.)

# %%
print(jax.make_jaxpr(cube)(2.0))
print(jax.make_jaxpr(slope_of_cube)(2.0))

# %% [markdown]
# In the second one you find the square and the 3 of 3x². The name `_` stands for a result that is not needed: the cube
# itself. And `mul 1.0` multiplies by the slope with which every gradient begins, that of the result with respect to
# itself. (`f32[]` is short for one `float32` number, and `f32[5]` will be an array of five.)
#
# Three things go wrong with `grad`, to everyone. The first: giving it a value instead of a function.

# %%
try:
    jax.grad(cube(2.0))
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("\n")[0])

# %% [markdown]
# `cube(2.0)` is the number 8, and a number has no slope.
#
# The second: asking at a whole number. A slope needs steps as small as you like, and from 2 the next whole number is 3.

# %%
try:
    slope_of_cube(2)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("\n")[0])

# %% [markdown]
# The third: a function that returns several numbers.

# %%
sizes = jnp.array([1.0, 2.0, 3.0])
try:
    slope_of_cube(sizes)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("\n")[0])

# %% [markdown]
# Three numbers went in and three came out. Which of them should change? `grad` wants *one* number to come out.
# Any number may go in. The sum is one number:


# %%
def total(x):
    """The sum of the cubes of `x: f32[n]`."""
    return jnp.sum(cube(x))


jax.grad(total)(sizes)

# %% [markdown]
# So the gradient has the shape of what went in: one slope for each entry.
#
# Where you do want to have several numbers out, each with its own slope, map the slope of one over all of them:

# %%
jax.vmap(slope_of_cube)(sizes)

# %% [markdown]
# Now a function for you. It takes any number of inputs, and returns one number: a mean.


# %%
def f(x):
    """The mean of (x + 2)² + 3 over the entries of `x: f32[n]`, as f32[]."""
    return jnp.mean((x + 2) ** 2 + 3)


f(jnp.array([0.0, 1.0, 2.0]))

# %% [markdown] task="grad_f" points=1 difficulty=1 minutes=4
# ## Task: the gradient of f
#
# Let `grad_f` be the gradient of `f`: not a number but a *function*.
#
# - `grad_f(x)` takes a JAX array of dtype `float32` and shape `(n,)`, for any n from 1 on.
# - It returns the slope of `f` for each entry of `x`, exact up to rounding, as an array of the same shape.
# - It must also work inside `jax.jit`. (You do not need to write `jit` yourself.)
#
# `grad_f(jnp.array([0.0, 1.0, 2.0]))` gives `[1.3333, 2, 2.6667]`.
#
# Replace the line in the next cell. You may also write `grad_f` with `def`.

# %% answer="grad_f"
# BEGIN SOLUTION
grad_f = jax.grad(f)
# END SOLUTION

# %% check="grad_f"
check("grad_f")

# %% [markdown] hint="grad_f"
# What did `slope_of_cube` stand for, and which line made it?

# %% [markdown] hint="grad_f"
# `jax.grad` takes a function. Is what you give it still a function, or has it been called already?

# %% [markdown] hint="grad_f"
# `f` returns a single number for an array of any length, so it can be given to `jax.grad` as it is: by its name alone,
# without parentheses after it.

# %% [markdown]
# ## The value and the slope at once
#
# Bacteria in a flask double and double. If they grow at a certain *rate*, there are `exp(rate * hours)` times as many
# after some hours. Here is what was measured, and a function that says how badly a rate fits: the mean of the squared
# errors. A function to be made small is called a *loss*.

# %%
hours = jnp.array([0.0, 1.0, 2.0, 3.0])
measured = jnp.array([1.0, 1.8, 3.1, 5.5])


def misfit(rate, hours, measured):
    """How badly `rate` fits, as f32[]: the mean of the squared errors."""
    print("(the loss is computed)")
    return jnp.mean((jnp.exp(rate * hours) - measured) ** 2)


# %% [markdown]
# `grad` differentiates with respect to the first argument: the slope says what happens if that one grows a little. The
# others are handed on.

# %%
print("loss:", misfit(0.5, hours, measured))
print("slope:", jax.grad(misfit)(0.5, hours, measured))

# %% [markdown]
# The slope is negative: with a larger rate, the loss would fall. So far so good, but look how often the loss was
# computed. To find a slope, JAX has to go through the function anyway. Afterwards it throws the value away.
# `value_and_grad` keeps it:

# %%
value, slope = jax.value_and_grad(misfit)(0.5, hours, measured)
value, slope

# %% [markdown]
# Once. For a large model, this saves time in every step. (The slope has `weak_type=True`: it belongs to the Python
# number 0.5, and takes on the dtype of what it is computed with.)
#
# The two lists of operations show the same. They differ in what they return, after `in`: one number or two. In the
# first one the cube is `_` again, not needed.

# %%
print(jax.make_jaxpr(jax.grad(cube))(2.0))
print(jax.make_jaxpr(jax.value_and_grad(cube))(2.0))

# %% [markdown]
# One piece of Python for the task. A star collects all further arguments of a function in a tuple, however many there
# are, and a star in a call hands them on:


# %%
def call_with(function, first, *rest):
    """`function`, called with all the others."""
    print("further arguments:", len(rest))
    return function(first, *rest)


call_with(max, 3, 8, 5), call_with(abs, -1)

# %% [markdown] task="loss_and_grad" points=1 difficulty=2 minutes=5
# ## Task: the loss and its gradient, in one go
#
# Write `loss_and_grad(loss, params, *data)`.
#
# - `loss` is a function. `loss(params, *data)` returns one number, an array of dtype `float32` and shape `()`.
# - `params` is a JAX array of dtype `float32`, or a dictionary of such arrays.
# - `data` are any number of further arrays, also none. `loss` takes them after `params`.
# - It returns a tuple of two: the loss, and its gradient with respect to `params`. The gradient has the form of
#   `params`: an array of the same shape, or a dictionary with the same names.
# - The loss is computed only once. This counts here, whether `loss` is called by Python or runs inside `jax.jit`.
# - `loss` cannot be changed: it stands for a large model of somebody else.
#
# `loss_and_grad(misfit, jnp.array(0.5), hours, measured)` gives `(0.3014, -8.0080)`, and the loss says only once that
# it is computed.


# %% answer="loss_and_grad"
def loss_and_grad(loss, params, *data):
    """The loss, f32[], and its gradient with respect to `params`, of the form of `params`."""
    # BEGIN SOLUTION
    return jax.value_and_grad(loss)(params, *data)
    # END SOLUTION


# %% check="loss_and_grad"
check("loss_and_grad")

# %% [markdown] hint="loss_and_grad"
# Which of the examples above printed its line only once?

# %% [markdown] hint="loss_and_grad"
# `jax.value_and_grad` takes a function and gives a function. That one is called with the same arguments as `loss`
# itself.

# %% [markdown] hint="loss_and_grad"
# The further arguments are in the tuple `data`. Each has to arrive on its own, as in the example with the star in the
# call. What the call returns is the tuple that is asked for.

# %% [markdown]
# ## With respect to which argument?
#
# A gradient belongs to an argument. This one has two:


# %%
def area(width, height):
    """The area of a leaf, roughly."""
    return 0.7 * width * height


print(jax.grad(area)(2.0, 5.0))

# %% [markdown]
# This is the slope with respect to the width, the first argument (number 0). `argnums` asks for another one, or for
# several.

# %%
print(jax.grad(area, argnums=1)(2.0, 5.0))
print(jax.grad(area, argnums=(0, 1))(2.0, 5.0))

# %% [markdown]
# Real models have many parameters, so they come in a dictionary. It counts as *one* argument, and its gradient is a
# dictionary with the same names:


# %%
def line_misfit(params, x, y):
    """How badly a line fits the points, as f32[]."""
    return jnp.mean((params["rise"] * x + params["start"] - y) ** 2)


line_x, line_y = jnp.array([0, 1, 2]), jnp.array([1.0, 2.9, 5.1])
line_params = {"rise": jnp.array(1.5), "start": jnp.array(1.0)}
jax.grad(line_misfit)(line_params, line_x, line_y)

# %% [markdown]
# Look at `line_x`: it holds whole numbers. That does no harm, because nobody asked for a slope with respect to it.

# %%
print(line_x.dtype)
try:
    jax.grad(line_misfit, argnums=1)(line_params, line_x, line_y)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("\n")[0])

# %% [markdown]
# ### An enzyme
#
# An enzyme turns a substrate over. The more substrate there is, the faster, up to a limit: all enzymes are busy then.
# With S for how much substrate there is, the rate is `Vmax * S / (Km + S)`. `Vmax` is the limit. `Km` is how much
# substrate it takes to reach half of `Vmax`.

# %%
substrate = jnp.array([1, 2, 5, 10, 20])
rates = jnp.array([1.6, 2.9, 4.9, 6.6, 8.1])


def enzyme_loss(S, v, params):
    """The sum of the squared errors of `Vmax * S / (Km + S)` against `v`, as f32[]."""
    predicted = params["Vmax"] * S / (params["Km"] + S)
    return jnp.sum((predicted - v) ** 2)


enzyme_loss(substrate, rates, {"Vmax": jnp.array(8.0), "Km": jnp.array(3.0)})

# %% [markdown]
# Mind the order of its arguments: the author has put the data first.

# %% [markdown] task="enzyme_grad" points=2 difficulty=2 minutes=6
# ## Task: which way to turn Vmax and Km
#
# Write `enzyme_grad(S, v, params)`: the gradient of `enzyme_loss` with respect to the parameters.
#
# - `S` is a JAX array of shape `(m,)`, with m at least 1: how much substrate there was in each of m measurements.
#   It holds whole numbers (`int32`) or decimal ones (`float32`). None is negative.
# - `v` holds the rates that were measured (`float32`, shape `(m,)`).
# - `params` is a dictionary with two `float32` numbers (JAX arrays of shape `()`) under `"Vmax"` and `"Km"`. Both are
#   above 0.
# - It returns a dictionary with the same two names: by how much `enzyme_loss(S, v, params)` would grow, per unit of
#   each.
# - It must also work inside `jax.jit`.
#
# With `substrate` and `rates` from above, Vmax 8 and Km 3, it gives `{"Km": 2.2259, "Vmax": -3.1692}`.


# %% answer="enzyme_grad"
def enzyme_grad(S, v, params):
    """The gradient of `enzyme_loss` with respect to `params`: {"Km": f32[], "Vmax": f32[]}."""
    # BEGIN SOLUTION
    return jax.grad(enzyme_loss, argnums=2)(S, v, params)
    # END SOLUTION


# %% check="enzyme_grad"
check("enzyme_grad")

# %% [markdown] hint="enzyme_grad"
# `jax.grad` differentiates with respect to the first argument, unless it is told otherwise. Which argument is the first
# one here?

# %% [markdown] hint="enzyme_grad"
# JAX counts arguments from 0. In the section above, `argnums=1` meant the second of two.

# %% [markdown] hint="enzyme_grad"
# The parameters are the third argument of `enzyme_loss`. Tell `jax.grad` so, and call what it gives with all three.
# The dictionary counts as one argument, so one number is enough.

# %% [markdown]
# ## A loss, and what else was computed
#
# On the way to its loss a model computes a prediction. One would like to plot it. But `grad` wants one number:


# %%
def misfit_and_curve(rate, hours, measured):
    """How badly `rate` fits, and the curve it gives."""
    curve = jnp.exp(rate * hours)
    return jnp.mean((curve - measured) ** 2), {"curve": curve}


try:
    jax.grad(misfit_and_curve)(0.5, hours, measured)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(". ")[0])

# %% [markdown]
# You have to announce that there is more: with `has_aux=True` (*aux* for auxiliary, what comes along). Then the
# function returns a pair. The loss comes first, anything may come second, and only the loss is differentiated.

# %%
jax.value_and_grad(misfit_and_curve, has_aux=True)(0.5, hours, measured)

# %% [markdown]
# See how it is packed. The outer pair is value and gradient, as before. But the value is now a pair itself: loss and
# rest. So this is how to take it apart:

# %%
(loss, rest), slope = jax.value_and_grad(misfit_and_curve, has_aux=True)(0.5, hours, measured)
print(loss)
print(rest["curve"])
print(slope)

# %% [markdown]
# `jax.grad` with `has_aux=True` leaves out the loss. Its pair is slope and rest. The order is another one than above:

# %%
jax.grad(misfit_and_curve, has_aux=True)(0.5, hours, measured)

# %% [markdown]
# And what if the function returns the curve first? Then JAX takes the curve for the loss.

# %%
try:
    jax.grad(lambda rate: misfit_and_curve(rate, hours, measured)[::-1], has_aux=True)(0.5)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("\n")[0][:90])

# %% [markdown]
# Parameters in a dictionary make no difference. Here is the line from above, and its prediction comes along:


# %%
def line_and_prediction(params, x, y):
    """How badly a line fits, and what it predicts."""
    predicted = params["rise"] * x + params["start"]
    return jnp.mean((predicted - y) ** 2), {"predicted": predicted}


line_and_prediction(line_params, line_x, line_y)

# %% [markdown] task="grad_with_extras" points=2 difficulty=3 minutes=6
# ## Task: loss, extras, and gradient
#
# Write `grad_with_extras(loss, params, x, y)`.
#
# - `loss` is a function. `loss(params, x, y)` returns a pair: the loss (one `float32` number), and a dictionary of
#   arrays that came along.
# - `params` is a dictionary of `float32` arrays. `x` and `y` are JAX arrays.
# - It returns a tuple of *three*, in this order: the loss, the dictionary that came along, and the gradient of the loss
#   with respect to `params`. The gradient is a dictionary with the names of `params`.
# - The loss is computed only once. This counts here, whether `loss` is called by Python or runs inside `jax.jit`.
#
# `grad_with_extras(line_and_prediction, line_params, line_x, line_y)` gives
# `(0.4567, {"predicted": [1, 2.5, 4]}, {"rise": -1.7333, "start": -1})`.


# %% answer="grad_with_extras"
def grad_with_extras(loss, params, x, y):
    """The loss, f32[], what came along, and the gradient, of the form of `params`."""
    # BEGIN SOLUTION
    (value, extras), grads = jax.value_and_grad(loss, has_aux=True)(params, x, y)
    return value, extras, grads
    # END SOLUTION


# %% check="grad_with_extras"
check("grad_with_extras")

# %% [markdown] hint="grad_with_extras"
# Three things are asked for, from one call of `loss`. Which of the calls above gave all three?

# %% [markdown] hint="grad_with_extras"
# Announce the rest with `has_aux=True`. What comes back is a pair whose first part is a pair. Draw its boxes.

# %% [markdown] hint="grad_with_extras"
# Take the result apart with parentheses on the left of `=`, as the example does, so that each of three names stands for
# one thing. Then return the three names in the order of the task.

# %% [markdown]
# ## Walking downhill
#
# A gradient points to where the loss grows fastest. So a step *against* it makes the loss smaller, if the step is
# small. Here is the misfit of a line over its two parameters, as a landscape. The arrows are the gradient: they point
# uphill.

# %%
plot.field(
    lambda place: line_misfit({"rise": place[0], "start": place[1]}, line_x, line_y),
    low=(0.0, -1.0),
    high=(4.0, 3.0),
    xlabel="rise",
    ylabel="start",
)

# %% [markdown]
# How long should a step be? As long as the gradient, times a small number called the *learning rate*.
# Here are five steps with the misfit of the bacteria:


# %%
def quiet_misfit(rate):
    """As `misfit`, without a word."""
    return misfit_and_curve(rate, hours, measured)[0]


rate = 0.5
for _ in range(5):
    rate = rate - 0.005 * jax.grad(quiet_misfit)(rate)
    print(f"rate {rate:.4f}, loss {quiet_misfit(rate):.4f}")

# %% [markdown]
# Each step begins where the one before it ended: `rate` is on both sides of the `=`.
#
# Parameters in a dictionary cannot be subtracted from each other. `jax.tree.map` goes through both dictionaries, entry
# by entry, and builds a new one. It goes into inner dictionaries, too. (JAX calls such a nest of dictionaries a *tree*,
# and the arrays in it its leaves.)

# %%
before = {"inner": {"w": jnp.array([1.0, 2.0])}, "b": jnp.array(5.0)}
slopes = {"inner": {"w": jnp.array([0.5, 0.5])}, "b": jnp.array(1.0)}
jax.tree.map(lambda old, slope: old - 0.1 * slope, before, slopes)

# %% [markdown]
# ### Sum or mean?
#
# A loss for each measurement is an array. To walk downhill we need one number. Should we take the sum or the mean?
# Suppose somebody copies all measurements by mistake, so that each is there twice:


# %%
def error_of_each(rate, hours, measured):
    """The squared error of each measurement."""
    return (jnp.exp(rate * hours) - measured) ** 2


def summed(rate, hours, measured):
    """The sum of the squared errors."""
    return jnp.sum(error_of_each(rate, hours, measured))


def averaged(rate, hours, measured):
    """Their mean."""
    return jnp.mean(error_of_each(rate, hours, measured))


twice_hours, twice_measured = jnp.tile(hours, 2), jnp.tile(measured, 2)
for loss in (summed, averaged):
    print(loss.__name__)
    print("   once:", jax.grad(loss)(0.5, hours, measured))
    print("  twice:", jax.grad(loss)(0.5, twice_hours, twice_measured))

# %% [markdown]
# With the sum, twice the data makes steps of twice the length. A learning rate that was good is now too large. With
# the mean, nothing changes.
#
# For the task, here is the line from above with a loss for each point:


# %%
def line_losses(params, x, y):
    """The squared error of each point, with the shape of `y`."""
    return (params["rise"] * x + params["start"] - y) ** 2


line_losses(line_params, line_x, line_y)

# %% [markdown] task="gradient_descent" points=3 difficulty=4 minutes=10
# ## Task: fit anything
#
# Write `gradient_descent(losses, params, x, y, lr, steps)`.
#
# - `losses` is a function. `losses(params, x, y)` returns an array of dtype `float32` and shape `(n,)`: one loss for
#   each of the n rows of `x` and `y`.
# - `params` is a dictionary of `float32` JAX arrays. It may hold inner dictionaries. `x` and `y` are JAX arrays.
# - `lr` is a Python `float`, the learning rate. `steps` is a Python `int`, 0 or larger.
# - Each step subtracts `lr` times the gradient of the **mean** of the losses, from all parameters at once.
#   After `steps` such steps it returns the parameters, in a dictionary of the same form.
#   For 0 steps they are as they were.
# - The caller's dictionaries are as they were before.
#
# `gradient_descent(line_losses, line_params, line_x, line_y, 0.1, 1)` gives `{"rise": 1.6733, "start": 1.1}`, and with
# 2 steps it gives `{"rise": 1.7689, "start": 1.1453}`.


# %% answer="gradient_descent"
def gradient_descent(losses, params, x, y, lr, steps):
    """The parameters after `steps` steps of gradient descent on the mean of `losses`, of the form of `params`."""

    # BEGIN SOLUTION
    def loss(params):
        return jnp.mean(losses(params, x, y))

    for _ in range(steps):
        slopes = jax.grad(loss)(params)
        params = jax.tree.map(lambda old, slope: old - lr * slope, params, slopes)
    return params
    # END SOLUTION


# %% check="gradient_descent"
check("gradient_descent")

# %% [markdown] hint="gradient_descent"
# Three parts: one number from the losses, the gradient of that number with respect to the parameters, and a step. Which
# of them are repeated?

# %% [markdown] hint="gradient_descent"
# `losses` returns many numbers, and `grad` wants one. Write a small function of the parameters alone that returns the
# mean. A function inside your function can use `x` and `y`.

# %% [markdown] hint="gradient_descent"
# In each round, take the gradient at the parameters of *now*. Then `jax.tree.map` makes new parameters from old ones
# and slopes: old minus lr times slope. Keep them under the name with which the next round begins.

# %% [markdown]
# ## Off the edge: a logarithm of zero
#
# How diverse is a meadow? If its species have the shares p of all plants, ecologists use Shannon's number
# H = -Σ p log p, with the natural logarithm. One species alone gives 0, and n equally frequent ones give log n.
#
# A species that is absent has the share 0. It should count nothing. But the logarithm of 0 is minus infinity:

# %%
shares = jnp.array([0.5, 0.5, 0.0])
shares * jnp.log(shares)

# %% [markdown]
# Zero times infinity is NaN, *not a number*, and a sum with NaN in it is NaN.
#
# No problem, one thinks. There is `where`:


# %%
def p_log_p(p):
    """The product of `p` and its logarithm, and 0 for 0."""
    return jnp.where(p > 0, p * jnp.log(p), 0.0)


print(p_log_p(0.5), p_log_p(0.0))

# %% [markdown]
# The values are fine. And the slopes?

# %%
print(jax.grad(p_log_p)(0.5), jax.grad(p_log_p)(0.0))

# %% [markdown]
# NaN! `where` does not choose what is *computed*. It computes both sides and then picks. Backward, the side that was
# not picked gets the slope zero, times the slope of its own formula. That is infinite here, and zero times infinity is
# NaN.
#
# The way out: let the dangerous operation never see the dangerous number. A first `where` puts a harmless number in its
# place, before the operation. A second one picks the result. This is called the *double where*. Here it is with 1 / x:


# %%
def one_over(x):
    """1 / x, and 0 for 0."""
    safe = jnp.where(x == 0, 1.0, x)
    return jnp.where(x == 0, 0.0, 1 / safe)


print(one_over(4.0), jax.grad(one_over)(4.0))
print(one_over(0.0), jax.grad(one_over)(0.0))

# %% [markdown]
# This is no rare accident. The same happens where a side that was not picked is too *large*. The activation function
# SELU is x for positive x, and has exp(x) for negative ones. One finds it written like this:


# %%
def selu(x):
    """SELU, with an edge."""
    return 1.05 * jnp.where(x > 0, x, 1.67 * jnp.exp(x) - 1.67)


print(selu(88.0), jax.grad(selu)(88.0))
print(selu(89.0), jax.grad(selu)(89.0))

# %% [markdown]
# The number exp(89) does not fit into `float32`. It is infinity, on the side that nobody wanted.
#
# `jax.debug_nans(True)` makes JAX stop at the first operation that gives NaN. It is slow, so it is for searching only.
# Its message is long. The last line of it names the operation:

# %%
with jax.debug_nans(True):
    try:
        jax.grad(p_log_p)(0.0)
    except FloatingPointError as error:
        print(type(error).__name__, "-", str(error).strip().split("\n")[-1])

# %% [markdown]
# A product (`mul`): p times log(p), zero times infinity, on the side that was not picked.

# %% [markdown] task="shannon_diversity" points=2 difficulty=3 minutes=8
# ## Task: Shannon diversity, with absent species
#
# Write `shannon_diversity(p)`.
#
# - `p` is a JAX array of dtype `float32` and shape `(n,)`, with n at least 1: the shares of n species. They add up to
#   one. A share is either 0, or at least 0.001.
# - It returns one number (shape `()`): -Σ p log p over the species that are there. Those with the share 0 add nothing.
# - Its gradient is right for each species that is there: -log p - 1. For a species with the share 0 the gradient may
#   be any number, but not infinity and not NaN.
# - Values and gradients need to be right to one part in a thousand, or to 0.001 where they are smaller than 1.
# - It must also work inside `jax.jit` and `jax.grad`, where `p` has no values yet.
#
# `shannon_diversity(jnp.array([0.5, 0.5, 0.0]))` gives 0.6931, which is log 2.


# %% answer="shannon_diversity"
def shannon_diversity(p):
    """The Shannon diversity of the shares `p: f32[n]`, as f32[]."""
    # BEGIN SOLUTION
    safe = jnp.where(p > 0, p, 1.0)
    return -jnp.sum(jnp.where(p > 0, p * jnp.log(safe), 0.0))
    # END SOLUTION


# %% check="shannon_diversity"
check("shannon_diversity")

# %% [markdown] hint="shannon_diversity"
# Two things can become NaN: the value, and its gradient. Which of them is it in your case? Call `jax.grad` of your
# function on `shares` and look.

# %% [markdown] hint="shannon_diversity"
# Which operation must not see a zero? What could you put in its place there, before the operation, so that nothing bad
# happens?

# %% [markdown] hint="shannon_diversity"
# Do as `one_over` does, with a logarithm where it has a division: a first `where` for what goes into the operation, a
# second one for what comes out. Both ask the same question about `p`.

# %% [markdown]
# ## Off the edge: a distance of zero
#
# Distances have an edge, too. The root of x becomes steeper and steeper toward 0, and at 0 it is infinitely steep.


# %%
def length(v):
    """The length of the vector `v: f32[d]`."""
    return jnp.sqrt(jnp.sum(v**2))


for v in ([3.0, 4.0], [0.03, 0.04], [0.0, 0.0]):
    print(length(jnp.array(v)), jax.grad(length)(jnp.array(v)))

# %% [markdown]
# For the zero vector it is NaN again: infinity times zero. `jnp.linalg.norm` has the same edge.
#
# One can say "but my points are never equal". Look at all distances between three of them:

# %%
points = jnp.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
differences = points[:, None, :] - points[None, :, :]
print(differences.shape)
print(jnp.sqrt(jnp.sum(differences**2, axis=-1)))

# %% [markdown]
# With `None` a new axis is made, so that every row meets every row. The table has a diagonal: each point and *itself*.
# There the distance is 0. And each pair is in the table twice, once on either side of the diagonal.

# %%
jax.grad(lambda points: jnp.sum(jnp.sqrt(jnp.sum((points[:, None] - points[None]) ** 2, axis=-1))))(points)

# %% [markdown] task="pair_energy" points=2 difficulty=3 minutes=9
# ## Task: cells that hold together
#
# In a simple model of a tissue, every two cells pull at each other. The energy is the sum of all distances.
#
# Write `pair_energy(cells)`.
#
# - `cells` is a JAX array of dtype `float32` and shape `(n, 2)`, with n at least 1: where n cells are.
#   Two cells may be in the same place.
# - It returns one number (shape `()`): the sum of the distances over all pairs of cells. Each pair counts once. A
#   single cell has the energy 0.
# - Its gradient is right as well, and finite. Two cells in the same place do not pull at each other: their pair adds 0
#   to the gradient.
# - Values and gradients need to be right to one part in a thousand, or to 0.001 where they are smaller than 1. (So a
#   tiny number may be added somewhere.) Cells that are not in the same place are at least 0.1 apart.
# - It must also work inside `jax.jit` and `jax.grad`, where `cells` has no values yet.
#
# `pair_energy(points)`, with the three points from above, gives 20: 5 + 5 + 10.


# %% answer="pair_energy"
def pair_energy(cells):
    """The sum of the distances of all pairs of `cells: f32[n, 2]`, as f32[]."""
    # BEGIN SOLUTION
    squares = jnp.sum((cells[:, None, :] - cells[None, :, :]) ** 2, axis=-1)
    apart = squares > 0
    distances = jnp.where(apart, jnp.sqrt(jnp.where(apart, squares, 1.0)), 0.0)
    return jnp.sum(distances) / 2
    # END SOLUTION


# %% check="pair_energy"
check("pair_energy")

# %% [markdown] hint="pair_energy"
# Start with the table of all distances from the section above. Which entries does it have too many, and which are zero?

# %% [markdown] hint="pair_energy"
# Each pair is there twice, so half of the sum is the energy. Leaving out the diagonal is not enough: two cells in the
# same place have a zero elsewhere. Which operation must not see it?

# %% [markdown] hint="pair_energy"
# The root must not see a zero. Use the double where: one around what goes into the root, and one around what comes out
# of it. It asks whether the *squared* distance is above 0.

# %% [markdown]
# ## Too safe: clipping
#
# Is a cell sick or healthy? A model answers with a number z, called a *logit*: large means sick, negative means
# healthy. The *sigmoid* turns it into a probability, 1 / (1 + exp(-z)).

# %%
jax.nn.sigmoid(jnp.array([-2.0, 0.0, 2.0]))

# %% [markdown]
# With the label y, which is 1 for sick and 0 for healthy, the usual loss is -y log q - (1 - y) log(1 - q), where q is
# that probability. It is the *binary cross-entropy*. A sure and wrong answer is expensive. How expensive?


# %%
def naive_loss(z, y):
    """The cross-entropy, as in the textbook."""
    q = jax.nn.sigmoid(z)
    return -y * jnp.log(q) - (1 - y) * jnp.log(1 - q)


for z in (2.0, 10.0, 20.0):
    print(z, naive_loss(z, 0.0), jax.grad(naive_loss)(z, 0.0))

# %% [markdown]
# From about 17 on the probability is rounded to exactly 1, and we are off the edge: log(1 - 1).
# A popular repair is to clip the probability, so that it stays a little above 0 and a little below 1:


# %%
def clipped_loss(z, y):
    """The cross-entropy, kept from infinity in a hurry."""
    q = jnp.clip(jax.nn.sigmoid(z), 1e-6, 1 - 1e-6)
    return -y * jnp.log(q) - (1 - y) * jnp.log(1 - q)


for z in (2.0, 10.0, 20.0):
    print(z, clipped_loss(z, 0.0), jax.grad(clipped_loss)(z, 0.0))

# %% [markdown]
# No NaN any more. But look at the slope: it is exactly **zero**. A clipped number does not move when z moves. This cell
# is healthy, and the model is very sure that it is sick. Of all cells, it is the one that the model should learn most
# from. It learns nothing. This mistake has been found in published code.
#
# A better way goes around the probability. The logarithm of the sigmoid can be computed in one piece, without an edge.
# JAX has it:

# %%
for z in (2.0, -20.0, -80.0):
    print(z, jax.nn.log_sigmoid(z), jax.grad(jax.nn.log_sigmoid)(z))

# %% [markdown]
# And the other probability, 1 - sigmoid(z), is sigmoid(-z).

# %%
print(1 - jax.nn.sigmoid(2.0), jax.nn.sigmoid(-2.0))

# %% [markdown] task="stable_bce" points=2 difficulty=3 minutes=7
# ## Task: a cross-entropy that always has a slope
#
# Write `stable_bce(z, y)`.
#
# - `z` is a JAX array of dtype `float32` and any shape, `()` included: the logits. They lie between -200 and 200.
# - `y` has the same shape and dtype: the labels. Each is 0.0 or 1.0.
# - It returns an array of that shape: the binary cross-entropy of each entry, with q = sigmoid(z). There is no sum and
#   no mean.
# - The gradient of each entry with respect to its logit is sigmoid(z) - y, wherever z lies. (Only at exactly 0 it is
#   not tried: good formulas with `abs` or `maximum` have a corner there.) At 150 or -150 the value is right as well,
#   and neither is infinite, NaN, or cut off.
# - It must also work inside `jax.jit` and `jax.grad`, where `z` and `y` have no values yet.
#
# `stable_bce(jnp.array([2.0, -50.0]), jnp.array([0.0, 1.0]))` gives `[2.1269, 50]`.


# %% answer="stable_bce"
def stable_bce(z, y):
    """The binary cross-entropy of the logits `z` and the labels `y`, entry by entry: f32, of their shape."""
    # BEGIN SOLUTION
    return -y * jax.nn.log_sigmoid(z) - (1 - y) * jax.nn.log_sigmoid(-z)
    # END SOLUTION


# %% check="stable_bce"
check("stable_bce")

# %% [markdown] hint="stable_bce"
# Where in the textbook formula is the number that is rounded to 0 or to 1?

# %% [markdown] hint="stable_bce"
# The formula needs two logarithms, log q and log(1 - q). Which function computes the first one in one piece?

# %% [markdown] hint="stable_bce"
# The second logarithm is that of sigmoid(-z). So the same function does it, if you give it another argument.
# No probability needs to be computed, and nothing needs to be clipped.

# %% [markdown]
# Libraries have this loss, too. The one of Optax takes *logits*, as its documentation says, and makes the probabilities
# itself. Who makes them first gets a loss that looks fine and never comes near 0. Here is a cell that is surely sick,
# and a model that is sure of it:

# %%
sure = jnp.array(10.0)
print("from the logit:      ", optax.sigmoid_binary_cross_entropy(sure, 1.0))
print("from the probability:", optax.sigmoid_binary_cross_entropy(jax.nn.sigmoid(sure), 1.0))

# %% [markdown]
# ## Flat steps
#
# Some functions have no edge, and still no useful slope: rounding, comparing, counting, picking the nearest.

# %%
for x in (0.2, 0.4, 0.6):
    print(x, jnp.round(x), jax.grad(jnp.round)(x))

# %% [markdown]
# `round` goes up in steps, and between two steps it is flat. So its slope is 0, which is correct and of no use:
# whoever follows the slope stays where they are. The share of correct answers (the *accuracy*) is such a function as
# well. That is why models are trained on a smooth loss, and not on it. A function that gives whole numbers has no
# slope at all:

# %%
try:
    jax.grad(jnp.argmin)(jnp.array([3.0, 1.0, 2.0]))
except TypeError as error:
    print(type(error).__name__, "-", str(error).split("(")[0])

# %% [markdown]
# ### Stopping a gradient
#
# `jax.lax.stop_gradient(x)` has the value of `x`. But backward, nothing goes through it: for the gradient, it is a
# constant.


# %%
def pulled(prediction, target):
    """The squared distance of the two."""
    return (prediction - target) ** 2


def pulled_to_a_fixed_target(prediction, target):
    """The same, but the target does not give way."""
    return (prediction - jax.lax.stop_gradient(target)) ** 2


for function in (pulled, pulled_to_a_fixed_target):
    print(function(5.0, 3.0), jax.grad(function, argnums=(0, 1))(5.0, 3.0))

# %% [markdown]
# Both have the same value. In the first, prediction and target are both moved. In the second, only the prediction is.
#
# The two ideas come together in a trick. What should a model do that has to round in the middle? Forward, it should
# round. Backward, it should act as if it had not. The difference of the two, as a constant, makes it possible:


# %%
def round_straight_through(x):
    """`x`, rounded; but with the slope of `x` itself."""
    return x + jax.lax.stop_gradient(jnp.round(x) - x)


print(round_straight_through(2.8), jax.grad(round_straight_through)(2.8))

# %% [markdown]
# Forward: x + (3 - x) is 3. Backward: what stands in the parentheses is a constant, so the slope is that of x alone,
# which is 1. It is not the true slope. It is a useful one, and it has a name: the *straight-through* estimator.

# %% [markdown] task="straight_through" points=2 difficulty=4 minutes=9
# ## Task: the nearest of some codes
#
# Some models of proteins write each place of a protein as one of some hundreds of learned *codes*, as in an alphabet.
# The table of all codes is the *codebook*, and this is called *vector quantization*. Picking the nearest code is a flat
# step.
#
# Write `straight_through(z, codebook)`.
#
# - `z` is a JAX array of dtype `float32` and shape `(n, d)`. `codebook` has shape `(k, d)`: k codes, one a row.
#   n, d and k are at least 1.
# - It returns an array of shape `(n, d)`: for each row of `z`, the row of `codebook` that is nearest to it. (Nearest
#   is where the sum of the squared differences is smallest. Two codes are never equally near.)
# - Backward, it acts as if it had returned `z`: the gradient passes to `z` unchanged.
# - By this way no gradient reaches `codebook`: it is zero there.
# - It must also work inside `jax.jit` and `jax.grad`, where neither has values yet.
#
# For `z = jnp.array([[0.2, 0.1], [2.6, 0.3]])` and `codebook = jnp.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])` it
# gives `[[0, 0], [3, 0]]`. The gradient of its sum is 1 everywhere with respect to `z`, and 0 with respect to
# `codebook`.


# %% answer="straight_through"
def straight_through(z, codebook):
    """The nearest code for each row of `z`, f32[n, d], with the gradient of `z` itself."""
    # BEGIN SOLUTION
    squares = jnp.sum((z[:, None, :] - codebook[None, :, :]) ** 2, axis=-1)
    codes = codebook[jnp.argmin(squares, axis=1)]
    return z + jax.lax.stop_gradient(codes - z)
    # END SOLUTION


# %% check="straight_through"
check("straight_through")

# %% [markdown] hint="straight_through"
# Begin with the forward half. You need a table of n times k squared distances, and for each row the place of the
# smallest. The section on distances made such a table with `None`.

# %% [markdown] hint="straight_through"
# An array of places in square brackets takes those rows: `codebook[places]`. Now the result is right and its gradient
# is not. What did `round_straight_through` add to what, and what did it stop?

# %% [markdown] hint="straight_through"
# The difference between the codes and `z` has to be a constant for the gradient, all of it: both the codes and the `z`
# in it. Outside of what is stopped stands the one thing to which the gradient shall go.

# %% [markdown]
# ## What matters in the input?
#
# So far we asked for slopes with respect to the parameters. One can as well ask for those with respect to the *input*:
# which part of it does the result depend on? For an image this picture is called a *saliency map*.
#
# Some proteins, such as transcription factors, bind to DNA where they find a short pattern, a *motif*. A simple model
# gives a weight to each base at each place, and adds up the weights of the bases that are there. Let each base be a row
# with a 1 in its own column (A, C, G, T) and zeros in the others, which is called *one-hot*. Then this is a product and
# a sum:

# %%
gata_weights = jnp.array(
    [[-1.0, -1.0, 2.0, -1.0], [2.0, -1.0, -1.0, 0.0], [-1.0, 0.0, -1.0, 2.0], [2.0, -1.0, 0.0, -1.0]]
)
gata = jax.nn.one_hot(jnp.array([2, 0, 3, 0]), 4)  # G A T A


def binding(weights, onehot):
    """How well the protein binds, as f32[]."""
    return jnp.sum(weights * onehot)


print(binding(gata_weights, gata))

# %% [markdown]
# What would a mutation do? Let us ask for one: the second base, A, becomes C. (`.at[1].set(row)` gives a copy in which
# row 1 is another one.)

# %%
mutated = gata.at[1].set(jax.nn.one_hot(1, 4))
print(binding(gata_weights, mutated) - binding(gata_weights, gata))

# %% [markdown]
# To try all mutations of a sequence of length L needs 3L calls. (It is called *in-silico mutagenesis*.) The gradient
# with respect to the input gives all at once:

# %%
slopes_by_base = jax.grad(binding, argnums=1)(gata_weights, gata)
plot.table(slopes_by_base, rows=["G", "A", "T", "A"], columns=["A", "C", "G", "T"], title="slope of the score")

# %% [markdown]
# A mutation takes one base away and puts another one there. So its effect is about: the slope of the new base, minus
# the slope of the old one, at that place.

# %%
print(slopes_by_base[1, 1] - slopes_by_base[1, 0])

# %% [markdown]
# Here it is exact, because this score is a plain sum. For a score with bends in it, it is an estimate.

# %% [markdown] task="mutation_effects" points=2 difficulty=3 minutes=8
# ## Task: the effect of every mutation, from one gradient
#
# Write `mutation_effects(score, weights, onehot)`.
#
# - `score` is a function. `score(weights, onehot)` returns one number, an array of dtype `float32` and shape `()`.
# - `weights` is a JAX array of dtype `float32` and shape `(w, 4)`, with w from 1 to L.
# - `onehot` is a JAX array of dtype `float32` and shape `(L, 4)`, with L at least 1. Each row is one-hot.
# - It returns an array of shape `(L, 4)`. Take the gradient of the score with respect to `onehot`. At place i and base
#   b, the result is the slope of b there, minus the slope of the base that stands there now. So it is 0 for all bases
#   that stand there.
# - The effects come from the gradient, also where the score has bends and a real mutation would do something else.
#
# `mutation_effects(binding, gata_weights, gata)` has `[-3, -3, 0, -3]` as its first row.


# %% answer="mutation_effects"
def mutation_effects(score, weights, onehot):
    """What each mutation would do to the score, told from its slopes: f32[L, 4]."""
    # BEGIN SOLUTION
    slopes = jax.grad(score, argnums=1)(weights, onehot)
    present = jnp.sum(slopes * onehot, axis=1, keepdims=True)
    return slopes - present
    # END SOLUTION


# %% check="mutation_effects"
check("mutation_effects")

# %% [markdown] hint="mutation_effects"
# With respect to which of the two arguments of `score` do you need the slopes?

# %% [markdown] hint="mutation_effects"
# You have a table of slopes, f32[L, 4]. From each row, one number is to be subtracted: the slope of the base that
# stands there. What is left of a row of slopes if you multiply it by the one-hot row?

# %% [markdown] hint="mutation_effects"
# The product has one entry that is not zero, and the sum over the bases picks it. With `keepdims=True` the sums keep
# the shape `(L, 1)`, so that each is subtracted from its own row.

# %% [markdown]
# ## What to take away
#
# - `jax.grad` takes a function and returns a function. One number must come out of it. Floats must go in.
# - The gradient has the form of the argument it belongs to: an array, or a dictionary. `argnums` says which argument.
# - `value_and_grad` computes the loss only once. `has_aux=True` lets something else come along, after the loss.
# - Step against the gradient, times the learning rate, and begin each step where the last one ended. The mean of the
#   losses does not depend on how many there are.
# - `where` picks a value, but the gradient goes through both sides. Let the dangerous operation never see the dangerous
#   number: 0 in a logarithm, a root or a division, a large number in an exponential.
# - A clipped number has the slope 0, and so have rounding, counting, and picking. Look at the gradients of what
#   matters most.
# - `stop_gradient` makes a constant of what stands in it.
# - A gradient with respect to the input shows what the result depends on.
