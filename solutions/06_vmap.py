# %% [markdown]
# # Write it for one, run it for all
#
# Most ideas in biology are about *one* thing: the reads of one cell, the distance between two sequences, the fate of
# one population. An experiment has thousands of them. So a program becomes a heap of axes, and it is easy to lose track
# of which one is which.
#
# JAX offers another way. You write the function for one cell. `jax.vmap` makes of it the function for all cells.
#
# There are ten tasks, for about two hours. Write your answer into the cell that waits for it, then run the
# `check` cell below it, as often as you like.
#
# Stuck? `hint("add_two_vmap")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("add_two_vmap")` shows one way to do it, if your course allows
# it.

# %%
import jax
import jax.numpy as jnp

from dlfb_lab import check, hint, plot, solution

# %% [markdown]
# ## One, and then many
#
# Here is a function of one number.


# %%
def add_two(number):
    """The number, plus 2."""
    return number + 2


add_two(5)

# %% [markdown]
# `jax.vmap` takes a *function* and gives back another function. The new one takes a whole array, and does to each entry
# what the old one does to a single number.

# %%
add_two_to_each = jax.vmap(add_two)
add_two_to_each(jnp.arange(1, 8))

# %% [markdown]
# Mind the parentheses. `jax.vmap(add_two)` is a function, and the array comes in parentheses of its own after it.
# `jax.vmap(add_two(numbers))` would call `add_two` first, and then hand its result to `vmap`. That is no function:

# %%
try:
    jax.vmap(add_two(jnp.arange(1, 8)))
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(",")[0])

# %% [markdown]
# How does it work? Does `vmap` call `add_two` seven times? Let the function tell us what it is given:


# %%
def add_two_aloud(number):
    """The number, plus 2. Says what it was given."""
    print("I was given", type(number).__name__, "of shape", number.shape)
    return number + 2


jax.vmap(add_two_aloud)(jnp.arange(1, 8))

# %% [markdown]
# It was called once. What it got was a *placeholder* that looks like one number: its shape is `()`.
# `vmap` watches which steps the function takes, and replaces each step by one that does it for seven numbers at once.
# Here that is a single addition of arrays with seven entries, written `i32[7]`:

# %%
jax.make_jaxpr(jax.vmap(add_two))(jnp.arange(1, 8))

# %% [markdown]
# There is no loop in it. Nor is the function compiled as a whole: that is the work of `jit`. You can have both,
# with `jax.jit(jax.vmap(add_two))`.
#
# ## Any function, not only one of single numbers
#
# To be honest, `vmap` was of no use so far: `add_two` takes a whole array anyway, as `+` does.
# The next function is about one cell. It takes the reads of all its genes, an array.


# %%
def spread(reads):
    """How far the largest and the smallest number of reads of one cell lie apart."""
    return reads.max() - reads.min()


cells = jnp.array([[12, 0, 7, 3], [1, 1, 2, 1], [40, 8, 20, 30]])  # three cells, four genes
spread(cells[0])

# %% [markdown]
# Given the whole table, it takes all twelve numbers for those of one cell. `vmap` goes row by row:

# %%
print(spread(cells))
print(jax.vmap(spread)(cells))

# %% [markdown]
# So read `jax.vmap(f)` like this: *the arguments have one more axis in front than `f` expects, and so has the result.*
# What is left behind that axis may be a number, a row, or a whole image.
#
# One thing must be an array: what you hand in. A Python list of seven numbers is for JAX not one thing with seven
# entries, but seven things.

# %%
try:
    jax.vmap(add_two)([1, 2, 3, 4, 5, 6, 7])
except ValueError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# It complains of the *rank*, the number of axes: each of the seven is a single number, and has no axis to go along.
# Most functions of `jax.numpy` refuse a list, too. `jnp.array(...)` makes an array of it.

# %% [markdown] task="add_two_vmap" points=1 difficulty=1 minutes=4
# ## Task: two more of each
#
# Write `add_two_vmap(numbers)`, for lists as well.
#
# - `numbers` is a JAX array of dtype `int32` or `float32`, with one axis or with two, or it is a Python list of whole
#   numbers. There is at least one number in it.
# - It returns an array in which each number is larger by 2. Shape and dtype are those of the array that came in.
#   For a list of n whole numbers, the shape is `(n,)` and the dtype `int32`.
# - Given an array, it also works inside `jax.jit`.
# - Structure counts here: the program, as `jax.make_jaxpr` showed it above, does not become longer when the array does.
#   So there is no Python loop over the entries.
#
# `add_two_vmap([1, 2, 3, 4, 5, 6, 7])` gives `[3, 4, 5, 6, 7, 8, 9]`.


# %% answer="add_two_vmap"
def add_two_vmap(numbers):
    """Each of the numbers, plus 2: an array of the shape of `numbers`."""
    # BEGIN SOLUTION
    return jax.vmap(add_two)(jnp.asarray(numbers))
    # END SOLUTION


# %% check="add_two_vmap"
check("add_two_vmap")

# %% [markdown] hint="add_two_vmap"
# Two kinds of things may come in, arrays and lists. Which of them does `jax.vmap` refuse, and what did the text say
# about it?

# %% [markdown] hint="add_two_vmap"
# `jnp.asarray(...)` makes an array of a list, and leaves an array as it is. So you need no `if`.

# %% [markdown] hint="add_two_vmap"
# Two steps: make an array of what comes in, then call the function that `vmap` makes of `add_two`. A table needs no
# special care: `add_two` does not mind whether it is given a number or a row. So there is no need to flatten it.

# %% [markdown]
# ## What is mapped, and what is shared
#
# A long gene catches more reads than a short one, even if both are equally busy. To compare genes one divides by their
# lengths, and then turns the rates into shares. For one cell:


