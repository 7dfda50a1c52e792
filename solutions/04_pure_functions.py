# %% [markdown]
# # Pure functions, and what JAX sees of them
#
# JAX does not run your function as Python does. To compile it or to take its gradient, it calls it *once*, with
# placeholders in place of numbers, and writes down what happens to them. From then on it works with what it wrote.
#
# So there is one question behind this lab: **what did JAX write down, and what did it not see?**
# Changing a global, appending to a list, printing: Python does all that, and none of it gets into JAX's notes.
#
# Functions that do nothing of the kind are called *pure*. They are the ones that JAX can compile, differentiate and
# run a thousand times at once, and their results can be repeated. They are good lab practice, too.
#
# There are ten tasks. With the reading they take about an hour and a half. Write your answer into the cell that waits
# for it, then run the `check` cell below it, as often as you like.
#
# Stuck? `hint("add_pies")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("add_pies")` shows one way to do it, if your course allows it.

# %%
from functools import partial

import jax
import jax.numpy as jnp

from dlfb_lab import check, hint, plot, solution

# %% [markdown]
# ## A photograph of the outside world
#
# A bakery counts its pies. How many there are is in `n_pies`, and a function adds the new ones.

# %%
n_pies = 0


def pies_after_baking(pies_to_add):
    """All pies: those that are there, and the new ones."""
    return n_pies + pies_to_add


compiled_pies = jax.jit(pies_after_baking)
print(compiled_pies(10))

# %% [markdown]
# Ten pies. `jax.jit` compiles a function, and so far it gives what Python would give. Now somebody puts 20 on the
# shelf:

# %%
n_pies = 20
print("in Python:", pies_after_baking(10))
print("compiled: ", compiled_pies(10))

# %% [markdown]
# The compiled one still says 10. When JAX called the function, `n_pies` was 0, and so it wrote down "0 plus the
# argument". `n_pies` does not occur in its notes. It took a *photograph* of the outside world, and works with that.
#
# To put `jit` around it once more does not help. JAX keeps the program with the function, and finds it again:

# %%
print(jax.jit(pies_after_baking)(10))

# %% [markdown]
# But a number with a decimal point is another kind of argument. For that one JAX has no program yet. It looks again,
# and takes a new photograph:

# %%
print(compiled_pies(10.0))
print(compiled_pies(10))

# %% [markdown]
# Two answers to one question, from one function, and no warning. And if you run the cell with the `def` again, you make
# a new function without any program, and all is well, until the next change. So the bug comes and goes with the order
# in which cells are run.
#
# The way out is to ask nothing from outside. A function is **pure** if
#
# 1. its result depends on its arguments alone: same arguments, same result, today and tomorrow, and
# 2. it does nothing other than return it: afterwards the world is as it was before.
#
# One misunderstanding to clear up. "Pure" does not mean that doing it twice changes nothing more. That is another
# word, *idempotent*, and the two have nothing to do with each other:


# %%
def twofold(x):
    """Pure: 3 gives 6, always. Not idempotent: a second time gives 12."""
    return 2 * x


fridge = {"celsius": 20}


def cool_down():
    """Idempotent: a second time changes nothing more. Not pure: it changes something outside."""
    fridge["celsius"] = 4


print(twofold(3), twofold(3), twofold(twofold(3)))
cool_down()
cool_down()
print(fridge)

# %% [markdown] task="add_pies" points=1 difficulty=1 minutes=3
# ## Task: count pies with a pure function
#
# Write `add_pies(n, k)`.
#
# - `n` is how many pies there are, and `k` how many are added. Each is a whole number, 0 or larger: a Python integer or
#   a JAX array of shape `()`.
# - It returns how many there are then: a Python integer or a JAX array of shape `()` with an integer dtype.
# - It is pure: the result depends on `n` and `k` alone, and no name outside the function is changed.
#   (To print is an effect as well, but a `print` that was left in costs nothing here.)
# - Inside `jax.jit` it gives the same, also when it is called again with another `n`. (You do not need to write `jit`.)
#
# `add_pies(0, 10)` gives 10, and `add_pies(20, 10)` gives 30.


# %% answer="add_pies"
def add_pies(n, k):
    """How many pies there are after `k` were added to `n`."""
    # BEGIN SOLUTION
    return n + k
    # END SOLUTION


# %% check="add_pies"
check("add_pies")

# %% [markdown] hint="add_pies"
# What did `pies_after_baking` use that nobody handed in?

# %% [markdown] hint="add_pies"
# Both numbers come in as arguments now. Nothing outside the function is needed, and nothing has to be remembered.

# %% [markdown] hint="add_pies"
# The body needs one line: a `return` and a sum. If the word `global` occurs in yours, leave that line out.

# %% [markdown]
# ## Read what JAX wrote down
#
# You can look at the notes. Here is a function with a step in each line, for any number of entries:
# add 2, square, add 3, and take the mean.


