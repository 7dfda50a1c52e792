"""`growth` and `program`: what the program of an answer is made of."""

import jax
import jax.numpy as jnp
import pytest

from dlfb_lab import probes


def growth(f, *sizes):
    return probes.growth(f, [[jnp.ones(n)] for n in sizes])


CONSTANT = {
    "an array operation": "def f(x): return (x * 2).sum()",
    "a vmap": "def f(x): return jax.vmap(lambda a: a * 2 + 1)(x)",
    "a scan": "def f(x): return jax.lax.scan(lambda c, a: (c + a, c), 0.0, x)[1]",
    "a fori_loop": "def f(x): return jax.lax.fori_loop(0, len(x), lambda i, s: s + x[i], 0.0)",
    "a while_loop": "def f(x): return jax.lax.while_loop(lambda s: s < len(x), lambda s: s + x[0], 0.0)",
    "a compiled one": "@jax.jit\ndef f(x): return jnp.sort(x)",
}
LINEAR = {
    "a loop": "def f(x):\n    s = 0.0\n    for i in range(len(x)): s = s + x[i]\n    return s",
    "a list": "def f(x): return jnp.stack([jnp.sin(a) for a in x])",
    "a compiled loop": "@jax.jit\ndef f(x): return sum(x[i] * 2 for i in range(len(x)))",
    "a loop of a compiled helper": "g = jax.jit(lambda a: a * 2)\ndef f(x): return sum(g(x[i]) for i in range(len(x)))",
    "a scan that is unrolled by hand": "def f(x):\n    for _ in x: x = jax.lax.cumsum(x)\n    return x",
}


@pytest.mark.parametrize("body", CONSTANT.values(), ids=CONSTANT)
def test_what_does_not_loop_in_python_has_a_program_of_constant_size(answer, body):
    sizes = growth(answer(body), 4, 8, 16)
    assert sizes[0] > 0
    assert sizes == [sizes[0]] * 3


@pytest.mark.parametrize("body", LINEAR.values(), ids=LINEAR)
def test_a_loop_in_python_grows_with_its_input(answer, body):
    four, eight, sixteen = growth(answer(body), 4, 8, 16)
    assert sixteen - eight == 2 * (eight - four) > 0


def test_an_associative_scan_grows_a_little(answer):
    four, eight, sixteen = growth(answer("def f(x): return jax.lax.associative_scan(jnp.add, x)"), 4, 8, 16)
    assert sixteen - eight == eight - four > 0


def test_whole_numbers_and_texts_are_no_part_of_the_program(answer):
    f = answer("def f(x, n, way):\n    for _ in range(n): x = x * 2\n    return x if way == 'as is' else -x")
    assert probes.growth(f, [[jnp.ones(2), 3, "as is"], [jnp.ones(2), 3, "negative"]]) == [3, 4]


def test_what_cannot_be_traced_has_no_program(answer):
    f = answer("def f(x): return x if x[0] > 0 else -x")
    assert growth(f, 4) is None
    assert probes.program(f, jnp.ones(4)) is None


DEAD = {
    "a dropped set": ("def f(x):\n    x.at[0].set(9.0)\n    return x * 2", ("scatter",)),
    "a dropped add in a compiled helper": (
        "@jax.jit\ndef g(x): return x.at[0].add(1.0)\n\ndef f(x):\n    g(x)\n    return x",
        ("scatter-add",),
    ),
    "a dropped set in a scan": (
        "def f(x):\n    def step(c, a):\n        c.at[0].set(a)\n        return c, a\n"
        "    return jax.lax.scan(step, x, x)[0]",
        ("scatter",),
    ),
    "a dropped set in a while_loop": (
        "def f(x):\n    def step(c):\n        c.at[0].set(9.0)\n        return c + 1\n"
        "    return jax.lax.while_loop(lambda c: c[0] < 5, step, x)",
        ("scatter",),
    ),
    "two of three writes": (
        "def f(x):\n    x.at[0].set(9.0)\n    x.at[0].add(9.0)\n    return x.at[0].multiply(9.0)",
        ("scatter", "scatter-add"),
    ),
    "a kept set": ("def f(x): return x.at[0].set(9.0)", ()),
    "a kept set in a scan": (
        "def f(x): return jax.lax.scan(lambda c, a: (c.at[0].set(a), a), x, x)[0]",
        (),
    ),
    "unused children of a key": ("def f(x):\n    jax.random.split(jax.random.key(0))\n    return x", ()),
}


