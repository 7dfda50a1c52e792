"""The key ledger: what a call does with its random keys, and what of it cannot be seen."""

import jax
import pytest
from helpers import ran

from dlfb_lab import probes
from dlfb_lab.probes._keys import _eager, _makers_marked, _rows, _sliced, key_uses


def observe(body, *args, **options):
    """What is seen of the function `f` of a notebook with this text."""
    return probes.observe(
        ran("import jax, jax.numpy as jnp\nimport numpy as np\n" + body).namespace["f"], *args, **options
    )


KEYS = [jax.random.key, jax.random.PRNGKey]

# Source, how many keys samplers get, how many of them twice.
LEDGER = {
    "one draw": ("def f(key): return jax.random.normal(key)", 1, 0),
    "no draw": ("def f(key): return jnp.zeros(2)", 0, 0),
    "the key twice": ("def f(key): return jax.random.normal(key) + jax.random.uniform(key)", 2, 1),
    "two children": (
        "def f(key):\n    a, b = jax.random.split(key)\n    return jax.random.normal(a) + jax.random.normal(b)",
        2,
        0,
    ),
    "split twice": (
        "def f(key):\n    a = jax.random.split(key)[0]\n    b = jax.random.split(key)[0]\n"
        "    return jax.random.normal(a) + jax.random.normal(b)",
        2,
        1,
    ),
    "parent and child": (
        "def f(key):\n    return jax.random.normal(key) + jax.random.normal(jax.random.fold_in(key, 1))",
        2,
        0,
    ),
    "a loop that never advances": ("def f(key): return [jax.random.normal(key) for _ in range(3)]", 3, 2),
    "a vmap over children": (
        "def f(key): return jax.vmap(jax.random.normal)(jax.random.split(key, 5))",
        5,
        0,
    ),
    "a vmap over copies": (
        "def f(key): return jax.vmap(lambda i: jax.random.normal(jax.random.fold_in(key, i // 2)))(jnp.arange(4))",
        4,
        2,
    ),
    "a scan that carries": (
        "def f(key):\n    def step(key, _):\n        key, sub = jax.random.split(key)\n"
        "        return key, jax.random.normal(sub)\n    return jax.lax.scan(step, key, None, 4)[1]",
        4,
        0,
    ),
    "a scan that closes over its key": (
        "def f(key):\n    def step(c, _): return c, jax.random.normal(key)\n"
        "    return jax.lax.scan(step, 0, None, 4)[1]",
        4,
        3,
    ),
    "a compiled helper": (
        "@jax.jit\ndef draw(key): return jax.random.normal(key)\n\ndef f(key): return draw(key) + draw(key)",
        2,
        1,
    ),
    "a sampler imported by name": (
        "from jax.random import normal\n\ndef f(key): return normal(key) + normal(key)",
        2,
        1,
    ),
    "a sampler imported by name, in a partial": (
        "from functools import partial\nfrom jax.random import normal\n\n"
        "def g(n, key): return normal(key) + n * normal(key)\n\nf = partial(g, 2)",
        2,
        1,
    ),
    "a sampler imported by name, in an object": (
        "from jax.random import normal\n\nclass Noise:\n    def __call__(self, key): return normal(key) * normal(key)\n"
        "\nf = Noise()",
        2,
        1,
    ),
    "a key of its own": ("def f(key): return jax.random.normal(jax.random.key(0)) + jax.random.normal(key)", 2, 0),
    "a branch on a draw": (
        "def f(key):\n    if jax.random.uniform(key) < 2: return jax.random.normal(key)\n    return 0.0",
        2,
        1,
    ),
    "a checkpoint": (
        "def f(key):\n    g = jax.checkpoint(lambda k: jax.random.normal(k))\n    return g(key) + g(key)",
        2,
        1,
    ),
}


@pytest.mark.parametrize("make_key", KEYS, ids=["typed", "raw"])
@pytest.mark.parametrize(("body", "count", "repeated"), LEDGER.values(), ids=LEDGER)
def test_every_key_that_a_sampler_gets_is_seen(body, count, repeated, make_key):
    seen = observe(body, make_key(1), watch="keys")
    assert (len(seen.keys), seen.repeated_keys) == (count, repeated)


@pytest.mark.parametrize("name", ["two children", "the key twice", "a vmap over children", "a scan that carries"])
def test_both_ways_to_watch_keys_see_the_same(name):
    f = ran("import jax, jax.numpy as jnp\n" + LEDGER[name][0]).namespace["f"]
    with _makers_marked(f), jax.disable_jit():
        sliced, eager = (way(f, (jax.random.key(1),), {}) for way in (_sliced, _eager))
    assert {use: rows.tolist() for use, rows in _rows(sliced).items()} == {
        use: rows.tolist() for use, rows in _rows(eager).items()
    }


@pytest.mark.parametrize("name", ["a branch on a draw", "a checkpoint"])
def test_what_cannot_be_sliced_is_watched_as_it_runs(name):
    f = ran("import jax\n" + LEDGER[name][0]).namespace["f"]
    with _makers_marked(f), jax.disable_jit(), pytest.raises(Exception):  # noqa: B017
        _sliced(f, (jax.random.key(1),), {})
    assert len(key_uses(f, (jax.random.key(1),), {})["drawn"]) == 2


