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
# This lab shows how, and which surprises wait on the way.
#
# There are eight tasks, and they become harder. Write your answer into the cell that waits for it, then run the `check`
# cell below it. It says what holds already and what does not yet. Run it as often as you like.
#
# Stuck? `hint("set_first")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("set_first")` shows one way to do it, if your course allows it.

# %%
import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import check, hint, plot, solution

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
# - It returns a new array (one of NumPy will do, too): `v` comes first, everything else is as in `b`.
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
# ## Rows and tables
#
# A table has two axes. Here are three samples, one a row, with the reads of four genes, one a column.

# %%
table = jnp.array([[5, 1, 8, 0], [2, 9, 4, 1], [7, 3, 6, 2]])
table

# %% [markdown]
# Two numbers in the brackets name one place: row 1, column 2.

# %%
table.at[1, 2].set(50)

# %% [markdown]
# One number names a whole row. What you set there may be a row of the same length,
# or a single number, which then stands everywhere in the row.

# %%
print(table.at[1].set(jnp.array([10, 20, 30, 40])))
print(table.at[1].set(99))

# %% [markdown]
# Two corrections one after the other? The second one has to start from what the first one gave.
# So give the array in between a name, or write one `at` after the other.

# %%
table.at[0].multiply(10).at[2, 3].set(-1)

# %% [markdown]
# ### Places that are not known yet
#
# `jax.jit` compiles a function. To do so it calls your function once, with *placeholders* instead of arguments.
# A placeholder has a shape and a dtype, but no value yet. (JAX calls it a *tracer*.) `at` takes it as a place:


# %%
def double_entry(x, place):
    """A copy of `x` whose entry at `place` is doubled."""
    return x.at[place].multiply(2)


jax.jit(double_entry)(reads, 3)

# %% [markdown]
# But a placeholder cannot decide an `if`, for nobody knows its value.


# %%
def double_all_but_first(x, place):
    """As above, but entry 0 stays as it is."""
    if place == 0:
        return x
    return x.at[place].multiply(2)


try:
    jax.jit(double_all_but_first)(reads, 3)
except jax.errors.TracerBoolConversionError as error:
    print(type(error).__name__)

# %% [markdown]
# ### One-hot rows
#
# A neural network cannot read letters. So each base of a DNA sequence becomes a row of four numbers:
# a 1 in the column of the base (A=0, C=1, G=2, T=3), and 0 elsewhere. This is called *one-hot*.
# Here is the codon ATG, at which most proteins begin:

# %%
start_codon = jax.nn.one_hot(jnp.array([0, 3, 2]), 4)
plot.table(
    start_codon, rows=["row 0 (A)", "row 1 (T)", "row 2 (G)"], columns=["A", "C", "G", "T"], title="ATG, one-hot"
)

# %% [markdown] task="point_mutation" points=2 difficulty=2 minutes=4
# ## Task: mutate one base
#
# Write `point_mutation(onehot, pos, base)`.
#
# - `onehot` is a JAX array of dtype `float32` and shape `(L, 4)`, with L at least 1. Each row is one-hot.
# - `pos` says which base of the sequence mutates: a whole number from 0 to L-1.
# - `base` says what it becomes: a whole number from 0 to 3. It may be the base that stands there already.
# - It returns a new array of the same shape and dtype. Row `pos` is the one-hot row of `base`.
#   All other rows are as before. So every row is still one-hot.
# - It must also work inside `jax.jit`, where all three arguments are placeholders: `pos` and `base` then have no value
#   that an `if` or a slice such as `onehot[:pos]` could use. (You do not need to write `jit` yourself.)
#
# With `start_codon` from above, `point_mutation(start_codon, 0, 2)` is GTG:
# `[[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 1, 0]]`.


# %% answer="point_mutation"
def point_mutation(onehot, pos, base):
    """The sequence `onehot: f32[L, 4]` in which the base at `pos` has become `base`."""
    # BEGIN SOLUTION
    return onehot.at[pos].set(jax.nn.one_hot(base, 4))
    # END SOLUTION


