# %% [markdown]
# # From functions to Flax models
#
# A neural network is two things: a heap of numbers, and a function that says what to do with them.
# In many libraries both live in one object, and nobody sees where the numbers are. In JAX they are kept apart.
# Then the numbers can be differentiated, saved, copied, or mapped over like any other array.
#
# In this lab you first build a network from plain arrays. Then you write the same one with *Flax*, which does
# the bookkeeping. Along the way you choose what stands at the end of a network, and which loss belongs to it.
# A wrong choice there gives no error, only a model that is worse than it could be.
#
# There are ten tasks, for about two hours, and the last one is optional. Write your answer into the cell that waits for
# it, then run the `check` cell below it. Run it as often as you like.
#
# Stuck? `hint("init_mlp")` in a cell of its own gives a first hint, run again a second one, and then a third.
# After the third, or once your answer passes, `solution("init_mlp")` shows one way to do it, if your course allows it.

# %%
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import errors, nnx
from flax import linen as nn

from dlfb_lab import check, hint, plot, solution
from dlfb_lab.show import print_short_dict

# %% [markdown]
# ## A layer is a table of weights
#
# Five cells, and in each the activity of three genes:

# %%
cells = jnp.array([[0.2, 1.5, 0.1], [0.9, 0.3, 0.4], [0.0, 2.1, 0.6], [1.2, 0.2, 0.3], [0.5, 0.5, 0.5]])
cells.shape

# %% [markdown]
# A *layer* makes new numbers from these. Each new number, called a *unit*, is a weighted sum of the genes, plus a
# constant, the *bias*. With four units the weights are a table of three rows and four columns:

# %%
weights = 0.5 * jax.random.normal(jax.random.key(1), (3, 4))
bias = jnp.zeros(4)
(cells @ weights + bias).shape

# %% [markdown]
# The sign `@` multiplies two matrices. Each row of `cells` gave one row of the result: five cells, four units.
# A network with several layers hands the units of one layer to the next. Here are three genes, four units in a hidden
# layer, and two outputs:

# %%
plot.network([3, 4, 2])

# %% [markdown]
# ### How large should the weights be at the start?
#
# A unit adds up as many terms as it has inputs, its *fan-in*. The more terms, the larger the sum. So the numbers grow
# from layer to layer, unless the weights are made smaller. Below, 100 inputs pass through layers of 100 units.
# We print the standard deviation of what comes out.


# %%
def spread_after(layers, scale):
    """The standard deviation after so many layers of 100 units, whose weights have the standard deviation `scale`."""
    signal_key, *layer_keys = jax.random.split(jax.random.key(2), layers + 1)
    signal = jax.random.normal(signal_key, (200, 100))
    for key in layer_keys:
        signal = signal @ (scale * jax.random.normal(key, (100, 100)))
    return float(signal.std())


for layers in (1, 3, 6):
    print(f"{layers} layers: {spread_after(layers, 1.0):12.2f} {spread_after(layers, 0.1):8.2f}")

# %% [markdown]
# With weights of standard deviation 1, each layer makes the signal ten times larger. With 0.1 it stays the same.
# The rule behind it: give the weights the variance 1 / fan-in. Here that is 1/100, and so a standard deviation of 0.1.
# `jax.random.normal` has variance 1. Multiplied by a number c, the variance becomes c times c.
#
# (Between these layers nothing else happens. ReLU, which comes soon, sets half of the numbers to 0, and then one often
# takes the variance 2 / fan-in.)
#
# ### Why must they be random at all?
#
# Two units of a layer that have the same weights compute the same number for every cell. If the next layer also treats
# them alike, they learn the same and stay the same, and one of them is wasted. Random weights make them differ.
#
# For the same reason the tables of two layers should have nothing to do with each other. But one key, drawn from twice,
# gives the same table twice:

# %%
shared_key = jax.random.key(3)
first = jax.random.normal(shared_key, (4, 4))
second = jax.random.normal(shared_key, (4, 4))  # reuses a key on purpose
bool((first == second).all())

# %% [markdown]
# So each layer needs a key of its own, and `jax.random.split(key, n)` makes n of them.

# %% [markdown] task="init_mlp" points=2 difficulty=2 minutes=8
# ## Task: the numbers of a network
#
# Networks of several such layers are called *multilayer perceptrons*, or MLP. Write `init_mlp(key, sizes)`. It makes
# the numbers that an MLP starts with.
#
# - `key` is one key, new (from `jax.random.key`) or raw (from `jax.random.PRNGKey`). `sizes` is a list of at least two
#   Python `int`, each at least 1: how many inputs there are, how many units each hidden layer has, and last how many
#   outputs. `[3, 4, 2]` is the network in the figure: two layers, that is, two tables of weights.
# - It returns a list with one dictionary for each layer, the first layer first. The layer from m numbers to n numbers
#   is `{"w": ..., "b": ...}`: `"w"` is a `float32` array of shape `(m, n)`, and `"b"` one of shape `(n,)`.
# - Each bias is 0. Each weight is drawn at random, independently of all others, with mean 0 and variance 1/m.
#   (A normal distribution is usual. Another one will do, if its mean and its variance are these.)
# - Each key is used once: no key serves for two draws, and a key that was split is not drawn from as well.
# - All randomness comes from `key`. The same key gives the same numbers again, another key others.


# %% answer="init_mlp"
def init_mlp(key, sizes):
    """The weights and biases of an MLP, a list of {"w": f32[m, n], "b": f32[n]}."""
    # BEGIN SOLUTION
    layers = []
    for layer_key, m, n in zip(jax.random.split(key, len(sizes) - 1), sizes[:-1], sizes[1:], strict=True):
        w = jax.random.normal(layer_key, (m, n)) / jnp.sqrt(m)
        layers.append({"w": w, "b": jnp.zeros(n)})
    return layers
    # END SOLUTION


# %% check="init_mlp"
check("init_mlp")

# %% [markdown] hint="init_mlp"
# How many layers do the sizes `[3, 4, 2]` make? Write down the shape of each table of weights. Each table is one draw,
# and each draw needs a key.

# %% [markdown] hint="init_mlp"
# Go over neighbors in the list of sizes: 3 and 4, then 4 and 2. `zip` of the list without its last and the list without
# its first entry gives them. A third list, the keys, can go along.

# %% [markdown] hint="init_mlp"
# A draw from `jax.random.normal` has variance 1. The variance shall be 1/m, where m is the number of *rows*.
# By which number do you have to divide: by m, or by its square root?