# %%
def f(x):
    """The mean of (x + 2)² + 3 over all entries of `x: f32[n]`."""
    shifted = x + 2
    squared = shifted**2
    raised = squared + 3
    return raised.mean()


x = jnp.array([0.0, 1.0, 2.0])
f(x)

# %%
jax.make_jaxpr(f)(x)

# %% [markdown]
# This is a *jaxpr*, short for JAX expression. Read it like a recipe:
#
# - `a:f32[3]` in the first line is what comes in: three numbers of dtype `float32`. There is no value, only shape and
#   dtype.
# - Each line is one step: a new name, its shape and dtype, and then what is done with what. `add` adds,
#   `integer_pow[y=2]` squares, `reduce_sum` adds all entries up, `div` divides.
# - In square brackets are the details of a step, such as the power `y=2`. You can ignore `axes=(0,)`, the axis that is
#   summed over, and everything that says `sharding`, which is about several devices.
# - The last line says what goes out.
#
# The names of Python are gone. And `mean` has become a sum, divided by 3.0: the length was known, so it stands there as
# a number. For four entries JAX writes another program:

# %%
jax.make_jaxpr(f)(jnp.zeros(4))

# %% [markdown] task="short_f" points=1 difficulty=1 minutes=3
# ## Task: say the same in fewer lines
#
# `f` has a name for each step. Write `short_f(x)`, which computes the same in one line, or as few as you like.
# (How many it has is not graded.)
#
# - `x` is a JAX array of dtype `float32` and shape `(n,)`, with n at least 1.
# - It returns the mean of (x + 2)² + 3 over all entries, as a JAX array of dtype `float32` and shape `()`.
# - It must also work inside `jax.jit` and under `jax.grad`. NumPy's functions cannot: JAX does not see what they do.
#
# `short_f(jnp.array([0.0, 1.0, 2.0]))` gives 12.6667.


# %% answer="short_f"
def short_f(x):
    """The mean of (x + 2)² + 3 over all entries of `x: f32[n]`, f32[]."""
    # BEGIN SOLUTION
    return jnp.mean((x + 2) ** 2 + 3)
    # END SOLUTION


# %% check="short_f"
check("short_f")

# %% [markdown] hint="short_f"
# Put what stands on the right of each `=` in the place where its name is used in the next line.

# %% [markdown] hint="short_f"
# Begin inside: the sum in parentheses, then the power, then what is added to it. All of that goes into the mean.

# %% [markdown] hint="short_f"
# The mean is the last step and looks at all three steps before it. So it needs parentheses around all of them: either
# as a method after the parentheses, or as `jnp.mean` in front.

# %% [markdown]
# Does JAX see that yours is shorter? The next cell shows both jaxprs.

# %%
print(jax.make_jaxpr(f)(x))
try:
    print(jax.make_jaxpr(short_f)(x))
except NotImplementedError:
    print("short_f is still to be written.")

# %% [markdown]
# If you wrote `** 2` and the steps in the same order, the two are the same to the letter: JAX sees no lines and no
# names, only what happens to the placeholders. If you wrote `jnp.square`, it says `square` where the other has
# `integer_pow`. That is another step with the same result, and just as right.
#
# ### The jaxpr of a gradient
#
# `jax.grad` turns a function into another one: its slope in every entry. That is a function of arrays, too,
# and so it has a jaxpr as well.

# %%
print(jax.grad(f)(x))
jax.make_jaxpr(jax.grad(f))(x)

# %% [markdown]
# Look for the line that begins with `_`. It divides the sum by 3.0: that is the result of `f`. It is computed and
# nobody wants it, for we asked for the slope alone. `_` is the name for what is never used again.
# (The compiler leaves such steps out later. The jaxpr still has them.)
#
# `jax.value_and_grad` gives both, the result and the slope. Now the same line has a name, and two names go out:

# %%
jax.make_jaxpr(jax.value_and_grad(f))(x)

# %% [markdown]
# ### What does not get in
#
# A jaxpr holds what happens to *placeholders*. Whatever Python does besides that is done while JAX looks on, and is
# over when the jaxpr is there. A condition that Python can decide is decided, a loop of Python is run, a text is
# printed.

# %% [markdown] task="jaxpr_prediction" points=1 difficulty=3 minutes=5
# ## Task: predict a jaxpr
#
# Read this function, but do not run it yet.
#
# ```python
# def three_days(counts):
#     print("three days")
#     if counts.ndim == 1:
#         counts = counts + 1.0
#     if counts.ndim == 2:
#         counts = counts - 1.0
#     jnp.exp(counts)
#     for _ in range(3):
#         counts = counts * 2.0
#     return counts
# ```
#
# How many lines with `add`, with `sub`, with `exp` and with `mul` does `jax.make_jaxpr(three_days)(jnp.zeros(4))` have?
# Write it into `jaxpr_prediction`: a plain dictionary with the keys `"add"`, `"sub"`, `"exp"` and `"mul"`, each with a
# whole number. Were there 9 lines of each, you would write `{"add": 9, "sub": 9, "exp": 9, "mul": 9}`.
#
# The check here only looks at the form. Whether the prediction is right counts when your notebook is graded.

