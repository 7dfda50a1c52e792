# %% [markdown]
# # Arrays that never change
#
# In NumPy an array is a notebook: you can cross out a number and write another one over it.
# In JAX an array is a printed page. It never changes.
#
# That sounds like a loss. It is the reason why JAX can do what it does.
# A program that never overwrites its data can be compiled, differentiated, and run for a thousand cells at once.
#
# So how do you correct a count, or add a read to a table? You ask for a *new* page.
# This lab shows how, and which three surprises wait on the way.
#
# There are three tasks. Write your answer into the cell that waits for it, then run the `check` cell below it.
# It says what holds already and what does not yet. Run it as often as you like.

# %%
import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import check

# %% [markdown]
# ## A new array instead of a change
#
# Here are the reads that one cell has for five genes.

# %%
reads = jnp.array([12, 0, 7, 3, 5])
reads

# %% [markdown]
# Gene 1 was counted wrongly. Let us write over it, as in NumPy.

# %%
try:
    reads[1] = 9
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# JAX refuses. We have to ask for a new array instead:

# %%
corrected = reads.at[1].set(9)
corrected

# %% [markdown]
# Read it from left to right: take `reads`, go to place 1, and give me a copy in which 9 stands there.
# Square brackets after `at`, then the name of what to do.
#
# And the old array?

# %%
reads

# %% [markdown]
# It is still the same, because nothing can change it.
# So the new array needs a name. A line such as `reads.at[1].set(9)` alone makes a new array and throws it away.

# %%
reads.at[1].set(9)
reads

# %% [markdown]
# `set` is not the only method. `add` and `multiply` work on what already stands there.

# %%
reads.at[2].add(1)

# %%
reads.at[2].multiply(10)

# %% [markdown]
# The new array keeps the dtype of the old one. A table of `int8` stays a table of `int8`.

# %%
jnp.array([1, 2, 3], dtype=jnp.int8).at[2].add(1).dtype

# %% [markdown] task="set_first" points=1 difficulty=1 minutes=3
# ## Task: correct the first entry
#
# Write `set_first(b, v)`.
#
# - `b` is a JAX array with one axis and at least one entry. `v` is one Python number.
# - It returns a new JAX array: `v` comes first, everything else is as in `b`.
# - Shape and dtype are those of `b`, also for `int8` or `float16`. (`v` always fits into that dtype.)
# - `b` itself is as it was before.
#
# `set_first(jnp.array([1, 2, 3]), 100)` gives `[100, 2, 3]`.


# %% answer="set_first"
def set_first(b, v):
    """A copy of `b` whose first entry is `v`."""
    # BEGIN SOLUTION
    return b.at[0].set(v)
    # END SOLUTION


# %% check="set_first"
check("set_first")

# %% [markdown] hint="set_first"
# A JAX array cannot be written to. Which expression in the text above gave a copy with one entry replaced?

# %% [markdown] hint="set_first"
# Places are counted from 0. The expression has three parts: the array, the place in square brackets,
# and what to do there.

# %% [markdown] hint="set_first"
# The expression makes a new array. Your function has to hand it back: is there a `return` in front of it?

# %% [markdown]
# ## Counting: when two reads want the same place
#
# A *k-mer* is a word of k letters in a DNA sequence. Tools that compare genomes count k-mers all day long.
# Give each k-mer a number, and a sequence becomes a list of numbers. For k = 1 it is simply A=0, C=1, G=2, T=3:

# %%
bases = jnp.array([0, 0, 3])  # A A T
bases

# %% [markdown]
# To count them, we could go to all three places at once. NumPy programmers write this:

# %%
counts = np.zeros(4, dtype=np.int32)
counts[np.array([0, 0, 3])] += 1
counts

# %% [markdown]
# Two A went in, but only one was counted.
# NumPy read all three places first (0, 0, 0), added 1 to each, and then wrote three times.
# The second A wrote the same 1 over the first one.
#
# `set` in JAX does the same. One of the writers wins, the others are lost.

# %%
jnp.zeros(4).at[bases].set(jnp.array([5.0, 6.0, 7.0]))

# %% [markdown]
# The other methods do not write over each other. They are all carried out, one after the other.
# Here a culture in well 0 doubles twice.

# %%
jnp.ones(4).at[jnp.array([0, 0, 3])].multiply(2)

# %% [markdown]
# ## Places that do not exist
#
# Real sequences have letters that nobody could read. They are written N, and programs like to give them
# a number that is no base: 4, or 99, or -1. Is that safe? First, a place behind the end:

# %%
jnp.zeros(4).at[99].set(1.0)

# %%
reads[99]

# %% [markdown]
# No error. What is *written* behind the end is dropped, and whoever *reads* there gets the last entry.
# (JAX cannot stop in the middle of a compiled program to complain, so it does not complain at all.)
#
# Now a negative place:

# %%
jnp.zeros(4).at[-1].set(1.0)