# %% check="point_mutation"
check("point_mutation")

# %% [markdown] hint="point_mutation"
# How many of the four numbers in the row change when A becomes G? Write both rows down and compare.

# %% [markdown] hint="point_mutation"
# You can replace the whole row at once, if you have the new row. Or you can work in two steps: first remove the old 1,
# then put the new one.

# %% [markdown] hint="point_mutation"
# The new row: the text made three one-hot rows of three bases with `jax.nn.one_hot`. Of a single base it makes one row.
# In two steps instead: the second `at` has to stand after the first one, not begin again at `onehot`.

# %% [markdown]
# ## Counting: when two reads want the same place
#
# A *k-mer* is a word of k letters in a DNA sequence. Tools that compare genomes count k-mers all day long.
# Give each k-mer a number, and a sequence becomes a list of numbers. For k = 1 it is simply A=0, C=1, G=2, T=3:

# %%
bases = jnp.array([0, 0, 3])  # A A T
bases

# %% [markdown]
# To count them, we need a table of zeros. `jnp.zeros` makes numbers with a decimal point (`float32`), unless you name
# another dtype:

# %%
print(jnp.zeros(4).dtype)
print(jnp.zeros(4, dtype=jnp.int32).dtype)

# %% [markdown]
# Now we could go to all three places at once. NumPy programmers write this:

# %%
counts = np.zeros(4, dtype=np.int32)
counts[np.array([0, 0, 3])] += 1
counts

# %% [markdown]
# Two A went in, but only one was counted.
# NumPy read all three places first (0, 0, 0), added 1 to each, and then wrote three times.
# The second A wrote the same 1 over the first one.
#
# `set` in JAX does the same. One of the writers wins, the others are lost. Which one wins is not promised.

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
# a number that is no base: 4, or 99, or -1. Is that safe? First, a place past the end:

# %%
jnp.zeros(4).at[99].set(1.0)

# %%
reads[99]

# %% [markdown]
# No error. What is *written* past the end is dropped, and whoever *reads* there gets the last entry.
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

# %% [markdown]
# ## Choosing entry by entry
#
# To lose nothing, we have to give each unknown number a place that exists, and leave all the others as they are.
# So every entry has to be looked at. Take four genes and their reads: which of them have fewer than 10?
# A comparison gives one truth value for each entry. Such an array is called a *mask*.

# %%
depth = jnp.array([30, 2, 45, 8])
print(depth < 10)

# %% [markdown]
# Two conditions are joined entry by entry as well: `|` means or, `&` means and. (Python's own `or` and `and` want a
# single truth value, and an array has many.) Each comparison needs brackets of its own.

# %%
print((depth < 10) | (depth > 40))
print((depth >= 10) & (depth <= 40))

# %% [markdown]
# `jnp.where(mask, a, b)` takes `a` where the mask is true, and `b` elsewhere. No loop, no `if`.
# Both `a` and `b` may be a single number. NumPy arrays may come in, and a new JAX array comes out.

# %%
jnp.where(depth < 10, 0, depth)

# %% [markdown]
# A mask can also *select*. But what comes out has another shape: as many entries as the mask has true ones.

# %%
depth[depth < 10]

# %% [markdown]
# Inside `jit` JAX has to know every shape before it knows the values. So it refuses a mask in square brackets.
# It does so after `at` as well, where the mask stands for a list of places, and nobody knows yet how many.


# %%
def select_low(depth):
    """The entries below 10."""
    return depth[depth < 10]


def empty_low(depth):
    """A copy in which the entries below 10 are 0."""
    return depth.at[depth < 10].set(0)


for function in (select_low, empty_low):
    print(function.__name__, function(depth))
    try:
        jax.jit(function)(depth)
    except jax.errors.NonConcreteBooleanIndexError as error:
        print("inside jit:", type(error).__name__)