# %% answer="jaxpr_prediction"
# BEGIN SOLUTION
jaxpr_prediction = {"add": 1, "sub": 0, "exp": 1, "mul": 3}
# END SOLUTION

# %% check="jaxpr_prediction"
check("jaxpr_prediction")

# %% [markdown] hint="jaxpr_prediction"
# Be JAX: go through the function line by line with an array of shape `(4,)` whose values you do not know. Write a line
# whenever something is computed from it.

# %% [markdown] hint="jaxpr_prediction"
# The shape is known. So `counts.ndim` is a plain number, and Python can decide both conditions. How often does the body
# of the loop run while you look on?

# %% [markdown] hint="jaxpr_prediction"
# And the result that nobody uses: does JAX know, at the moment when it is computed, that nobody will? Think of the line
# with `_` in the jaxpr of the gradient.

# %% [markdown]
# The next cell shows the jaxpr, once you have written down what you expect.


# %%
def three_days(counts):
    """Counts after three days in which they double."""
    print("three days")
    if counts.ndim == 1:
        counts = counts + 1.0
    if counts.ndim == 2:
        counts = counts - 1.0
    jnp.exp(counts)
    for _ in range(3):
        counts = counts * 2.0
    return counts


if jaxpr_prediction is not None:
    print(jax.make_jaxpr(three_days)(jnp.zeros(4)))

# %% [markdown]
# `print` ran while JAX looked on, and left no line. Of the two `if`, only the one whose condition holds left a line.
# The loop was run, and so its body stands there three times. (A loop of 1000 rounds would make 1000 lines. JAX has
# loops of its own for that.) And `exp` is there, under the name `_`.
#
# Was there a surprise? If so, put the reason into words before you correct your prediction.
#
# ## A list full of placeholders
#
# The *norm* of an array is its length: the root of the sum of the squares. Someone wants to see what it is computed
# from, and notes each step in a list.

# %%
steps = []


def noted_norm(x):
    """The norm of `x: f32[n]`. Notes its steps in a list outside."""
    squares = x**2
    steps.append(squares)
    total = jnp.sum(squares)
    steps.append(total)
    return jnp.sqrt(total)


jax.make_jaxpr(noted_norm)(x)

# %% [markdown]
# There are three steps in the jaxpr, and none of them appends anything. Still, the list is not empty:

# %%
steps

# %% [markdown]
# Python did append, while JAX looked on. What it appended are the placeholders, called *tracers*. They have no values,
# and never will: what they were made for is over. Whoever works with one is told so.

# %%
try:
    steps[1] + 1
except jax.errors.UnexpectedTracerError as error:
    print(type(error).__name__, "-", str(error).split(". ")[0])

# %% [markdown]
# We say that a tracer *leaked*. And a compiled function appends once, and then never again:

# %%
steps = []
compiled_norm = jax.jit(lambda x: noted_norm(x))
for scale in (1.0, 2.0, 3.0):
    print(compiled_norm(scale * x))
len(steps)

# %% [markdown]
# Three calls, and two entries of the first one, both useless. The list outside does not work. So what does?
# What a function wants to say, it *returns*. A function under `jit` or `grad` may return more than one thing: a tuple,
# a list or a dictionary of arrays.


# %%
def span_with_ends(x):
    """How far the entries of `x: f32[n]` lie apart, and from where to where: (f32[], [f32[], f32[]])."""
    lowest, highest = jnp.min(x), jnp.max(x)
    return highest - lowest, [lowest, highest]


jax.jit(span_with_ends)(jnp.array([3.0, 8.0, 4.0]))

# %% [markdown] task="norm_with_log" points=2 difficulty=2 minutes=6
# ## Task: return the log
#
# Write `norm_with_log(x)`, which does what `noted_norm` was to do, and is pure.
#
# - `x` is a JAX array of dtype `float32` and shape `(n,)`, with n at least 1.
# - It returns a tuple `(norm, log)`. `norm` is the root of the sum of the squares, of shape `()`.
# - `log` is a list (or tuple) of two arrays: first the squares, shape `(n,)`, then their sum, shape `()`.
#   It has these two each time, however often the function was called before.
# - It must also work inside `jax.jit` and `jax.grad`. Afterwards no tracer is left behind in any list or name outside.
#
# `norm_with_log(jnp.array([3.0, 4.0]))` gives norm 5, and a log of `[9, 16]` and 25.


# %% answer="norm_with_log"
def norm_with_log(x):
    """The norm of `x: f32[n]` and its steps: (f32[], [squares: f32[n], their sum: f32[]])."""
    # BEGIN SOLUTION
    squares = x**2
    total = jnp.sum(squares)
    return jnp.sqrt(total), [squares, total]
    # END SOLUTION