# %% [markdown]
# As in Python, -1 means the last place. If -1 was our sign for "unknown", it has just become a T.
#
# And -99 is no place at all. Written there, a value is dropped again. Read from there, we get the *first* entry.

# %%
jnp.zeros(4).at[-99].set(1.0)

# %%
reads[-99]

# %% [markdown] task="kmer_counts" points=2 difficulty=2 minutes=8
# ## Task: count k-mers, and lose none
#
# Write `kmer_counts(idx, K)`.
#
# - `idx` is a JAX array of whole numbers (`int32`) with one axis: the numbers of the k-mers in a sequence.
#   It may be empty.
# - `K` is a Python `int` of at least 1: there are k-mers 0, 1, ..., K-1.
# - It returns K+1 counts, as whole numbers (`int32`). Place `i` says how often `i` occurs in `idx`.
# - The last place, `K`, counts every number outside 0 ... K-1: too large *or* negative, however far.
#   So the counts always add up to the length of `idx`.
# - It must also work as `jax.jit(kmer_counts, static_argnums=1)`. There, `K` is still a Python number, but `idx` has
#   a shape and no values yet: no `if` on what stands in it, and no selecting with `idx[idx < K]`, whose length would
#   depend on the values. (You do not need to write `jit` yourself.)
#
# `kmer_counts(jnp.array([0, 0, 3, -1]), 4)` gives `[2, 0, 0, 1, 1]`,
# and `kmer_counts(jnp.array([1, -2, 99]), 4)` gives `[0, 1, 0, 0, 2]`.


# %% answer="kmer_counts"
def kmer_counts(idx, K):
    """How often 0, ..., K-1 occur in `idx: i32[m]`, and last how many entries are none of these: i32[K+1]."""
    # BEGIN SOLUTION
    known = (idx >= 0) & (idx < K)
    place = jnp.where(known, idx, K)
    return jnp.zeros(K + 1, dtype=jnp.int32).at[place].add(1)
    # END SOLUTION


# %% check="kmer_counts"
check("kmer_counts")

# %% [markdown] hint="kmer_counts"
# There are two steps. First give every number a place that exists. Then count the places.

# %% [markdown] hint="kmer_counts"
# First step: numbers from 0 to K-1 keep their place, all others go to place K.
# `jnp.where(condition, a, b)` takes from `a` where the condition holds and from `b` elsewhere.
# Do not forget the negative ones.

# %% [markdown] hint="kmer_counts"
# Second step: begin with K+1 zeros of dtype `jnp.int32`. Two equal places must both count,
# so the method behind `.at[...]` has to be one that does not write over what came before.

# %% [markdown]
# ## Two names for one array
#
# One surprise is left, and it is not JAX that causes it. In Python, `=` never copies. It gives a thing one more name.

# %%
plate = ["A1", "A2"]
backup = plate
backup.append("A3")
plate

# %% [markdown]
# There is one list, and it has two names. Whoever changes it under one name changes it under the other one, too.
#
# `backup += [...]` would do the same to a list: it changes the list in place.
# What `+=` does is decided by the thing on its left, and so it differs between NumPy and JAX.

# %% [markdown] task="alias_prediction" points=1 difficulty=2 minutes=4
# ## Task: predict, then run
#
# Read these lines, but do not run them yet.
#
# ```python
# x = np.array([1, 2, 3])
# y = x
# y += 1
#
# u = jnp.array([1, 2, 3])
# w = u
# w += 1
# ```
#
# What do `x` and `u` hold at the end? Write it into `alias_prediction`:
# a dictionary with the keys `"x"` and `"u"`, each with a list of three Python whole numbers.
# Had nothing but zeros come out, you would write `{"x": [0, 0, 0], "u": [0, 0, 0]}`.
#
# The check here only looks at the form. Whether the prediction is right counts when your notebook is graded.

# %% answer="alias_prediction"
# BEGIN SOLUTION
alias_prediction = {"x": [2, 3, 4], "u": [1, 2, 3]}
# END SOLUTION

# %% check="alias_prediction"
check("alias_prediction")

# %% [markdown] hint="alias_prediction"
# How many arrays are there in the first three lines: one with two names, or two?

# %% [markdown] hint="alias_prediction"
# A NumPy array can be changed in place, and `+=` does so. What does that mean for the other name?

# %% [markdown] hint="alias_prediction"
# A JAX array cannot be changed. So `w += 1` must make a new array and call it `w`. Which array does `u` still name?

# %% [markdown]
# Now type the lines into a new cell and run them. Was there a surprise?
# If so, put the reason into words before you correct your prediction. That is what you learn from it.
#
# ## What to take away
#
# - A JAX array never changes. `x.at[i].set(v)` is a new array: give it a name, or return it.
# - `set` keeps one of several writers. `add` and `multiply` carry out all of them.
# - A place behind the end is no error: writes are dropped, reads get the last entry. And -1 is the last place.
# - `=` never copies. A NumPy array that came in as an argument is still the caller's array.
