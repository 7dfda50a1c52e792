# %% [markdown]
# # Every kind of answer
#
# This lab is no lesson. It asks for one thing of each kind that a lab may ask for, so that the tests can prove that
# each kind gets the same verdict in a kernel, from a saved notebook and through the sandbox.

# %%
from functools import partial

import jax
import jax.numpy as jnp
from flax import linen as nn
from flax.training.train_state import TrainState

from dlfb_lab import check

# %% [markdown] task="int8_prediction" points=1 difficulty=1 minutes=1
# ## A plain value
#
# What does `jnp.int8(127) + jnp.int8(3)` give? Write down the number: `int8_prediction`.

# %% [markdown] hint="int8_prediction"
# How many different numbers are there of dtype int8?

# %% [markdown] hint="int8_prediction"
# The largest one is 127. Which one comes after it?

# %% [markdown] hint="int8_prediction"
# After the largest comes the smallest, -128. Count on from there.

# %% answer="int8_prediction"
# BEGIN SOLUTION
int8_prediction = -126
# END SOLUTION

# %% check="int8_prediction"
check("int8_prediction")

# %% [markdown] task="make_scorer" points=1 difficulty=2 minutes=3
# ## A function that returns a function
#
# `make_scorer(weights: f32[L, 4])` returns a function. That one takes a sequence `onehot: f32[L, 4]` and gives its
# score, the sum of the weights of its letters, as f32[].

# %% [markdown] hint="make_scorer"
# A function can be defined inside another one, and returned by it.

# %% [markdown] hint="make_scorer"
# The inner function may use `weights`.

# %% [markdown] hint="make_scorer"
# Return the function itself, not what it gives: no brackets after its name.


# %% answer="make_scorer"
def make_scorer(weights):
    # BEGIN SOLUTION
    def score(onehot):
        return jnp.sum(weights * onehot)

    return score
    # END SOLUTION


# %% check="make_scorer"
check("make_scorer")

# %% [markdown] task="dilutions" points=1 difficulty=3 minutes=4
# ## A list of functions
#
# `dilutions(factors)` gives a list with one function for each factor. Each divides a concentration by its own factor.

# %% [markdown] hint="dilutions"
# What is the value of `factor` when the functions are called, long after the loop?

# %% [markdown] hint="dilutions"
# Each function must get its own factor at the moment when it is made.

# %% [markdown] hint="dilutions"
# `functools.partial(f, factor)` keeps the factor of this moment.


# %% answer="dilutions"
def dilutions(factors):
    # BEGIN SOLUTION
    def dilute(factor, concentration):
        return concentration / factor

    return [partial(dilute, factor) for factor in factors]
    # END SOLUTION


# %% check="dilutions"
check("dilutions")

# %% [markdown] task="descend" points=2 difficulty=3 minutes=6
# ## A function that takes a function
#
# `descend(loss, w: f32[n], rate, steps)` goes `steps` steps of gradient descent, and returns the new `w`.
# Each step takes off `rate` times the gradient of `loss` at `w`.

# %% [markdown] hint="descend"
# `jax.grad` makes of `loss` a function that gives its gradient.

# %% [markdown] hint="descend"
# Down the hill: against the gradient.

# %% [markdown] hint="descend"
# The gradient is another one at every new `w`.


# %% answer="descend"
def descend(loss, w, rate, steps):
    # BEGIN SOLUTION
    for _ in range(steps):
        w = w - rate * jax.grad(loss)(w)
    return w
    # END SOLUTION


# %% check="descend"
check("descend")

# %% [markdown] task="MotifNet" points=2 difficulty=3 minutes=8
# ## A Flax module
#
# `MotifNet(width)` is a Flax module: a dense layer of `width` with `relu`, then a dense layer of 1.
# `x: f32[batch, n]` gives f32[batch].

# %% [markdown] hint="MotifNet"
# Layers may be made where they are used, if the method is marked for it.

# %% [markdown] hint="MotifNet"
# Between two dense layers something must bend.

# %% [markdown] hint="MotifNet"
# A layer of 1 gives f32[batch, 1]. Which index leaves the last axis out?


# %% answer="MotifNet"
class MotifNet(nn.Module):
    width: int

    @nn.compact
    def __call__(self, x):
        # BEGIN SOLUTION
        hidden = nn.relu(nn.Dense(self.width)(x))
        return nn.Dense(1)(hidden)[:, 0]
        # END SOLUTION