# %% [markdown]
# ## From layer to layer
#
# Does a second layer make a network more powerful? Not by itself. Two layers one after the other are the same
# as a single one, whose table is the product of the two:

# %%
key_1, key_2 = jax.random.split(jax.random.key(4))
table_1, table_2 = jax.random.normal(key_1, (3, 4)), jax.random.normal(key_2, (4, 2))
two_layers = (cells @ table_1) @ table_2
one_layer = cells @ (table_1 @ table_2)
bool(jnp.allclose(two_layers, one_layer, atol=1e-5))

# %% [markdown]
# Something must bend between them. The simplest bend is called *ReLU*: a negative number becomes 0, a positive one
# stays.

# %%
jax.nn.relu(jnp.array([-2.0, -0.1, 0.0, 0.1, 3.0]))

# %% [markdown]
# The bend comes *between* layers. After the last one stands none, or the network could never answer with a negative
# number.
#
# ### An object, or a function of its numbers?
#
# If you know PyTorch, you would now write a class that keeps its tables in itself:


# %%
class Layer:
    """A layer as an object: it carries its numbers along."""

    def __init__(self, w):
        self.w = w

    def __call__(self, x):
        return x @ self.w


layer = Layer(table_1)
compiled = jax.jit(layer.__call__)
before = compiled(cells)
layer.w = 0 * layer.w
after = compiled(cells)
print("the numbers are all zero now:", bool((layer.w == 0).all()))
print("the compiled layer noticed it:", bool((after == 0).all()))

# %% [markdown]
# It did not. `jit` looked at `self.w` once, when it compiled. A training that changes `self.w` would train nothing.
#
# As a function, the layer gets its numbers as an argument. Nothing is hidden: other numbers, other result.
# And all of JAX's tools can reach them. Here `vmap` runs five networks at once, each with a table of its own:


# %%
def apply_layer(w, x):
    """One layer without bias: a pure function of its numbers and of the data."""
    return x @ w


five_tables = jax.random.normal(jax.random.key(5), (5, 3, 4))
jax.vmap(apply_layer, in_axes=(0, None))(five_tables, cells).shape

# %% [markdown]
# Such a function is called *pure*: the same arguments always give the same result, and nothing else changes.
# Now and then one reads that pure functions are *idempotent*, which means: doing it once more changes nothing. That is
# something else. Doubling is pure, and it is not idempotent:


# %%
def double(x):
    """Twice `x`."""
    return 2 * x


print("pure: ", double(3) == double(3))
print("idempotent: ", double(double(3)) == double(3))

# %% [markdown] task="apply_mlp" points=2 difficulty=2 minutes=6
# ## Task: run the network
#
# Write `apply_mlp(params, x)`.
#
# - `params` is what `init_mlp` returns: a list of at least one dictionary `{"w": f32[m, n], "b": f32[n]}`, in order.
#   (The biases need not be 0: after training they are not.)
# - `x` is a JAX array of dtype `float32`: several samples, of shape `(k, m)`, or a single one, of shape `(m,)`, where
#   m is the number of rows of the first table.
# - Each layer multiplies what it is given with its table and adds its bias. Between two layers stands ReLU.
#   After the last layer stands nothing.
# - It returns the outputs: for `(k, m)` an array of shape `(k, n)`, and for `(m,)` one of shape `(n,)`, where n is the
#   number of outputs. The dtype is `float32`.
# - It is pure: `params` is as it was before. It must also work inside `jax.jit`, and inside `jax.vmap`, which maps over
#   a whole stack of networks as above.


# %% answer="apply_mlp"
def apply_mlp(params, x):
    """The outputs of the MLP with these numbers: f32[k, n] for `x: f32[k, m]`, or f32[n] for f32[m]."""
    # BEGIN SOLUTION
    for layer in params[:-1]:
        x = jax.nn.relu(x @ layer["w"] + layer["b"])
    return x @ params[-1]["w"] + params[-1]["b"]
    # END SOLUTION


# %% check="apply_mlp"
check("apply_mlp")

# %% [markdown] hint="apply_mlp"
# A loop over the layers will do. What one layer returns is what the next one is given.

# %% [markdown] hint="apply_mlp"
# One layer is different from the others: which one, and what does it lack? A list without its last entry is
# `items[:-1]`, and the last entry is `items[-1]`.

# %% [markdown] hint="apply_mlp"
# In each round: multiply with the table by `@`, add the bias, and then bend with `jax.nn.relu`. Give the result the
# name that the next round starts from. Treat the last layer after the loop, without the bend.

# %% [markdown]
# ## The same in Flax
#
# For large networks the bookkeeping becomes tedious: names, shapes, keys. The library *Flax* does it.
# (It has two interfaces. We use the one called *Linen*. The other one comes at the end of this lab.)
#
# A model is a class. Its method `__call__` says what happens to the data, and the mark `@nn.compact` allows it to make
# its layers right there, where they are used. `nn.Dense` is the layer that you know by now.


# %%
class LinearModel(nn.Module):
    """One number for each row of x: a weighted sum plus a bias."""

    @nn.compact
    def __call__(self, x):
        return nn.Dense(features=1)(x)


model = LinearModel()

# %% [markdown]
# An object of this class holds *no numbers*. It is a recipe. `init` makes the numbers, from a key and from an example
# of the data. Of the example only the shape matters: from its last axis Flax learns that there are three inputs.
# (In PyTorch you would have had to say so yourself.)

# %%
variables = model.init(jax.random.key(6), jnp.ones((1, 3)))
print_short_dict(variables)

# %% [markdown]
# It is a dictionary of dictionaries. Outside stand *collections*. Most models have a single one, `"params"`: what will
# be trained. In it, each layer has its name. Flax calls a nameless first layer `Dense_0`, and the table of weights
# `kernel`.
#
# `apply` runs the recipe with these numbers. They come first, as in `apply_mlp`:

# %%
model.apply(variables, cells)

# %% [markdown]
# Everybody forgets one of the two at first: that a recipe alone cannot run, or that `apply` wants the collections and
# not only what is in `"params"`.

# %%
for attempt in (lambda: model(cells), lambda: model.apply(variables["params"], cells)):
    try:
        attempt()
    except errors.FlaxError as error:
        print(type(error).__name__, "-", str(error).split(" (https")[0].split(".")[0])

# %% [markdown]
# For training one keeps only the inner dictionary, the *params*: that is what gets gradients. To run the model it has
# to be wrapped up again. Wrapped once too often, it does not fit either:

