"""The instruments: what each sees, and what it leaves alone."""

import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from helpers import ran

from dlfb_lab import probes


def observe(body, *args, **options):
    """What is seen of the function `f` of a notebook with this text."""
    return probes.observe(
        ran("import jax, jax.numpy as jnp\nimport numpy as np\n" + body).namespace["f"], *args, **options
    )


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


HIDDEN_AWAY = {
    "in a dictionary": "programs = {'mean': jax.jit(lambda x: x.mean())}\ndef f(x): return programs['mean'](x)",
    "in a list": "steps = [jax.jit(lambda x: x * 2)]\ndef f(x): return steps[0](x)",
    "in a closure": (
        "def make():\n    def double(x): return x * 2\n    fast = jax.jit(double)\n    def f(x): return fast(x)\n"
        "    return f\n\nf = make()"
    ),
    "in a dictionary in a closure": (
        "def make():\n    fast = {1: jax.jit(lambda x: x * 2)}\n    return lambda x: fast[1](x)\n\nf = make()"
    ),
    "in an object": (
        "class Model:\n    def __init__(self): self.fast = jax.jit(lambda x: x * 2)\n"
        "    def run(self, x): return self.fast(x)\n\nf = Model().run"
    ),
    "in a method": (
        "from functools import partial\nclass Model:\n    @partial(jax.jit, static_argnums=0)\n"
        "    def run(self, x): return x * 2\n\nf = Model().run"
    ),
    "in a partial": "from functools import partial\nf = partial(jax.jit(lambda n, x: x * n), 2.0)",
    "in an attribute": "def f(x): return f.fast(x)\n\nf.fast = jax.jit(lambda x: x * 2)",
}


@pytest.mark.parametrize("body", HIDDEN_AWAY.values(), ids=HIDDEN_AWAY)
def test_a_compiled_function_is_counted_wherever_its_author_keeps_it(body):
    f = ran("import jax\n" + body).namespace["f"]
    for _ in range(2):
        seen = probes.observe(f, ONE, watch="traces", again=[[TWO], [OTHER]])
        assert (seen.traces, seen.compiles) == (2, 2)


def test_a_function_that_ran_before_is_traced_all_the_same():
    f = ran("import jax\n@jax.jit\ndef f(x): return x * 2\n\nimport numpy\nf(numpy.ones(31))").namespace["f"]
    for _ in range(2):
        seen = probes.observe(f, ONE, watch="traces")
        assert (seen.traces, seen.compiles) == (1, 1)


# the rest


def test_what_is_not_watched_is_none():
    seen = observe("def f(x): return x + 1", 3)
    assert seen.value == 4
    unseen = (seen.key_uses, seen.traces, seen.compiles, seen.primitives, seen.leaks, seen.warnings, seen.printed)
    assert (*unseen, seen.settings) == (None,) * 8
    assert seen.calls == 1


def test_an_unknown_watch_is_named():
    with pytest.raises(
        ValueError, match=r"cannot watch colors; it knows keys, leaks, primitives, printed, settings, traces, warnings"
    ):
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


def test_warnings_are_heard_and_kept_from_the_reader():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        seen = observe("import warnings\ndef f(): warnings.warn('mind the gap')", watch="warnings")
        assert seen.warnings == ("mind the gap",)
        assert observe("def f(): return 1", watch="warnings").warnings == ()


def test_what_is_printed_is_heard_and_kept_from_the_reader(capfd):
    body = "def f(x):\n    print('x is', x)\n    print('a', 'b', sep='\\n')\n    return x"
    assert observe(body, 3, watch="printed", again=[[4]]).printed == ("x is 3", "a", "b", "x is 4", "a", "b")
    assert observe("def f(x): return x", 3, watch="printed").printed == ()
    assert capfd.readouterr().out == ""


def test_what_a_compiled_program_prints_is_heard_in_each_call():
    body = "@jax.jit\ndef f(x):\n    print('tracing')\n    jax.debug.print('x is {x}', x=x)\n    return x"
    seen = observe(body, jnp.float32(1), watch="printed", again=[[jnp.float32(2)]])
    assert seen.printed == ("tracing", "x is 1.0", "x is 2.0")


def test_of_much_print_the_beginning_is_heard():
    seen = observe("def f():\n    for _ in range(999): print('long ' * 999)", watch="printed")
    assert (len(seen.printed), len(seen.printed[0])) == (200, 200)


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