# %%
def expression(reads, lengths):
    """The share of each gene in what one cell expresses. Both f32[genes], and so is the result."""
    rates = reads / lengths
    return rates / rates.sum()


lengths = jnp.array([1.0, 2.0, 0.5, 4.0])  # in thousands of bases
expression(jnp.array([12.0, 0.0, 7.0, 3.0]), lengths)

# %% [markdown]
# Now for the three cells. Their reads have one more axis, in front. But there is only one list of lengths, for genes
# are equally long in all cells. Without another word, `vmap` wants to go along *both*:

# %%
try:
    jax.vmap(expression)(cells, lengths)
except ValueError as error:
    print(type(error).__name__, "-", str(error).splitlines()[0])

# %% [markdown]
# Three rows and four lengths do not match. `in_axes` says for each argument along which axis to go.
# `0` is the first axis. `None` means: do not go along this one, hand the whole of it to every call.

# %%
plot.axes_mapped([(3, 4), (4,)], (0, None), names=["reads", "lengths"])

# %%
jax.vmap(expression, in_axes=(0, None))(cells, lengths)

# %% [markdown]
# A single number has no axis to go along, so it always gets `None`:


# %%
def scaled(reads, factor):
    """The reads of one cell, times a factor."""
    return reads * factor


try:
    jax.vmap(scaled)(cells, 2)
except ValueError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])
jax.vmap(scaled, in_axes=(0, None))(cells, 2)

# %% [markdown]
# We were lucky that three is not four. With as many cells as genes there is no error.
# Each cell is then divided by the length of *one* gene, its number decides which, and the result looks fine:

# %%
four_cells = jnp.array([[12, 0, 7, 3], [1, 1, 2, 1], [40, 8, 20, 30], [5, 5, 5, 5]])
print(jax.vmap(expression)(four_cells, lengths)[3])
print(jax.vmap(expression, in_axes=(0, None))(four_cells, lengths)[3])

# %% [markdown]
# So try your functions on tables that are not square. A square one hides the wrong axis.
#
# ### A layer of a neural network
#
# A layer has *units*. Each unit has a weight for each feature of a sample. What it says of one sample is the sum of
# weight times feature. Let us draw weights for 20 units and two features, and five samples to try them on:

# %%
key = jax.random.key(61)
weights = jax.random.normal(key, (20, 2))
samples = jax.random.normal(key, (5, 2))  # reuses a key on purpose
print(weights[:5])
print(samples)

# %% [markdown]
# Look at the numbers. The samples *are* the first five units! Both draws opened the book of random numbers at the same
# page, and another shape does not change the page. A network that is tried on its own weights teaches us nothing.
# Each draw needs a key of its own:

# %%
weights_key, samples_key = jax.random.split(jax.random.key(62))
weights = jax.random.normal(weights_key, (20, 2))
samples = jax.random.normal(samples_key, (5, 2))
jnp.dot(weights, samples[0]).shape

# %% [markdown]
# For one sample, `jnp.dot` gives 20 numbers, one a unit. For five samples at once the shapes do not fit:

# %%
try:
    jnp.dot(weights, samples)
except TypeError as error:
    print(type(error).__name__, "-", str(error))

# %% [markdown] task="linear_forward" points=1 difficulty=2 minutes=6
# ## Task: one layer, all samples
#
# Write `linear_forward(W, X)`.
#
# - `W` holds the weights: `float32`, shape `(m, d)`, a row for each of m units.
# - `X` holds the samples: `float32`, shape `(n, d)`, a row for each of n samples. m, n and d are at least 1, and they
#   may be equal or not.
# - It returns a `float32` array of shape `(n, m)`, a row for each sample. In row i, place j stands the sum of the
#   products of `X[i]` and `W[j]`, feature by feature.
# - It also works inside `jax.jit`.
#
# `linear_forward(jnp.array([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]]), jnp.array([[10.0, 1.0], [20.0, 2.0]]))` gives
# `[[12, 1, 30], [24, 2, 60]]`.


# %% answer="linear_forward"
def linear_forward(W, X):
    """What m units with weights `W: f32[m, d]` say of n samples `X: f32[n, d]`: f32[n, m]."""
    # BEGIN SOLUTION
    return jax.vmap(jnp.dot, in_axes=(None, 0))(W, X)
    # END SOLUTION


# %% check="linear_forward"
check("linear_forward")

# %% [markdown] hint="linear_forward"
# You know the line for a single sample already: the text computed it for `samples[0]`. Which of the two arguments
# changes from sample to sample?

# %% [markdown] hint="linear_forward"
# All samples see the same weights. So the weights are shared, and the samples are mapped along their first axis.
# `in_axes` has an entry for each argument, in their order.

# %% [markdown] hint="linear_forward"
# `expression` had what is mapped first and what is shared second. `jnp.dot` is given the weights first: turn the two
# entries of `in_axes` around. Then print the shape for 20 units and 5 samples. It should be `(5, 20)`. If your table
# lies on its side, do not `reshape` it: `reshape` keeps the order of the numbers, and only `.T` changes it.

# %% [markdown]
# ## By hand
#
# Before there was `vmap`, people wrote every function for a whole batch at once, and most code that you will read
# still does. Here is a layer with one more part: each unit adds a number of its own, its *bias*. And mind the weights:
# up to now `W` had a *row* for each unit. From here on it has a *column* for each, `(d, m)`, as most libraries have it.


# %%
def simple_linear(x, W, b):
    """What a layer of m units says of one sample. x: f32[d], W: f32[d, m], b: f32[m] -> f32[m]."""
    return W.T @ x + b


keys = jax.random.split(jax.random.key(63), 3)
one_sample = jax.random.normal(keys[0], (4,))
W = jax.random.normal(keys[1], (4, 3))  # a column for each unit
b = jax.random.normal(keys[2], (3,))
simple_linear(one_sample, W, b)

# %% [markdown]
# With ten samples the shapes do not fit any more:

# %%
ten_samples = jax.random.normal(jax.random.key(64), (10, 4))
try:
    simple_linear(ten_samples, W, b)
except TypeError as error:
    print(type(error).__name__, "-", str(error))

# %% [markdown]
# `vmap` needs one line for it, and three ways to write `in_axes` mean the same where every argument is mapped:
# `in_axes=(0, 0, 0)`, `in_axes=0`, and nothing at all. Here only the sample is mapped:

# %%
jax.vmap(simple_linear, in_axes=(0, None, None))(ten_samples, W, b).shape

# %% [markdown]
# Now find the expression that does it without `vmap`. You will read it in many a paper.
# What helps is to write down the shapes. A product `A @ B` needs `(n, d)` and `(d, m)`, and gives `(n, m)`.
# When a row of m numbers is added to a table of shape `(n, m)`, it is added to each of its rows.

# %% [markdown] task="linear_by_hand" points=1 difficulty=2 minutes=5
# ## Task: the same without `vmap`
#
# Write `linear_by_hand(X, W, b)`. It gives what the line with `vmap` above gives, by a product of two tables.
# (The check looks at the numbers alone, and lets `vmap` pass as well. But the point is to find the other way.)
#
# - `X` holds n samples: `float32`, shape `(n, d)`. `W` are the weights, `float32`, shape `(d, m)`. `b` are the biases,
#   `float32`, shape `(m,)`. All three sizes are at least 1, and any of them may be equal.
# - It returns a `float32` array of shape `(n, m)`: in row i what `simple_linear(X[i], W, b)` gives.
# - It also works inside `jax.jit`.
#
# `linear_by_hand(jnp.array([[1.0, 2.0]]), jnp.array([[1.0, 0.0, 3.0], [5.0, 1.0, 0.0]]), jnp.array([0.5, 0.0, -1.0]))`
# gives `[[11.5, 2, 2]]`.


# %% answer="linear_by_hand"
def linear_by_hand(X, W, b):
    """What a layer with weights `W: f32[d, m]` and biases `b: f32[m]` says of `X: f32[n, d]`: f32[n, m]."""
    # BEGIN SOLUTION
    return X @ W + b
    # END SOLUTION


# %% check="linear_by_hand"
check("linear_by_hand")

# %% [markdown] hint="linear_by_hand"
# Write the three shapes on paper, and below them the shape that you want. Which of the sizes has to vanish?

# %% [markdown] hint="linear_by_hand"
# In a product of two tables, the size in the middle vanishes: `(n, d)` and `(d, m)` become `(n, m)`. So in which order
# do samples and weights stand, and is any of them still turned with `.T`?

# %% [markdown] hint="linear_by_hand"
# One product with `@`, with the samples on the left. The biases need no loop and no new axis: as the text says, a row
# that is added to a table is added to each row. Compare with the line with `vmap` on `ten_samples`.

# %% [markdown]
# ## Many models, the same data
#
# So far the data were mapped and the model was shared. It also works the other way round.
# Enzymes differ in how fast they can be, and in how much substrate they need for half that speed.
# Here are three enzymes, and the same five concentrations for each of them:


# %%
def speed(substrate, fastest, half):
    """How fast one enzyme works at each concentration. substrate: f32[s], fastest and half: f32[] -> f32[s]."""
    return fastest * substrate / (half + substrate)


substrate = jnp.array([0.0, 1.0, 2.0, 4.0, 8.0])
fastest = jnp.array([1.0, 2.0, 10.0])
half = jnp.array([1.0, 1.0, 8.0])
plot.axes_mapped([(5,), (3,), (3,)], (None, 0, 0), names=["substrate", "fastest", "half"])

# %%
jax.vmap(speed, in_axes=(None, 0, 0))(substrate, fastest, half)

# %% [markdown]
# A row for each enzyme. Going along `fastest` and `half` *together* pairs them up: enzyme 0 has the first number of
# both.
#
# The new axis need not come first in the result. `out_axes` says where it goes. With `1`, each enzyme is a column:

# %%
by_column = jax.vmap(speed, in_axes=(None, 0, 0), out_axes=1)(substrate, fastest, half)
print(by_column.shape)
by_column

# %% [markdown] task="random_ensemble" points=2 difficulty=3 minutes=9
# ## Task: an ensemble of random layers
#
# One random network tells you little. To see how much depends on chance, one starts many and compares.
# Write `random_ensemble(key, X, k, m)`. It makes k layers of m units, and asks each of them about all samples.
#
# - `key` is one key, new or raw. `k` and `m` are Python `int`s, at least 1.
# - `X` holds n samples: a JAX array, `float32`, shape `(n, d)`. n and d are at least 1.
# - Follow this recipe. Split `key` into two keys. With the first, draw all weights at once, from the standard normal
#   distribution, in the shape `(k, d, m)`. With the second, draw all biases at once, in the same way, in the shape
#   `(k, m)`.
# - Layer i has the weights `W[i]` and the biases `b[i]`. What it says of all samples is the product `X @ W[i]`,
#   with its biases added to each row.
# - It returns a `float32` array of shape `(k, n, m)`: first the layer, then the sample, then the unit.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - It also works inside `jax.jit`, with `k` and `m` static.
#
# `random_ensemble(jax.random.key(0), jnp.ones((2, 4)), 3, 1)` has shape `(3, 2, 1)`. Its two samples are equal, so each
# layer says the same of both.


# %% answer="random_ensemble"
def random_ensemble(key, X, k, m):
    """What `k` random layers of `m` units say of the samples `X: f32[n, d]`: f32[k, n, m]."""
    # BEGIN SOLUTION
    weights_key, biases_key = jax.random.split(key)
    weights = jax.random.normal(weights_key, (k, X.shape[1], m))
    biases = jax.random.normal(biases_key, (k, m))

    def layer(W, b):
        return X @ W + b

    return jax.vmap(layer)(weights, biases)
    # END SOLUTION