# %%
params = variables["params"]
print(model.apply({"params": params}, cells[:2]))
try:
    model.apply({"params": variables}, cells[:2])
except errors.FlaxError as error:
    print(type(error).__name__)

# %% [markdown]
# And a model that was made for three inputs takes three:

# %%
try:
    model.apply(variables, jnp.ones((5, 4)))
except errors.FlaxError as error:
    print(type(error).__name__, "-", str(error).split(" (https")[0])

# %% [markdown] task="untrained_line" points=2 difficulty=2 minutes=6
# ## Task: a model before its training
#
# Write `untrained_line(key, x)`. It makes the numbers of a `LinearModel` as above, and says what the model predicts
# before it has learned anything.
#
# - `key` is one key, new or raw. `x` is a JAX array of dtype `float32` and shape `(n, d)`, with n and d at least 1.
# - It returns a tuple of two, `(params, predictions)`.
# - `params` is the inner dictionary alone, what stands under `"params"`: `{"Dense_0": {"kernel": ..., "bias": ...}}`,
#   with shapes `(d, 1)` and `(1,)`.
# - `predictions` is what the model with exactly these params gives for `x`: an array of shape `(n, 1)`.
# - `key` goes into `init` as it is. Do not split it first: then whoever uses the same key gets the same model.
#
# With `jax.random.key(42)` (or `jax.random.PRNGKey(42)`) and an `x` of shape `(100, 1)`, the kernel is -0.5220277 and
# the bias 0.


# %% answer="untrained_line"
def untrained_line(key, x):
    """The params of a new LinearModel, and its predictions for `x: f32[n, d]`: f32[n, 1]."""
    # BEGIN SOLUTION
    model = LinearModel()
    params = model.init(key, x)["params"]
    return params, model.apply({"params": params}, x)
    # END SOLUTION


# %% check="untrained_line"
check("untrained_line")

# %% [markdown] hint="untrained_line"
# Two steps: one that makes numbers from the key and an example, and one that runs the model with them.
# Both stand in the cells above.

# %% [markdown] hint="untrained_line"
# Print the keys of what `init` returns, and the keys of what is in there. Which of the two dictionaries has the key
# `"Dense_0"`? That is the one to hand back.

# %% [markdown] hint="untrained_line"
# `apply` wants the collections again: a dictionary whose only key is `"params"`. And any array with d columns will do
# as an example for `init`, also `x` itself.

# %% [markdown]
# ## How Flax draws the first weights
#
# Some books say that Flax starts with *Xavier* (or *Glorot*) weights. Their variance is 2 / (fan-in + fan-out).
# Let us look, at a layer from 100 inputs to 1000 units:

# %%
kernel = nn.Dense(1000).init(jax.random.key(7), jnp.ones((1, 100)))["params"]["kernel"]
print(f"Flax:            {kernel.std():.3f}")
print(f"1 / fan-in:      {np.sqrt(1 / 100):.3f}")
print(f"Xavier / Glorot: {np.sqrt(2 / 1100):.3f}")

# %% [markdown]
# Flax uses variance 1 / fan-in, as you did. Its name there is `lecun_normal`. Another rule has to be asked for, and if
# you compare two models, it is worth knowing which one each of them used:

# %%
glorot = nn.Dense(1000, kernel_init=nn.initializers.glorot_normal())
print(f"{glorot.init(jax.random.key(8), jnp.ones((1, 100)))['params']['kernel'].std():.3f}")

# %% [markdown]
# ## Layers in `__call__`, or in `setup`
#
# Here is a model of two layers. Its *fields*, `width` and `outputs`, are given when an object is made. And its layers
# have names, so that we need not remember numbers.


# %%
class CompactModel(nn.Module):
    """Two layers with ReLU between them."""

    width: int
    outputs: int

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(self.width, name="hidden")(x))
        return nn.Dense(self.outputs, name="readout")(x)


compact_model = CompactModel(width=4, outputs=2)
print_short_dict(compact_model.init(jax.random.key(9), jnp.ones((1, 3))))

# %% [markdown]
# Without `@nn.compact`, a layer cannot be made in `__call__`:


# %%
class ForgottenMark(nn.Module):
    """As LinearModel, but somebody forgot a line."""

    def __call__(self, x):
        return nn.Dense(features=1)(x)


try:
    ForgottenMark().init(jax.random.key(10), jnp.ones((1, 3)))
except errors.FlaxError as error:
    print(type(error).__name__, "-", str(error).split(" (https")[0])

# %% [markdown]
# The message names the second place where layers may be made: a method called `setup`. There they become attributes of
# `self`, and the attribute is the layer's name. All methods can then use them. No mark is needed.


# %%
class SetupLine(nn.Module):
    """As LinearModel, with its layer made in `setup`."""

    def setup(self):
        self.line = nn.Dense(features=1)

    def __call__(self, x):
        return self.line(x)

    def tripled(self, x):
        """Another method that uses the same layer."""
        return 3 * self.line(x)


setup_line = SetupLine()
line_variables = setup_line.init(jax.random.key(11), jnp.ones((1, 3)))
print_short_dict(line_variables)
print(setup_line.apply(line_variables, cells[:1]), setup_line.apply(line_variables, cells[:1], method="tripled"))

# %% [markdown]
# `apply` ran another method here, with the same numbers. So `setup` is the form for a model of which you want to ask
# more than one thing. For everything else `@nn.compact` is shorter.
#
# Whoever has written classes in Python, or models in PyTorch, may miss `__init__`. A Flax module has none of its own:
# Flax writes it, from the fields at the top of the class. Another one in its place leaves the module unfinished:


# %%
class OwnInit(nn.Module):
    """As SetupLine, the way other classes are written."""

    def __init__(self):
        self.line = nn.Dense(features=1)


try:
    OwnInit().init(jax.random.key(11), jnp.ones((1, 3)))
except errors.FlaxError as error:
    print(type(error).__name__, "-", str(error).split(" (https")[0])

# %% [markdown] task="TwoLayerModel" points=2 difficulty=3 minutes=7
# ## Task: the other form
#
# In biology one often wants the numbers of the hidden layer: they place each cell in a space of a few dimensions, its
# *embedding*. Write `TwoLayerModel`, a Flax module like `CompactModel`, with one method more.
#
# - `TwoLayerModel(width=4, outputs=2)` makes a model. Both fields are Python `int` of at least 1.
# - Its `"params"` are those of `CompactModel`: `{"hidden": ..., "readout": ...}`, each with a `kernel` and a `bias`.
#   So numbers of the one fit into the other.
# - `model.apply(variables, x)` gives what `CompactModel` would give with these numbers, for `x` of dtype `float32` and
#   shape `(n, d)`: an array of shape `(n, outputs)`.
# - `model.apply(variables, x, method="embed")` gives the numbers that leave the hidden layer, after ReLU: an array of
#   shape `(n, width)`.