@pytest.mark.parametrize(("body", "dead"), DEAD.values(), ids=DEAD)
def test_a_write_that_nobody_uses_is_dead(answer, body, dead):
    assert probes.program(answer(body), jnp.ones(3)).dead == dead


USES = {
    "both": ("def f(key, x): return x + jax.random.normal(key)", ()),
    "not the key": ("def f(key, x): return x * 2", (0,)),
    "not the key, though it is split": ("def f(key, x):\n    jax.random.split(key)\n    return x", (0,)),
    "not the key, within jit": ("@jax.jit\ndef f(key, x): return x * 2", (0,)),
    "not the key, which a scan only carries": (
        "def f(key, x):\n    def step(c, a):\n        key, s = c\n        return (jax.random.split(key)[0], s + a), s\n"
        "    return jax.lax.scan(step, (key, 0.0), x)[0][1]",
        (0,),
    ),
    "a key that a scan carries and draws from": (
        "def f(key, x):\n    def step(c, a):\n        key, s = c\n        key, sub = jax.random.split(key)\n"
        "        return (key, s + a * jax.random.normal(sub)), s\n    return jax.lax.scan(step, (key, 0.0), x)[0][1]",
        (),
    ),
    "not the key, within checkpoint": ("def f(key, x): return jax.checkpoint(lambda k, x: x * 2)(key, x)", (0,)),
    "a while_loop may use all it gets": (
        "def f(key, x): return jax.lax.while_loop(lambda c: c[1][0] < 5, lambda c: (c[0], c[1] + 1), (key, x))[1]",
        (),
    ),
    "neither": ("def f(key, x): return jnp.zeros(3)", (0, 1)),
}


@pytest.mark.parametrize(("body", "unused"), USES.values(), ids=USES)
def test_an_argument_that_reaches_no_result_is_unused(answer, body, unused):
    assert probes.program(answer(body), jax.random.key(0), jnp.ones(3)).unused == unused


def test_unused_places_are_those_among_the_leaves_of_the_arguments(answer):
    f = answer("def f(params, n, x): return params['w'] * x * n")
    assert probes.program(f, {"b": jnp.ones(2), "w": jnp.ones(2)}, 3, 1.5).unused == (0,)


def test_closed_over_arrays_are_constants(answer):
    cell = "TABLE = jnp.ones((5, 3))\nMORE = np.ones(7, np.float32)\n"
    assert probes.program(answer(cell + "def f(x): return TABLE @ x"), jnp.ones(3)).constants == ((5, 3),)
    within = answer(cell + "@jax.jit\ndef f(x): return (TABLE @ x).sum() + MORE")
    assert sorted(probes.program(within, jnp.ones(3)).constants) == [(5, 3), (7,)]
    assert probes.program(answer(cell + "def f(x): return x * 2"), jnp.ones(3)).constants == ()


def test_effects_are_named(answer):
    assert probes.program(answer("def f(x): return x"), 1.0).effects == ()
    printing = answer("@jax.jit\ndef f(x):\n    jax.debug.print('x = {}', x)\n    return x")
    assert probes.program(printing, 1.0).effects == ("debug",)
    ordered = answer("def f(x):\n    jax.debug.print('x = {}', x, ordered=True)\n    return x")
    assert probes.program(ordered, 1.0).effects == ("ordered-debug",)


def test_primitives_of_inner_programs_are_counted(answer):
    f = answer("def f(x): return jax.lax.cond(x > 0, jnp.sin, lambda x: jnp.sin(-x), x)")
    assert probes.program(f, 1.0).primitives["sin"] == 2