# %% check="norm_with_log"
check("norm_with_log")

# %% [markdown] hint="norm_with_log"
# `span_with_ends` hands out what it computed on the way. Which two things does `noted_norm` compute on the way?

# %% [markdown] hint="norm_with_log"
# No list outside is needed, and no `append` to one. Give each step a name, and put the names into the result.

# %% [markdown] hint="norm_with_log"
# The result is a tuple of two: the root first, and after the comma a list with the two steps in their order.
# That list is made in the function, anew in each call.

# %% [markdown]
# ## How often does JAX look?
#
# Python runs only while JAX looks on, and that can be put to use. A function that changes something outside tells us
# each time that it is *traced*, as this looking is called. Here we want the side effect: it lets us watch JAX at work.
#
# DNA sequences have different lengths. Let us measure how much G and C there is in each, with a compiled function:

# %%
traced_lengths = []


@jax.jit
def gc_share(bases):
    """The share of G and C in `bases: i32[L]`, where A=0, C=1, G=2, T=3."""
    traced_lengths.append(bases.shape[0])  # on purpose: it tells when JAX looks
    return jnp.mean((bases == 1) | (bases == 2))


lengths = [4, 6, 4, 4, 6, 9, 4, 6, 9, 4]
for length in lengths:
    gc_share(jnp.zeros(length, dtype=jnp.int32))
traced_lengths

# %% [markdown]
# Ten calls, and three times JAX had to look: once for each length. In all other calls it had a program already, and no
# line of Python ran in `gc_share`.

# %%
labels = [f"{length}: {what}" for length in (4, 6, 9) for what in ("calls", "traces")]
numbers = [counted.count(length) for length in (4, 6, 9) for counted in (lengths, traced_lengths)]
plot.bars(labels, numbers, xlabel="length of the sequence", ylabel="how many", title="Calls and traces")

# %% [markdown]
# A thousand sequences of a thousand different lengths would mean a thousand programs, and each takes its time. So one
# fills sequences up to a few common lengths, which is called *padding*. How to do that without counting what was filled
# in is a task in the next lab.
#
# Such a counter can be put around any function. For that we need two things from Python.
# A function can be made inside another one, and it remembers the names of the one around it.
# And `nonlocal` says that a name is that of the function around:


# %%
def make_tally():
    """A function that says, each time it is called, how often that was."""
    calls = 0

    def tally():
        nonlocal calls
        calls += 1
        return calls

    return tally


tally, other_tally = make_tally(), make_tally()
print(tally(), tally(), tally(), other_tally())

# %% [markdown]
# Each of the two has a count of its own, since `calls = 0` ran once for each.
#
# `*args` takes whatever arguments come, and hands them on:


# %%
def add_three(a, b, c):
    """The sum of three."""
    return a + b + c


def passed_on(*args):
    """Whatever `add_three` makes of the arguments."""
    return add_three(*args)


passed_on(1, 2, 3)

# %% [markdown] task="with_trace_count" points=2 difficulty=4 minutes=10
# ## Task: count the traces of any function
#
# Write `with_trace_count(f)`.
#
# - `f` is a function of one or more arguments, given by position: JAX arrays or Python numbers. It returns an array.
# - It returns a tuple of two functions, `(g, count)`.
# - `g` is `f`, compiled with `jax.jit`: it takes the same arguments and gives the same results. That it is compiled is
#   graded: a call for which there is a program already must not run `f` in Python again.
# - `count()` takes nothing and returns a whole number: how often `f` has been traced through this `g` so far. At first
#   that is 0, after a first call of `g` it is 1, after a second one with the same shapes and dtypes it is still 1.
#   What JAX goes by is more than the shape, as you will see below: for it, the number `5.0` and an array that holds 5.0
#   are not the same. So do not work out when JAX has to trace. Notice when it does.
# - Whoever calls `with_trace_count` twice, even with the same function, gets two counts that do not disturb each
#   other.
#
# With `g, count = with_trace_count(f)`, where `f` is the function from above, `g(jnp.zeros(3))`, `g(jnp.ones(3))` and
# `g(jnp.zeros(4))` one after the other make `count()` return 2.


# %% answer="with_trace_count"
def with_trace_count(f):
    """`f` under `jax.jit`, and a function that says how often it has been traced."""
    # BEGIN SOLUTION
    traces = 0

    @jax.jit
    def g(*args):
        nonlocal traces
        traces += 1
        return f(*args)

    def count():
        return traces

    return g, count
    # END SOLUTION


# %% check="with_trace_count"
check("with_trace_count")

# %% [markdown] hint="with_trace_count"
# Who must do the counting: something that runs in each call, or something that runs only while JAX looks on?

# %% [markdown] hint="with_trace_count"
# Make a function inside that counts and then calls `f`, and compile *that one*. In it, the counter goes up as in
# `make_tally`. It is traced exactly when it has no program for its arguments.