# %% answer="TwoLayerModel"
class TwoLayerModel(nn.Module):
    """Two layers, `hidden` and `readout`, with ReLU between them."""

    width: int
    outputs: int

    def setup(self):
        """Make the layers."""
        # BEGIN SOLUTION
        self.hidden = nn.Dense(self.width)
        self.readout = nn.Dense(self.outputs)
        # END SOLUTION

    def embed(self, x):
        """What leaves the hidden layer: f32[n, width]."""
        # BEGIN SOLUTION
        return nn.relu(self.hidden(x))
        # END SOLUTION

    def __call__(self, x):
        """What leaves the model: f32[n, outputs]."""
        # BEGIN SOLUTION
        return self.readout(self.embed(x))
        # END SOLUTION


# %% check="TwoLayerModel"
check("TwoLayerModel")

# %% [markdown] hint="TwoLayerModel"
# `SetupLine` has one layer, you need two. What a layer is called among the params is the name of the attribute.

# %% [markdown] hint="TwoLayerModel"
# In `setup` you make both layers, but run neither: there is no `x` yet. How many units each of them has stands in the
# fields, which every method reaches through `self`.

# %% [markdown] hint="TwoLayerModel"
# `embed` runs one layer and bends. `__call__` needs that very result first, so it can call `embed` like any method of
# its own, and then run the second layer on it.

# %% [markdown]
# ## Activations
#
# The bends between layers are called *activation functions*. These four are used most:

# %%
places = jnp.linspace(-4, 4, 81)
plot.lines(
    places,
    {
        "relu": jax.nn.relu(places),
        "gelu": jax.nn.gelu(places),
        "sigmoid": jax.nn.sigmoid(places),
        "tanh": jnp.tanh(places),
    },
    xlabel="what comes in",
    ylabel="what goes out",
    marks={},
)

# %% [markdown]
# *ReLU* and *GELU* are for hidden layers. GELU is a ReLU without the corner. It multiplies each x with the chance that
# a standard normal number lies below x.
#
# *Sigmoid* goes from 0 to 1, and *tanh* from -1 to 1. At both ends they are flat. Where a curve is flat, learning gets
# no slope to follow, and so they are rarely used in the middle of a deep network. (ReLU is flat as well, but on one
# side only. Where a cell's number is positive, the slope is 1, however large the number is.)

# %%
for x in (0.0, 3.0, 9.0):
    print(f"slope of the sigmoid at {x:.0f}: {jax.grad(jax.nn.sigmoid)(x):.5f}")

# %% [markdown]
# *Softmax* is another kind: it takes a whole row of numbers and makes shares of it. They are positive and sum to 1.
# The largest number gets the largest share.

# %%
jax.nn.softmax(jnp.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.0]]))

# %% [markdown]
# Its formula is short: e to the power of each number, divided by the sum of these powers. But numbers with 32 bits end
# at about 3 times 10 to the 38:

# %%
scores = jnp.array([1000.0, 999.0])
powers = jnp.exp(scores)
print(powers, powers / powers.sum())

# %% [markdown]
# Infinity divided by infinity is NaN. Now look at the shares when we subtract the same number from all scores.
# Each power becomes smaller by the same factor, and the shares do not notice:

# %%
small = jnp.array([2.0, 1.0])
print(jax.nn.softmax(small), jax.nn.softmax(small - 2.0))

# %% [markdown]
# The same happens to other formulas. In this one both powers are fine alone, but their quotient is not always:

# %%
far = jnp.array([0.5, 100.0])
print((jnp.exp(far) - jnp.exp(-far)) / (jnp.exp(far) + jnp.exp(-far)))

# %% [markdown]
# ### Which row is a row?
#
# Operations on an axis take its number. -1 is the last axis, whatever number that is, and with `keepdims=True` the axis
# stays, with length 1, so that the result fits to the array again:

# %%
heights = jnp.array([[1.0, 5.0, 3.0], [9.0, 2.0, 4.0]])
print(heights.max(axis=-1, keepdims=True))
print(heights - heights.max(axis=-1, keepdims=True))

# %% [markdown] task="activate" points=2 difficulty=3 minutes=8
# ## Task: five activation functions
#
# Write `activate(name, x)`. Our advice: use `jnp` and formulas. `jax.nn` has all five ready, which is allowed, but then
# you miss the interesting part.
#
# - `name` is one of the texts `"relu"`, `"sigmoid"`, `"tanh"`, `"gelu"` and `"softmax"`.
# - `x` is a JAX array of dtype `float32`, of one, two or three axes. Its entries lie between -1000 and 1000.
# - It returns an array of the same shape and dtype, without NaN or infinity:
#     - `"relu"`: each entry, or 0 where the entry is negative;
#     - `"sigmoid"`: 1 / (1 + e^-x) for each entry x;
#     - `"tanh"`: (e^x - e^-x) / (e^x + e^-x);
#     - `"gelu"`: x/2 times (1 + erf(x / √2)), with `jax.scipy.special.erf`. (The approximation that `jax.nn.gelu` uses
#       is good enough, too.)
#     - `"softmax"`: the shares along the *last* axis: e^x divided by the sum of e^x over that axis.
# - It must also work as `jax.jit(activate, static_argnums=0)`, where `name` is still a text.


# %% answer="activate"
def activate(name, x):
    """The activation function called `name` of `x: f32[...]`: f32[...]."""
    # BEGIN SOLUTION
    if name == "relu":
        return jnp.maximum(x, 0)
    if name == "sigmoid":
        return 1 / (1 + jnp.exp(-x))
    if name == "tanh":
        return jnp.tanh(x)
    if name == "gelu":
        return x / 2 * (1 + jax.scipy.special.erf(x / jnp.sqrt(2)))
    powers = jnp.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
    # END SOLUTION


# %% check="activate"
check("activate")

# %% [markdown] hint="activate"
# `name` is a text and never a placeholder, so an ordinary `if` may decide. `x` may be a placeholder: choose between its
# entries with `jnp.where` or `jnp.maximum`.

# %% [markdown] hint="activate"
# Try each of your formulas at 1000 and at -1000. Where both numerator and denominator become infinite, look for another
# way to write it. `jnp` has a function for tanh.

