# %% [markdown]
# # Random numbers with keys
#
# Every experiment in biology is repeated, because nature draws at random: which cell divides, which read is sampled,
# which base mutates. A program that imitates it needs random numbers, and a paper needs the *same* ones again tomorrow.
#
# NumPy keeps a hidden state. Each draw changes it, so the result depends on everything that was drawn before.
# JAX has no hidden state. You hand every draw a *key*, and the key alone decides what comes out.
#
# There is one rule to learn here, and it is easy to break: **use a key once.**
#
# There are ten tasks, for about an hour and a half. Each stands on its own: if one resists, go on and come back later.
# Write your answer into the cell that waits for it, then run the `check` cell below it, as often as you like.
#
# Stuck? `hint("two_draws")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("two_draws")` shows one way to do it, if your course allows it.

# %%
import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import check, data, hint, plot, solution

# %% [markdown]
# ## A key is a page number
#
# Imagine a very thick book of random numbers. A key is the number of a page. You make the first one from a seed:

# %%
root = jax.random.key(7)
root

# %% [markdown]
# A draw opens the book at that page and reads from the top. It does not turn the page.

# %%
jax.random.normal(root)

# %%
jax.random.normal(root)

# %% [markdown]
# The same number twice. That is a promise: same key, same draw, however often you ask.
#
# It is also the trap. Suppose we simulate a cell's growth rate and the noise of the instrument:

# %%
growth = jax.random.normal(root, (4,))
noise = jax.random.normal(root, (4,))
print(growth)
print(noise)

# %% [markdown]
# The noise *is* the growth rate. No error, no warning, only a wrong paper.
#
# Another distribution does not help. It reads the same page and only writes it down differently.
# Below, `uniform` is large exactly where `normal` is large:

# %%
print(jax.random.normal(root, (4,)))
print(jax.random.uniform(root, (4,)))

# %% [markdown]
# ## Fresh pages: `split`
#
# `split` makes new keys from an old one. They lead to pages that have nothing to do with each other.

# %%
parent = jax.random.key(8)
growth_key, noise_key = jax.random.split(parent)
print(jax.random.normal(growth_key))
print(jax.random.normal(noise_key))

# %% [markdown]
# `split(key, 5)` makes five. It is a draw too: splitting the same key again gives the same children again.
# So a key that was split is used up. Put it away and go on with its children.

# %%
again_growth_key, again_noise_key = jax.random.split(parent)
bool(growth_key == again_growth_key), bool(noise_key == again_noise_key)

# %% [markdown]
# You will meet keys in two forms: new ones from `jax.random.key(7)`, and raw ones from `jax.random.PRNGKey(7)` in older
# code. `split` and all draws take both. What you write here gets both, too.

# %% [markdown] task="two_draws" points=1 difficulty=1 minutes=4
# ## Task: two draws that have nothing to do with each other
#
# Write `two_draws(key)`.
#
# - `key` is one key, new or raw.
# - It returns a tuple of two numbers (JAX arrays of shape `()`), each drawn from the standard normal distribution.
# - The two are independent: knowing one tells nothing about the other.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same pair again, another key another pair.


# %% answer="two_draws"
def two_draws(key):
    """Two independent standard normal numbers, (f32[], f32[])."""
    # BEGIN SOLUTION
    first_key, second_key = jax.random.split(key)
    return jax.random.normal(first_key), jax.random.normal(second_key)
    # END SOLUTION


# %% check="two_draws"
check("two_draws")

# %% [markdown] hint="two_draws"
# How many draws do you make, and how many keys do you have?

# %% [markdown] hint="two_draws"
# `jax.random.split(key)` gives two keys. You can unpack them like any pair: `a, b = ...`

# %% [markdown] hint="two_draws"
# After the split, `key` itself is used up. Each of its two children serves for exactly one draw
# with `jax.random.normal`.

# %% [markdown]
# ## A recipe for data
#
# A method is first tried on data whose truth is known. So let us make some: the concentration of a dye, and what a
# photometer reads. We need two kinds of random numbers, and so two keys. A third one is put away for later:

# %%
spare_key, concentration_key, error_key = jax.random.split(jax.random.key(11), 3)
concentration = jax.random.uniform(concentration_key, (3, 1))
concentration