# %% [markdown] task="kmer_counts" points=2 difficulty=2 minutes=8
# ## Task: count k-mers, and lose none
#
# Write `kmer_counts(idx, K)`.
#
# - `idx` is a JAX array of whole numbers (`int32`) with one axis: the numbers of the k-mers in a sequence.
#   It may be empty, as `jnp.array([], dtype=jnp.int32)` is. (Without the dtype, that one would be `float32`.)
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
# so the method after `.at[...]` has to be one that does not write over what came before.

# %% [markdown]
# ## Two names for one array
#
# One surprise is left, and it is not JAX that causes it. In Python, `=` never copies. It gives a thing one more name.

# %%
shelf = ["tube 1", "tube 2"]
backup = shelf
backup.append("tube 3")
shelf

# %% [markdown]
# There is one list, and it has two names. Whoever changes it under one name changes it under the other one, too.
#
# `+=` changes a list in place, too:

# %%
backup += ["tube 4"]
shelf

# %% [markdown]
# But what `+=` does is decided by the thing on its left, and so it differs between NumPy and JAX.

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
# a dictionary with the keys `"x"` and `"u"`, each with a list of three whole numbers. (A tuple or an array will do.)
# Had nothing but zeros come out, you would write `{"x": [0, 0, 0], "u": [0, 0, 0]}`.
#
# The check here only looks at the form. Whether the prediction is right counts when your notebook is graded, and then
# it counts for more.

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
# ## An argument is a second name, too
#
# When you call a function, its argument is one more name for what you handed in.
# So a function can change your NumPy array behind your back. This one was to return a darker picture:


# %%
def darker(image):
    """The image, 10 units darker."""
    image -= 10
    return image


photo = np.array([50, 60, 70])
darker(photo)
photo

# %% [markdown]
# Now the original is dark as well, and whoever calls `darker(photo)` again gets it darker still.
# To a JAX array this cannot happen:

# %%
scan = jnp.array([50, 60, 70])
darker(scan)
scan

# %% [markdown]
# Data that come from a file are NumPy arrays, very often. Be kind to your caller: make something new.
#
# One more difference. A NumPy array has no `at`. `jnp.asarray` makes a JAX array of it (and leaves one as it is):

# %%
print(hasattr(photo, "at"))
print(jnp.asarray(photo).at[0].set(0))

# %% [markdown] task="mask_reads" points=2 difficulty=2 minutes=5
# ## Task: mask the bases that nobody could read well
#
# A sequencing machine says for every base how sure it is of it. This *Phred quality* is a whole number:
# 20 means one error in 100 bases, 30 means one in 1000. Bases below a limit are better replaced by N, for unknown.
#
# Write `mask_reads(bases, phred, q)`.
#
# - `bases` holds n reads of L bases each, as whole numbers from 0 to 3 (`int32`, shape `(n, L)`, n and L at least 1).
# - `phred` holds their qualities, as whole numbers (`int32`, same shape).
# - Both may be JAX arrays or NumPy arrays. Either way they are unchanged when you are done.
# - `q` is one whole number, the limit.
# - It returns a new array of the same shape: 4 (for N) where the quality is below `q`, else the base as it was.
#   A quality of exactly `q` is good enough. If JAX arrays came in, the result has dtype `int32` as well.
# - It must also work inside `jax.jit`, where all three arguments are placeholders: JAX arrays without values.
#   No Python loop is needed.
#
# `mask_reads(jnp.array([[0, 1, 2, 3]]), jnp.array([[38, 12, 20, 19]]), 20)` gives `[[0, 4, 2, 4]]`.


# %% answer="mask_reads"
def mask_reads(bases, phred, q):
    """The reads `bases: i32[n, L]`, with 4 in place of each base whose quality in `phred: i32[n, L]` is below `q`."""
    # BEGIN SOLUTION
    return jnp.where(phred < q, 4, bases)
    # END SOLUTION


# %% check="mask_reads"
check("mask_reads")

# %% [markdown] hint="mask_reads"
# Each base is decided on by its own quality alone. Which comparison says for every place at once whether it is too low?

# %% [markdown] hint="mask_reads"
# You want an array of the old shape that has 4 in some places and the old base in the others.
# Which function in the text chooses between two things, entry by entry?

