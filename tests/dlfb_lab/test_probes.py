"""The instruments: what each sees, and what it leaves alone."""

import warnings

import jax
import jax.numpy as jnp
import numpy as np
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


# traces and compilations


def traces(body, *calls):
    first, *again = calls
    return observe(body, *first, watch="traces", again=again).traces


ONE, TWO, OTHER = jnp.ones(31), jnp.zeros(31), jnp.ones(32)


def test_a_compiled_function_is_traced_once_for_each_shape():
    body = "@jax.jit\ndef f(x): return x * 2"
    assert traces(body, [ONE]) == 1
    assert traces(body, [ONE], [TWO]) == 1
    assert traces(body, [ONE], [OTHER], [TWO]) == 2


def test_a_plain_function_is_never_traced():
    assert traces("def f(x): return jnp.sort(x * 2) + jnp.where(x > 0, x, 0)", [ONE], [OTHER]) == 0


def test_a_function_compiled_anew_in_each_call_is_traced_in_each():
    assert traces("def f(x): return jax.jit(lambda y: y * 2)(x)", [ONE], [TWO], [ONE]) == 3


def test_a_static_argument_is_traced_for_each_value():
    body = "from functools import partial\n@partial(jax.jit, static_argnums=1)\ndef f(x, n): return x * n"
    assert traces(body, [ONE, 1.0], [ONE, 2.0], [ONE, 1.0]) == 2


def test_a_compiled_helper_counts():
    body = "@jax.jit\ndef helper(x): return x * 2\n\ndef f(x): return helper(x)"
    assert traces(body, [ONE], [TWO]) == 1


def test_a_function_that_ran_before_is_traced_all_the_same():
    f = ran("import jax\n@jax.jit\ndef f(x): return x * 2\n\nimport numpy\nf(numpy.ones(31))").namespace["f"]
    for _ in range(2):
        seen = probes.observe(f, ONE, watch="traces")
        assert (seen.traces, seen.compiles) == (1, 1)


# the rest


def test_what_is_not_watched_is_none():
    seen = observe("def f(x): return x + 1", 3)
    assert seen.value == 4
    assert (seen.key_uses, seen.traces, seen.compiles, seen.primitives, seen.leaks, seen.warnings) == (None,) * 6


def test_an_unknown_watch_is_named():
    with pytest.raises(ValueError, match=r"cannot watch colors; it knows keys, leaks, primitives, printed, settings, traces, warnings"):
        observe("def f(): pass", watch="keys colors")


def test_inputs_come_back_as_the_call_left_them():
    x = np.zeros(3)
    assert observe("def f(x): x[0] = 9", x).inputs_after[0].tolist() == [9, 0, 0]
    assert observe("def f(x): return x + 9", np.zeros(3)).inputs_after[0].tolist() == [0, 0, 0]


def test_primitives_are_counted_inside_and_out():
    seen = observe(
        "def f(x): return jax.jit(jnp.sin)(x) + jax.lax.scan(lambda c, y: (jnp.sin(c), y), x, None, 3)[0]",
        1.0,
        watch="primitives",
    )
    assert seen.primitives["sin"] == 2
    assert seen.primitives["scan"] == 1


def test_the_size_of_a_loop_shows_in_its_primitives():
    def size(body, n):
        return sum(observe(body, jnp.ones(n), watch="primitives").primitives.values())

    assert size("def f(x): return x.sum()", 3) == size("def f(x): return x.sum()", 30)
    assert size("def f(x): return sum(x[i] for i in range(len(x)))", 3) < size(
        "def f(x): return sum(x[i] for i in range(len(x)))", 9
    )


def test_what_cannot_be_traced_has_no_primitives():
    assert observe("def f(x): return 1 if x > 0 else 2", 1.0, watch="primitives").primitives is None


def test_a_tracer_that_is_kept_is_a_leak():
    assert observe("kept = []\ndef f(x):\n    kept.append(x * 2)\n    return x", 1.0, watch="leaks").leaks is True
    assert observe("kept = []\ndef f(x):\n    kept.append(3)\n    return x * 2", 1.0, watch="leaks").leaks is False


def test_warnings_are_heard_and_kept_from_the_reader():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        seen = observe("import warnings\ndef f(): warnings.warn('mind the gap')", watch="warnings")
        assert seen.warnings == ("mind the gap",)
        assert observe("def f(): return 1", watch="warnings").warnings == ()


def test_a_call_that_raises_raises_here_too():
    with pytest.raises(ZeroDivisionError):
        observe("def f(x): return 1 / x", 0, watch="keys")


def test_a_function_runs_inside_jit():
    assert probes.jitted(lambda x, n: x * n, ONE, 2, static=(1,)).sum() == 62
    with pytest.raises(jax.errors.TracerBoolConversionError):
        probes.jitted(lambda x: 1 if x else 2, 1.0)


def test_facts_name_what_a_value_is():
    assert probes.facts(jnp.ones((2, 3))) == {
        "kind": "ArrayImpl",
        "is_jax": True,
        "shape": (2, 3),
        "dtype": "float32",
        "weak_type": False,
        "jitted": False,
    }
    assert probes.facts(np.int8(3))["dtype"] == "int8"
    assert probes.facts(jax.jit(lambda x: x))["jitted"] is True


def test_facts_ask_an_odd_object_nothing():
    class Odd:
        def __getattr__(self, name):
            raise RuntimeError(name)

    assert probes.facts(Odd()) == {"kind": "Odd", "is_jax": False, "jitted": False}


def test_fields_leave_out_what_is_missing():
    assert probes.fields(3 + 4j, "real", "nothing", "imag") == {"real": 3.0, "imag": 4.0}


def test_an_iterator_is_read_on_from_where_it_was():
    items = iter(range(5))
    assert probes.take(items, 2) == [0, 1]
    assert probes.take(items, 9) == [2, 3, 4]
    assert probes.take(items, 1) == []