# %% [markdown]
# The shape comes after the key. `(3, 1)` means three rows and one column, the form in which most models take their
# data. `uniform` draws from 0 to 1, where 0 can come and 1 cannot.
#
# `normal` draws around 0 with a standard deviation of 1. For smaller errors, make the numbers smaller:

# %%
error = 0.1 * jax.random.normal(error_key, (3, 1))
error

# %% [markdown]
# And without a shape? Then it is one number, and every row gets the same error:

# %%
jnp.zeros((3, 1)) + 0.1 * jax.random.normal(jax.random.key(12))

# %% [markdown]
# One more thing to know before others repeat your work. Below, three keys draw one number each.
# Then, to compare, the key they came from draws three numbers at once:

# %%
parent = jax.random.key(13)
print([float(jax.random.uniform(child)) for child in jax.random.split(parent, 3)])
print(jax.random.uniform(parent, (3,)))

# %% [markdown]
# Both are good random numbers, but they are not the same. So the seed alone does not make two people's data equal.
# They must also agree on who draws what with which key: on a recipe.

# %% [markdown] task="noisy_line" points=2 difficulty=2 minutes=6
# ## Task: data along a line, by a recipe
#
# Write `noisy_line(key, n)`. It makes data along the line y = 2x + 1, with a little noise.
#
# - `key` is one key, new or raw. `n` is a Python `int`, at least 1.
# - It returns a tuple `(x, y)`, x first: two `float32` arrays, both of shape `(n, 1)`.
# - Split `key` into three keys. The first one is put away. With the second, draw all of `x` at once, uniformly from
#   0 to 1. With the third, draw all of the noise at once, from the standard normal distribution.
# - In each row, `y` is 2 times x, plus 1, plus 0.1 times the noise of that row.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same data again, another key gives other data.
#
# Whoever follows this recipe gets the same data. For `jax.random.key(42)` and n = 100, `x` begins with 0.7277, 0.7879,
# 0.1817 and `y` with 2.4986, 2.6345, 1.2492.


# %% answer="noisy_line"
def noisy_line(key, n):
    """Points near the line y = 2x + 1: (x: f32[n, 1], y: f32[n, 1])."""
    # BEGIN SOLUTION
    _, x_key, noise_key = jax.random.split(key, 3)
    x = jax.random.uniform(x_key, (n, 1))
    noise = jax.random.normal(noise_key, (n, 1))
    return x, 2 * x + 1 + 0.1 * noise
    # END SOLUTION


# %% check="noisy_line"
check("noisy_line")

# %% [markdown] hint="noisy_line"
# How many keys does the recipe make, and how many draws? The example with the dye has the same parts.

# %% [markdown] hint="noisy_line"
# Python counts from 0, so the second key of `keys = jax.random.split(key, 3)` is `keys[1]`. You can also unpack all
# three of them at once, and never use the first.

# %% [markdown] hint="noisy_line"
# `x` and the noise are two draws of the same shape, each with its own key: one with `jax.random.uniform`, one with
# `jax.random.normal`. From then on it is plain arithmetic, row by row.

# %% [markdown]
# ## A key for every step: `fold_in`
#
# Training a model takes many random decisions: in each epoch, for each step. One could split again and again and carry
# the rest along. There is a second way. `fold_in` makes a child from a key *and a whole number*.

# %%
training = jax.random.key(9)
print(jax.random.normal(jax.random.fold_in(training, 0)))
print(jax.random.normal(jax.random.fold_in(training, 1)))

# %% [markdown]
# Same key and same number, same child. Another number, another child.
# So nobody needs to remember what was drawn before: step 100 has its key, whether or not step 99 was ever run.
# A training run that was interrupted can go on exactly as if nothing had happened.
#
# `fold_in` may be called on one key as often as you like, with another number each time. But then that key is good for
# nothing else: do not draw with it, and do not split it. For `split` numbers its children, too, and they are the same:

# %%
mixed = jax.random.key(10)
bool(jax.random.split(mixed)[1] == jax.random.fold_in(mixed, 1))

# %% [markdown]
# The child is an ordinary key. You can fold something into it again. Here 101 stands for red and 102 for blue.
# The order matters: are these two the same key?

# %%
red_then_blue = jax.random.fold_in(jax.random.fold_in(training, 101), 102)
blue_then_red = jax.random.fold_in(jax.random.fold_in(training, 102), 101)
bool(red_then_blue == blue_then_red)