# %% [markdown] hint="activate"
# For softmax: which number may you subtract from a row so that no power is larger than 1? It must be one number for
# each row, taken along the last axis, with `keepdims=True`. The sum goes along the same axis.

# %% [markdown]
# ## What stands at the end
#
# What a network has to say decides how its last layer ends, and which loss belongs to it. A *loss* is one number that
# says how wrong the outputs are. There are four common cases.
#
# **A number**: how strongly does a drug bind? The last layer stays as it is. The loss is the squared difference.
#
# **Yes or no**: is this cell healthy? The last layer gives one number. It is called a *logit*, and sigmoid makes the
# probability of "yes" from it.
#
# **One of many**: is this tissue brain, liver or skin? One logit for each class, and softmax makes probabilities that
# sum to 1: more liver means less skin.
#
# **Any of many**: where in the cell is this protein? It may be in nucleus *and* membrane. One logit for each label, and
# sigmoid makes a probability from each of them alone.
#
# For the last three the loss is the *cross-entropy*: minus the logarithm of the probability that the model gave to what
# is true. (Of the true class, or, with sigmoid, of each label's true answer.)
#
# ### Logits go into the loss as they are
#
# The loss functions of Optax, as those of most libraries, take *logits*, and apply sigmoid or softmax themselves. They
# can do it more exactly. Here is a model that is sure, and right. Its loss should be almost 0:

# %%
sure = jnp.array([9.0, -9.0, -9.0])
print(optax.softmax_cross_entropy_with_integer_labels(sure, 0))
print(optax.softmax_cross_entropy_with_integer_labels(jax.nn.softmax(sure), 0))

# %% [markdown]
# In the second line softmax was applied twice. To the loss, the probabilities 1, 0, 0 are logits, and weak ones. With
# three classes the loss can never fall below 0.55, however good the model is. There is no error, and training still
# makes some progress. This mistake has been found in published models of proteins.
#
# The same with sigmoid. The loss where "yes" is right, first as it should be, then with a sigmoid too many:

# %%
for logit in (1.0, 3.0, 9.0):
    right = optax.sigmoid_binary_cross_entropy(jnp.array(logit), 1.0)
    twice = optax.sigmoid_binary_cross_entropy(jax.nn.sigmoid(logit), 1.0)
    print(f"logit {logit:.0f}: {right:.4f} {twice:.4f}")

# %% [markdown]
# So a model ends with its last dense layer, and returns logits. Apply sigmoid or softmax outside the model, where you
# want to *read* a probability.
#
# To *decide*, you do not even need them. A probability of one half is which logit?

# %%
for logit in (-0.5, 0.0, 0.2, 0.5):
    print(f"logit {logit:4.1f} is probability {jax.nn.sigmoid(logit):.3f}")

# %% [markdown]
# ### No bend after the last layer
#
# ReLU after the last layer seems harmless when most numbers are positive. But let the truth be -1, and let the last
# layer give -0.5 so far:


# %%
def loss_after_relu(z):
    """The squared difference to -1 when ReLU comes after the last layer."""
    return (jax.nn.relu(z) - (-1.0)) ** 2


print("loss:", loss_after_relu(-0.5), "slope:", jax.grad(loss_after_relu)(-0.5))

# %% [markdown]
# The loss is large and its slope is 0. So this sample can never be learned. An activation at the end belongs to one
# case only: a number that by its nature cannot leave a range, such as -1 to 1, and a prediction that must not leave it
# either. Then an activation with just this range may stand there.

# %% [markdown] task="final_layer" points=2 difficulty=3 minutes=7
# ## Task: choose the end of eight networks
#
# How does each of eight networks end? These are the ways to end a network that are on offer:
#
# | choice | after the last dense layer comes | loss |
# | --- | --- | --- |
# | `"A"` | nothing | squared difference |
# | `"B"` | nothing | sigmoid cross-entropy, for each output alone |
# | `"C"` | nothing | softmax cross-entropy, over all outputs |
# | `"D"` | ReLU | squared difference |
# | `"E"` | tanh | squared difference |
# | `"F"` | sigmoid | sigmoid cross-entropy, for each output alone |
# | `"G"` | softmax | softmax cross-entropy, over all outputs |
#
# Both losses of cross-entropy are those of Optax, which take logits.
#
# Write your choices into `final_layer`: a dictionary with these eight keys, each with one of the seven letters.
#
# - `"healthy"`: is this cell healthy or not? One output.
# - `"tissue"`: does this sample come from brain, liver or skin? Three outputs.
# - `"stage"`: in which of the four stages of its cycle is this cell? Four outputs.
# - `"location"`: in which of twelve parts of the cell is this protein? It can be in several. Twelve outputs.
# - `"resistance"`: to which of 30 antibiotics is this bacterium resistant? To none, some, or all. Thirty outputs.
# - `"fold_change"`: by how much does a gene change, as a logarithm? Below 0 means less. One output.
# - `"energy"`: the energy of binding in kJ/mol. Most are between -60 and 10. One output.
# - `"correlation"`: how do two genes go together? From -1 (opposite) to 1 (alike), and no prediction may ever lie
#   outside. One output.
#
# And a ninth key, `"cutoff"`, with a number: the network for `"healthy"` gives a logit. A cell counts as healthy when
# the probability of it is above one half. Above which logit is that?
#
# So the answer looks like `{"healthy": "A", "tissue": "A", ..., "cutoff": 1.0}`, with nine keys.
#
# The check here only looks at the form. Whether the choices are right counts when your notebook is graded, and then it
# counts for more.

# %% answer="final_layer"
# BEGIN SOLUTION
final_layer = {
    "healthy": "B",
    "tissue": "C",
    "stage": "C",
    "location": "B",
    "resistance": "B",
    "fold_change": "A",
    "energy": "A",
    "correlation": "E",
    "cutoff": 0.0,
}
# END SOLUTION

# %% check="final_layer"
check("final_layer")

# %% [markdown] hint="final_layer"
# Sort the eight first: which ask for numbers, and which for classes or labels? Then read the four common cases again.

# %% [markdown] hint="final_layer"
# For classes and labels: can two answers be right for the same sample? And does the loss take logits or probabilities?

# %% [markdown] hint="final_layer"
# For numbers: can the truth be negative? Then nothing at the end may cut that off. Only one of the numbers has a range
# that a prediction must not leave.

# %% [markdown]
# Curious? Here is what four of the choices do to a model with four outputs that is right, and becomes surer and surer
# from row to row. The loss should go down to 0. Compare `"B"` with `"F"`, and `"C"` with `"G"`:

# %%
for sureness in (1.0, 4.0, 16.0):
    logits = sureness * jnp.array([1.0, -1.0, -1.0, -1.0])
    b = optax.sigmoid_binary_cross_entropy(logits, jnp.array([1.0, 0.0, 0.0, 0.0])).mean()
    f = optax.sigmoid_binary_cross_entropy(jax.nn.sigmoid(logits), jnp.array([1.0, 0.0, 0.0, 0.0])).mean()
    c = optax.softmax_cross_entropy_with_integer_labels(logits, 0)
    g = optax.softmax_cross_entropy_with_integer_labels(jax.nn.softmax(logits), 0)
    print(f"B {b:.3f}  F {f:.3f}     C {c:.3f}  G {g:.3f}")

# %% [markdown]
# ## Shapes that fit too well
#
# The outputs of a network with one unit have the shape `(n, 1)`. Labels often come as `(n,)`. What is their difference?

# %%
predictions = jnp.array([[1.0], [2.0], [3.0]])
truth = jnp.array([1.0, 2.0, 3.0])
print((predictions - truth).shape)
print(((predictions - truth) ** 2).mean())

# %% [markdown]
# The predictions are perfect, and the loss is not 0. A column minus a row gives a table: each prediction was compared
# with each label. `ravel` turns any array into one axis:

# %%
print(((predictions.ravel() - truth) ** 2).mean())

# %% [markdown]
# Do the functions of Optax notice? One of these two does, and the other one gives a table without a word:

# %%
for loss in (optax.squared_error, optax.sigmoid_binary_cross_entropy):
    try:
        print(loss.__name__, loss(predictions, truth).shape)
    except ValueError as error:
        print(loss.__name__, "-", type(error).__name__)

# %% [markdown]
# So make the shapes equal before you compare.

# %% [markdown]
# Here is an overview of the three losses of Optax that you need. They return one number for each sample (or label), and
# you take the mean.

# %%
logits = jnp.array([[4.0, 0.0, -4.0], [0.0, 0.0, 0.0]])
print(optax.squared_error(jnp.array([1.0, 2.5]), jnp.array([1.0, 2.0])))
print(optax.softmax_cross_entropy_with_integer_labels(logits, jnp.array([0, 2])))
print(optax.sigmoid_binary_cross_entropy(logits, jnp.array([[1, 0, 0], [1, 1, 0]])))

# %% [markdown] task="task_loss" points=3 difficulty=3 minutes=9
# ## Task: the right loss for each kind of task
#
# Write `task_loss(kind, outputs, targets)`. `outputs` is what the last dense layer of a model gives, with nothing
# after it. n is the number of samples, at least 1, and k the number of classes or labels, at least 2.
#
# | `kind` | `outputs`, dtype `float32` | `targets` |
# | --- | --- | --- |
# | `"number"` | predictions, `(n,)` or `(n, 1)` | numbers, `float32`, `(n,)` or `(n, 1)` |
# | `"yes_no"` | logits, `(n,)` or `(n, 1)` | 0 or 1, `(n,)` or `(n, 1)` |
# | `"one_of_many"` | logits, `(n, k)` | the number of the class, `int32`, `(n,)`, from 0 to k-1 |
# | `"any_of_many"` | logits, `(n, k)` | 0 or 1 for each label, `(n, k)` |
#
# - `kind` is one of these four texts. Targets of 0 and 1 have dtype `int32` or `float32`.
# - In the first two rows, outputs and targets need not have the same shape: `(n, 1)` may meet `(n,)`, either way round.
# - It returns one number, of shape `()`. For `"number"` it is the mean of the squared differences. For the others it is
#   the mean of the cross-entropies: over all samples, and for `"any_of_many"` over all samples and labels.
# - It is right and finite for logits from -1000 to 1000.
# - It must also work as `jax.jit(task_loss, static_argnums=0)`.


# %% answer="task_loss"
def task_loss(kind, outputs, targets):
    """The mean loss of `outputs` for a task of this kind: f32[]."""
    # BEGIN SOLUTION
    if kind == "one_of_many":
        return optax.softmax_cross_entropy_with_integer_labels(outputs, targets).mean()
    outputs, targets = outputs.ravel(), targets.ravel()
    if kind == "number":
        return optax.squared_error(outputs, targets).mean()
    return optax.sigmoid_binary_cross_entropy(outputs, targets).mean()
    # END SOLUTION


# %% check="task_loss"
check("task_loss")

# %% [markdown] hint="task_loss"
# `kind` is a plain text, so an ordinary `if` may decide. Which of the four kinds need the same function of Optax?

# %% [markdown] hint="task_loss"
# Test yourself with perfect outputs: predictions that equal the targets, or logits of 20 and -20 on the right sides.
# The loss must be almost 0, for each combination of shapes.

# %% [markdown] hint="task_loss"
# For three of the kinds, outputs and targets have the same number of entries. Turned into one axis each, they can be
# compared entry by entry. The kind with class numbers is different: there, the logits keep their two axes.

# %% [markdown]
# ## A model that looks for motifs
#
# Proteins that switch genes on and off bind to short words of DNA, called *motifs*. Where in the sequence the word
# stands often does not matter. A dense layer would have to learn each place anew. A *convolution* slides one small
# table, a *filter*, along the sequence, and gives one number for each place.
#
# Here is DNA in one-hot rows, and a filter that looks for the word GAT. Its table has a 1 for each letter it wants:


# %%
def one_hot_dna(text):
    """A sequence in one-hot rows, f32[L, 4], with A, C, G, T in this order."""
    return jax.nn.one_hot(jnp.array(["ACGT".index(letter) for letter in text]), 4)


dna = one_hot_dna("CCGATCCCCC")
wanted = one_hot_dna("GAT")
jnp.array([(dna[place : place + 3] * wanted).sum() for place in range(8)])

# %% [markdown]
# Ten letters have eight places for a word of three. At place 2, all three letters fit. In Flax this is `nn.Conv`.
# `kernel_size` is a tuple with one entry for each axis that the filter slides along. `padding="VALID"` takes only
# places where the whole filter fits. Its kernel has the shape (word length, letters, filters):

# %%
convolution = nn.Conv(features=1, kernel_size=(3,), padding="VALID")
filter_variables = {"params": {"kernel": wanted[:, :, None], "bias": jnp.zeros(1)}}
scores = convolution.apply(filter_variables, dna[None])
print(scores.shape)
print(scores[0, :, 0])