# %% [markdown] hint="with_trace_count"
# You need three names inside: a number that begins at 0, a compiled function with `*args` that adds 1 to it (do not
# forget `nonlocal`), and a function without arguments that returns the number. Hand out the two functions themselves,
# without calling them.

# %% [markdown]
# ### When is a program good for another call?
#
# The shape is not all that a program is made for. JAX asks three things of each argument: its shape, its dtype, and
# whether the dtype is firm. A bare Python number has no firm one: in `2 * x` the number 2 takes the dtype of `x`,
# whether that is int8 or float32. Such a dtype is called *weak*. Let us have the placeholders printed, while JAX looks
# on:


# %%
@jax.jit
def shown(x):
    """`x` as it is. Prints what JAX gives to the function."""
    print(x)  # on purpose: it tells when JAX looks, and at what
    return x


for argument in (2, jnp.int32(2), jnp.int8(2)):
    shown(argument)

# %% [markdown]
# The sign `~` stands for weak. Three times the number 2, and three kinds of argument, with a program each.

# %% [markdown] task="trace_prediction" points=1 difficulty=3 minutes=5
# ## Task: predict the traces
#
# `doubled = jax.jit(lambda x: 2 * x)` has just been made. It is then called eight times, in this order:
#
# | call | with |
# | --- | --- |
# | `"a"` | `jnp.zeros(3)` |
# | `"b"` | `jnp.ones(3)` |
# | `"c"` | `jnp.zeros(4)` |
# | `"d"` | `jnp.zeros(3)` |
# | `"e"` | `jnp.zeros(3, dtype=jnp.int32)` |
# | `"f"` | `5.0` |
# | `"g"` | `7.0` |
# | `"h"` | `jnp.float32(7.0)` |
#
# In which of them does JAX have to trace? Write it into `trace_prediction`: a plain dictionary with the keys `"a"` to
# `"h"`, each with `True` (it traces) or `False` (it has a program already). If it never had to, you would write
# `{"a": False, "b": False, "c": False, "d": False, "e": False, "f": False, "g": False, "h": False}`.
#
# The check here only looks at the form. Whether the prediction is right counts when your notebook is graded.

# %% answer="trace_prediction"
# BEGIN SOLUTION
trace_prediction = {
    "a": True,
    "b": False,
    "c": True,
    "d": False,
    "e": True,
    "f": True,
    "g": False,
    "h": True,
}
# END SOLUTION

# %% check="trace_prediction"
check("trace_prediction")

# %% [markdown] hint="trace_prediction"
# For each call, write down the shape and the dtype of the argument. Do not write down its values: JAX does not look at
# them.

# %% [markdown] hint="trace_prediction"
# JAX has to trace when no call *before* had the same. It forgets no program: it need not have been the call just
# before.

# %% [markdown] hint="trace_prediction"
# The last three have shape `()`. Two of them are bare Python numbers, with a weak dtype, and one is firm. Above, did
# JAX look at `2` and at `jnp.int32(2)` once for both, or at each?

# %% [markdown]
# The next cell makes the calls, once you have written down what you expect.

# %%
arguments = {
    "a": jnp.zeros(3),
    "b": jnp.ones(3),
    "c": jnp.zeros(4),
    "d": jnp.zeros(3),
    "e": jnp.zeros(3, dtype=jnp.int32),
    "f": 5.0,
    "g": 7.0,
    "h": jnp.float32(7.0),
}
looks = []


@jax.jit
def doubled(x):
    """Twice `x`."""
    looks.append(x.dtype)  # on purpose: it tells when JAX looks
    return 2 * x


if trace_prediction is not None:
    for name, argument in arguments.items():
        before = len(looks)
        doubled(argument)
        print(name, len(looks) > before)

# %% [markdown]
# New values need no new program, a new shape or dtype does. And 7.0 and `jnp.float32(7.0)` are two kinds of argument:
# one of them is weak. A loop that hands over a bare number in one round and an array in the next compiles twice for
# nothing. Decide for one, and convert at the border.
#
# ## Printing, in each call
#
# `print` in a compiled function is a side effect as well. Three calls, and what do we see?


# %%
@jax.jit
def quiet_step(n):
    """One doubling."""
    print("doubling", n)
    return 2 * n


for cells in (1.0, 2.0, 3.0):
    quiet_step(cells)

# %% [markdown]
# One line, from the time when JAX looked on, and with a placeholder instead of a number.
#
# There is a print that JAX does write down: `jax.debug.print`. It becomes a step of the program, and so it runs
# whenever the program runs. It is not used like `print`: first comes a text with places in braces, and what goes there
# is handed over after it, *as an argument*:


# %%
@jax.jit
def loud_step(n):
    """One doubling."""
    jax.debug.print("doubling {cells}", cells=n)
    return 2 * n


for cells in (1.0, 2.0, 3.0):
    loud_step(cells)
jax.effects_barrier()  # the printing is done beside the computation: wait for it

