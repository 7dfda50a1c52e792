# %% [markdown]
# # Compile once, run many
#
# A laboratory measures ten thousand plates with one protocol. Nobody reads the protocol anew for each plate.
# It is read once, understood as a whole, and then carried out ten thousand times.
#
# `jax.jit` does that to a function. It reads it once, makes a program of the whole of it, and runs the program whenever
# you call. So a call becomes quick. But what was read once is fixed: shapes, options, and all that Python decided.
# This lab shows what is fixed, what is not, and how not to read the protocol ten thousand times after all.
#
# There are ten tasks, for about two hours with the reading. Each stands on its own: if one resists, go on and come back
# later. Write your answer into the cell that waits for it, then run the `check` cell below it, as often as you like.
#
# Stuck? `hint("ten_power_sum")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("ten_power_sum")` shows one way to do it, if your course allows
# it.

# %%
import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import check, hint, plot, solution, timing

# %% [markdown]
# ## Read once
#
# Here are the weights of five mice, and a function that says how much they differ. It tells us when Python reads it.

# %%
weights = jnp.array([21.0, 19.5, 24.0, 20.0, 25.5])  # grams


def spread(x):
    """The mean squared distance from the mean."""
    print("Python reads `spread`, for", x.shape, x.dtype)
    return jnp.mean((x - x.mean()) ** 2)


spread(weights)

# %% [markdown]
# `jax.jit` takes a function and gives back a compiled one. Let us call that one twice:

# %%
fast_spread = jax.jit(spread)
print(fast_spread(weights))
print(fast_spread(weights + 1))

# %% [markdown]
# Python read the function once, although we called twice. This is what happened at the first call:
#
# 1. `jit` called `spread` with a *placeholder* in place of the weights: a shape and a dtype without numbers.
#    It wrote down every operation. This is called *tracing*, and it is when the line with `print` ran.
#    So JAX calls the placeholder a *tracer*, and this word stands in many of its error messages.
# 2. It made one program of all these operations, for this computer. That takes longest.
# 3. It kept the program, under the shape and the dtype of the argument, and ran it.
#    (A plain Python number is kept apart from an array of one number, too.)
#
# At the second call there was a program already. Python was not asked at all.
#
# Another shape or another dtype needs another program. Which of these four calls do?

# %%
print(fast_spread(weights[:3]))
print(fast_spread(weights[2:]))
print(fast_spread(jnp.array([21, 20, 24])))
print(fast_spread(weights))

# %% [markdown]
# The first one (a new length) and the third one (integers). For the other two there was a program already.
#
# There is a second way to write it. A line with `@` above a function hands the function to `jit`, and gives the
# compiled one the same name. This is called a *decorator*.


# %%
@jax.jit
def widest_gap(x):
    """The difference between the largest and the smallest entry."""
    return x.max() - x.min()


widest_gap(weights)

# %% [markdown]
# With `widest_gap = jax.jit(widest_gap)` below the function it would be the same.
#
# Compile the whole of a computation, and not a piece of it. What stands outside the compiled function runs one
# operation at a time, and each of them writes an array that the next one reads again.
# Compiled functions may call each other. Then the outermost makes one program of all of it.
#
# A warning before the first task. Integers (whole numbers) have 32 bits in JAX, and what does not fit wraps around
# without a word.
# The tenth power of 8 is about a billion. Two of them are too much:

# %%
print(jnp.sum(jnp.array([8]) ** 10))
print(jnp.sum(jnp.array([8, 8]) ** 10))

# %% [markdown] task="ten_power_sum" points=1 difficulty=1 minutes=4
# ## Task: your first compiled function
#
# Write `ten_power_sum(arr)`, and compile it. Either of the two ways will do. (The cell below has only the `def`.)
#
# - `arr` is a JAX array of dtype `int32` with one axis and at least one entry.
# - It returns the sum of the tenth powers of all entries: one number (shape `()`) of dtype `int32`.
#   The entries are so small that this sum stays below 2**31.
# - It is compiled: `jit` gets a function of yours (and not only one of JAX, such as `jnp.sum`). That counts here.
#   Let that function do all of the computation.
# - One program for each length, and no more: a call with a length that came before compiles nothing.
#   (So let `jit` stand outside the function. Inside it, it would stand there again in each call.)
#
# `ten_power_sum(jnp.array([1, 2, 3, 4, 5]))` gives 10874275.


# %% answer="ten_power_sum"
# BEGIN SOLUTION
@jax.jit
# END SOLUTION
def ten_power_sum(arr):
    """The sum of the tenth powers of the entries of `arr: i32[n]`, as i32[]."""
    # BEGIN SOLUTION
    return jnp.sum(arr**10)
    # END SOLUTION


# %% check="ten_power_sum"
check("ten_power_sum")

# %% [markdown] hint="ten_power_sum"
# First write the plain function. `x**2` is the square of every entry of `x`, and `jnp.sum` adds all entries up.

# %% [markdown] hint="ten_power_sum"
# It has to be compiled. `widest_gap` in the text is a compiled function: which line made it one?

# %% [markdown] hint="ten_power_sum"
# Either the decorator stands above your `def` line, or you write `def` under another name and then give the name
# `ten_power_sum` to what `jax.jit` makes of it. In both cases both steps, power and sum, are in that function.