# %% check="random_ensemble"
check("random_ensemble")

# %% [markdown] hint="random_ensemble"
# Take it apart: first the two draws by the recipe, then a small function for *one* layer. What does that function need,
# and what of it differs from layer to layer?

# %% [markdown] hint="random_ensemble"
# Two draws, two keys: `jax.random.split(key)` gives them. `X.shape[1]` is d. For one layer, the weights have the shape
# `(d, m)`, the biases `(m,)`, and the samples are a table.

# %% [markdown] hint="random_ensemble"
# As with the enzymes: weights and biases are mapped together, along their first axis, and the samples are shared by
# all. A function that is defined inside yours may use `X` as it is, or you name it in `in_axes` with `None`.

# %% [markdown]
# ## Parameters in a dictionary
#
# A real model has many arrays. They are kept in a dictionary, often one in another. Here is a small network with a
# hidden layer. It predicts one number for one sample:


# %%
def predict_one(params, x):
    """The prediction for one sample. params: see below, x: f32[d] -> f32[]."""
    hidden = jnp.maximum(x @ params["hidden"]["w"] + params["hidden"]["b"], 0)
    return hidden @ params["out"]["w"] + params["out"]["b"]


params = {
    "hidden": {"w": jnp.array([[1.0, -1.0, 0.5], [0.0, 2.0, 1.0]]), "b": jnp.array([0.0, 0.5, -1.0])},
    "out": {"w": jnp.array([2.0, 1.0, -1.0]), "b": jnp.array(0.1)},
}
predict_one(params, jnp.array([1.0, 2.0]))

# %% [markdown]
# How does one write `in_axes` for a dictionary? An entry of `in_axes` may be a dictionary itself. Then it needs the
# same keys, all of them:


# %%
def weighted(share, reads):
    """The reads of one cell, mixed in shares. share: a dictionary of two numbers, reads: a dictionary of two arrays."""
    return share["own"] * reads["own"] + share["ambient"] * reads["ambient"]


share = {"own": jnp.array([0.9, 0.8]), "ambient": jnp.array([0.1, 0.2])}  # two cells
reads = {"own": jnp.array([[10.0, 0.0], [5.0, 5.0]]), "ambient": jnp.array([2.0, 2.0])}  # one soup for both
try:
    jax.vmap(weighted, in_axes=(0, {"own": 0}))(share, reads)
except ValueError as error:
    print(type(error).__name__, "-", str(error).split(";")[0])
jax.vmap(weighted, in_axes=(0, {"own": 0, "ambient": None}))(share, reads)

# %% [markdown]
# And one number or one `None` in place of a dictionary holds for all that is in it, however deep. That is why `0` was
# enough for `share`.
#
# ### Arguments by name
#
# `in_axes` counts arguments by their place. It knows nothing of names. What you hand in by name is always mapped along
# its first axis, and `in_axes` may have no entry for it:

# %%
try:
    jax.vmap(expression, in_axes=(0, None))(cells, lengths=lengths)
except ValueError as error:
    print(type(error).__name__, "-", str(error).split(":")[0])

# %% [markdown]
# So the result of `vmap` is a poor thing to hand to others, who may want to use names. Put a function of your own
# around it: with ordinary arguments, which it passes on by place.


# %%
def expression_of_all(reads, lengths):
    """As `expression`, for many cells. reads: f32[cells, genes], lengths: f32[genes]."""
    return jax.vmap(expression, in_axes=(0, None))(reads, lengths)


expression_of_all(lengths=lengths, reads=cells).shape

# %% [markdown] task="predict_batch" points=1 difficulty=2 minutes=6
# ## Task: predict for all samples
#
# Write `predict_batch(params, X)`, the network from above for many samples.
#
# - `params` is a dictionary like `params` above, for d features and h hidden units: under `"hidden"` a dictionary with
#   `"w"` of shape `(d, h)` and `"b"` of shape `(h,)`, under `"out"` one with `"w"` of shape `(h,)` and `"b"` of shape
#   `()`. All are `float32`.
# - `X` holds n samples: `float32`, shape `(n, d)`. n, d and h are at least 1, and any of them may be equal.
# - It returns a `float32` array of shape `(n,)`: in place i what `predict_one(params, X[i])` gives.
# - It may be called by name as well: `predict_batch(X=..., params=...)` gives the same.
# - It also works inside `jax.jit`.
#
# With `params` from above, `predict_batch(params, jnp.array([[1.0, 2.0], [-1.0, 0.0]]))` gives `[4.1, 1.6]`.


# %% answer="predict_batch"
def predict_batch(params, X):
    """What the network with these `params` predicts for each of the samples `X: f32[n, d]`: f32[n]."""
    # BEGIN SOLUTION
    return jax.vmap(predict_one, in_axes=(None, 0))(params, X)
    # END SOLUTION


# %% check="predict_batch"
check("predict_batch")

# %% [markdown] hint="predict_batch"
# Two arguments: one is the same for all samples, the other one is different for each. What is the entry of `in_axes`
# for each of them?

# %% [markdown] hint="predict_batch"
# A dictionary that is shared as a whole needs no dictionary in `in_axes`. What in one word says "hand the whole of it
# to every call"?

# %% [markdown] hint="predict_batch"
# By name: what `vmap` returns cannot be called by name. A `def` of your own can. Inside it, call the mapped function
# with the parameters first and the samples second, by place.

# %% [markdown]
# ## Every pair: `vmap` in `vmap`
#
# How long does it take until half of a drug is gone? That depends on two things, and we want to see all combinations:
# three volumes, and two clearance rates. For one of each:


# %%
def half_life(volume, clearance):
    """Hours until half of a drug is gone. volume: f32[] in liters, clearance: f32[] in liters an hour -> f32[]."""
    return jnp.log(2) * volume / clearance