# %% [markdown]
# Mind the text. With an `f` in front of it, Python puts the number in itself, before JAX ever sees the text.
# At that time there is no number:


# %%
@jax.jit
def garbled_step(n):
    """One doubling."""
    jax.debug.print(f"doubling {n}")
    return 2 * n


garbled_step(1.0)
jax.effects_barrier()

# %% [markdown] task="reported_step" points=1 difficulty=2 minutes=5
# ## Task: a step that reports each time
#
# A culture grows: from `n` cells, in one hour, it becomes `n` + `rate` · `n`. Write `reported_step(n, rate)`.
#
# - `n` and `rate` are single numbers: Python floats, or JAX arrays of dtype `float32` and shape `()`.
# - It returns the new number of cells, of shape `()`.
# - It prints one line in each call, and in this line stands the new number of cells. What else stands in the line is up
#   to you. Neither the result nor the number in the line is rounded: 2.5 cells at a rate of 0.5 make 3.75.
# - Both must hold inside `jax.jit` as well, in every call: also when the program is there already.
#   (You do not need to write `jit` yourself.)
#
# `reported_step(100.0, 0.5)` gives 150 and prints, for example, `cells: 150.0`.


# %% answer="reported_step"
def reported_step(n, rate):
    """The number of cells after one hour, f32[]. Prints it."""
    # BEGIN SOLUTION
    grown = n + rate * n
    jax.debug.print("cells: {grown}", grown=grown)
    return grown
    # END SOLUTION


# %% check="reported_step"
check("reported_step")

# %% [markdown] hint="reported_step"
# Which of the three printing functions above showed a number in every call?

# %% [markdown] hint="reported_step"
# Give the new number a name first. It is needed twice: for the line, and for the result.

# %% [markdown] hint="reported_step"
# The text is a plain one, with a name in braces and no `f` before the quotes. The number goes in after the text, under
# that very name, as in `loud_step`. It is the new number that is asked for, not `n`.

# %% [markdown]
# ## Hand the state in, and hand it out
#
# Some things do have a memory. A counter knows what it has counted, a model what it has learned. How can a function
# without memory do their work? It takes the old *state* as an argument, and returns the new one along with its result.
# The caller keeps it. Here is a mean that goes on with each new value:


# %%
def running_mean(state, value):
    """The state after one more value, and the mean of all values so far."""
    total = state["total"] + value
    number = state["number"] + 1
    return {"total": total, "number": number}, total / number


state = {"total": jnp.zeros(()), "number": jnp.zeros((), dtype=jnp.int32)}
for value in (4.0, 6.0, 11.0):
    state, mean = running_mean(state, value)
    print(mean, state)

# %% [markdown]
# Each time the old state goes in and a new dictionary comes out. Nothing is changed, so whoever still has an old state
# can go on from there, repeat a step, or follow two ways side by side.
#
# This form, `(state, input) -> (new state, output)`, is known to JAX. `jax.lax.scan` takes such a function and an
# array, hands in one row after the other, and keeps the state in between. It is a loop, with the body once in the
# jaxpr:

# %%
start = {"total": jnp.zeros(()), "number": jnp.zeros((), dtype=jnp.int32)}
last, means = jax.lax.scan(running_mean, start, jnp.array([4.0, 6.0, 11.0]))
print(last)
print(means)

# %% [markdown]
# `scan` asks that the new state has the same keys, shapes and dtypes as the old one, since its body is one program.
#
# Look at the last state: `"number"` comes first now. JAX sorts the entries of a dictionary by their names. So ask for
# an entry by its name, and never rely on the order.

# %% [markdown] task="running_gc" points=2 difficulty=3 minutes=7
# ## Task: G and C in a stream of reads
#
# A sequencing machine gives one read after the other. We want to know after each one what share of all bases so far is
# G or C. Write `running_gc(state, read)`.
#
# - `state` is a dictionary with two JAX arrays of dtype `int32` and shape `()`: `"gc"` says how many of the bases so
#   far were G or C, and `"bases"` how many there were in total. At first both are 0.
# - `read` is a JAX array of dtype `int32` and shape `(L,)`, with L at least 1: bases, where A=0, C=1, G=2 and T=3.
# - It returns a tuple of two, the state first. The new state is a dictionary with the same two keys, where this read is
#   counted in. Both are again of dtype `int32` and shape `()`. The second part is the share of G and C in all bases so
#   far, this read included, as `float32` of shape `()`.
# - It is pure: the caller's dictionary is as it was, and the same state with the same read gives the same again.
# - It must also work inside `jax.jit`, and in `jax.lax.scan` over reads of one length.
#
# From the empty state, the read `[0, 1, 2, 1]` leads to `{"gc": 3, "bases": 4}` and 0.75. From there, `[3, 0, 1, 0]`
# leads to `{"gc": 4, "bases": 8}` and 0.5.