# %% [markdown]
# ## A choice without `if`
#
# While a function is read, its arguments have no numbers. So Python cannot decide an `if` about them:


# %%
def relu(x):
    """`x` where it is positive, and 0 elsewhere."""
    if x > 0:
        return x
    return 0.0


try:
    jax.jit(relu)(2.0)
except jax.errors.TracerBoolConversionError as error:
    print(type(error).__name__)

# %% [markdown]
# `jnp.where(condition, a, b)` chooses entry by entry instead. It computes both `a` and `b`, and then takes one of them.


# %%
def relu_of_all(x):
    """`x` where it is positive, and 0 elsewhere, for arrays too."""
    return jnp.where(x > 0, x, 0.0)


jax.jit(relu_of_all)(jnp.array([2.0, -3.0, 0.5]))

# %% [markdown]
# ### The side that was not taken
#
# Both sides are computed. That is harmless for the value, even where one side makes no sense:


# %%
def log_or_zero(x):
    """The logarithm of `x`, and 0 where there is none."""
    return jnp.where(x > 0, jnp.log(x), 0.0)


log_or_zero(jnp.array([2.0, 0.0]))

# %% [markdown]
# It is not harmless for the *slope*. `jax.grad(f)` is the function that gives the slope of `f`; models learn by it.
# (There is a lab on it.) At 0 our function is flat, so its slope should be 0 there.

# %%
print(jax.grad(log_or_zero)(2.0))
print(jax.grad(log_or_zero)(0.0))

# %% [markdown]
# NaN: not a number. The slope of the logarithm at 0 is infinite. It was not chosen, so it is multiplied by 0.
# But infinity times 0 is NaN. The slopes of both sides are then added, and NaN plus anything is NaN.
#
# The way out is a second `where`, *before* the dangerous operation. It puts a harmless number where the result will not
# be used:


# %%
def log_or_zero_safely(x):
    """As above, with a slope everywhere."""
    positive = x > 0
    harmless = jnp.where(positive, x, 1.0)
    return jnp.where(positive, jnp.log(harmless), 0.0)


print(log_or_zero_safely(0.0), jax.grad(log_or_zero_safely)(0.0))

# %% [markdown]
# The inner `where` protects, and the outer one chooses. An infinite or a missing number in the side that is not taken
# is the sign that you need both.
#
# Big numbers are dangerous, too: a 32-bit number ends near 10 to the 38.

# %%
jnp.exp(jnp.array([88.0, 89.0]))

# %% [markdown] task="selu" points=2 difficulty=2 minutes=6
# ## Task: a bend that keeps its slope
#
# Between two layers of a neural network stands a function that bends the numbers. One of them is called *SELU*.
# Write `selu(x, alpha=1.67, lambda_=1.05)`.
#
# - `x` is a JAX array of any shape, of dtype `float32` or `int32`, or a single Python `float`. `alpha` and `lambda_`
#   are Python `float`s. Mind the `_`: without it, `lambda` is a word of Python's own.
# - Where an entry is larger than 0, the result is `lambda_` times the entry.
#   Elsewhere it is `lambda_` times `alpha` times (e to the power of the entry, minus 1).
# - It returns `float32` numbers of the shape of `x`.
# - It must also work inside `jax.jit`, where nothing has a value yet. (You do not need to write `jit` yourself.)
# - Its slope, by `jax.grad`, is right for every single `float` other than 0. That includes 100.0 and -100.0.
#
# `selu(jnp.array([1.0, 0.0, -1.0]))` gives `[1.05, 0, -1.1084]`.


# %% answer="selu"
def selu(x, alpha=1.67, lambda_=1.05):
    """SELU of each entry of `x`, as f32 of the same shape."""
    # BEGIN SOLUTION
    negative_part = jnp.minimum(x, 0.0)
    return lambda_ * jnp.where(x > 0, x, alpha * jnp.expm1(negative_part))
    # END SOLUTION


# %% check="selu"
check("selu")

# %% [markdown] hint="selu"
# The two sides of the bend are two formulas. Which function of this section chooses between them, entry by entry?

# %% [markdown] hint="selu"
# The values are right and the slope is NaN? Both sides are computed. What does the side that is not taken do at 100?

# %% [markdown] hint="selu"
# Give the exponential an argument that is never large: the entry itself where it is negative, and something harmless
# elsewhere. The text does this for the logarithm. `jnp.minimum` would do it, too.

# %% [markdown]
# ### Only one of the two
#
# For a single condition there is also `jax.lax.cond(condition, f, g, x)`. It computes `f(x)` or `g(x)`, and not both.


# %%
@jax.jit
def log_or_zero_of_one(x):
    """The logarithm of the number `x`, and 0 where there is none."""
    return jax.lax.cond(x > 0, jnp.log, jnp.zeros_like, x)


print(log_or_zero_of_one(2.0), log_or_zero_of_one(-2.0), jax.grad(log_or_zero_of_one)(-2.0))

# %% [markdown]
# `jax.vmap` makes a function of one number a function of many: `jax.vmap(f)(x)` is `f` of each entry of `x`.
# (There is a lab on it, too.) Each entry then has a condition of its own. So `cond` becomes a choice entry by entry,
# and both sides are computed.