def test_watching_keys_leaves_the_samplers_as_they_were():
    before = (jax.random.normal, jax.random.bits, jax.random.split, jax.random.fold_in)
    namespace = ran("from jax.random import normal\ndef f(key): return normal(key)").namespace
    probes.observe(namespace["f"], jax.random.key(0), watch="keys")
    assert (jax.random.normal, jax.random.bits, jax.random.split, jax.random.fold_in) == before
    assert namespace["normal"] is before[0]


def test_what_a_key_serves_for_and_comes_from_is_seen():
    body = "def f(key):\n    a, b = jax.random.split(key)\n    return jax.random.normal(jax.random.fold_in(a, 3))"
    uses = observe(body, key := jax.random.key(1), watch="keys").key_uses
    children = jax.random.split(key)
    data = [jax.random.key_data(one).tobytes() for one in (key, *children, jax.random.fold_in(children[0], 3))]
    assert uses == probes.KeyUses((data[3],), (data[0],), (data[1],), (data[1], data[2]), (data[3],))


def test_a_call_that_cannot_be_watched_has_no_keys():
    f = ran("count = []\ndef f(key):\n    count.append(0)\n    assert len(count) == 1\n    return key").namespace["f"]
    seen = probes.observe(f, jax.random.key(0), watch="keys")
    assert seen.keys is None
    assert seen.repeated_keys == 0


# Source, how many keys samplers get, how many of them twice. What the slice cannot see the eager run can.
UNFOLDED = {
    "a derivative of one's own": (
        "@jax.custom_vjp\ndef g(x, key): return x * jax.random.normal(key)\n\n"
        "g.defvjp(lambda x, key: (g(x, key), key), lambda key, c: (c, None))\n\n"
        "def f(key): return g(1.0, key) + g(2.0, key)",
        2,
        1,
    ),
    "a draw within the backward pass": (
        "@jax.custom_vjp\ndef g(x, key): return x * jax.random.normal(key)\n\n"
        "g.defvjp(lambda x, key: (g(x, key), key), lambda key, c: (c * jax.random.normal(key), None))\n\n"
        "def f(key): return jax.grad(g)(1.0, key)",
        2,
        1,
    ),
    "a checkpoint in a scan": (
        "def f(key):\n    def step(c, k): return c + jax.checkpoint(jax.random.normal)(k), None\n"
        "    return jax.lax.scan(step, 0.0, jax.random.split(key, 3))[0]",
        3,
        0,
    ),
    "a compiled checkpoint": (
        "g = jax.jit(jax.checkpoint(lambda k: jax.random.normal(k)))\ndef f(key): return g(key) + g(key)",
        2,
        1,
    ),
    "a while_loop that counts": (
        "def f(key):\n    def step(c): return c[0] + 1, c[1] + jax.random.normal(key)\n"
        "    return jax.lax.while_loop(lambda c: c[0] < 3, step, (0, 0.0))[1]",
        3,
        2,
    ),
    "a while_loop until a draw is large": (
        "def f(key):\n    def step(c):\n        key, sub = jax.random.split(c[0])\n"
        "        return key, jax.random.uniform(sub)\n"
        "    return jax.lax.while_loop(lambda c: c[1] < 0.7, step, (key, 0.0))[1]",
        2,
        0,
    ),
    "a fori_loop of traced length": (
        "@jax.jit\ndef f(key):\n    def step(i, s): return s + jax.random.normal(jax.random.fold_in(key, i))\n"
        "    return jax.lax.fori_loop(0, jax.random.randint(key, (), 3, 4), step, 0.0)",
        4,
        0,
    ),
    "a cond on a draw": (
        "def f(key):\n    return jax.lax.cond(jax.random.uniform(key) < 2, jax.random.normal, lambda k: 0.0, key)",
        2,
        1,
    ),
    "a switch on a draw": (
        "def f(key):\n    i = jax.random.randint(key, (), 0, 2)\n"
        "    return jax.lax.switch(i, [jax.random.normal, jax.random.uniform], key)",
        2,
        1,
    ),
}


@pytest.mark.parametrize("make_key", KEYS, ids=["typed", "raw"])
@pytest.mark.parametrize(("body", "count", "repeated"), UNFOLDED.values(), ids=UNFOLDED)
def test_what_does_not_unfold_is_watched_as_it_runs(body, count, repeated, make_key):
    key = make_key(1)
    f = ran("import jax, jax.numpy as jnp\n" + body).namespace["f"]
    with _makers_marked(f), jax.disable_jit(), pytest.raises(Exception):  # noqa: B017
        _sliced(f, (key,), {})
    seen = probes.observe(f, key, watch="keys")
    assert (len(seen.keys), seen.repeated_keys) == (count, repeated)


def test_a_cond_under_vmap_runs_both_branches_and_so_counts_both():
    body = (
        "def f(key):\n    def one(k): return jax.lax.cond(k[0] > 9, jax.random.normal, jax.random.uniform, k)\n"
        "    return jax.vmap(one)(jax.random.split(key, 3))"
    )
    assert len(observe(body, jax.random.PRNGKey(1), watch="keys").keys) == 6


def test_a_draw_in_a_checkpoint_under_grad_is_not_seen():
    body = "def f(key): return jax.grad(jax.checkpoint(lambda x, k: x * jax.random.normal(k)))(1.0, key)"
    assert observe(body, jax.random.key(1), watch="keys").keys == ()