volumes = jnp.array([10.0, 20.0, 40.0])
clearances = jnp.array([1.0, 5.0])
for_all_clearances = jax.vmap(half_life, in_axes=(None, 0))
for_all_clearances(10.0, clearances)

# %% [markdown]
# The inner `vmap` holds the volume fixed and goes along the clearances. The result is again a function of two
# arguments, and so it can be mapped once more. The outer one goes along the volumes, and hands all clearances to each
# call:

# %%
for_all_pairs = jax.vmap(for_all_clearances, in_axes=(0, None))
for_all_pairs(volumes, clearances)

# %% [markdown]
# The axis of the outer `vmap` comes first: a row for each volume. A plain `jax.vmap(half_life)` would go along both
# *together*, first with first and second with second.
#
# ### A loop is no map
#
# One could also write two Python loops. For six pairs, who cares? But look at the *program* that JAX gets to see:


# %%
def pairs_in_loops(volumes, clearances):
    """As `for_all_pairs`, with Python loops."""
    return jnp.array([[half_life(v, c) for c in clearances] for v in volumes])


def length_of_program(f, *args):
    """How many steps the program of `f` has for these arguments."""
    return len(jax.make_jaxpr(f)(*args).eqns)


for n in (2, 4, 8, 16):
    numbers = jnp.ones(n)
    print(
        f"{n} volumes, {n} clearances: {length_of_program(pairs_in_loops, numbers, numbers)} steps in loops,",
        f"{length_of_program(for_all_pairs, numbers, numbers)} with vmap",
    )

# %% [markdown]
# Python's loop has run to its end before JAX sees anything, and left one long list of steps behind: for every pair,
# its own. The number grows with the square of n, and `jit` has to compile every one of them.
# With `vmap` the program stays the same, only its arrays grow.

# %% [markdown] task="hamming_matrix" points=2 difficulty=3 minutes=8
# ## Task: how far are the sequences apart?
#
# The *Hamming distance* of two sequences of the same length is the number of places at which they differ. A table of
# all distances is where many a family tree begins. Write `hamming_matrix(seqs)`.
#
# - `seqs` holds n sequences of L bases each, as whole numbers: a JAX array, `int32`, shape `(n, L)`. n and L are at
#   least 1, and may be equal.
# - It returns a table of whole numbers, of dtype `int32` and shape `(n, n)`. In row i, column j stands at how many
#   places the sequences i and j differ.
# - It also works inside `jax.jit`.
# - Structure counts here: the program does not become longer when there are more sequences. So there is no Python loop
#   over the sequences.
#
# `hamming_matrix(jnp.array([[0, 1, 2], [0, 1, 3], [3, 3, 3]]))` gives `[[0, 1, 3], [1, 0, 2], [3, 2, 0]]`.


# %% answer="hamming_matrix"
def hamming_matrix(seqs):
    """At how many places each two of the sequences `seqs: i32[n, L]` differ: i32[n, n]."""

    # BEGIN SOLUTION
    def distance(one, other):
        return jnp.sum(one != other)

    to_all = jax.vmap(distance, in_axes=(None, 0))
    return jax.vmap(to_all, in_axes=(0, None))(seqs, seqs)
    # END SOLUTION


# %% check="hamming_matrix"
check("hamming_matrix")

# %% [markdown] hint="hamming_matrix"
# Begin with a function for two sequences, each of shape `(L,)`. `one != other` compares them place by place. What turns
# that into a single whole number?

# %% [markdown] hint="hamming_matrix"
# Next, the distances from one sequence to all of them: the first argument is shared, the second one is mapped. Is the
# result `n` numbers?

# %% [markdown] hint="hamming_matrix"
# Now the outer map, the other way round, as with the volumes. Both arguments of the finished function are the same
# array: `seqs` stands there twice.

# %% [markdown]
# ## Windows
#
# Where in a long sequence is something of interest? One goes along it with a window, and looks at a few places at a
# time. Here is how often each of ten bases of a gene was read, and we want the mean of each window of three. There are
# `10 - 3 + 1` of them.

# %%
depth = jnp.array([3.0, 5.0, 4.0, 9.0, 12.0, 15.0, 9.0, 2.0, 1.0, 1.0])


def window_mean(depth, start):
    """The mean of three neighbors, from `start` on."""
    return depth[start : start + 3].mean()


window_mean(depth, 0)

# %% [markdown]
# That is good for one window. But for all of them?

# %%
try:
    jax.vmap(window_mean, in_axes=(None, 0))(depth, jnp.arange(8))
except IndexError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# Inside `vmap`, `start` is a placeholder. How long `depth[start : start + 3]` is would depend on its value, and JAX
# must know every length beforehand. We can see that it is always 3. JAX cannot.
#
# `jax.lax.dynamic_slice_in_dim(x, start, size)` takes the start, which may be a placeholder, and the *size*, which is a
# Python number. It goes along the first axis:


# %%
def safe_window_mean(depth, start):
    """The mean of three neighbors, from `start` on. `start` may be a placeholder."""
    return jax.lax.dynamic_slice_in_dim(depth, start, 3).mean()


jax.vmap(safe_window_mean, in_axes=(None, 0))(depth, jnp.arange(10 - 3 + 1))

# %% [markdown]
# A second way makes a table of places first: the numbers 0 to 7 down, and 0 to 2 across. Reading at all of these places
# gives all windows at once, a row each.

# %%
places = jnp.arange(8)[:, None] + jnp.arange(3)[None, :]
print(places[:2])
depth[places].mean(axis=1)

# %% [markdown]
# Proteins that switch genes on recognize a short *motif*. A table says how well each base fits at each place of it: a
# row a place, a column a base. Such a table is called a position weight matrix, PWM for short. A window's score is the
# sum of what its bases get. With one-hot bases, that is a product entry by entry, and a sum:

# %%
pwm = jnp.array([[0.0, 0.0, 0.0, 2.0], [2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 2.0], [1.0, 0.0, 0.0, 1.5]])
window = jax.nn.one_hot(jnp.array([3, 0, 3, 0]), 4)  # T A T A
plot.table(pwm, rows=["place 0", "place 1", "place 2", "place 3"], columns=["A", "C", "G", "T"], title="The motif")

# %%
print((pwm * window).sum())

# %% [markdown] task="scan_motif" points=2 difficulty=3 minutes=9
# ## Task: find the motif
#
# Write `scan_motif(pwm, x)`. It scores each window of a sequence.
#
# - `pwm` is the motif: `float32`, shape `(k, 4)`, with k at least 1.
# - `x` is the sequence: one-hot rows, `float32`, shape `(L, 4)`, with L at least k.
# - It returns a `float32` array of shape `(L - k + 1,)`. In place i stands the score of the window that begins at i:
#   the sum of the products of `pwm` and the rows i to i + k - 1 of `x`, entry by entry.
# - Both are JAX arrays. It also works inside `jax.jit`, and inside `jax.vmap` for many sequences of one length, with
#   `in_axes=(None, 0)`.
# - Structure counts here: the program does not become longer when the sequence does. So there is no Python loop over
#   the windows. (A Python loop over the k places of the motif is fine.)
#
# With `pwm` from above and the sequence C T A T A, `scan_motif(pwm, jax.nn.one_hot(jnp.array([1, 3, 0, 3, 0]), 4))`
# gives `[1.5, 7]`.


# %% answer="scan_motif"
def scan_motif(pwm, x):
    """The score of the motif `pwm: f32[k, 4]` at each place of the sequence `x: f32[L, 4]`: f32[L-k+1]."""
    # BEGIN SOLUTION
    k = pwm.shape[0]

    def score(start):
        return jnp.sum(pwm * jax.lax.dynamic_slice_in_dim(x, start, k))

    return jax.vmap(score)(jnp.arange(x.shape[0] - k + 1))
    # END SOLUTION


# %% check="scan_motif"
check("scan_motif")

# %% [markdown] hint="scan_motif"
# First for one window: a function of its start. Which rows of `x` does it need, and what does it do with them?

# %% [markdown] hint="scan_motif"
# How long a window is stands in the shape of `pwm`, and shapes are ordinary Python numbers, also inside `jit` and
# `vmap`. The start is none. The text shows two ways to read a window whose start is a placeholder.

# %% [markdown] hint="scan_motif"
# Map your function over all starts: `jnp.arange` of how many there are. Mind the last window. In a sequence of five
# bases, a motif of four fits in at two places.

# %% [markdown]
# ## Columns instead of rows
#
# A table has cells as rows and genes as columns. What if the function is about one *gene*? Say, how the reads add up
# from the first cell to the last.


# %%
def added_up(reads):
    """The sums of the first, the first two, the first three ... numbers. f32[n] -> f32[n]."""
    return jnp.cumsum(reads)


print(cells)
print(jax.vmap(added_up)(cells))

# %% [markdown]
# That added up along each row: over the genes of a cell. To go from column to column, we say `in_axes=1`:

# %%
print(jax.vmap(added_up, in_axes=1)(cells))

# %% [markdown]
# The numbers are right, but the table lies on its side. The mapped axis, now that of the genes, comes first
# in the result, unless we say where we want it. With `out_axes=1` it becomes the columns again:

# %%
print(jax.vmap(added_up, in_axes=1, out_axes=1)(cells))

# %% [markdown]
# ### A division that may fail
#
# Soon we shall divide by how much a gene varies. And what if it does not vary? Here is the smaller sister of that
# problem: reads per length, where a length of 0 means that nobody knows it, and the rate should be 0.


# %%
def rate(reads, length):
    """Reads per length, and 0 where the length is 0."""
    return jnp.where(length > 0, reads / length, 0.0)


six, none = jnp.array(6.0), jnp.array(0.0)
rate(six, 3.0), rate(six, none)

# %% [markdown]
# Good. In machine learning, though, a function is not only called. It is also asked for its *slope*: how much more
# comes out if a little more goes in? `jax.grad(f)` is the function that gives the slope along the first argument. (The
# next lab is all about it.)

# %%
jax.grad(rate)(six, 3.0), jax.grad(rate)(six, none)

# %% [markdown]
# The second one should be 0, and it is NaN. `where` does not choose which side is computed. It computes both, and then
# picks. To get the slope, JAX goes back through *both* sides, and multiplies what comes from the one that was not
# picked by zero. That slope is infinite here, and infinity times zero is NaN.
#
# So the dangerous side must be harmless even when nobody wants its result. Choose twice: first a length that
# one can divide by, then the result.


# %%
def safe_rate(reads, length):
    """As `rate`, with a slope everywhere."""
    safe_length = jnp.where(length > 0, length, 1.0)
    return jnp.where(length > 0, reads / safe_length, 0.0)


jax.grad(safe_rate)(six, 3.0), jax.grad(safe_rate)(six, none)

# %% [markdown]
# A square root is dangerous in the same way: at 0 it is 0, but its slope there is infinite. Look at what `jnp.std`,
# which ends with a square root, makes of numbers that are all equal:

# %%
print(jnp.std(jnp.array([5.0, 5.0, 5.0])))
print(jax.grad(jnp.std)(jnp.array([5.0, 5.0, 5.0])))

# %% [markdown]
# And how does one find out that all numbers are equal? Not by a variance of 0. Look at seven times 3, and at their
# mean:

# %%
sevens = jnp.full(7, 3.0)
print(sevens - sevens.mean())
print(jnp.var(sevens))
print(sevens.max() > sevens.min())