# %% [markdown] hint="mask_reads"
# `jnp.where` has three arguments: the mask, what to take where it is true, what to take where it is not.
# It makes a new array, so nobody's data is changed, and it takes NumPy arrays and placeholders alike.

# %% [markdown]
# ## A dictionary can change
#
# Programs keep together what belongs together, often in a dictionary: the state of an experiment, the weights of a
# network. Arrays of JAX never change. But the dictionary that holds them is an ordinary Python one.


# %%
def warm_up(dish):
    """The dish, one degree warmer."""
    dish["celsius"] = dish["celsius"] + 1
    return dish


dish = {"celsius": 20, "volume": 5}
warm_up(dish)
dish

# %% [markdown]
# It changed the caller's dictionary, as it would a list. And now the same function inside `jit`:

# %%
dish = {"celsius": 20, "volume": 5}
jax.jit(warm_up)(dish)
dish

# %% [markdown]
# This time `dish` is as it was. Inside `jit` the function is given a dictionary of its own, filled with placeholders.
# So `warm_up` is two functions in one, and which one you get depends on whether it is compiled.
#
# The way out is the same as for arrays: make a new one. Two stars copy the entries of a dictionary into another,
# and what comes later wins.

# %%
print({**dish, "volume": 4})
print(dish)

# %% [markdown]
# `dict(dish)` copies a dictionary, too. In the copy you may give an entry a new value, and the caller does not notice.
# But neither way copies what is *in* the dictionary. Old and new one hold the same arrays:

# %%
box = {"wells": np.array([1, 2, 3])}
copied_box = dict(box)
copied_box["wells"] *= 100
box

# %% [markdown] task="grow_population" points=2 difficulty=3 minutes=5
# ## Task: one day in the life of a population
#
# Bacteria grow in several dishes. Write `grow_population(state)`. It takes the state of one day and returns that of the
# next.
#
# - `state` is a dictionary. Under `"day"` it has one whole number. Under `"counts"` it has how many bacteria each dish
#   has, and under `"rate"` by how much each dish grows a day. Both of these are JAX arrays or NumPy arrays of dtype
#   `float32` and shape `(k,)`, with k at least 1.
# - In one day, each count grows by its rate times the count: 100 bacteria with rate 0.5 become 150, and with rate -0.25
#   they become 75.
# - It returns a new, plain dictionary: `"day"` is one more, `"counts"` are the new counts, and `"rate"` is as before.
#   The state may have other entries (numbers or arrays, under other names). The new one has all of them, unchanged.
# - The caller's dictionary is as it was, and so are the arrays in it.
# - It gives the same values inside `jax.jit`.
#
# `grow_population({"day": 3, "counts": jnp.array([100.0, 8.0]), "rate": jnp.array([0.5, -0.25])})`
# gives day 4, counts `[150, 6]` and the same rates.


# %% answer="grow_population"
def grow_population(state):
    """The state of the next day, as a new dictionary."""
    # BEGIN SOLUTION
    counts = state["counts"] * (1 + state["rate"])
    return {**state, "day": state["day"] + 1, "counts": counts}
    # END SOLUTION


# %% check="grow_population"
check("grow_population")

# %% [markdown] hint="grow_population"
# Which entries change in a day, and which stay? Compute the new values first, and give each a name of its own.

# %% [markdown] hint="grow_population"
# The new dictionary: the example with the volume of the dish copies all entries and replaces one of them.
# You replace two. What comes later wins.

# %% [markdown] hint="grow_population"
# Is an array of the caller still changed? `*=` and `+=` work on the very array that the caller's dictionary holds,
# whatever name it has by now. `new = old * ...` makes another one.

# %% [markdown]
# ## Read before you overwrite
#
# A last surprise. To swap two rows in NumPy, one might write this:

# %%
samples = np.array([[1, 1], [2, 2], [3, 3]])
samples[0], samples[1] = samples[1], samples[0]
samples