# %% [markdown] task="step_key" points=2 difficulty=2 minutes=6
# ## Task: a key for every step of every epoch
#
# Write `step_key(key, epoch, step)`.
#
# - `key` is one key, new or raw. `epoch` and `step` are Python whole numbers, 0 or larger. Nobody knows yet how large,
#   except that each stays below 2**31.
# - It returns one key, of the same form as `key` (new if `key` is new, raw if it is raw), and never `key` itself,
#   not even for epoch 0 and step 0.
# - Every pair of epoch and step has a key of its own. Step 10 of epoch 0 and step 0 of epoch 1 are two different pairs,
#   and so are step 1 of epoch 2 and step 2 of epoch 1.
# - It depends on nothing but the three arguments: epoch 3, step 7 has its key, whatever was asked for before.
#   And it is as quick for step 1,000,000 as for step 1.
# - Another `key` gives other keys.
# - The keys will be drawn from. Each key is used once: no key serves for two draws, and a key that was split is not
#   drawn from as well. So none of these keys is made from another one of them by `split` or `fold_in`.


# %% answer="step_key"
def step_key(key, epoch, step):
    """The key for one step of one epoch: a child of `key`, of the same form."""
    # BEGIN SOLUTION
    return jax.random.fold_in(jax.random.fold_in(key, epoch), step)
    # END SOLUTION


# %% check="step_key"
check("step_key")

# %% [markdown] hint="step_key"
# Which function makes a key from a key and a whole number?

# %% [markdown] hint="step_key"
# You have two numbers, and each must count. If you first make one number of both, can two pairs become the same number?

# %% [markdown] hint="step_key"
# What `fold_in` returns is a key again. So a second `fold_in` can go on where the first one stopped.
# Make the key of the epoch first.

# %% [markdown]
# ## Where the two ways meet
#
# Most trainers need two keys in each step: one for the data, which decides what cells are drawn, and one for *dropout*,
# which switches off some of the numbers in a model at random. Here is how such a trainer might get its keys for
# six steps. It splits for the data, and folds in the step for dropout.

# %%
trainer = jax.random.key(28)
data_keys = jax.random.split(trainer, 6)
dropout_keys = jnp.stack([jax.random.fold_in(trainer, step) for step in range(6)])
data_keys.shape, dropout_keys.shape

# %% [markdown]
# Six keys and six keys, in two arrays. (`jnp.stack` makes one array of a list of keys.)
#
# **Before you run the next cell, write down your guess:** how many *different* keys are there among the twelve?

# %%
plot.matches(data_keys, dropout_keys, left_label="split(trainer, 6)", right_label="fold_in(trainer, step)")

# %% [markdown]
# Six. Each key for the data is also the key for dropout of the same step. So both read the same page:

# %%
print(jax.random.uniform(data_keys[3], (4,)))
print(jax.random.uniform(dropout_keys[3], (4,)))

# %% [markdown]
# Here the numbers that choose the cells are the numbers that switch off the model. No error and no warning again, and
# each of the two lines was right for itself. The mistake is that they share their *parent*.

# %% [markdown] task="training_keys" points=2 difficulty=3 minutes=7
# ## Task: keys for a whole training
#
# Repair that trainer. Write `training_keys(key, steps)`.
#
# - `key` is one key, new or raw. `steps` is a Python `int` from 1 to 200.
# - It returns a pair `(data_keys, dropout_keys)`. Each of them is one array of `steps` keys (a Python list of keys is
#   not an array), of the same form as `key`:
#   for a new key of shape `(steps,)`, for a raw one of shape `(steps, 2)` and dtype `uint32`.
# - All these `2 * steps` keys are different.
# - Each will serve for a draw. Each key is used once: no key serves for two draws, and a key that was split is not
#   drawn from as well. So none of them is `key` itself, and none is made from another one of them by `split` or
#   `fold_in`.
# - All randomness comes from `key`. The same arguments give the same keys again, another `key` gives other keys.


# %% answer="training_keys"
def training_keys(key, steps):
    """The keys for the data and those for dropout, `steps` of each and all different: (key[steps], key[steps])."""
    # BEGIN SOLUTION
    data_root, dropout_root = jax.random.split(key)
    return jax.random.split(data_root, steps), jax.random.split(dropout_root, steps)
    # END SOLUTION


# %% check="training_keys"
check("training_keys")

# %% [markdown] hint="training_keys"
# The keys of the trainer agree because they have the same parent. How many parents do you need?