# %% [markdown]
# A mean is rounded, so that of equal numbers may differ from them in the last digit. Then the variance is tiny, but not
# 0. The numbers themselves know better: they are all equal if the largest is not larger than the smallest.

# %% [markdown] task="zscore_genes" points=2 difficulty=4 minutes=10
# ## Task: genes on one scale
#
# One gene has thousands of reads, another one three. To compare them, each gene gets *z-scores*: from each of its
# numbers its mean is taken away, and the rest is divided by its standard deviation. Write `zscore_genes(counts)`.
#
# - `counts` is a table of reads: a JAX array, `float32`, shape `(cells, genes)`, both at least 1. The reads are whole
#   numbers from 0 to 1000.
# - It returns a `float32` array of the same shape: the z-scores of each gene (each *column*) over the cells.
#   The standard deviation is that of `jnp.std`: the root of the mean of the squared distances from the mean.
# - A gene that has the same number in all cells gets 0 everywhere, and no NaN. That holds for every such number, also
#   if its computed mean is off in the last digit.
# - It also works inside `jax.jit`.
# - Its slopes have no NaN and no infinity, not even where a gene has the same number in all cells. The check uses
#   `jax.grad` on one z-score at a time. Where the gene of that z-score does not vary, 0 or any other finite number will
#   do as a slope.
#
# `zscore_genes(jnp.array([[1.0, 7.0], [3.0, 7.0], [1.0, 7.0], [3.0, 7.0]]))` gives
# `[[-1, 0], [1, 0], [-1, 0], [1, 0]]`.


# %% answer="zscore_genes"
def zscore_genes(counts):
    """The z-scores of each gene in `counts: f32[cells, genes]`, 0 where a gene does not vary. The same shape."""

    # BEGIN SOLUTION
    def zscore(reads):
        centered = reads - reads.mean()
        variance = jnp.mean(centered**2)
        varies = reads.max() > reads.min()
        return jnp.where(varies, centered / jnp.sqrt(jnp.where(varies, variance, 1.0)), 0.0)

    return jax.vmap(zscore, in_axes=1, out_axes=1)(counts)
    # END SOLUTION


# %% check="zscore_genes"
check("zscore_genes")

# %% [markdown] hint="zscore_genes"
# Write it for one gene first: a function of the reads of one gene in all cells. Then say along which axis of the table
# the genes lie.

# %% [markdown] hint="zscore_genes"
# If the result lies on its side, `in_axes` alone is not enough: the genes have to come back as columns.
# And how do you find out that a gene does not vary? Try it with seven reads of 3.

# %% [markdown] hint="zscore_genes"
# NaN in the slopes comes from a square root of 0, or from a division by 0, even if `where` throws the result away. So
# put a harmless number *under the root* with a first `where`, and choose the result with a second one. Both ask the
# reads themselves whether they vary, not the variance, which may be tiny and not 0. `jnp.std` has its root inside,
# where you cannot reach it: compute the mean of the squares yourself.

# %% [markdown]
# ## A slope for each sample
#
# A model learns by looking at its error, the *loss*, and at the slopes of the loss along its parameters. Here is the
# loss of a straight line for one sample:


# %%
def loss_one(line, x, y):
    """How wrong the line w * x + b is for one sample: the squared error. x: f32[], y: f32[] -> f32[]."""
    return (line["w"] * x + line["b"] - y) ** 2


line = {"w": jnp.array(2.0), "b": jnp.array(0.5)}
jax.grad(loss_one)(line, 3.0, 5.0)

# %% [markdown]
# `grad` gives a slope for each parameter, in a dictionary like that of the parameters. But it wants a single number to
# take the slope of. The losses of four samples are four numbers:

# %%
xs = jnp.array([0.0, 1.0, 2.0, 3.0])
ys = jnp.array([1.0, 2.0, 4.5, 5.0])
try:
    jax.grad(loss_one)(line, xs, ys)
except TypeError as error:
    print(type(error).__name__, "-", str(error).split(".")[0])

# %% [markdown]
# The usual way out is the mean over the samples. It gives *one* set of slopes, for all of them together:

# %%
jax.grad(lambda line: jax.vmap(loss_one, in_axes=(None, 0, 0))(line, xs, ys).mean())(line)

# %% [markdown]
# Sometimes that is not enough. Which cell pulls the line toward itself? Is there one that was measured wrongly? For
# that one needs the slopes of each sample by itself.
#
# `jax.grad(loss_one)` is a function for one sample. And what do we do with a function for one sample?

# %% [markdown] task="per_sample_grads" points=2 difficulty=3 minutes=8
# ## Task: who pulls how strongly?
#
# Write `per_sample_grads(params, X, y)`, for a linear model with d features.
#
# - `params` is a dictionary: under `"w"` the weights, `float32` of shape `(d,)`, under `"b"` the bias, `float32` of
#   shape `()`.
# - `X` holds n samples, `float32`, shape `(n, d)`. `y` is what was measured, `float32`, shape `(n,)`. n and d are at
#   least 1, and may be equal.
# - The loss of sample i is the squared error `(X[i] @ w + b - y[i])**2`.
# - It returns a plain dictionary with the same keys. Under `"w"`, shape `(n, d)`, row i has the slopes of the loss of
#   sample i along the weights. Under `"b"`, shape `(n,)`, place i has its slope along the bias. Both are `float32`.
# - The slopes of one sample do not depend on the other samples.
# - It also works inside `jax.jit`.
#
# With w = `[1, 2]`, b = 0.5, X = `[[1, 0], [2, 1]]` and y = `[1, 5]`, it gives `"w"`: `[[1, 0], [-2, -1]]` and `"b"`:
# `[1, -1]`.


# %% answer="per_sample_grads"
def per_sample_grads(params, X, y):
    """The slopes of each sample's squared error along the parameters: a dictionary, w: f32[n, d], b: f32[n]."""

    # BEGIN SOLUTION
    def loss(params, x, y):
        return (x @ params["w"] + params["b"] - y) ** 2

    return jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, X, y)
    # END SOLUTION