# %% [markdown]
# Row 2 is there twice, and row 1 is lost! For a row of a NumPy array is not a copy. It is a window on the array,
# called a *view*. When the second row was written, its window on the first one already showed the new numbers.
#
# A row of a JAX array is safe to keep. It cannot change, whatever you make of the array:

# %%
grid = jnp.array([[1, 1], [2, 2], [3, 3]])
first_row = grid[0]
grid = grid.at[0].set(99)
first_row

# %% [markdown]
# But look at the *name* `grid`. It now stands for the new array, and whoever asks `grid[0]` gets the new row.
# When you make one array from another in several steps, ask each time: which array does this name stand for by now?
#
# Several places at once are also possible. They come in an array, for a Python list is refused as an index.

# %%
print(reads.at[jnp.array([0, 4])].set(jnp.array([70, 80])))
try:
    reads.at[[0, 4]].set(jnp.array([70, 80]))
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(";")[0])

# %% [markdown]
# Mind the brackets: two bare numbers, as in `table.at[1, 2]`, are still one place, and not two rows.

# %% [markdown] task="swap_rows" points=2 difficulty=3 minutes=5
# ## Task: swap two rows
#
# Two samples were mixed up. Write `swap_rows(x, i, j)`.
#
# - `x` is a JAX array with two axes, n rows and d columns, both at least 1, of dtype `float32` or `int32`.
# - `i` and `j` are whole numbers from 0 to n-1. They may be equal. (Negative ones do not occur.)
# - It returns a new array of the same shape and dtype: row `i` of `x` stands at place `j`, row `j` at place `i`, and
#   all other rows are as before. If `i` equals `j`, all rows are as before.
# - It must also work inside `jax.jit`, where all three arguments are placeholders. So no `if` on `i` and `j`.
#   None is needed: write it so that equal ones need no special case.
#
# `swap_rows(jnp.array([[1, 1], [2, 2], [3, 3]]), 0, 2)` gives `[[3, 3], [2, 2], [1, 1]]`.


# %% answer="swap_rows"
def swap_rows(x, i, j):
    """A copy of `x: [n, d]` in which rows `i` and `j` have changed places."""
    # BEGIN SOLUTION
    return x.at[i].set(x[j]).at[j].set(x[i])
    # END SOLUTION


# %% check="swap_rows"
check("swap_rows")

# %% [markdown] hint="swap_rows"
# On paper: to swap what stands on two cards, what do you have to remember before you write on the first one?

# %% [markdown] hint="swap_rows"
# Two rows have to be set, and so two steps are needed (or one step with two places).
# The rows that you put in must both come from the array that was handed in.

# %% [markdown] hint="swap_rows"
# Take both rows out first and give each a name. Then set one and, on the new array, the other.
# If you rebind `x` in between, `x[i]` is no longer the row you want.

# %% [markdown]
# ## Everything at once
#
# Here is a program as one finds it on many a computer. Its author knew NumPy well and had just met JAX.
# A cell's reads arrive as a list of entries: which gene, and how many reads. It is to return each gene's share.


# %%
def normalize_counts_broken(genes, reads, G):
    """The share of each of G genes in the reads of a cell, and last the share of unknown genes: f32[G+1]."""
    # Each entry contains one read of background.
    reads -= 1.0
    # Collect the reads of each gene. The last place is for genes that nobody knows.
    counts = jnp.zeros(G + 1)
    counts = counts.at[genes].set(reads)
    # Gene 0 is the spike-in: RNA that the lab put in itself, as a control. It shall not count.
    counts.at[0].set(0.0)
    # From counts to shares.
    return counts / counts.sum()


# %% [markdown]
# It runs, and the shares add up to 1. So is it right? Let us look at one cell. Gene 2 comes in two entries,
# with 9 and 5 reads, and an entry of the unknown gene 99 has 11 reads.

# %%
entry_genes = np.array([0, 1, 2, 2, 99])
entry_reads = np.array([5.0, 3.0, 9.0, 5.0, 11.0], dtype=np.float32)
shares = normalize_counts_broken(entry_genes, entry_reads, 4)
print(shares, shares.sum())

