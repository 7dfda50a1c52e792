"""Probes on answers that live elsewhere: the same is seen in the sandbox, and a made-up observation fails the check."""

import os

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from helpers import ran

from dlfb_lab import CheckFailed, probes
from dlfb_lab._answer import Transport, transport_in_use
from dlfb_lab._data import Ref

CELL = """
import jax
import jax.numpy as jnp

counts = [0]


def noisy(key, x):
    counts[0] += 1
    x.at[0].set(9.0)
    jax.debug.print("x = {}", x[0])
    return x * jax.random.normal(key)


def loss(x):
    return jnp.sum(x**3)


def restless(x):
    jax.config.update("jax_debug_nans", True)
    return x


class Model:
    def apply(self, params, x):
        return {"Dense_0": {"kernel": params * x}}


model = Model()
"""
X = jnp.array([1.0, 2.0])
INSTRUMENTS = {
    "mapped": ("loss", lambda f: probes.mapped(f, jnp.stack([X, X])).tolist()),
    "gradient": ("loss", lambda f: probes.gradient(f, X).slope.tolist()),
    "steepness": ("loss", lambda f: probes.steepness(f, X)),
    "growth": ("loss", lambda f: probes.growth(f, [[X], [X]])),
    "program": ("noisy", lambda f: probes.program(f, jax.random.key(0), X)),
    "tree": ("model", lambda m: list(probes.tree(probes.pull(m, "apply", X, X)))),
    "purity": ("noisy", lambda f: probes.purity(f, jax.random.key(0), X).changed),
    "under": ("loss", lambda f: float(probes.under(f, X, setting="no-jit"))),
    "printed": ("noisy", lambda f: probes.observe(f, jax.random.key(0), X, watch="printed", again=[]).printed),
    "settings": ("restless", lambda f: probes.observe(f, X, watch="settings").settings),
    "leaks": ("loss", lambda f: probes.observe(f, X, watch="leaks").leaks),
    "keys": ("noisy", lambda f: probes.observe(f, jax.random.key(0), X, watch="keys").keys),
    "traces": ("loss", lambda f: probes.observe(f, X, watch="traces primitives warnings").primitives),
}


@pytest.fixture(scope="module")
def child(zygote):
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    from autograder.sandbox.limits import Limits
    from autograder.session import Session

    with Session(zygote, [CELL], Limits()) as session:
        yield session


@pytest.fixture(scope="module")
def here():
    return ran(CELL).namespace


@pytest.mark.parametrize(("name", "look"), INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_in_the_sandbox_the_same_is_seen_as_here(child, here, name, look):
    with transport_in_use(child):
        seen = look(child.answer(name))
    assert seen == look(here[name])
    assert seen is not None


@pytest.mark.parametrize(("name", "look"), INSTRUMENTS.values(), ids=INSTRUMENTS)
def test_a_notebook_that_puts_other_functions_in_the_place_of_jaxs_changes_nothing(here, name, look, monkeypatch):
    seen = look(here[name])
    for tool in ("jit", "vmap", "grad", "value_and_grad", "make_jaxpr", "disable_jit", "checking_leaks"):
        monkeypatch.setattr(jax, tool, None)
    assert look(here[name]) == seen


class Forger(Transport):
    """A student's process that says the same to every question."""

    def __init__(self, says):
        self.says = says

    def request(self, operation, *payload):
        return (Ref(1, "function"),) if operation == "lookup" else self.says


QUESTIONS = {
    "gradient": lambda f: probes.gradient(f, X),
    "steepness": lambda f: probes.steepness(f, X),
    "growth": lambda f: probes.growth(f, [[X]]),
    "program": lambda f: probes.program(f, X),
    "tree": probes.tree,
    "purity": lambda f: probes.purity(f, X),
    "observe": lambda f: probes.observe(f, X),
    "each": lambda f: probes.each(f, [[X]]),
}
PROGRAM = {"primitives": {}, "dead": [], "unused": [], "constants": [], "effects": []}
PURITY = {"first": 1, "second": 1, "jitted": [1], "unjitted": [1], "changed": []}
FORGED = {
    "a text": "passed",
    "an object": Ref(2, "Seen"),
    "an array": np.ones(2),
    "true": True,
    "a list with too much": [1.0, 2.0, 3.0],
    "other parts": {"value": 1, 2: 3},
}
FORGED_FOR = {
    "steepness": [[1, 1], [np.float32(1), np.float32(1)], [1.0, None]],
    "growth": [[True], [[1]], [-1.5], []],
    "program": [
        PROGRAM | {"primitives": {"add": "1"}},
        PROGRAM | {"primitives": None},
        PROGRAM | {"dead": "scatter"},
        PROGRAM | {"unused": [0.0]},
        PROGRAM | {"constants": [[2, 3]]},
        PROGRAM | {"effects": [Ref(3, "str")]},
        PROGRAM | {"unused": [0] * 201},
        PROGRAM | {"more": 1},
    ],
    "purity": [
        PURITY | {"jitted": 1},
        PURITY | {"jitted": ["it", "broke", "down"]},
        PURITY | {"unjitted": [1, 2]},
        PURITY | {"changed": [1]},
    ],
}


@pytest.mark.parametrize("probe", QUESTIONS)
@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
def test_an_observation_without_sense_fails_the_check(probe, said):
    forger = Forger(said)
    with transport_in_use(forger), pytest.raises(CheckFailed) as failed:
        QUESTIONS[probe](forger.answer("f"))
    assert failed.value.finding.diagnosis == "wrong-kind"
    assert failed.value.finding.saw.endswith(".")


@pytest.mark.parametrize(("probe", "said"), [(probe, said) for probe, says in FORGED_FOR.items() for said in says])
def test_a_part_without_sense_fails_the_check(probe, said):
    forger = Forger(said)
    with transport_in_use(forger), pytest.raises(CheckFailed) as failed:
        QUESTIONS[probe](forger.answer("f"))
    assert failed.value.finding.diagnosis == "wrong-kind"


@pytest.mark.parametrize(("probe", "said"), [("program", PROGRAM), ("purity", PURITY), ("growth", [3]), ("tree", {})])
def test_one_with_sense_does_not(probe, said):
    forger = Forger(said)
    with transport_in_use(forger):
        QUESTIONS[probe](forger.answer("f"))