# %% check="MotifNet"
check("MotifNet")

# %% [markdown] task="make_state" points=1 difficulty=2 minutes=4
# ## A training state
#
# `make_state(tx)` gives a `TrainState` with the parameters `{"w": zeros of f32[3]}`, the optimizer `tx`, and a model
# that gives `x @ w` for `x: f32[batch, 3]`.

# %% [markdown] hint="make_state"
# `TrainState.create` has three arguments.

# %% [markdown] hint="make_state"
# The model is a function of `variables` and `x`.

# %% [markdown] hint="make_state"
# The parameters lie in `variables["params"]`.


# %% answer="make_state"
def make_state(tx):
    # BEGIN SOLUTION
    def model(variables, x):
        return x @ variables["params"]["w"]

    return TrainState.create(apply_fn=model, params={"w": jnp.zeros(3)}, tx=tx)
    # END SOLUTION


# %% check="make_state"
check("make_state")

# %% [markdown] task="train_step" points=2 difficulty=3 minutes=8
# ## One step of training
#
# `train_step(state, x: f32[batch, 3], y: f32[batch])` gives the training state after one step down the mean squared
# error of the state's model.

# %% [markdown] hint="train_step"
# The loss is a function of the parameters.

# %% [markdown] hint="train_step"
# The state knows how to use gradients.

# %% [markdown] hint="train_step"
# What it gives is a new state.


# %% answer="train_step"
def train_step(state, x, y):
    # BEGIN SOLUTION
    def loss(params):
        return jnp.mean((state.apply_fn({"params": params}, x) - y) ** 2)

    return state.apply_gradients(grads=jax.grad(loss)(state.params))
    # END SOLUTION


# %% check="train_step"
check("train_step")

# %% [markdown] task="log_odds" points=2 difficulty=3 minutes=6
# ## A compiled function
#
# `log_odds(counts: f32[n], pseudocount)` adds the pseudocount, divides by the sum, and gives the logarithm of each
# share over 1/n. It is compiled once for each shape, whatever the pseudocount.

# %% [markdown] hint="log_odds"
# Which decorator compiles a function?

# %% [markdown] hint="log_odds"
# What is static is compiled anew for each value.

# %% [markdown] hint="log_odds"
# `jax.jit` keeps what it compiled with the function it made. Where is that function made, and how often?


# %% answer="log_odds"
@jax.jit
def log_odds(counts, pseudocount):
    # BEGIN SOLUTION
    padded = counts + pseudocount
    return jnp.log(padded / padded.sum() * counts.size)
    # END SOLUTION


# %% check="log_odds"
check("log_odds")

# %% [markdown] task="ReadTally" points=1 difficulty=2 minutes=5
# ## A class
#
# A `ReadTally()` counts reads. `add(kmer)` notes one and gives the tally itself, `count(kmer)` says how often it was
# noted, and the attribute `total` how many there were in all.

# %% [markdown] hint="ReadTally"
# What belongs to one object is made in `__init__`.

# %% [markdown] hint="ReadTally"
# A k-mer that was never noted has the count 0.

# %% [markdown] hint="ReadTally"
# `dict.get` has a second argument.


# %% answer="ReadTally"
class ReadTally:
    def __init__(self):
        # BEGIN SOLUTION
        self.total = 0
        self.counts = {}
        # END SOLUTION

    def add(self, kmer):
        # BEGIN SOLUTION
        self.total += 1
        self.counts[kmer] = self.count(kmer) + 1
        return self
        # END SOLUTION

    def count(self, kmer):
        # BEGIN SOLUTION
        return self.counts.get(kmer, 0)
        # END SOLUTION


# %% check="ReadTally"
check("ReadTally")

# %% [markdown] task="batches" points=2 difficulty=3 minutes=6
# ## A generator
#
# `batches(source, size)` gives lists of `size` items of `source`, one after the other. The last one may be shorter.
# It takes no more from the source than it needs: the source may never end.

# %% [markdown] hint="batches"
# A function with `yield` runs as far as it is asked to.

# %% [markdown] hint="batches"
# Collect items, and hand them out when there are enough.

# %% [markdown] hint="batches"
# What is left when the source ends?


# %% answer="batches"
def batches(source, size):
    # BEGIN SOLUTION
    batch = []
    for item in source:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
    # END SOLUTION


# %% check="batches"
check("batches")
