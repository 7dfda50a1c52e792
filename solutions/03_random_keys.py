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

# %%
import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import check

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
# - The two are independent: knowing one tells nothing about the other. No key may serve for two draws.
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
# - It returns one key, of the same form as `key` (new if `key` is new, raw if it is raw), and never `key` itself.
# - Every pair of epoch and step has a key of its own. Step 10 of epoch 0 and step 0 of epoch 1 are two different pairs,
#   and so are step 1 of epoch 2 and step 2 of epoch 1.
# - It depends on nothing but the three arguments: epoch 3, step 7 has its key, whatever was asked for before.
#   And it is as quick for step 1,000,000 as for step 1.
# - Another `key` gives other keys.


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

# %% [markdown] task="bootstrap_means" points=3 difficulty=3 minutes=10
# ## Task: bootstrap a mean
#
# Write `bootstrap_means(key, x, B)`.
#
# - `key` is one key, new or raw. `x` is a JAX array of dtype `float32` and shape `(n,)`, and `B` is a Python `int`.
#   Both n and B are at least 1.
# - It returns a `float32` array of shape `(B,)`: the means of B new samples.
# - Each new sample consists of n entries of `x`, drawn with replacement, each entry with the same chance.
# - The B samples are independent of each other. No key may serve for two draws. (One draw that gives all B samples at
#   once is as good as B draws with a key each.)
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
# ## What to take away
#
# - A key decides what is drawn. Same key, same page of the book: whatever the distribution, whatever the shape.
# - Use a key once: for one draw, or for one `split`. Then go on with its children.
# - `fold_in(key, number)` gives a key to each step without remembering what came before. Such a key serves for
#   `fold_in` alone.
# - Take the key as an argument. A function that makes its own key tells the same story every time.