# %%
jax.vmap(log_or_zero_of_one)(jnp.array([2.0, -2.0, 1.0]))

# %% [markdown] task="growth_by_temperature" points=2 difficulty=3 minutes=9
# ## Task: too cold, good, too hot
#
# Insects develop faster when it is warm, and not at all when it is too cold or too hot. J.-F. Briere's model says by
# how much, from three numbers. For our beetle, between 10 and 35 degrees Celsius, the rate at T degrees is
#
# 0.0002 * T * (T - 10) * (square root of (35 - T)),
#
# in parts of the whole development per day. Up to 10 degrees and from 35 degrees on, the rate is 0.
#
# Write `growth_by_temperature(temperature)`.
#
# - `temperature` is one number: a Python `float`, or a JAX array of shape `()` and dtype `float32`. It may be any
#   number from -50 to 80.
# - It returns the rate: one number (shape `()`), `float32`, or a Python `float` where no JAX array came in.
# - It must also work inside `jax.jit` and inside `jax.vmap`, where the temperature has no value yet.
#   (What works inside `jit` works inside `vmap` as a rule. Nothing more is to be done for it.)
# - Its slope, by `jax.grad`, is right at every temperature but 10 and 35 themselves: 0 where the rate is 0 all around.
#
# At 28 degrees the rate is 0.2667, and at 40 degrees it is 0.


# %% answer="growth_by_temperature"
def growth_by_temperature(temperature):
    """The rate of development at `temperature` degrees Celsius: f32[], in parts per day."""
    # BEGIN SOLUTION
    good = (temperature > 10.0) & (temperature < 35.0)
    t = jnp.where(good, temperature, 20.0)
    rate = 0.0002 * t * (t - 10.0) * jnp.sqrt(35.0 - t)
    return jnp.where(good, rate, 0.0)
    # END SOLUTION


# %% check="growth_by_temperature"
check("growth_by_temperature")

# %% [markdown] hint="growth_by_temperature"
# Two conditions must hold for the formula. `&` joins them, with parentheses around each, and asks no Python `if`.

# %% [markdown] hint="growth_by_temperature"
# Where is the square root dangerous, and what does it give there? Look at `log_or_zero_safely` in the text:
# one `where` protects, the other one chooses.

# %% [markdown] hint="growth_by_temperature"
# Make a harmless temperature first, well between 10 and 35, for all that will not be used. Put only that one into the
# formula. `jnp.clip` is not enough: it goes to 35 itself, where the slope of the root is infinite.

# %% [markdown]
# Here is the curve, drawn from the formula with NumPy. It is 0 at both ends of the range, so cutting the temperature
# off there gives the right values. For a drawing that is enough. For the task it is not: the slope at 40 would be NaN.

# %%
celsius = np.linspace(0.0, 45.0, 91)
inside = np.clip(celsius, 10.0, 35.0)
plot.lines(
    celsius,
    {"beetle": 0.0002 * inside * (inside - 10) * np.sqrt(35 - inside)},
    xlabel="temperature in degrees Celsius",
    ylabel="development per day",
)

# %% [markdown]
# ## The mean of some
#
# In NumPy one selects entries with a condition. Inside `jit` one cannot: how long would the result be?

# %%
reads = jnp.array([0.0, 12.0, 3.0, 30.0, 8.0])


def many(reads):
    """The entries above 5."""
    return reads[reads > 5]


try:
    jax.jit(many)(reads)
except jax.errors.NonConcreteBooleanIndexError as error:
    print(type(error).__name__)

# %% [markdown]
# A sum needs no selecting. What does not count becomes 0, and all keep their places:

# %%
jax.jit(lambda reads: jnp.sum(jnp.where(reads > 5, reads, 0.0)))(reads)

# %% [markdown]
# How many are there? A condition is an array of truth values, and the sum of these is a number:

# %%
jax.jit(lambda reads: jnp.sum(reads > 5))(reads)

# %% [markdown]
# But a mean is not safe like that. `mean` divides by the length, and the length is still 5:

# %%
print(jnp.mean(jnp.where(reads > 5, reads, 0.0)), "instead of", (12 + 30 + 8) / 3)

# %% [markdown] task="expressed_mean" points=2 difficulty=2 minutes=6
# ## Task: the mean of the genes that are expressed
#
# A gene counts as *expressed* when it has more reads than a threshold. Write `expressed_mean(x, threshold)`.
#
# - `x` is a JAX array of dtype `float32` with one axis, n entries, n at least 1: the reads of n genes. All entries
#   are finite: no NaN and no infinity. They may be negative, since reads are often normalized.
# - `threshold` is one number: a Python `float`, or a JAX array of shape `()`.
# - It returns the mean of those entries that are larger than the threshold: one number (shape `()`), `float32`.
#   An entry that equals the threshold does not count.
# - If no entry is larger, it returns 0.
# - It must also work inside `jax.jit`, where neither argument has a value yet. (You do not need to write `jit`
#   yourself.)
#
# `expressed_mean(jnp.array([0.0, 12.0, 3.0, 30.0, 8.0]), 5.0)` gives 16.6667, and with a threshold of 30 it gives 0.