# %% answer="running_gc"
def running_gc(state, read):
    """The state with `read: i32[L]` counted in, and the share of G and C so far: (dict, f32[])."""
    # BEGIN SOLUTION
    is_gc = (read == 1) | (read == 2)
    gc = state["gc"] + jnp.sum(is_gc, dtype=jnp.int32)
    bases = state["bases"] + read.shape[0]
    return {"gc": gc, "bases": bases}, gc / bases
    # END SOLUTION


# %% check="running_gc"
check("running_gc")

# %% [markdown] hint="running_gc"
# `running_mean` has the same form: what are its two numbers here, and by how much does one read raise each of them?

# %% [markdown] hint="running_gc"
# A comparison gives one truth value for each base, and their sum counts the true ones. Two comparisons are joined by
# `|`, with parentheses around each. How many bases a read has is in its shape.

# %% [markdown] hint="running_gc"
# First compute the two new numbers and name them. Then return a new dictionary made of them and, after a comma, the
# one divided by the other. Is there a line that writes into `state`? Then it is the caller's that changes.

# %% [markdown]
# ## A class that JAX cannot see through
#
# Programs are often written as classes: an object keeps its settings, and its methods work with them. Here is the
# photometer of a lab, which measures how dense a culture is. Its reading is `gain` times the light above `dark`, which
# is what it shows when there is no light at all. Both are set anew when it is calibrated.


# %%
class Photometer:
    """A photometer with its settings."""

    def __init__(self, gain, dark):
        self.gain, self.dark = gain, dark

    @jax.jit
    def read(self, light):
        """The reading for `light: f32[n]`."""
        return self.gain * (light - self.dark)


light = jnp.array([1.0, 5.0, 9.0])
try:
    Photometer(2.0, 1.0).read(light)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(". ")[1].split("\n")[0])

# %% [markdown]
# `self` is the first argument of the method, and `jit` does not know what to make of a `Photometer`.
# Much advice on this tells you to make `self` a *static* argument: one that is not replaced by a placeholder, but is
# looked at while tracing, like a setting. `@partial(jax.jit, static_argnums=0)` is `@jax.jit` with such a wish:
# argument number 0, which is `self`, is static. Then it runs:


# %%
class StalePhotometer:
    """The same, with a method that compiles, and that forgets to look again."""

    def __init__(self, gain, dark):
        self.gain, self.dark = gain, dark

    @partial(jax.jit, static_argnums=0)
    def read(self, light):
        """The reading for `light: f32[n]`."""
        return self.gain * (light - self.dark)


photometer = StalePhotometer(2.0, 1.0)
print(photometer.read(light))
photometer.gain = 10.0
print(photometer.read(light))

# %% [markdown]
# The gain was changed from 2 to 10, and the reading stayed. It is the story of the pies again. JAX photographed the
# settings when it looked on. The object is still the same object, so it takes the old program.
#
# What `self` holds has to come in as an argument. That is easy, since arguments may be dictionaries of arrays.

# %% [markdown] task="read_photometer" points=2 difficulty=2 minutes=5
# ## Task: from a method to a function
#
# Write `read_photometer(settings, light)`, which does the work of the method.
#
# - `settings` is a dictionary with two numbers, `"gain"` and `"dark"`: Python floats, or JAX arrays of dtype `float32`
#   and shape `()`.
# - `light` is a JAX array of dtype `float32` and shape `(n,)`, with n at least 1.
# - It returns the readings, of the same shape: gain · (light - dark).
# - It must also work inside `jax.jit`, where the settings are placeholders, too.
# - The settings of each call count, whatever was set in a call before. The caller's dictionary is as it was.
#
# `read_photometer({"gain": 2.0, "dark": 1.0}, jnp.array([1.0, 5.0, 9.0]))` gives `[0, 8, 16]`.


# %% answer="read_photometer"
def read_photometer(settings, light):
    """The readings for `light: f32[n]`, f32[n]."""
    # BEGIN SOLUTION
    return settings["gain"] * (light - settings["dark"])
    # END SOLUTION


# %% check="read_photometer"
check("read_photometer")

# %% [markdown] hint="read_photometer"
# Where does the method get `gain` and `dark` from, and where are they now?

# %% [markdown] hint="read_photometer"
# Take the body of the method. In place of each attribute of `self` you need an entry of the dictionary.

# %% [markdown] hint="read_photometer"
# No object is needed, and no class: an entry is asked for with square brackets and its name in quotes. Mind the
# parentheses around the difference, for the gain works on all of it.

# %% [markdown]
# Now one program serves all settings. And `jax.grad`, which asks for the slope in the first argument, can say what a
# small change of each setting would do to the mean reading:


# %%
def mean_reading(settings, light):
    """The mean of the readings for `light: f32[n]`, f32[]."""
    return jnp.mean(read_photometer(settings, light))


try:
    print(jax.grad(mean_reading)({"gain": 2.0, "dark": 1.0}, light))
except NotImplementedError:
    print("read_photometer is still to be written.")