# %% [markdown]
# The data has the shape (sequences, places, letters), and `dna[None]` is a batch of one sequence. The result has the
# shape (sequences, places, filters).
#
# Is the motif there at all? That says the *largest* score of each filter. Taking it is called *max pooling* over all
# places. What comes out has one number for each filter, however long the sequence was, and wherever in it the word
# stood:

# %%
for text in ("CCGATCCCCC", "CCCCCGATCC", "CCCCCCCCCCCCCC"):
    print(text, convolution.apply(filter_variables, one_hot_dna(text)[None]).max(axis=1))

# %% [markdown] task="MotifCNN" points=3 difficulty=4 minutes=8
# ## Task: a network for DNA
#
# Write `MotifCNN`, a Flax module that says whether a sequence holds a motif.
#
# - `MotifCNN(filters=6, width=5)` makes a model. Both fields are Python `int`: `filters` is at least 2, `width` at
#   least 1.
# - It is given `x`, a JAX array of dtype `float32` and shape `(n, L, 4)`: n sequences of L letters, with L at least
#   `width`. The rows are one-hot, or 0 everywhere where a letter is unknown.
# - First a convolution with `filters` filters of `width` letters and with bias, at the places where the whole filter
#   fits. Then ReLU. Then, for each filter, the largest number over all places. Last a dense layer with one output.
# - It returns *logits* of shape `(n, 1)`: nothing comes after the dense layer.
# - With the same params it takes sequences of any length. And a sequence keeps its logit when a motif in it moves, as
#   long as all other letters are unknown, and at least `width - 1` of them stand on each side of the motif.
# - So it has four arrays of params, of shapes `(width, 4, filters)`, `(filters,)`, `(filters, 1)` and `(1,)`. Their
#   names are up to you.


# %% answer="MotifCNN"
class MotifCNN(nn.Module):
    """Logits for "holds a motif", f32[n, 1], from sequences in one-hot rows, f32[n, L, 4]."""

    filters: int
    width: int

    @nn.compact
    def __call__(self, x):
        """The logits of `x: f32[n, L, 4]`."""
        # BEGIN SOLUTION
        found = nn.relu(nn.Conv(self.filters, kernel_size=(self.width,), padding="VALID")(x))
        return nn.Dense(1)(found.max(axis=1))
        # END SOLUTION


# %% check="MotifCNN"
check("MotifCNN")

# %% [markdown] hint="MotifCNN"
# Write down the shape after each of the four steps, for two sequences of ten letters. Which axis disappears, and at
# which step?

# %% [markdown] hint="MotifCNN"
# The convolution is the one from the cell above, with other numbers, and with the padding that is written there.
# Without it Flax adds zeros at both ends, and the places at the ends see words that are not there.

# %% [markdown] hint="MotifCNN"
# After the convolution, the places are axis 1. The maximum along that axis leaves `(n, filters)`, which is what a dense
# layer takes. The loss will apply sigmoid itself, so your model does not.

# %% [markdown]
# ## Models that behave differently while they learn
#
# Two kinds of layers do one thing in training and another one afterwards.
#
# *Dropout* switches off some units at random, so that none of them becomes indispensable. Those that stay are made
# larger in return. Afterwards, when the model is used, nothing is switched off. In Flax this is said by
# `deterministic`. In training, give `apply` a key, under the name `"dropout"`, and each step needs another one:

# %%
dropout_layer = nn.Dropout(rate=0.5)
ones = jnp.ones((2, 6))
print(dropout_layer.apply({}, ones, deterministic=True))
print(dropout_layer.apply({}, ones, deterministic=False, rngs={"dropout": jax.random.key(12)}))
print(dropout_layer.apply({}, ones, deterministic=False, rngs={"dropout": jax.random.key(13)}))
try:
    dropout_layer.apply({}, ones, deterministic=False)
except errors.FlaxError as error:
    print(type(error).__name__, "-", str(error).split(" (https")[0])

# %% [markdown]
# *Batch normalization* shifts and scales each unit so that it has mean 0 and variance 1. In training, mean and variance
# are those of the present *batch*, the samples that are looked at together. Here are five cells again:

# %%
norm = nn.BatchNorm()
norm_variables = norm.init(jax.random.key(14), cells, use_running_average=True)
print_short_dict(norm_variables)

# %% [markdown]
# In `"params"` stand `scale` and `bias`: after normalization each unit is multiplied by the one, and the other one is
# added. They begin with 1 and 0, and are learned like weights.
#
# There is a second collection, `"batch_stats"`. It holds *running averages* of the means and variances that the layer
# has seen. No gradient changes them. They change while the model runs, in training only, and since nothing can change
# in place, `apply` returns them beside the result. It must be told that this collection may change:

# %%
normed, updates = norm.apply(norm_variables, cells, use_running_average=False, mutable=["batch_stats"])
print("mean of each column:", normed.mean(axis=0).round(3))
print_short_dict(updates)
try:
    norm.apply(norm_variables, cells, use_running_average=False)
except errors.FlaxError as error:
    print(type(error).__name__, "-", str(error).split(" (https")[0])

# %% [markdown]
# Each step moves the averages a little: one part of the new to 99 parts of the old. To keep them, put them where the
# old ones were: `{**variables, **updates}`.
#
# And when the model is used? Then a patient's result must not depend on who else is in the batch. With the statistics
# of the batch it would. A batch of one patient would here even become all zeros, whatever the patient has:

# %%
for patients in (cells[:1], cells[:2], cells):
    normed, _ = norm.apply(norm_variables, patients, use_running_average=False, mutable=["batch_stats"])
    print("the first of", len(patients), "patients:", normed[0].round(2))
print("by the running averages:", norm.apply(norm_variables, cells[:1], use_running_average=True)[0].round(2))

# %% [markdown]
# (The averages in the last line are those of the start, mean 0 and variance 1. So they change nothing yet.)
#
# So a model with such layers must be told in which of the two situations it is. It is common to give `__call__` an
# argument `train`, True or False, and to derive both settings from it.