# %% answer="expressed_mean"
def expressed_mean(x, threshold):
    """The mean of the entries of `x: f32[n]` above `threshold`, as f32[]; 0 where there is none."""
    # BEGIN SOLUTION
    expressed = x > threshold
    total = jnp.where(expressed, x, 0.0).sum()
    return total / jnp.maximum(expressed.sum(), 1)
    # END SOLUTION


# %% check="expressed_mean"
check("expressed_mean")

# %% [markdown] hint="expressed_mean"
# A mean is a sum divided by a number. The text shows how to get both, without selecting.

# %% [markdown] hint="expressed_mean"
# And if nothing is expressed? Then both are 0, and 0 divided by 0 is NaN. By which number could you divide instead, so
# that the result is 0?

# %% [markdown] hint="expressed_mean"
# The sum is 0 in that case, so any divisor but 0 will do. `jnp.maximum(a, b)` gives the larger of two numbers, and asks
# no `if`.

# %% [markdown]
# ## Options are no data
#
# Not every argument is an array. This function has an option, and the option is a string:


# %%
def in_unit(unit, grams):
    """`grams` in another unit: "mg" or "kg"."""
    print("Python reads `in_unit`, for", unit)
    if unit == "mg":
        return grams * 1000
    if unit == "kg":
        return grams / 1000
    raise ValueError(f"unknown unit {unit!r}")


try:
    jax.jit(in_unit)("mg", weights)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(" to ")[0])

# %% [markdown]
# There is no placeholder for a string. But an option is no data: it decides *which* program is to be made.
# So tell `jit` that this argument is *static*. Then Python sees the string itself, an `if` about it is allowed,
# and there is one program for each string.

# %%
fast_in_unit = jax.jit(in_unit, static_argnames="unit")
print(fast_in_unit("mg", weights))
print(fast_in_unit("kg", weights))
print(fast_in_unit("mg", weights + 1))

# %% [markdown]
# Three calls, two programs. `static_argnums=0` would say the same by the place of the argument.
#
# As a decorator it is often written with `partial`. `partial(f, ...)` is `f` with some of its arguments filled in
# already:


# %%
@partial(jax.jit, static_argnames="times")
def repeated(x, times):
    """`x`, again and again, as often as `times` says."""
    return jnp.concatenate([x] * times)


repeated(weights[:2], times=3)

# %% [markdown]
# Here `times` decides how long the result is, and so it must be static as well: lengths are part of the program.
#
# Programs are looked up by their static arguments, as in a dictionary. So these must be things that can be looked up:
# numbers, strings, tuples, functions. Python calls them *hashable*. A list or an array is not, and is refused:

# %%
try:
    jax.jit(jnp.multiply, static_argnums=1)(weights, weights)
except ValueError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# A third way is to let a function make the function. What the inner one finds outside of itself is fixed when it is
# read, as a static argument is. Keep what the maker gives, and call that as often as you like. To call the maker again
# is to compile again:


# %%
def maker_of_unit(unit):
    """A compiled function that converts grams to `unit`."""
    return jax.jit(lambda grams: in_unit(unit, grams))


to_mg = maker_of_unit("mg")
to_mg(weights)

# %% [markdown]
# For the next task, you need the mean and the median:

# %%
print(jnp.mean(weights), jnp.median(weights))

# %% [markdown] task="summarize" points=2 difficulty=2 minutes=6
# ## Task: compile a function with an option
#
# Write `summarize(average_method, x)`, and compile it.
#
# - `average_method` is a string: `"mean"` or `"median"`. For any other string it raises a `ValueError`.
# - `x` is a JAX array of dtype `float32` or `int32` with one axis and at least one entry.
# - It returns the mean or the median of `x`: one number (shape `()`), `float32`.
# - It is compiled: `jit` gets a function of yours (and not only one of JAX, such as `jnp.mean`). That counts here.
# - One program for each of the two strings and each shape and dtype of `x`, and no more: mean, median and mean again of
#   three arrays of one shape are three calls and two programs.
#
# Of `jnp.array([1, 2, 100])`, `"mean"` gives 34.3333 and `"median"` gives 2.


# %% answer="summarize"
# BEGIN SOLUTION
@partial(jax.jit, static_argnames="average_method")
# END SOLUTION
def summarize(average_method, x):
    """The mean or the median of `x: [n]`, as f32[]."""
    # BEGIN SOLUTION
    if average_method == "mean":
        return jnp.mean(x)
    if average_method == "median":
        return jnp.median(x)
    raise ValueError(f"average_method is {average_method!r}; it can be 'mean' or 'median'")
    # END SOLUTION


# %% check="summarize"
check("summarize")

# %% [markdown] hint="summarize"
# What kind of thing is each of the two arguments? Which one is data, and which one decides on the program?

# %% [markdown] hint="summarize"
# `in_unit` in the text is much like this. `jit` had to be told something about one of its arguments.

# %% [markdown] hint="summarize"
# Name the string as static, and not the array. By its name that is `static_argnames`, by its place `static_argnums`,
# where places are counted from 0.

