"""JAX's settings: which a call leaves changed, and what an answer does under one of them."""

import contextlib

import jax
import jax.numpy as jnp
import pytest

from dlfb_lab import probes
from dlfb_lab.probes._settings import SETTINGS, settings_kept

TURN_ON = "jax.config.update('jax_debug_nans', True)"


@pytest.fixture(autouse=True)
def settings_as_before():
    """Every test leaves JAX's settings as they were, and says so."""
    changed = []
    with settings_kept(changed):
        yield
    assert changed == []


@contextlib.contextmanager
def left_on(setting):
    """A notebook has switched this on in a cell, and never off again."""
    jax.config.update(setting, True)
    try:
        yield
    finally:
        jax.config.update(setting, False)


def test_settings_that_a_call_leaves_changed_are_named_and_put_back(answer):
    f = answer(f"def f(x):\n    {TURN_ON}\n    jax.config.update('jax_enable_x64', True)\n    return x")
    seen = probes.observe(f, 1.0, watch="settings")
    assert seen.value == 1.0
    assert set(seen.settings) == {"jax_debug_nans", "jax_enable_x64"}
    assert not jax.config.jax_debug_nans


def test_a_setting_that_the_notebook_left_on_is_off_when_the_call_begins_and_on_again_after_it(answer):
    f = answer(f"def f(x):\n    {TURN_ON}\n    return x")
    with left_on("jax_debug_nans"):
        assert probes.observe(f, 1.0, watch="settings").settings == ("jax_debug_nans",)
        assert jax.config.jax_debug_nans


COMPILED = "@jax.jit\ndef f(x): return jax.lax.scan(lambda c, a: (c + a, c), 0.0, x)[0]"
X = jnp.ones(23)
INSIDE_JIT = {
    "traces": lambda f: probes.observe(f, X, watch="traces").traces,
    "compiles": lambda f: probes.observe(f, X, watch="traces settings").compiles,
    "growth": lambda f: probes.growth(f, [[X], [jnp.ones(46)]]),
    "program": lambda f: probes.program(f, X).primitives["scan"],
    "primitives": lambda f: probes.observe(f, X, watch="primitives").primitives["scan"],
}


@pytest.mark.parametrize("look", INSIDE_JIT.values(), ids=INSIDE_JIT)
def test_a_notebook_that_left_jit_off_is_watched_with_jit(answer, look):
    f = answer(COMPILED)
    seen = look(f)
    with left_on("jax_disable_jit"):
        assert look(f) == seen


@pytest.mark.parametrize("run", [probes.jitted, lambda f, x: probes.purity(f, x).jitted.says])
def test_an_answer_runs_inside_jit_where_a_notebook_left_jit_off(answer, run):
    f = answer("def f(x): return x if x > 0 else -x")
    with left_on("jax_disable_jit"):
        try:
            says = run(f, 1.0)
        except TypeError as error:
            says = str(error)
    assert "traced array" in says


def test_settings_changed_for_a_while_are_not(answer):
    f = answer("def f(x):\n    with jax.debug_nans(True), jax.disable_jit(): return x + 1")
    assert probes.observe(f, 1.0, watch="settings").settings == ()


def test_settings_are_put_back_after_an_error_too(answer):
    f = answer(f"def f(x):\n    {TURN_ON}\n    raise KeyError(x)")
    with pytest.raises(KeyError):
        probes.observe(f, 1.0, watch="settings")


def test_without_jit_python_runs_each_time(answer):
    f = answer("@jax.jit\ndef f(x): return 1.0 if x > 0 else 2.0")
    assert probes.under(f, 1.0, setting="no-jit") == 1.0
    with pytest.raises(TypeError):
        f(1.0)


NAN = "def f(x): return jnp.log(x)"
STOPS = {
    "nan-stops": (NAN, ArithmeticError, "def f(x): return jnp.log(-x)"),
    "rank-promotion-raises": ("def f(x): return x + jnp.ones((3, 2))", ValueError, "def f(x): return x + jnp.ones(2)"),
    "no-tracing": ("def f(x): return jax.jit(lambda y: y * 2)(x)", RuntimeError, "@jax.jit\ndef f(x): return x * 2"),
    "transfer-guard": (
        "table = np.ones(2)\ndef f(x): return x + table",
        Exception,
        "table = jnp.ones(2)\ndef f(x): return x + table",
    ),
}


@pytest.mark.parametrize("setting", STOPS)
def test_a_setting_stops_what_it_forbids_and_nothing_else(answer, setting):
    stopped, error, passes = STOPS[setting]
    x = -jnp.ones(2)
    with pytest.raises(error):
        probes.under(answer(stopped), x, setting=setting)
    assert jnp.shape(answer(stopped)(x))[-1] == 2  # without, it runs
    assert jnp.shape(probes.under(answer(passes), x, setting=setting)) == (2,)


def test_every_setting_is_tried():
    assert SETTINGS.keys() == {*STOPS, "no-jit"}


def test_what_an_answer_sets_itself_is_put_back_as_well(answer):
    assert probes.under(answer(f"def f(x):\n    {TURN_ON}\n    return x"), 1.0, setting="no-jit") == 1.0


def test_a_setting_that_there_is_not_is_named(answer):
    with pytest.raises(ValueError, match="under knows no setting 'fast'; it knows nan-stops, no-jit"):
        probes.under(answer(NAN), 1.0, setting="fast")


def test_the_settings_watched_are_those_that_jax_knows():
    known = [name for name in jax.config.values if hasattr(jax.config, name)]
    assert {"jax_disable_jit", "jax_debug_nans", "jax_enable_x64", "jax_numpy_rank_promotion"} <= set(known)