# %% [markdown] hint="training_keys"
# `split(key)` gives two keys that have nothing to do with each other. One could be the parent of all keys for the data.

# %% [markdown] hint="training_keys"
# You have a parent for each of the two arrays now. `split(parent, number)` gives an array of as many keys as you like,
# in either form. After that the parents are used up: do not hand them out.

# %% [markdown]
# ## Many draws at once
#
# A draw takes one key and a shape. Six die rolls:

# %%
jax.random.randint(jax.random.key(1), (6,), 1, 7)

# %% [markdown]
# `choice` draws from the entries of an array. Here are the lengths of five fish, in centimeters, and four draws:

# %%
fish = jnp.array([11.0, 12.5, 9.0, 14.0, 10.5])
jax.random.choice(jax.random.key(2), fish, (4,))

# %% [markdown]
# By default it draws *with replacement*: a fish goes back into the pond and can be caught again.
# The other kind, `permutation`, catches every fish exactly once:

# %%
jax.random.permutation(jax.random.key(6), fish)

# %% [markdown]
# To do something many times, each time with its own key, split into many keys and map over them with `vmap`.
# Three repeats of "draw two fish and take the longer one":


# %%
def longer_of_two(key):
    """The longer one of two fish."""
    return jax.random.choice(key, fish, (2,)).max()


jax.vmap(longer_of_two)(jax.random.split(jax.random.key(3), 3))

# %% [markdown]
# It matters that `vmap` goes over the *keys*. Here it goes over the numbers 0, 1, 2, and the key is the same each time:

# %%
shared = jax.random.key(5)
jax.vmap(lambda number: jax.random.choice(shared, fish, (2,)).max())(jnp.arange(3))

# %% [markdown]
# Three times the same two fish. And without `vmap`? A draw refuses more than one key:

# %%
try:
    jax.random.choice(jax.random.split(jax.random.key(14), 3), fish)
except ValueError as error:
    print(type(error).__name__, "-", error)

# %% [markdown]
# ## Not every base is as frequent
#
# In the genome of the malaria parasite, about 80 of 100 bases are A or T. So a random sequence that shall look like it
# needs unequal chances. `choice` takes them as `p`. Below, two of the five fish are never caught:

# %%
chances = jnp.array([0.6, 0.3, 0.0, 0.0, 0.1])
jax.random.choice(jax.random.key(15), fish, (6,), p=chances)

# %% [markdown]
# Given a whole number such as 3 instead of an array, `choice` draws from 0, 1, 2:

# %%
jax.random.choice(jax.random.key(16), 3, (8,))

# %% [markdown]
# `categorical` is a relative that you will meet in models. It always draws whole numbers, and it takes the *logarithms*
# of the chances. The shape has to be given by its name, `shape=`:

# %%
jax.random.categorical(jax.random.key(17), jnp.log(chances), shape=(8,))

# %% [markdown] task="random_dna" points=2 difficulty=2 minutes=8
# ## Task: random DNA
#
# Write `random_dna(key, n, L, p)`.
#
# - `key` is one key, new or raw. `n` and `L` are Python `int`s, both at least 1.
# - `p` is a JAX array of dtype `float32` and shape `(4,)`: the chances of A, C, G and T, in this order. None of them is
#   negative, and together they are 1, up to rounding.
# - It returns an `int32` array of shape `(n, L)`: n sequences of L bases each, with A = 0, C = 1, G = 2 and T = 3.
# - Every base is drawn with the chances `p`, independently of all others, in its own sequence and in the other ones.
#   A base whose chance is 0 never comes.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well. (One draw
#   that gives all bases at once is as good as a draw with a key of its own for each sequence.)
# - All randomness comes from `key`. The same key gives the same sequences again, another key gives others.


# %% answer="random_dna"
def random_dna(key, n, L, p):
    """Random DNA: n sequences of L bases whose chances are `p: f32[4]`, as i32[n, L]."""
    # BEGIN SOLUTION
    return jax.random.choice(key, 4, (n, L), p=p)
    # END SOLUTION


# %% check="random_dna"
check("random_dna")

# %% [markdown] hint="random_dna"
# Which function draws from 0, 1, 2, ... with chances that you give it? The example with the fish has the chances, and
# the one below it the whole numbers.