# %% [markdown]
# ## Numbers are data
#
# Should a number be static, too? It can be:


# %%
def decay(x, rate):
    """`x` after one hour."""
    print("Python reads `decay`, for", rate)
    return x * jnp.exp(-rate)


static_decay = jax.jit(decay, static_argnames="rate")
for rate in (0.1, 0.2, 0.3):
    static_decay(weights, rate)

# %% [markdown]
# Three rates, three programs. They differ in nothing but a number, and each took its time to compile.
# Not static, the number is data like any other:

# %%
dynamic_decay = jax.jit(decay)
for rate in (0.1, 0.2, 0.3):
    print(dynamic_decay(weights, rate)[0])

# %% [markdown]
# One program for all rates, and Python saw a placeholder. (A Python `float` becomes one of shape `()`.)
# So ask of each argument: does it change *what is done*, or only *which numbers it is done to*? Only the first kind is
# static.

# %% [markdown] task="hill" points=2 difficulty=2 minutes=5
# ## Task: what is static here?
#
# A receptor binds a ligand. The share that is bound follows the *Hill equation*: x to the power n, divided by the sum
# of k to the power n and x to the power n. Here x is the concentration, k the one at which half is bound, and n says
# how steep the curve is.
#
# Write `hill(x, n, k)`, and compile it.
#
# - `x` is a JAX array of dtype `float32` and any shape, with entries of 0 or more.
# - `n` and `k` are Python `float`s larger than 0.
# - It returns the bound shares: `float32`, of the shape of `x`.
# - It is compiled, and one program serves for every `n` and every `k`: many calls with other numbers, of arrays of one
#   shape, compile once. That counts here. Decide what has to be static for that, if anything.
#   Let the compiled function do all of the computation.
#
# With `x = jnp.array([0.0, 2.0, 6.0])`, `n = 2.0` and `k = 2.0` it gives `[0, 0.5, 0.9]`.


# %% answer="hill"
# BEGIN SOLUTION
@jax.jit
# END SOLUTION
def hill(x, n, k):
    """The share that is bound at each concentration in `x`, as f32 of the same shape."""
    # BEGIN SOLUTION
    return x**n / (k**n + x**n)
    # END SOLUTION


# %% check="hill"
check("hill")

# %% [markdown] hint="hill"
# First the formula, as a plain function. `x**n` works for arrays, and for `n` with a decimal point, too.

# %% [markdown] hint="hill"
# Does another `n` change which operations are carried out, or only their numbers? And another `k`?

# %% [markdown] hint="hill"
# Compare `static_decay` and `dynamic_decay` in the text, and count their programs. Which of the two lines has fewer
# words?

# %% [markdown]
# ## Every length is a new program
#
# Proteins have all lengths. A model turns each amino acid into a number, and we want to say how large they are
# on average. Here are ten proteins with made-up numbers, and a list that is told whenever Python reads our function:

# %%
lengths = [7, 9, 4, 12, 5, 11, 8, 6, 10, 3]
proteins = [np.linspace(1.0, 2.0, length, dtype=np.float32) for length in lengths]
read_for = []


@jax.jit
def size(x):
    """The mean size of the entries of `x`."""
    read_for.append(x.shape)
    return jnp.sqrt(jnp.mean(x**2))


programs_so_far = []
for protein in proteins:
    size(protein)
    programs_so_far.append(len(read_for))

plot.bars(lengths, programs_so_far, xlabel="length of the protein", ylabel="programs so far")

# %% [markdown]
# Ten lengths, ten programs. With real proteins there would be hundreds.
#
# The remedy is *padding*: put zeros after each one, until all have the same length. A mask says which entries are
# real. We do it with NumPy, before JAX sees the data, so that this step compiles nothing either.


# %%
def pad_to(x, length):
    """`x: f32[n]` and zeros after it, f32[length], and a mask that says which entries are real, bool[length]."""
    padded = np.zeros(length, np.float32)
    padded[: len(x)] = x
    return jnp.asarray(padded), jnp.arange(length) < len(x)


x, mask = pad_to(proteins[9], 8)
print(x)
print(mask)

# %%
read_for.clear()
programs_so_far = []
for protein in proteins:
    size(pad_to(protein, 16)[0])
    programs_so_far.append(len(read_for))

plot.bars(lengths, programs_so_far, xlabel="length of the protein, padded to 16", ylabel="programs so far")

# %% [markdown]
# One program for all. But the results?

# %%
print("alone ", size(proteins[9]))
print("padded", size(pad_to(proteins[9], 16)[0]))

# %% [markdown]
# They are wrong. Thirteen zeros of padding were counted in the mean. The mistake is easily made: a published library
# made it too, in the mean of the numbers that stand for a protein. So a padded array needs its mask wherever numbers
# are added up or averaged.
#
# And do not rely on padding being zero. In the middle of a model it is whatever the layers before made of it.
# If that is NaN, multiplying by the mask does not help, but `jnp.where` does:

# %%
print(jnp.array([2.0, jnp.nan]) * jnp.array([1.0, 0.0]))
print(jnp.where(jnp.array([True, False]), jnp.array([2.0, jnp.nan]), 0.0))