# %% [markdown]
# A class may still be good to keep things together, with a method that calls such a function. That is how models are
# built, as you will see: what they have learned is handed in.

# %% [markdown] task="purity_quiz" points=2 difficulty=3 minutes=6
# ## Task: pure, or not, and why?
#
# Eight functions. Which of them are pure?
#
# ```python
# day, seen, shelf = 0, [], {"celsius": 20}
#
# def a(x):                     def b(x):                     def c(x):
#     return 2 * x                  return x + day                seen.append(x)
#                                                                 return x
#
# def d(x):                     def e(dish):                  def f(x):
#     parts = [x]                   dish["day"] = 5               print("x is", x)
#     parts.append(3 * x)           return dish                   return x
#     return sum(parts)
#
# def g():                      def make_h():
#     shelf["celsius"] = 4          calls = 0
#     return 4                      def h(x):
#                                       nonlocal calls
#                                       calls += 1
#                                       return x
#                                   return h
# ```
#
# Write it into `purity_quiz`: a plain dictionary with the keys `"a"` to `"h"`, where `"h"` is the function that
# `make_h()` returns. Each has one of these texts:
#
# - `"pure"`: neither of the following.
# - `"reads"`: its result depends on something outside that may change.
# - `"changes"`: it changes something that outlives the call: a name, list or dictionary outside, or its argument.
# - `"prints"`: it changes nothing that Python could look up, but something appears on the screen.
#
# If all were pure, it would begin with `{"a": "pure", "b": "pure", ...`. Exactly one text fits each.
#
# The check here only looks at the form. Whether you are right counts when your notebook is graded.

# %% answer="purity_quiz"
# BEGIN SOLUTION
purity_quiz = {
    "a": "pure",
    "b": "reads",
    "c": "changes",
    "d": "pure",
    "e": "changes",
    "f": "prints",
    "g": "changes",
    "h": "changes",
}
# END SOLUTION

# %% check="purity_quiz"
check("purity_quiz")

# %% [markdown] hint="purity_quiz"
# Ask two questions of each function. Is there a name in it that is neither an argument nor made inside?
# And after the call: does anything hold something else than before?

# %% [markdown] hint="purity_quiz"
# A list that is made in the call and gone after it is nobody's business. An argument belongs to the caller.
# And to be safe to repeat is not the same as to be pure.

# %% [markdown] hint="purity_quiz"
# Compare `a` with `twofold` and `g` with `cool_down`, at the beginning of this lab. And where does a name live that is
# declared `nonlocal`: in the call, or outside it?

# %% [markdown]
# Try it: the next cell calls each function twice in the same way, and then shows what lies around. It does so once you
# have written down your answers.


# %%
day, seen, shelf = 0, [], {"celsius": 20}


def a(x):
    """The functions of the quiz, as they stand above."""
    return 2 * x


def b(x):
    return x + day


def c(x):
    seen.append(x)
    return x


def d(x):
    parts = [x]
    parts.append(3 * x)
    return sum(parts)


def e(dish):
    dish["day"] = 5
    return dish


def print_and_return(x):
    """`f` of the quiz; the name `f` is taken in this lab."""
    print("x is", x)
    return x


def g():
    shelf["celsius"] = 4
    return 4


def make_h():
    calls = 0

    def h(x):
        nonlocal calls
        calls += 1
        return x

    return h


h = make_h()
if purity_quiz is not None:
    for name, function in {"a": a, "c": c, "d": d, "f": print_and_return, "h": h}.items():
        print(f"{name}: {function(2)} and {function(2)}")
    print("b:", b(2), end=" and ")
    day = 7
    print(b(2), "a week later")
    dish = {"of": "Ada"}
    print("e:", e(dish), "and the caller's dish is now", dish)
    print("g:", g(), "and", g(), "and the shelf is now", shelf)
    print("seen:", seen)
    print("calls in h:", h.__closure__[0].cell_contents)  # the `calls` that `h` remembers

# %% [markdown]
# Compare with what you wrote. Whose result changed with the day? What holds something else than before? What is made
# within the call and gone after it does not count. And to give the same each time is not enough, if something outside
# is changed on the way.
#
# Must everything be pure? No. Files are read, progress is shown, data are drawn. Keep all that outside, around a core
# of pure functions: that core is what JAX gets.
#
# ## What to take away
#
# - JAX calls your function once for each new kind of argument, with placeholders, and writes down what happens to them.
#   `jax.make_jaxpr` shows the notes.
# - What is not done to placeholders is not in the notes: globals are photographed, lists get a tracer once, `print`
#   speaks once. `jax.debug.print` speaks each time.
# - Pure: the result depends on the arguments alone, and nothing else happens. That has nothing to do with idempotent.
# - What a function wants to say, it returns. What it must remember comes in as an argument and goes out as a result.
# - A program is made for shapes, dtypes, and whether a number is bare. New values are free, new shapes are not.
# - A method under `jit` sees its object as it was. Hand the settings in.