# %% [markdown] hint="random_dna"
# There are two ways. Either one draw fills the whole table: then its shape is the shape of the table. Or you write a
# function for one sequence, and map it over keys. How many keys does it need then?

# %% [markdown] hint="random_dna"
# `choice` needs four things: a key, the number of kinds of bases, the shape, and the chances by the name `p`.
# (With `categorical` it would be the logarithms of the chances.)

# %% [markdown]
# ## How sure is a mean? Ask the bootstrap
#
# The mean length of our fish is easy to compute. But we caught only five. With five others, what would it have been?
#
# The *bootstrap* answers without a second trip to the pond. Draw a new sample **from the sample**, of the same size,
# with replacement, and take its mean. Repeat. How much these means differ shows how sure the first one is.
#
# Why with replacement? Without it, every new sample holds the same five fish, and the means would not differ at all:

# %%
print(fish.mean(), jax.random.permutation(jax.random.key(4), fish).mean())

# %% [markdown]
# And how much do they differ with replacement? For five fish we can list every sample that could come: five places with
# one of five fish each make 5 * 5 * 5 * 5 * 5 = 3125 samples, and all have the same chance. Here are their means:

# %%
places = jnp.indices((5, 5, 5, 5, 5)).reshape(5, 3125)  # each column is one sample
plot.histogram(
    fish[places].mean(axis=0),
    xlabel="mean length in centimeters",
    marks={"mean of the five fish": float(fish.mean())},
)

# %% [markdown]
# So the mean of our five fish could easily be a centimeter off. For 30 fish no computer can list all samples.
# That is why the bootstrap draws some of them, at random.

# %% [markdown] task="bootstrap_means" points=3 difficulty=3 minutes=10
# ## Task: bootstrap a mean
#
# Write `bootstrap_means(key, x, B)`.
#
# - `key` is one key, new or raw. `x` is a JAX array of dtype `float32` and shape `(n,)`, and `B` is a Python `int`.
#   Both n and B are at least 1.
# - It returns a `float32` array of shape `(B,)`: the means of B new samples.
# - Each new sample consists of n entries of `x`, drawn with replacement, each entry with the same chance.
# - The B samples are independent of each other. Each key is used once: no key serves for two draws, and a key that was
#   split is not drawn from as well. (One draw that gives all B samples at once is as good as B draws with a key each.)
# - All randomness comes from `key`. The same key gives the same means again, another key gives other samples.


# %% answer="bootstrap_means"
def bootstrap_means(key, x, B):
    """The means of B bootstrap samples of `x: f32[n]`, as f32[B]."""

    # BEGIN SOLUTION
    def one_mean(sample_key):
        return jax.random.choice(sample_key, x, x.shape).mean()

    return jax.vmap(one_mean)(jax.random.split(key, B))
    # END SOLUTION


# %% check="bootstrap_means"
check("bootstrap_means")

# %% [markdown] hint="bootstrap_means"
# Begin with one sample: a function that takes a key and returns one mean. How many entries does it have to draw?

# %% [markdown] hint="bootstrap_means"
# `jax.random.choice(key, x, shape)` draws with replacement. Now you need B means, and so B keys: one for each sample.

# %% [markdown] hint="bootstrap_means"
# The example with the longer one of two fish has all the parts. What it takes the largest of, you take the mean of;
# and the number of fish drawn is not two but the length of `x`.

# %% [markdown]
# ## Rows and their labels
#
# A model that sees all healthy cells first and all sick ones afterwards learns from the order, too. So cells are
# shuffled before training. An order is a thing of its own. `permutation` of a whole number gives one:

# %%
jax.random.permutation(jax.random.key(18), 5)

# %% [markdown]
# And an order in square brackets takes the entries of an array in that order, or the rows of a table. Here are length
# and weight of three fish, and the last one comes first:

# %%
measured = jnp.array([[11.0, 210.0], [9.0, 150.0], [14.0, 480.0]])
measured[jnp.array([2, 0, 1])]

# %% [markdown] task="shuffle_pairs" points=1 difficulty=2 minutes=6
# ## Task: shuffle cells together with their labels
#
# Write `shuffle_pairs(key, X, y)`.
#
# - `key` is one key, new or raw. `X` is a JAX array of shape `(n, d)` with one row for each cell. `y` is a JAX array of
#   shape `(n,)` with one label for each cell. Both n and d are at least 1. The numbers may be of any dtype, such as
#   `uint8` in `X` and `float32` in `y`.
# - It returns a tuple of both, shuffled: the rows of `X` and the labels of `y` in a random order.
# - Each row keeps its label: where a row of `X` goes, there goes its label. No row gets lost, and none comes twice.
# - Shapes and dtypes are those that came in.
# - All orders of the n cells have the same chance.
# - All randomness comes from `key`. The same key gives the same order again, another key another order (unless the two
#   agree by chance).