# %% [markdown]
# (Inside `jit` you may be lucky. The compiler is free to write such a product in another way, in which NaN is lost.
# Do not build on what a compiler may do.)

# %% [markdown] task="padded_mean" points=3 difficulty=3 minutes=9
# ## Task: a mean that knows what is padding
#
# Write `padded_mean(x, mask)`, and compile it. `pad_to` makes both arguments.
#
# - `x` is a JAX array of dtype `float32` with one axis. Its padding may hold any numbers, even NaN. No real entry is
#   NaN.
# - `mask` is a JAX array of truth values, of the shape of `x`: True where an entry is real, wherever that is.
# - It returns the mean of the real entries: one number (shape `()`), `float32`.
# - If no entry is real, it returns 0.
# - All of this holds with compilation switched off as well. (A later section shows how one does that. An answer that
#   multiplies by the mask may pass with compilation and fail without.)
# - It is compiled, and one program serves for every mask: ten proteins of ten lengths, all padded to one
#   length, compile once. That counts here.
# - Its slope with respect to `x`, by `jax.grad`, has no NaN in it, whatever stands in the padding: it is 0 there.
#   (With one `where` before the sum it is. A sum is not dangerous, so there is nothing to protect.)
#
# `padded_mean(*pad_to([1.0, 2.0, 6.0], 8))` gives 3.


# %% answer="padded_mean"
# BEGIN SOLUTION
@jax.jit
# END SOLUTION
def padded_mean(x, mask):
    """The mean of those entries of `x: f32[L]` that are real by `mask: bool[L]`, as f32[]; 0 if there is none."""
    # BEGIN SOLUTION
    total = jnp.where(mask, x, 0.0).sum()
    return total / jnp.maximum(mask.sum(), 1)
    # END SOLUTION


# %% check="padded_mean"
check("padded_mean")

# %% [markdown] hint="padded_mean"
# The mean is a sum divided by a number. Neither may notice the padding. Which earlier task of this lab is a relative of
# this one?

# %% [markdown] hint="padded_mean"
# For the sum, put 0 wherever the mask is False, in a way that NaN does not survive. The number of real entries is in
# the mask. Do not cut the padding off: its length is what keeps the program the same.

# %% [markdown] hint="padded_mean"
# `jnp.where` chooses between `x` and 0 before the sum, and the sum of the mask is the number, but never divide by 0.
# Compile the function that does all of this, with both arguments as data.

# %% [markdown]
# ## One program for the whole loop
#
# A drug decays in the blood. From its amounts at several times we want the rate. We guess a rate, ask for the slope of
# the error, step downhill, and repeat. Someone had heard that `jit` makes it fast:


# %%
def fit_decay_slow(times, amounts, start, steps):
    """The rate of a decay, f32[], from `amounts: f32[n]` at `times: f32[n]`, after some steps from `start: f32[]`."""

    def error(rate):
        print("Python reads `error`")
        return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)

    rate = start
    for k in range(steps):
        speed = 0.5 / (1 + k)

        def one_step(rate, speed=speed):
            return rate - speed * jax.grad(error)(rate)

        rate = jax.jit(one_step)(rate)
    return rate


hours = jnp.array([0.0, 1.0, 2.0, 4.0])
in_blood = jnp.exp(-0.7 * hours)
fit_decay_slow(hours, in_blood, jnp.float32(0.2), 4)

# %% [markdown]
# Four steps, and Python read it four times: four programs. Each round defines a *new* function and hands it to `jit`,
# which has never seen it before. For a thousand steps we would wait for a thousand compilations.
#
# So a function is compiled outside the loop, once, and only called inside. What differs from step to step has to come
# in as an argument. Otherwise it is fixed when the function is read, like the `5` here:

# %%
step_size = 5.0


@jax.jit
def moved(x):
    """`x`, moved by the step size."""
    return x + step_size


print(moved(1.0))
step_size = 7.0
print(moved(1.0))

# %% [markdown] task="fit_decay" points=2 difficulty=3 minutes=8
# ## Task: take the compilation out of the loop
#
# Repair that program. Write `fit_decay(times, amounts, start, steps)`, which gives what `fit_decay_slow` gives.
# (You may copy its lines and repair them. Leave the `print` out.)
#
# - `times` and `amounts` are JAX arrays of dtype `float32` and shape `(n,)`, n at least 1.
# - `start` is the first guess, a JAX array of shape `()` and dtype `float32`. `steps` is a Python `int`, at least 1.
# - In step k = 0, 1, 2, ... the rate becomes: rate - speed * slope. Here speed is 0.5 / (1 + k), so that steps become
#   smaller. The slope is that of the mean of (exp(-rate * times) - amounts)**2, with respect to the rate.
# - It returns the rate after `steps` steps: one number (shape `()`), `float32`.
# - In one call it compiles one or two programs of your functions, however many steps there are. That counts here.
#
# `fit_decay(hours, in_blood, jnp.float32(0.2), 4)` gives 0.3917.