# %% [markdown]
# By hand: without background, gene 1 has 2 reads, gene 2 has 8 + 4 = 12, unknown genes have 10, and the spike-in is
# left out. That is 24 reads, and so the shares should be `[0, 2/24, 12/24, 0, 10/24]`. Only that of gene 3 is right.
#
# And what has become of the data?

# %%
print(entry_reads)
print(normalize_counts_broken(entry_genes, entry_reads, 4))

# %% [markdown]
# They changed. The second call, with the same two names, gave other shares than the first.

# %% [markdown] task="normalize_counts" points=3 difficulty=4 minutes=10
# ## Task: repair the program
#
# There are four mistakes in `normalize_counts_broken`. You have met each of them in this lab. Write `normalize_counts`,
# with the same arguments, without the mistakes. (You may copy the lines and repair them, or write it anew.)
#
# - `genes` holds the gene of each of m entries, as whole numbers (`int32`, shape `(m,)`, m at least 1). A gene may come
#   in several entries. A number outside 0 ... G-1 stands for an unknown gene: too large *or* negative, however far.
# - `reads` holds the reads of each entry (`float32`, same shape), each at least 1.
# - Both may be JAX arrays or NumPy arrays. Either way they are unchanged when you are done.
# - `G` is a Python `int` of at least 2.
# - It returns G+1 shares, as a JAX or NumPy array. First, one read of background is taken from each entry. Then all
#   entries of a gene are added up, and those of all unknown genes together in the last place. Then the count of gene 0
#   becomes zero. Last, everything is divided by the sum. (That sum is never zero.)
# - It does not have to work inside `jit`.
#
# With the genes from above and their five reads as they were at first, `[5, 3, 9, 5, 11]`, and with `G` = 4, it gives
# `[0, 0.0833, 0.5, 0, 0.4167]`, however often it is called. (`entry_reads` has been spoiled. Run its cell again.)


# %% answer="normalize_counts"
def normalize_counts(genes, reads, G):
    """The share of each of G genes in the reads of a cell, and last the share of unknown genes: f32[G+1]."""
    # BEGIN SOLUTION
    own_reads = jnp.asarray(reads) - 1.0
    known = (genes >= 0) & (genes < G)
    place = jnp.where(known, genes, G)
    counts = jnp.zeros(G + 1).at[place].add(own_reads)
    counts = counts.at[0].set(0.0)
    return counts / counts.sum()
    # END SOLUTION


# %% check="normalize_counts"
check("normalize_counts")

# %% [markdown] hint="normalize_counts"
# Go line by line and ask four questions. Does this line change what the caller owns? Who keeps the new array?
# What happens to two entries of one gene? Where does gene 99 go?

# %% [markdown] hint="normalize_counts"
# The four mistakes are in three lines: the one with the background, the one with the spike-in, and one between them
# that has two. Compare each of the three with the line of this lab that does the same job well.

# %% [markdown] hint="normalize_counts"
# For the two mistakes in one line, look at `kmer_counts`: there you gave every number a place that exists, and let
# equal places add up. Here you add the reads instead of 1. The other two are cured by a plain `=` with a name on its
# left: once so that the caller's array does not change, and once so that a new array is kept.

# %% [markdown]
# ## What to take away
#
# - A JAX array never changes. `x.at[i].set(v)` is a new array: give it a name, or return it.
# - Several steps: each one starts from what the step before it gave.
# - `set` keeps one of several writers. `add` and `multiply` carry out all of them.
# - A place that does not exist is no error: writes are dropped, and reads get the nearest entry, which is the last one
#   past the end and the first one far before the beginning. And -1 is the last place.
# - `jnp.where` chooses entry by entry and keeps the shape. A mask in square brackets does not, and `jit` refuses it.
#   Two masks are joined by `|` (or) and `&` (and).
# - `=` never copies, and an argument is a second name. NumPy arrays and dictionaries that came in are still the
#   caller's: make new ones. A copied dictionary holds the same arrays.
# - Inside `jit` there are placeholders instead of values. Code that makes new things, and asks no `if` about a value,
#   does not notice the difference.