# %% answer="shuffle_pairs"
def shuffle_pairs(key, X, y):
    """The rows of `X` with their labels in `y`, in one random order."""
    # BEGIN SOLUTION
    order = jax.random.permutation(key, len(y))
    return X[order], y[order]
    # END SOLUTION


# %% check="shuffle_pairs"
check("shuffle_pairs")

# %% [markdown] hint="shuffle_pairs"
# How many orders do you need, if every label has to stay with its row? And how many draws is that?

# %% [markdown] hint="shuffle_pairs"
# Draw the order first, and give it a name. It is a permutation of the numbers of the cells: 0 up to n - 1.

# %% [markdown] hint="shuffle_pairs"
# What the example does with the table of fish, do it twice with your order: once with the rows, once with the labels.

# %% [markdown]
# ## Where, and what
#
# A point mutation takes two decisions. Does this base mutate? And if it does, what comes instead?
#
# For the first there is `bernoulli`. It tosses a coin that falls on True with the chance you name:

# %%
jax.random.bernoulli(jax.random.key(19), 0.3, (8,))

# %% [markdown]
# `jnp.where` then takes from one array where it is True, and from another one where it is False:

# %%
jnp.where(jnp.array([True, False, True]), jnp.array([10, 20, 30]), jnp.array([1, 2, 3]))

# %% [markdown]
# The two decisions must know nothing of each other. Here one key serves for both. Look at the fates (0, 1 or 2)
# of those that are hit:

# %%
one_key = jax.random.key(20)
hit = jax.random.uniform(one_key, (30,)) < 0.3
fate = jnp.floor(3 * jax.random.uniform(one_key, (30,))).astype(jnp.int32)
print(hit.sum(), "were hit. Their fates:", fate[hit])