# %% answer="fit_decay"
def fit_decay(times, amounts, start, steps):
    """The rate of a decay, f32[], from `amounts: f32[n]` at `times: f32[n]`, after some steps from `start: f32[]`."""

    # BEGIN SOLUTION
    def error(rate):
        return jnp.mean((jnp.exp(-rate * times) - amounts) ** 2)

    @jax.jit
    def one_step(rate, speed):
        return rate - speed * jax.grad(error)(rate)

    rate = start
    for k in range(steps):
        rate = one_step(rate, 0.5 / (1 + k))
    return rate
    # END SOLUTION


# %% check="fit_decay"
check("fit_decay")

# %% [markdown] hint="fit_decay"
# Which lines of the loop say the same in every round? They can stand in front of it.

# %% [markdown] hint="fit_decay"
# What differs from round to round is the rate and the speed. So these two must be arguments of the compiled function.

# %% [markdown] hint="fit_decay"
# In the loop, only a call is left: it hands over the rate and the speed, and gives the rate a new value.
# Neither of them is static. (Static, each speed would be a program of its own.)

# %% [markdown]
# ## How fast is it?
#
# How long does a call take? There are two traps.
#
# First, the first call compiles. That takes a thousand times as long as running the program, and happens only once.
#
# Second, JAX does not wait. A call hands out the work and comes back at once, with an array whose numbers are still
# being computed. Whoever needs the numbers, such as `print`, waits for them. A clock does not need them.
# `jax.block_until_ready(result)` waits. It takes an array, or a list, a tuple or a dictionary of arrays, and waits for
# all.

# %%
product = jnp.ones((300, 300)) @ jnp.ones((300, 300))
product = jax.block_until_ready(product)
product[0, 0]

# %% [markdown]
# And how does one read the time? `time.perf_counter()` says how many seconds have passed since some moment in the past.
# Call it twice, and the difference is what lies between:

# %%
before = time.perf_counter()
total = sum(range(100_000))
after = time.perf_counter()
after - before

# %% [markdown] task="benchmark" points=3 difficulty=3 minutes=10
# ## Task: a fair timer
#
# Write `benchmark(f, *args, repeats=5, clock=time.perf_counter)`. It says how many seconds a call `f(*args)` takes.
#
# - `f` is a function. It returns an array, or a dictionary, list or tuple of arrays. `repeats` is a Python `int`, at
#   least 1. `clock` is a function without arguments that gives the time in seconds.
# - It first calls `f(*args)` once, so that everything is compiled, and waits for the whole result. This is not timed.
# - Then it calls `f(*args)` `repeats` times. It waits for each whole result before the next call.
# - It returns the mean time of these `repeats` calls, until their results are there, in seconds: a Python `float`.
# - It asks `clock` for the time and no other clock. So the checks can hand it a clock of their own, which shows to the
#   second what was timed. (How fast your computer is does not count.)
#
# `benchmark(jnp.sort, jnp.arange(1000), repeats=3)` gives a small number.


# %% answer="benchmark"
def benchmark(f, *args, repeats=5, clock=time.perf_counter):
    """The mean time of a call `f(*args)` until its result is there, in seconds, after a first, untimed call."""
    # BEGIN SOLUTION
    jax.block_until_ready(f(*args))
    before = clock()
    for _ in range(repeats):
        jax.block_until_ready(f(*args))
    return (clock() - before) / repeats
    # END SOLUTION


# %% check="benchmark"
check("benchmark")

# %% [markdown] hint="benchmark"
# Write down the order first: a call that is not timed, the clock, the calls, the clock. How many calls are these in
# all?

# %% [markdown] hint="benchmark"
# `f(*args)` comes back before its numbers are there. Which function of the text waits for them, also if they are in a
# dictionary? It has to be used in each round, and once before the clock starts, too.

# %% [markdown] hint="benchmark"
# One reading of the clock before the loop and one after it are enough. Their difference is the time of all rounds
# together, so something is left to do before you return it.

# %% [markdown]
# The lab has a timer of its own, `timing.seconds_per_call`. It takes the median instead of the mean, and also tells
# the time of the first call. Here is what it says of a function of several steps, on the computer that this runs on.
# Without `jit`, JAX runs one operation after the other, each as soon as Python reaches it. This is called *eager*.
# The numbers are different on each computer and each day.


# %%
def bent(x):
    """Five operations, one after the other."""
    return jnp.tanh(x * 2.0 + 1.0) ** 2 - x


fast_bent = jax.jit(bent)
lengths = [100, 1_000, 10_000, 100_000]
inputs = [jnp.linspace(0.0, 1.0, length) for length in lengths]
eager = [timing.seconds_per_call(bent, x) for x in inputs]
compiled = [timing.seconds_per_call(fast_bent, x) for x in inputs]
print("compiled, length 100:", compiled[0])
plot.lines(
    np.log10(lengths),
    {"one by one": [t.typical for t in eager], "compiled": [t.typical for t in compiled]},
    xlabel="length, as a power of 10",
    ylabel="seconds a call",
    log=True,
)

# %% [markdown]
# The first call took far longer than the later ones: it compiled. After that, the compiled function is the faster one
# as a rule. For short arrays nearly all of the time goes into calling, once instead of five times. For long ones it
# goes into the numbers, and the curves rise.

# %% [markdown]
# ## Where does the NaN come from?
#
# A NaN spreads. Whatever is computed from it is NaN as well, so at the end of a long program nobody sees where it
# began. And no error comes: a compiled program does not stop in the middle.


