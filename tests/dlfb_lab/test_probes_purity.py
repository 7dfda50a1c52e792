"""`purity`: does a call give the same again, and what did it change?"""

import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab import probes

CHANGED = {
    "nothing": ("table = {'a': jnp.ones(2)}\ndef f(x): return x + table['a'][0]", ()),
    "nothing of its own, only local variables": ("def f(x):\n    seen = []\n    seen.append(x)\n    return x", ()),
    "a global": ("count = 0\ndef f(x):\n    global count\n    count += 1\n    return x", ("count",)),
    "a list": ("seen = []\ndef f(x):\n    seen.append(1)\n    return x", ("seen",)),
    "an entry deep in a dictionary": (
        "log = {'epochs': [{'loss': 0.0}]}\ndef f(x):\n    log['epochs'][0]['loss'] += 1.0\n    return x",
        ("log",),
    ),
    "an entry of a NumPy array": ("totals = np.zeros(3)\ndef f(x):\n    totals[1] += 1\n    return x", ("totals",)),
    "an array by another": ("w = jnp.ones(2)\ndef f(x):\n    global w\n    w = w * 2\n    return x", ("w",)),
    "a variable of an outer function": (
        "def make():\n    n = 0\n    def f(x):\n        nonlocal n\n        n += 1\n        return x\n    return f\n\n"
        "f = make()",
        ("n",),
    ),
    "a default": ("def f(x, seen=[]):\n    seen.append(1)\n    return x", ("seen",)),
    "an attribute of itself": ("def f(x):\n    f.calls += 1\n    return x\n\nf.calls = 0", ("f.calls",)),
    "an object and its class": (
        "class Cell:\n    made = 0\n    def __init__(self): self.age = 0\n"
        "    def grow(self, x):\n        self.age += 1\n        Cell.made += 1\n        return x\n\nf = Cell().grow",
        ("Cell.made", "self.age"),
    ),
    "an object that is called": (
        "class Cell:\n    def __init__(self): self.seen = []\n    def __call__(self, x):\n        self.seen.append(1)\n"
        "        return x\n\nf = Cell()",
        ("self.seen",),
    ),
    "a global, by an object that is called": (
        "count = 0\nclass Cell:\n    def __call__(self, x):\n        global count\n        count += 1\n"
        "        return x\n\nf = Cell()",
        ("count",),
    ),
    "what a helper changes": (
        "log = []\ndef note(): log.append(1)\n\ndef f(x):\n    note()\n    return x",
        ("log",),
    ),
    "through a partial": ("log = []\ndef g(y, x):\n    log.append(y)\n    return x\n\nf = partial(g, 1)", ("log",)),
    "at its trace alone": ("log = []\n@jax.jit\ndef f(x):\n    log.append(1)\n    return x", ("log",)),
    "the hidden generators": ("def f(x): return x + np.random.normal() + random.random()", ("np.random", "random")),
    "a counter": ("numbers = itertools.count()\ndef f(x): return x + next(numbers)", ("numbers",)),
    "a namespace": ("kept = types.SimpleNamespace(n=0)\ndef f(x):\n    kept.n += 1\n    return x", ("kept",)),
    "a model of nnx": (
        "from flax import nnx\nmodel = nnx.Linear(1, 1, rngs=nnx.Rngs(0))\n"
        "def f(x):\n    model.bias[...] = model.bias[...] + 1\n    return x",
        ("model",),
    ),
    "nothing of a model of nnx": (
        "from flax import nnx\nmodel = nnx.Linear(1, 1, rngs=nnx.Rngs(0))\ndef f(x): return model(jnp.full(1, x))",
        (),
    ),
    "a generator of Python's": ("rng = random.Random(0)\ndef f(x): return x + rng.random()", ("rng",)),
    "a generator": ("rng = np.random.default_rng(0)\ndef f(x): return x + rng.normal()", ("rng",)),
}


@pytest.mark.parametrize(("body", "changed"), CHANGED.values(), ids=CHANGED)
def test_what_a_call_changes_is_named(answer, body, changed):
    assert probes.purity(answer(body), 1.5).changed == changed


def test_a_pure_function_gives_the_same_in_every_way(answer):
    seen = probes.purity(answer("def f(x, n): return x * n"), jnp.array([1.0, 2.0]), 3)
    assert [value.tolist() for value in (seen.first, seen.second, seen.jitted, seen.unjitted)] == [[3.0, 6.0]] * 4


def test_a_counter_shows_in_the_values(answer):
    seen = probes.purity(answer("n = 0\ndef f(x):\n    global n\n    n += 1\n    return x * n"), 1.0)
    assert [float(value) for value in (seen.first, seen.second, seen.jitted, seen.unjitted)] == [1, 2, 3, 4]


def test_a_global_frozen_into_a_compiled_program_shows_without_jit(answer):
    seen = probes.purity(answer("n = 1\n@jax.jit\ndef f(x): return x * n\n\nf(1.0)\nn = 5"), 1.0)
    assert (float(seen.second), float(seen.unjitted)) == (1, 5)


def test_each_call_gets_its_arguments_afresh(answer):
    x = np.zeros(2)
    seen = probes.purity(answer("def f(x, seen):\n    x += 1\n    seen.append(1)\n    return x, len(seen)"), x, [])
    assert (seen.first[0].tolist(), seen.first[1]) == (seen.second[0].tolist(), seen.second[1]) == ([1, 1], 1)
    assert x.tolist() == [0, 0]


def test_a_value_that_cannot_be_had_is_the_text_of_its_error(answer):
    seen = probes.purity(answer("def f(x): return x if x > 0 else -x"), 2.0)
    assert (seen.first, seen.unjitted) == (2.0, 2.0)
    assert isinstance(seen.jitted, probes.Failed)
    assert seen.jitted.says.startswith("TracerBoolConversionError: ")
    assert seen.jitted.diagnosis == "python-if-on-tracer"


def test_a_first_call_that_raises_raises(answer):
    with pytest.raises(ZeroDivisionError):
        probes.purity(answer("def f(x): return 1 / x"), 0)


def test_what_reaches_itself_does_no_harm(answer):
    body = "ring = []\nring.append(ring)\ndef f(x):\n    ring.append(f)\n    return x\n\nf.again = f"
    assert probes.purity(answer(body), 1.0).changed == ("ring",)