# %% [markdown] task="mutate_seqs" points=3 difficulty=3 minutes=10
# ## Task: mutate sequences
#
# Write `mutate_seqs(key, seqs, rate)`.
#
# - `key` is one key, new or raw. `seqs` is an `int32` JAX array of shape `(n, L)`: n sequences of L bases, with A = 0,
#   C = 1, G = 2 and T = 3. Both n and L are at least 1. `rate` is a Python `float` from 0.0 to 1.0.
# - It returns an `int32` array of the same shape, in which some bases have mutated.
# - Each base mutates with the chance `rate`, independently of all others. At rate 0.0 none does, at rate 1.0 each.
# - A base that mutates becomes one of the three *other* bases, each with the same chance. Bases that do not mutate stay
#   as they are, and where they are.
# - Where a mutation happens tells nothing about what comes instead.
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same result again, another key gives other mutations (at a
#   rate between 0 and 1).


# %% answer="mutate_seqs"
def mutate_seqs(key, seqs, rate):
    """`seqs: i32[n, L]` with point mutations: each base changes into another one with the chance `rate`."""
    # BEGIN SOLUTION
    where_key, what_key = jax.random.split(key)
    mutates = jax.random.bernoulli(where_key, rate, seqs.shape)
    step = jax.random.randint(what_key, seqs.shape, 1, 4)
    return jnp.where(mutates, (seqs + step) % 4, seqs)
    # END SOLUTION


# %% check="mutate_seqs"
check("mutate_seqs")

# %% [markdown] hint="mutate_seqs"
# Two decisions for each base: whether, and what. How many draws are that, of which shape, and how many keys?

# %% [markdown] hint="mutate_seqs"
# A base drawn from all four can be the old one again. Think of the four bases as a circle: how many steps away from the
# old one are the three others? The remainder of a division by 4 (`% 4`) leads from behind T back to A.

# %% [markdown] hint="mutate_seqs"
# Make a table of True and False with `bernoulli`, and a table of mutated bases, as if every base mutated. Then choose
# between the old and the mutated bases with `jnp.where`. Watch the bounds of `randint`: the upper one is never drawn.

# %% [markdown]
# ## Two flips, two coins
#
# A cell under the microscope has no up and no left. A model that looks at images of cells should not care either, so it
# is shown each image flipped at random. That is called *augmentation*. Here is a cell, and its four views:

# %%
cell = data.cell_image(jax.random.key(21))
views = [cell, cell[:, ::-1], cell[::-1, :], cell[::-1, ::-1]]
plot.images(views, titles=["as it is", "left-right", "up-down", "both"])

# %% [markdown]
# Without a chance and a shape, `bernoulli` tosses one fair coin: True or False, each with chance 1/2.

# %%
jax.random.bernoulli(jax.random.key(22))

# %% [markdown]
# Whether to flip left-right is one coin, and whether to flip up-down is another one. Suppose a tired author tosses both
# with the same key, for 1000 images. How many images do you expect in each of the four fields?


# %%
def same_key_twice(key):
    """A mistake: two coins from one key."""
    return jax.random.bernoulli(key), jax.random.bernoulli(key)


left_right, up_down = jax.vmap(same_key_twice)(jax.random.split(jax.random.key(23), 1000))
counts = jnp.zeros((2, 2), jnp.int32).at[up_down.astype(int), left_right.astype(int)].add(1)
plot.table(
    counts,
    rows=["not flipped up-down", "flipped up-down"],
    columns=["not flipped left-right", "flipped left-right"],
    title="images",
)

# %% [markdown]
# Two of the four views never come. A model trained on them would never see half of what it was meant to see, and its
# loss would look fine. A bug of this kind was found in a published library.
#
# There is one more trap. A trainer runs inside `jax.jit`, and there what a coin shows is a placeholder without a value.
# A Python `if` cannot decide on it:


# %%
@jax.jit
def signed_noise(key):
    """A number from 0 to 1, made negative by a coin."""
    coin_key, number_key = jax.random.split(key)
    if jax.random.bernoulli(coin_key):
        return -jax.random.uniform(number_key)
    return jax.random.uniform(number_key)


try:
    signed_noise(jax.random.key(24))
except jax.errors.TracerBoolConversionError as error:
    print(type(error).__name__)

# %% [markdown]
# `jnp.where(coin, a, b)` does not need to decide. It computes both `a` and `b`, and takes `a` where `coin` is True:


# %%
@jax.jit
def signed_noise_with_where(key):
    """The same, without `if`."""
    coin_key, number_key = jax.random.split(key)
    number = jax.random.uniform(number_key)
    return jnp.where(jax.random.bernoulli(coin_key), -number, number)


jax.vmap(signed_noise_with_where)(jax.random.split(jax.random.key(27), 6))

# %% [markdown] task="augment_cell" points=2 difficulty=3 minutes=9
# ## Task: show a cell from a random side
#
# Write `augment_cell(key, img)`.
#
# - `key` is one key, new or raw. `img` is a JAX array of dtype `float32` and shape `(h, w)`. Both h and w are at least
#   1, and they may differ.
# - It returns one of the four views of `img`, of the same shape and dtype: as it is, flipped left-right (the columns in
#   reverse order), flipped up-down (the rows in reverse order), or both.
# - Each of the two flips happens with chance 1/2, and one tells nothing about the other. So all four views have the
#   same chance.
# - It must also work inside `jax.jit`, where `key` and `img` are placeholders, and give the same view there.
#   (You do not need to write `jit` yourself.)
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same view again, whatever the image shows.


# %% answer="augment_cell"
def augment_cell(key, img):
    """`img: f32[h, w]`, flipped left-right, up-down, both or not at all."""
    # BEGIN SOLUTION
    left_right_key, up_down_key = jax.random.split(key)
    img = jnp.where(jax.random.bernoulli(left_right_key), img[:, ::-1], img)
    return jnp.where(jax.random.bernoulli(up_down_key), img[::-1, :], img)
    # END SOLUTION


# %% check="augment_cell"
check("augment_cell")

# %% [markdown] hint="augment_cell"
# How many coins do you toss, and how many keys do you have?

# %% [markdown] hint="augment_cell"
# Go step by step: first the image or its mirror image, then what came of it or that upside down. The section above
# shows the slices for both flips, and how to choose without `if`.

# %% [markdown] hint="augment_cell"
# Split `key` in two. For the first flip, toss a coin with the first child, and let `jnp.where` choose between the
# flipped image and `img`. Then do the same with the second child, on the result.

# %% [markdown]
# ## Numbers switched off: dropout
#
# A large model can learn its few hundred cells by heart instead of learning what they have in common. *Dropout* makes
# that harder. In each training step it sets some numbers inside the model to zero, each with a chance called the
# *rate*. So the model cannot rely on any single number.
#
# Zeros alone would do harm. Here half of four numbers are dropped, and the mean shrinks to a half:

# %%
activity = jnp.array([3.0, 5.0, 5.0, 3.0])
kept = jnp.array([True, True, False, False])
print(activity.mean(), (activity * kept).mean())

# %% [markdown]
# Later, when the trained model is used, nothing is dropped. Then it would meet numbers twice as large as all that it
# knows. So what is kept is made larger right away, just enough for the mean to stay the same:

# %%
print((activity * kept * 2).mean())

# %% [markdown]
# Half of the numbers were kept, so they were divided by 1/2, which doubles them. In general they are divided by the
# chance to be kept, which is `1 - rate`.
#
# For a rate of 1, that is zero. Everything is dropped, and the result should be plain zeros. But dividing an array by
# zero is no error in JAX. It gives infinity, or NaN ("not a number"), and multiplying by zero does not help any more:

# %%
quotient = jnp.array([3.0, 0.0]) / 0.0
print(quotient)
print(quotient * 0)

# %% [markdown]
# (Python itself is stricter: between two Python numbers, `1 / 0.0` is an error.)
#
# There is a way around. A value that `jnp.where` does not take cannot spoil the result:

# %%
jnp.where(jnp.array([False, False]), quotient, 7.0)

# %% [markdown] task="dropout" points=3 difficulty=4 minutes=10
# ## Task: dropout
#
# Write `dropout(key, x, rate)`.
#
# - `key` is one key, new or raw. `x` is a JAX array of dtype `float32` and any shape, `()` included; its entries are
#   finite. `rate` is a Python `float` from 0 to 1, both included.
# - It returns an array of the same shape and dtype. Each entry of `x` is either dropped, and 0 there, or kept, and its
#   old value divided by `1 - rate`.
# - Each entry is dropped with chance `rate`, independently of all others. So over many keys, the mean of each entry is
#   what it was in `x`.
# - For a rate of 0.0 the result is `x`. For a rate of 1.0 it is all zeros, without NaN and without an error.
# - It must also work as `jax.jit(dropout, static_argnums=2)`, and give the same result there. In it, `rate` is still a
#   Python number, but `key` and `x` are placeholders. (You do not need to write `jit` yourself.)
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key drops the same places again, whatever the numbers in `x` are.


# %% answer="dropout"
def dropout(key, x, rate):
    """`x: f32[...]` with each entry dropped with chance `rate`, and the others made larger to keep the mean."""
    # BEGIN SOLUTION
    keep = jax.random.bernoulli(key, 1 - rate, x.shape)
    return jnp.where(keep, x / (1 - rate), 0.0)
    # END SOLUTION


# %% check="dropout"
check("dropout")

# %% [markdown] hint="dropout"
# Each entry needs a coin of its own. Which shape does that give the draw, and what does True mean: kept or dropped?

# %% [markdown] hint="dropout"
# With `bernoulli(key, chance, shape)`, one draw of the shape of `x` says which entries are kept.
# The chance to be kept is not the rate.

# %% [markdown] hint="dropout"
# Multiplying by the coins brings NaN for a rate of 1.0, since nothing times NaN is zero again. Let `jnp.where` choose,
# entry by entry, between what was made larger and zero.

# %% [markdown]
# ## What to take away
#
# - A key decides what is drawn. Same key, same page of the book: whatever the distribution, whatever the shape.
# - Use a key once: for one draw, or for one `split`. Then go on with its children.
# - `fold_in(key, number)` gives a key to each step without remembering what came before. Such a key serves for
#   `fold_in` alone: `split` would make the same children.
# - Take the key as an argument. A function that makes its own key tells the same story every time.
# - To do something many times, split into many keys and map over them with `vmap`.
# - Decisions that should be independent need a key each: two flips, or where a base changes and what it becomes.
#   What belongs together, such as rows and their labels, shares one draw.
# - Inside `jit` a drawn value is a placeholder. Choose with `jnp.where`, not with `if`; what it does not take, not even
#   NaN, cannot spoil the result.
# - Wrong randomness raises no error. Draw many times, count, and compare with what you expect.