# %%
@jax.jit
def shares_of_logs(x):
    """The logarithms of `x`, divided by their sum."""
    logs = jnp.log(x)
    return logs / logs.sum()


shares_of_logs(jnp.array([2.0, -1.0, 4.0]))

# %% [markdown]
# Three ways to look for it.
#
# *Without compilation.* Inside `with jax.disable_jit():`, `jit` does nothing. Python runs the function as it stands
# there, with real numbers, and so you can print them, or stop in a debugger:


# %%
@jax.jit
def told_logs(x):
    """The logarithms of `x`."""
    print("Python works on", x)
    return jnp.log(x)


with jax.disable_jit():
    told_logs(jnp.array([2.0, -1.0]))

# %% [markdown]
# *With an alarm.* Inside `with jax.debug_nans(True):`, JAX looks at the result of each operation, and raises an error
# where it finds NaN. Of a compiled function it looks at what it returns. If that has a NaN, it runs the operations one
# by one to say which one it was. (It prints a line about that, too.)

# %%
with jax.debug_nans(True):
    try:
        shares_of_logs(jnp.array([2.0, -1.0, 4.0]))
    except FloatingPointError as error:
        print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# The alarm cannot know which NaN matters. Outside of `jit` it also comes for one that would be thrown away, as on the
# side of a `where` that is not taken:

# %%
with jax.debug_nans(True):
    try:
        log_or_zero(jnp.array([2.0, -1.0]))
    except FloatingPointError as error:
        print(type(error).__name__)
print(log_or_zero(jnp.array([2.0, -1.0])))

# %% [markdown]
# *By looking.* `jnp.isnan` says for each entry whether it is NaN. Do not compare with `==`: NaN equals nothing,
# not even itself.

# %%
results = shares_of_logs(jnp.array([2.0, -1.0, 4.0]))
print(results == jnp.nan)
print(jnp.isnan(results), jnp.isnan(results).any())

# %% [markdown]
# Both settings cost time, and hold for *everything* that comes after. That is why they stand after `with` here: it
# puts them back at the end of the block, even if an error comes. With `jax.config.update("jax_disable_jit", True)` one
# switches compilation off for the rest of the day, and wonders later why everything is slow.

# %%
print(jax.config.jax_disable_jit, jax.config.jax_debug_nans)

# %% [markdown] task="find_the_nan" points=3 difficulty=4 minutes=9
# ## Task: name the step
#
# An analysis is often a *pipeline*: steps with names, each of which takes what the one before it returned. Here is one:
#
# ```python
# pipeline = {"center": lambda x: x - x.mean(), "log": jnp.log, "share": lambda x: x / x.sum()}
# ```
#
# Write `find_the_nan(steps, x)`.
#
# - `steps` is a dictionary with at least one entry: names (strings) of functions, in the order in which they are
#   carried out. Each function takes a JAX array of dtype `float32` and shape `(n,)` and returns one. Some are compiled.
# - `x` is a JAX array of dtype `float32` and shape `(n,)`, without NaN. The first step gets it; every later step gets
#   what the step before it returned.
# - It returns the name of the first step whose result has a NaN in it. Infinity is no NaN. A NaN that comes up inside a
#   step, and is not in what the step returns, does not count.
# - If no step's result has one, it returns `None`.
# - It leaves every setting of JAX as it was.
#
# With the pipeline above and `x = jnp.array([1.0, 2.0, 3.0])` it returns `"log"`: the logarithm of -1 is NaN.


# %% answer="find_the_nan"
def find_the_nan(steps, x):
    """The name of the first of the `steps` whose result has a NaN, beginning with `x: f32[n]`; None where none has."""
    # BEGIN SOLUTION
    for name, step in steps.items():
        x = step(x)
        if jnp.isnan(x).any():
            return name
    return None
    # END SOLUTION


# %% check="find_the_nan"
check("find_the_nan")

# %% [markdown] hint="find_the_nan"
# Carry the pipeline out, step by step, in a Python loop. `steps.items()` gives the names and the functions, in order.

# %% [markdown] hint="find_the_nan"
# After each step, look at what came out. Which function says of each entry whether it is NaN, and how do you ask
# whether any of them is? (Your function is not compiled, so an `if` is fine.)

# %% [markdown] hint="find_the_nan"
# The first step that shows a NaN ends the search: return its name at once. Only when the loop is through, there was
# none. Does each step get what the one before it gave?

# %% [markdown]
# ## What to take away
#
# - `jit` reads a function once for each shape and dtype, with placeholders. What Python decides and prints happens
#   then.
# - `jnp.where` computes both sides. Where the other side is infinite or NaN, protect its input with a second `where`.
# - What decides *which* program it is must be static: strings, lengths. What is only a number is data. Static things
#   can be looked up: no lists, no arrays.
# - Each new length is a new program. Pad to one length, and carry a mask; the mask decides what a mean counts.
# - Compile outside the loop, and hand in what changes. What a compiled function finds outside of itself is fixed.
# - To time a call: call once before, and wait for the result each time.
# - NaN spreads in silence. `jax.debug_nans` and `jax.disable_jit` find it; `with` puts them back.
