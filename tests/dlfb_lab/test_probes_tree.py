"""`tree` and `pull`: the leaves of any tree, and methods of any object."""

import jax.numpy as jnp
import pytest

from dlfb_lab import probes

MODEL = "import flax.linen as nn\nimport optax\n\nmodel = nn.Sequential([nn.Dense(3), nn.relu, nn.Dense(1)])\n"
DENSE = ["layers_0/bias", "layers_0/kernel", "layers_2/bias", "layers_2/kernel"]

TREES = {
    "a dictionary of dictionaries": ("f = {'a': {'w': jnp.ones(2)}, 'b': [1.0, jnp.zeros(3)]}", ["a/w", "b/0", "b/1"]),
    "a FrozenDict": ("from flax.core import freeze\nf = freeze({'a': {'w': jnp.ones(2)}})", ["a/w"]),
    "a NamedTuple": (
        "from typing import NamedTuple\nclass Pair(NamedTuple):\n    m: float\n    v: float\n\n"
        "f = {'s': Pair(1.0, 2.0)}",
        ["s/m", "s/v"],
    ),
    "parameters of a model": (
        MODEL + "f = model.init(jax.random.key(0), jnp.ones((1, 2)))",
        [f"params/{path}" for path in DENSE],
    ),
    "the state of an optimizer": (
        "import optax\nf = optax.adam(0.1).init({'w': jnp.ones(2)})",
        ["0/count", "0/mu/w", "0/nu/w"],
    ),
    "a TrainState": (
        "import optax\nfrom flax.training.train_state import TrainState\n"
        "f = TrainState.create(apply_fn=len, params={'w': jnp.ones(2)}, tx=optax.sgd(0.1, momentum=0.9))",
        ["step", "params/w", "opt_state/0/trace/w"],
    ),
    "a model of nnx": ("from flax import nnx\nf = nnx.Linear(2, 3, rngs=nnx.Rngs(0))", ["bias", "kernel"]),
    "a state of nnx": ("from flax import nnx\nf = nnx.state(nnx.Linear(2, 3, rngs=nnx.Rngs(0)))", ["bias", "kernel"]),
    "an array": ("f = jnp.ones(2)", [""]),
    "a number": ("f = 3.0", [""]),
    "nothing in it": ("f = {}", []),
}


@pytest.mark.parametrize(("body", "paths"), TREES.values(), ids=TREES)
def test_the_leaves_of_a_tree_have_speaking_paths(answer, body, paths):
    leaves = probes.tree(answer(body))
    assert list(leaves) == paths
    assert all(jnp.size(leaf) > 0 for leaf in leaves.values())


def test_a_variable_of_nnx_is_read_as_the_array_it_holds(answer):
    found = probes.tree(answer("from flax import nnx\nf = nnx.Param(jnp.arange(3.0))"))
    assert {path: leaf.tolist() for path, leaf in found.items()} == {"": [0, 1, 2]}
    kernel = probes.tree(answer("from flax import nnx\nf = nnx.Linear(2, 3, rngs=nnx.Rngs(0))"))["kernel"]
    assert kernel.shape == (2, 3)


@pytest.mark.parametrize("body", ["def f(): pass", "class f: pass", "f = object()"])
def test_what_is_no_tree_has_no_leaves(answer, body):
    assert probes.tree(answer(body)) is None


def test_a_leaf_that_is_no_data_stays_where_it_is(answer):
    found = probes.tree(answer("f = {'activation': jnp.tanh, 'w': jnp.ones(2)}"))
    assert found["activation"](0.0) == 0.0
    assert found["w"].tolist() == [1, 1]


def test_a_method_is_called_in_one_go(answer):
    tx = answer("import optax\nf = optax.sgd(0.5)")
    state = probes.pull(tx, "init", {"w": jnp.ones(2)})
    updates, _ = probes.pull(tx, "update", {"w": jnp.array([1.0, 2.0])}, state)
    assert updates["w"].tolist() == [-0.5, -1.0]


def test_a_model_is_applied_with_keywords(answer):
    model = answer("import flax.linen as nn\nf = nn.Dropout(0.5)")
    x = jnp.ones((2, 3))
    assert probes.pull(model, "apply", {}, x, deterministic=True).tolist() == x.tolist()


def test_a_method_that_there_is_not_is_missed(answer):
    with pytest.raises(AttributeError, match="fly"):
        probes.pull(answer("f = {'a': 1}.items"), "fly", 1)
