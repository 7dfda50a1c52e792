"""JAX's settings: which a call leaves changed, and what an answer does under one of them."""

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


def test_settings_that_a_call_leaves_changed_are_named_and_put_back(answer):
    f = answer(f"def f(x):\n    {TURN_ON}\n    jax.config.update('jax_enable_x64', True)\n    return x")
    seen = probes.observe(f, 1.0, watch="settings")
    assert seen.value == 1.0
    assert set(seen.settings) == {"jax_debug_nans", "jax_enable_x64"}
    assert not jax.config.jax_debug_nans


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
