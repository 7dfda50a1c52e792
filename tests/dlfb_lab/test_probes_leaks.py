"""Tracers left behind: where a call can keep one, and what is no leak."""

import jax
import pytest

from dlfb_lab import probes

LEAKS = {
    "in a list": ("kept = []\ndef f(x):\n    kept.append(x * 2)\n    return x", True),
    "in a global": ("last = None\ndef f(x):\n    global last\n    last = x * 2\n    return x", True),
    "in a dictionary within a list": ("kept = [{}]\ndef f(x):\n    kept[0]['x'] = x * 2\n    return x", True),
    "in a closure": (
        "def make():\n    last = None\n    def f(x):\n        nonlocal last\n        last = x * 2\n        return x\n"
        "    return f\n\nf = make()",
        True,
    ),
    "in a default": ("def f(x, kept=[]):\n    kept.append(x * 2)\n    return x", True),
    "in an object": (
        "class Model:\n    def call(self, x):\n        self.hidden = x * 2\n        return x\n\nf = Model().call",
        True,
    ),
    "in a function under grad": (
        "last = None\ndef f(x):\n    def loss(x):\n        global last\n        last = x * 2\n        return x**2\n"
        "    return jax.grad(loss)(x)",
        True,
    ),
    "in a compiled function that ran before": (
        "kept = []\n@jax.jit\ndef f(x):\n    kept.append(x * 2)\n    return x\n\nf(1.0)\nkept.clear()",
        True,
    ),
    "out of our reach, where JAX finds it": (
        "kept = random.Random()\ndef f(x):\n    kept.last = x * 2\n    return x",
        True,
    ),
    "only in a local list": ("def f(x):\n    kept = [x * 2]\n    return kept[0]", False),
    "numbers in a list": ("kept = []\ndef f(x):\n    kept.append(3)\n    return x * 2", False),
    "an earlier leak of other code": (
        "kept = []\ndef g(x):\n    kept.append(x)\n    return x\n\njax.jit(g)(1.0)\ndef f(x): return x * len(kept)",
        False,
    ),
    "what cannot be traced": ("def f(x): return 1 if x > 0 else 2", False),
}


@pytest.mark.parametrize(("body", "leaks"), LEAKS.values(), ids=LEAKS)
def test_a_tracer_that_outlives_its_trace_is_a_leak(answer, body, leaks):
    assert probes.observe(answer(body), 1.5, watch="leaks").leaks is leaks


def test_keys_and_whole_numbers_are_no_hindrance(answer):
    body = "kept = []\ndef f(key, n):\n    kept.append(jax.random.normal(key, (n,)))\n    return kept[-1] * 2"
    assert probes.observe(answer(body), jax.random.key(0), 3, watch="leaks").leaks is True
