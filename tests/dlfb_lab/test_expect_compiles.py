"""`expect_compiles`: how often an answer was compiled, and what another count shows."""

import jax.numpy as jnp
import pytest
from helpers import ran

from dlfb_lab import CheckFailed, expect_compiles, probes
from dlfb_lab._errors import CheckBug

STATIC = "@partial(jax.jit, static_argnums=1)\n"
COMPILED = {
    "once": ("@jax.jit\ndef f(x, n): return x * n", 1, ""),
    "never": ("def f(x, n): return x * n", 1, "not-compiled"),
    "in each call": ("def f(x, n): return jax.jit(lambda y: y * n)(x)", 1, "jit-made-anew"),
    "for each static value": (STATIC + "def f(x, n): return x * n", 1, "compiled-again"),
    "for each static value, and that is fine": (STATIC + "def f(x, n): return x * n", 2, ""),
}


def seen_of(body):
    answer = ran(f"import jax\nfrom functools import partial\n{body}").namespace["f"]
    return probes.observe(answer, jnp.ones(37), 2, watch="traces", again=[[jnp.ones(37), 3], [jnp.ones(37), 3]])


@pytest.mark.parametrize(("body", "most", "diagnosis"), COMPILED.values(), ids=COMPILED)
def test_a_count_of_programs_has_a_name(body, most, diagnosis):
    seen = seen_of(body)
    if not diagnosis:
        expect_compiles(seen, most)
        return
    with pytest.raises(CheckFailed) as failed:
        expect_compiles(seen, most)
    assert failed.value.finding.diagnosis == diagnosis


def test_too_many_programs_may_show_something_else():
    with pytest.raises(CheckFailed) as failed:
        expect_compiles(seen_of(COMPILED["for each static value"][0]), again="compiled-for-each-length")
    finding = failed.value.finding
    assert finding.diagnosis == "compiled-for-each-length"
    assert finding.saw == "There were 3 calls, and 2 programs were compiled; 1 at most is needed."


def test_what_was_not_watched_is_a_fault_of_the_check():
    seen = probes.observe(lambda x: x, 1.0)
    with pytest.raises(CheckBug, match=r'needs what observe\(..., watch="traces"\) saw'):
        expect_compiles(seen)