# %% [markdown] task="RegularizedModel" points=3 difficulty=4 minutes=9
# ## Task: one model, two behaviors
#
# Write `RegularizedModel`, a Flax module whose `__call__(self, x, train)` behaves as the situation demands.
#
# - `RegularizedModel(width=8, rate=0.5)` makes a model. `width` is a Python `int` of at least 1, `rate` a Python
#   `float` from 0 up to, but not including, 1.
# - `x` is a JAX array of dtype `float32` and shape `(n, d)`. `train` is True or False.
# - The steps are: a dense layer with `width` units, batch normalization, ReLU, dropout with this rate, and a dense
#   layer with one output. It returns an array of shape `(n, 1)`.
# - With `train=False`, nothing is random and no key is needed. Normalization uses the running averages. So each
#   sample's output depends on that sample alone.
# - With `train=True`, normalization uses the batch, and moves the running averages toward it. Dropout draws with the
#   key that comes in as `rngs={"dropout": key}`: another key, other units; the same key, the same units.
# - There are two collections, `"params"` and `"batch_stats"`. Their layers have the names that Flax gives, or yours.
#   All other settings of the layers are left as Flax has them.
#
# The check will call your model like this:
#
# ```python
# variables = model.init(key, x, train=False)
# model.apply(variables, x, train=False)
# model.apply(variables, x, train=True, rngs={"dropout": another_key}, mutable=["batch_stats"])
# ```


# %% answer="RegularizedModel"
class RegularizedModel(nn.Module):
    """One number for each sample, f32[n, 1], with batch normalization and dropout."""

    width: int
    rate: float

    @nn.compact
    def __call__(self, x, train):
        """The outputs for `x: f32[n, d]`, in training or not."""
        # BEGIN SOLUTION
        x = nn.Dense(self.width)(x)
        x = nn.relu(nn.BatchNorm(use_running_average=not train)(x))
        x = nn.Dropout(self.rate, deterministic=not train)(x)
        return nn.Dense(1)(x)
        # END SOLUTION


# %% check="RegularizedModel"
check("RegularizedModel")

# %% [markdown] hint="RegularizedModel"
# Two of the five steps must know whether this is training. Each has an argument for it, which you saw above.

# %% [markdown] hint="RegularizedModel"
# What do both arguments say about training: the same, or the opposite? `deterministic=True` means that nothing is
# drawn. `use_running_average=True` means that the batch is not looked at.

# %% [markdown] hint="RegularizedModel"
# The key need not be mentioned in the model at all. Flax takes it from `rngs` and gives it to each dropout layer.
# In the same way the averages find their way out. Write the five layers one after the other, in the order of the text.

# %% [markdown]
# ## The other interface
#
# Flax has a newer interface, *NNX*. There a model is an object that holds its numbers, as in PyTorch, and Flax takes
# care that JAX can still reach them. Linen, with which you have worked so far, stays, and much published code is
# written in it. So it helps to be able to read both. Here is the linear model in NNX:


# %%
class LinearTwin(nnx.Module):
    """LinearModel in NNX."""

    def __init__(self, inputs, *, rngs):
        self.line = nnx.Linear(inputs, 1, rngs=rngs)

    def __call__(self, x):
        return self.line(x)


linear_twin = LinearTwin(3, rngs=nnx.Rngs(15))
print(linear_twin(cells[:2]))
print_short_dict(nnx.to_pure_dict(nnx.state(linear_twin)))

# %% [markdown]
# No `init` and no `apply`: the numbers are made with the object, and the object is called. `nnx.Rngs(15)` holds a
# key and gives a new one to each layer. The number of inputs has to be said.
#
# `nnx.update` puts other numbers into a model. It takes a dictionary like the one above. With those of the Linen model,
# both give the same:

# %%
nnx.update(linear_twin, {"line": params["Dense_0"]})
print(linear_twin(cells[:2]))
print(model.apply({"params": params}, cells[:2]))

# %% [markdown] task="nnx_twin" points=1 difficulty=3 minutes=8
# ## Task (optional): a twin in NNX
#
# Write `nnx_twin(params)`, which makes an NNX model out of the params of a `TwoLayerModel`.
#
# - `params` is `{"hidden": {"kernel": ..., "bias": ...}, "readout": {"kernel": ..., "bias": ...}}`, `float32` arrays of
#   shapes `(d, width)`, `(width,)`, `(width, outputs)` and `(outputs,)`, with any d, width and outputs of at least 1.
# - It returns an object of an `nnx.Module` with two layers, its attributes `hidden` and `readout`, with ReLU between
#   them. They hold the numbers of `params`.
# - Called with `x`, a JAX array of dtype `float32` and shape `(n, d)`, the object gives what `TwoLayerModel` gives with
#   these params: an array of shape `(n, outputs)`.
#
# The class of the object can have any name. One is begun for you.


# %% answer="nnx_twin"
class TwoLayerTwin(nnx.Module):
    """TwoLayerModel in NNX."""

    def __init__(self, inputs, width, outputs, *, rngs):
        # BEGIN SOLUTION
        self.hidden = nnx.Linear(inputs, width, rngs=rngs)
        self.readout = nnx.Linear(width, outputs, rngs=rngs)
        # END SOLUTION

    def __call__(self, x):
        # BEGIN SOLUTION
        return self.readout(nnx.relu(self.hidden(x)))
        # END SOLUTION


def nnx_twin(params):
    """An NNX model with the numbers of `params`."""
    # BEGIN SOLUTION
    inputs, width = params["hidden"]["kernel"].shape
    outputs = params["readout"]["bias"].size
    twin = TwoLayerTwin(inputs, width, outputs, rngs=nnx.Rngs(0))
    nnx.update(twin, params)
    return twin
    # END SOLUTION


# %% check="nnx_twin"
check("nnx_twin")

# %% [markdown] hint="nnx_twin"
# `LinearTwin` has one layer and you need two. Where does the class make its layer, and where does it run it?

# %% [markdown] hint="nnx_twin"
# The function has to know how many inputs, units and outputs there are. All three stand in the shapes of the kernels.

# %% [markdown] hint="nnx_twin"
# A new object starts with random numbers. `nnx.update` replaces them by those of a dictionary, whose keys are the names
# of the layers: they are called as in `params` already. It changes the object and returns nothing.

# %% [markdown]
# ## What to take away
#
# - A model is a recipe, and its numbers are an argument. `init` makes them, `apply` uses them.
# - Each layer starts with numbers of its own, drawn with variance 1 / fan-in. Flax does so, and calls it
#   `lecun_normal`.
# - Without a bend between them, many layers are one. After the last one there is none.
# - A model ends with logits. The loss applies softmax or sigmoid, once. A logit of 0 is a probability of one half.
# - One class of many: softmax. Any labels of many: a sigmoid for each. A number: nothing at all.
# - Make the shapes of outputs and labels equal before you compare them.
# - Give a perfect answer to your loss. If it is not almost 0, something is wrong.
# - Dropout and batch normalization need to know whether this is training. When a model is used, nothing is random, and
#   no sample depends on its neighbors.