# %% check="per_sample_grads"
check("per_sample_grads")

# %% [markdown] hint="per_sample_grads"
# Write the loss for *one* sample: `x` has shape `(d,)`, `y` is one number, and one number comes out. Then there is
# something to take the slope of.

# %% [markdown] hint="per_sample_grads"
# `jax.grad` makes of it a function for one sample that returns a dictionary. `jax.vmap` makes of that a function for
# all samples. What is shared, and what is mapped?

# %% [markdown] hint="per_sample_grads"
# The parameters are shared, samples and measurements are mapped together. If every row of the result depends on all
# samples, one of the two was handed over whole. `vmap` puts the new axis in front of each array in the dictionary.

# %% [markdown]
# ## The same history, again and again
#
# Genes change even if nothing favors one variant over another. A small population of N gene copies has the variant A in
# a share p of them. In the next generation each of the N new copies is a copy of a random old one, so it is an A with
# chance p. (This is the model of Wright and Fisher. The change by chance is called *drift*.) One generation:


# %%
def next_share(key, p, N):
    """The share of A in the next generation. key: one key, p: f32[] from 0 to 1, N: a Python int -> f32[]."""
    return jax.random.bernoulli(key, p, (N,)).mean()


print([float(next_share(child, 0.3, 20)) for child in jax.random.split(jax.random.key(65), 6)])

# %% [markdown]
# Six populations that began with a share of 0.3 went six ways. Now with `vmap`. One might think that it calls the
# function anew for each population, and that chance is then at work each time:

# %%
one_key = jax.random.key(66)
jax.vmap(lambda population: next_share(one_key, 0.3, 20))(jnp.arange(6))

# %% [markdown]
# Six times the same. `vmap` repeats nothing: the function ran once, with one key. What is not mapped is shared,
# and here that was the key. So map over *keys*:

# %%
jax.vmap(next_share, in_axes=(0, None, None))(jax.random.split(jax.random.key(67), 6), 0.3, 20)

# %% [markdown]
# One error you should have seen as well. A function that is mapped must not ask an `if` about its numbers. Which branch
# should it take, if the answer is yes for some populations and no for others?


# %%
def is_fixed(p):
    """1 if all copies are A."""
    if p == 1:
        return 1
    return 0


def is_fixed_each(p):
    """As above, entry by entry."""
    return jnp.where(p == 1, 1, 0)


shares = jnp.array([0.3, 1.0, 0.0])
try:
    jax.vmap(is_fixed)(shares)
except jax.errors.TracerBoolConversionError as error:
    print(type(error).__name__)
print(jax.vmap(is_fixed_each)(shares))

# %% [markdown] task="drift_replicates" points=3 difficulty=4 minutes=12
# ## Task: drift, many times over
#
# Write `drift_replicates(key, p0, N, T, B)`. It follows B populations, which know nothing of each other, over T
# generations.
#
# - `key` is one key, new or raw.
# - `p0` is the share of A at the beginning, the same in all populations: a Python `float` from 0 to 1.
# - `N` is how many gene copies each population has, in every generation. `T` is the number of generations, and `B` that
#   of the populations. All three are Python `int`s, at least 1.
# - It returns a `float32` array of shape `(B, T + 1)`, a row for each population. Column 0 is `p0`. Column t is the
#   share of A after t generations: each of the N copies is an A with the chance that the column before it says,
#   independently of the other copies. So it is a whole number divided by N.
# - From a share of 0 or 1 there is no way back: it stays.
# - The populations are independent of each other, and so are the generations of one population.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same populations again, another key other ones.
#
# It need not work inside `jit`, and any loop is allowed. With p0 = 1.0, every number is 1.


# %% answer="drift_replicates"
def drift_replicates(key, p0, N, T, B):
    """The share of A in `B` populations of `N` copies over `T` generations, beginning with `p0`: f32[B, T+1]."""

    # BEGIN SOLUTION
    def history(key):
        shares = [jnp.float32(p0)]
        for generation_key in jax.random.split(key, T):
            shares.append(next_share(generation_key, shares[-1], N))
        return jnp.stack(shares)

    return jax.vmap(history)(jax.random.split(key, B))
    # END SOLUTION


# %% check="drift_replicates"
check("drift_replicates")

# %% [markdown] hint="drift_replicates"
# Write the history of *one* population first, as a function of one key. How many keys does it need, and where do they
# come from?

# %% [markdown] hint="drift_replicates"
# Begin a Python list with the share `p0`. In each generation, `next_share` takes a fresh key and the share that was
# appended last. In the end `jnp.stack` makes one array of the list.

# %% [markdown] hint="drift_replicates"
# For all populations, map that function over an array of `B` keys, one for each. A key that comes from outside
# instead, by its name, is the same for all of them.

# %% [markdown]
# ## What to take away
#
# - `jax.vmap(f)` is a function. Its arguments have one more axis than those of `f`, and so has its result.
# - It works for any function of arrays, not only for one of single numbers. It is no loop and no `jit`: it rewrites
#   each step for a whole batch.
# - `in_axes` has an entry for each argument by place: an axis, or `None` for what all calls share. One entry stands for
#   a whole dictionary. What comes by name is always mapped along axis 0.
# - The mapped axis comes first in the result, unless `out_axes` says otherwise. Square tables hide a wrong axis.
# - A `vmap` in a `vmap` makes all pairs. A Python loop makes a program that grows with the data.
# - In a mapped function there are placeholders: no `if` on a number, no slice whose length JAX cannot see.
# - `where` computes both sides, and a slope goes back through both. Make the dangerous side harmless.
# - `jax.vmap(jax.grad(loss))` gives the slopes of each sample by itself.
# - What is not mapped is shared. That holds for keys, too: map over them.
