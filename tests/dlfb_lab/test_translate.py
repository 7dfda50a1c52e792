"""Every exception that the table knows, provoked on the installed JAX, Flax and Optax, and the diagnosis it gets."""

import functools
import re
import warnings
from dataclasses import dataclass

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from flax.training.train_state import TrainState
from helpers import ran
from provoked import BEFORE, CELLS

from dlfb_lab import _translate
from dlfb_lab._errors import AnswerError
from dlfb_lab._finding import diagnoses
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._runner import Runner
from dlfb_lab._shell import MagicRefused
from dlfb_lab._translate import describe, translate
from dlfb_lab._translate_rows import ROWS

X, KEY = jnp.arange(3.0), jax.random.key(0)


@dataclass(frozen=True)
class Frozen:
    w: int = 1


class Compact(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(2)(x)


class NoCompact(nn.Module):
    def __call__(self, x):
        return nn.Dense(2)(x)


class SetsAttribute(nn.Module):
    @nn.compact
    def __call__(self, x):
        self.width = 3
        return x


class Normed(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.BatchNorm(use_running_average=False)(x)


class Method:
    @jax.jit
    def double(self, x):
        return 2 * x


ONE_TEXT = "text"


def nothing():
    return None


def jitted(run, *args, **options):
    return lambda: jax.jit(run, **options)(*args)


def assign(target):
    target[0] = 1.0


def frozen_state():
    state = TrainState.create(apply_fn=None, params={}, tx=optax.sgd(0.1))
    state.step = 3


def leak():
    kept = []
    jax.jit(lambda x: kept.append(x))(X)
    return kept[0] + 1


def reuse():
    with jax.debug_key_reuse(True):
        return jax.random.normal(KEY) + jax.random.normal(KEY)


def debug_nans():
    with jax.debug_nans(True):
        return jnp.log(-X - 1)


def donated():
    x = jnp.ones(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jax.jit(lambda x: x + 1, donate_argnums=0)(x)
    return x + 1


def donated_by_name():
    x = jnp.ones(3)
    x.delete()
    return jax.jit(lambda y: y + 1)(x)


def promotion():
    with jax.numpy_rank_promotion("raise"):
        return jnp.ones((2, 1)) + jnp.ones(2)


def read_only():
    np.asarray(X)[0] = 1.0


def deep():
    return deep()


def from_notebook(source):
    """The error that a notebook's cell meets, to be raised again."""

    def run():
        answer = DirectTransport(Host(ran(f"import jax\ndef run():\n    {source}").namespace)).answer("run")
        answer()

    return run


PROVOKED = {
    "magic-refused": [lambda: (_ for _ in ()).throw(MagicRefused("no"))],
    "key-reused": [reuse],
    "python-if-on-tracer": [jitted(lambda x: 1 if x > 0 else 2, 1.0), lambda: jax.vmap(lambda x: x and 1)(X)],
    "traced-integer": [jitted(lambda n: [0, 1][n], 1)],
    "boolean-mask-in-jit": [jitted(lambda x: x[x > 0], X)],
    "numpy-on-tracer": [jitted(lambda x: np.sin(x), X)],
    "leaked-tracer": [leak],
    "size-needed": [jitted(jnp.nonzero, X), jitted(jnp.unique, X)],
    "traced-shape": [
        lambda: jax.jit(jax.random.split)(KEY, 3),
        jitted(jnp.arange, 3),
        jitted(jnp.zeros, 3),
        jitted(lambda x, n: x[:n], X, 2),
        jitted(lambda x, n: x.reshape(n, -1), X, 3),
    ],
    "concrete-value-in-jit": [jitted(float, 1.0), jitted(lambda x: x.item(), 1.0)],
    "nested-params": [lambda: Compact().apply({"params": {"params": {}}}, X)],
    "params-not-wrapped": [lambda: Compact().apply({}, X), lambda: Compact()(X)],
    "module-setup": [
        lambda: NoCompact().init(KEY, X),
        lambda: SetsAttribute().init(KEY, X),
        lambda: Compact().apply(Compact().init(KEY, X), jnp.ones(5)),
    ],
    "dropout-rng": [lambda: nn.Dropout(0.5, deterministic=False).apply({}, X)],
    "batch-stats-frozen": [lambda: Normed().apply(Normed().init(KEY, jnp.ones((2, 3))), jnp.ones((2, 3)))],
    "frozen-state": [frozen_state, lambda: setattr(Frozen(), "w", 2)],
    "key-is-no-number": [
        lambda: KEY + 1,
        lambda: np.asarray(KEY),
        lambda: int(KEY),
        lambda: jax.random.fold_in(KEY, KEY),
    ],
    "single-key-unpacked": [from_notebook("a, b = jax.random.key(0)")],
    "many-numbers-folded-in": [lambda: jax.random.fold_in(KEY, (1, 2))],
    "list-as-index": [lambda: X[[0, 1]], lambda: X.at[[0, 1]].set(X[:2])],
    "numpy-has-no-at": [lambda: np.ones(2).at[0]],
    "map-of-value": [from_notebook("jax.vmap(jax.numpy.ones(2))(jax.numpy.ones(2))")],
    "shapes-do-not-fit": [lambda: X + jnp.ones(len(X) + 1), lambda: np.ones(3) + np.ones(4)],
    "number-as-dtype": [
        lambda: jnp.zeros(3, 4),
        lambda: jax.random.uniform(KEY, 0, 1),
    ],
    "draw-arguments": [
        lambda: jax.random.choice(KEY, X, 4),
        from_notebook("jax.random.choice(jax.random.key(0), 4, (3,), jax.numpy.ones(4) / 4)"),
        from_notebook("jax.random.categorical(jax.random.key(0), jax.numpy.zeros(4), (3, 2))"),
    ],
    "wrong-arguments": [
        lambda: jax.random.normal(KEY, size=3),
        lambda: jax.random.randint(KEY, (3,)),
    ],
    "none-as-value": [lambda: None + 1, lambda: jnp.sum(None), lambda: nothing().at[0], lambda: nothing()[0]],
    "item-assignment": [lambda: assign(X), jitted(assign, X)],
    "at-not-a-call": [
        lambda: X.at(0),
        lambda: assign(X.at),
        lambda: X.at[0].set(),
        lambda: X.at[0].sett(1),
        lambda: X.at.set(0, 1),
        lambda: X.at[0][1].set(1),
    ],
    "not-a-function": [lambda: X(0), lambda: ONE_TEXT()],
    "list-not-array": [lambda: jnp.sum([1, 2])],
    "seed-not-key": [lambda: jax.random.normal(3), lambda: jax.random.normal(jnp.ones(3))],
    "many-keys-at-once": [lambda: jax.random.normal(jax.random.split(KEY))],
    "self-in-jit": [lambda: Method().double(X)],
    "string-argument": [lambda: jax.jit(lambda x, kind: x)(X, "mean")],
    "unhashable-static": [lambda: jax.jit(lambda x, n: x, static_argnums=1)(X, [1])],
    "unknown-static-name": [lambda: jax.jit(lambda x: x, static_argnames="n")(X)],
    "traced-text": [jitted(lambda x: f"{x:.2f}", 1.0), jitted(lambda x: {x: 1}, 1.0)],
    "inconsistent-batch": [lambda: jax.vmap(jnp.add)(X, jnp.ones(4))],
    "scalar-mapped": [lambda: jax.vmap(jnp.add)(X, 1.0)],
    "in-axes-tree": [lambda: jax.vmap(lambda d: d["a"], in_axes=({"b": 0},))({"a": X})],
    "in-axes-form": [
        lambda: jax.vmap(jnp.sin, in_axes="x")(X),
        lambda: jax.vmap(jnp.add, in_axes=(0,))(X, X),
    ],
    "aux-without-has-aux": [lambda: jax.grad(lambda w: (w.sum(), w))(X)],
    "grad-of-vector": [lambda: jax.grad(lambda w: w * 2)(X)],
    "integer-grad": [lambda: jax.grad(lambda w: w * 2)(3)],
    "flat-step-grad": [lambda: jax.grad(lambda w: jnp.argmax(w))(X)],
    "has-aux-without-aux": [lambda: jax.grad(lambda w: w.sum(), has_aux=True)(X)],
    "grad-of-value": [lambda: jax.grad(jnp.sum(X))(X)],
    "grad-by-keyword": [lambda: jax.grad(lambda w: w.sum())(w=X)],
    "nan-found": [debug_nans],
    "reverse-while": [lambda: jax.grad(lambda x: jax.lax.while_loop(lambda v: v < 9, lambda v: v * 2, x))(1.0)],
    "carry-changes-type": [lambda: jax.lax.scan(lambda c, x: (c * 1.5, None), jnp.int32(0), X)],
    "scan-body-pair": [lambda: jax.lax.scan(lambda c, x: c + x, 0.0, X)],
    "unequal-branches": [lambda: jax.lax.cond(True, lambda: 1.0, lambda: 2)],
    "donated-buffer": [donated, donated_by_name],
    "truth-of-an-array": [lambda: X > 1 and X < 2, lambda: bool(np.ones(2))],
    "rank-promotion": [promotion],
    "decay-without-params": [lambda: optax.adamw(0.1).update({"w": X}, optax.adamw(0.1).init({"w": X}))],
    "read-only-array": [read_only],
    "too-many-keys-unpacked": [from_notebook("a, b = jax.random.split(jax.random.key(0), 3)")],
    "python-division-by-zero": [lambda: 1 / (1 - 1.0)],
    "out-of-memory": [
        lambda: (_ for _ in ()).throw(MemoryError()),
        lambda: (_ for _ in ()).throw(
            jax.errors.JaxRuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 9 bytes.")
        ),
    ],
    "recursion": [deep],
    "syntax-error": [lambda: compile("x = (", "<cell 1>", "exec")],
    "name-error": [lambda: nowhere],  # noqa: F821
}
# (the diagnosis that is due, what to run). A text is a cell of a notebook.
CASES = [(name, run) for cases in (PROVOKED, CELLS) for name, runs in cases.items() for run in runs]


def diagnosed(run):
    """The diagnosis of what `run` raises."""
    if isinstance(run, str):
        return of_cell(run)
    with pytest.raises(BaseException) as raised:
        run()
    error = raised.value
    return error.error.diagnosis if isinstance(error, AnswerError) else describe(error).diagnosis


def of_cell(source):
    """The diagnosis of what a cell behind `BEFORE` stops with."""
    runner = Runner()
    runner.namespace |= prepared()
    errors = runner.run(1, source)
    assert errors, f"runs to its end: {source}"
    return errors[0].diagnosis


@functools.cache
def prepared():
    runner = Runner()
    assert runner.run(1, BEFORE) == []
    return {name: value for name, value in runner.namespace.items() if not name.startswith("__")}


@functools.cache
def met(number):
    """The diagnosis of one of the cases, and the row it comes from."""
    asked = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            _translate, "translate", lambda kinds, text: asked.append((kinds, text)) or translate(kinds, text)
        )
        diagnosis = diagnosed(CASES[number][1])
    kinds, text = asked[-1]
    return diagnosis, next((row for row in ROWS if row[0] in kinds and re.search(row[1], text)), None)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, _ in CASES])
def test_the_installed_libraries_raise_what_the_table_knows(number):
    diagnosis, _ = met(number)
    assert diagnosis == CASES[number][0]


# What only the older of the supported releases says.
OLDER = {("ValueError", "deleted or donated", "donated-buffer")} if jax.__version_info__ >= (0, 11) else set()


def test_every_row_of_the_table_is_provoked():
    assert set(ROWS) - {met(number)[1] for number in range(len(CASES))} == OLDER


@pytest.mark.parametrize(
    "error",
    [ValueError("anything"), TypeError(), LookupError("x"), Exception(3)],
    ids=repr,
)
def test_an_exception_of_no_known_kind_is_told_as_it_is(error):
    described = describe(error)
    assert described.diagnosis == "raised"
    assert described.kind == type(error).__name__


@pytest.mark.parametrize("ask", [lambda: {}["params"], lambda: {}.params, lambda: [][0], lambda: Frozen()["w"]])
def test_what_a_check_asks_of_a_wrong_result_is_no_line_of_the_students(ask):
    assert diagnosed(ask) == "raised"


def test_a_type_counts_with_those_it_derives_from():
    assert translate(["MyError", "TracerBoolConversionError", "TypeError"], "") == "python-if-on-tracer"


def test_where_something_lies_in_memory_is_not_told():
    assert describe(TypeError(f"cannot trace {nothing}")).message == "cannot trace <function nothing>"


def test_an_exception_that_cannot_be_read_is_described_all_the_same():
    class Evil(Exception):
        def __str__(self):
            raise RuntimeError

    assert (describe(Evil()).kind, describe(Evil()).message) == ("Evil", "")
    assert describe(type("E" * 200, (ValueError,), {})()).builtin == "ValueError"
    assert len(describe(ValueError("x" * 9999)).message) == 2000


def test_the_line_is_the_last_of_the_students_own():
    runner = ran("import jax\n\ndef inner(x):\n    return x + {}\n", "def outer():\n    return jax.jit(inner)(1.0)")
    with pytest.raises(TypeError) as raised:
        runner.namespace["outer"]()
    line = describe(raised.value).line
    assert (line.cell, line.number, line.text) == (1, 4, "return x + {}")


def test_a_line_of_no_cell_is_not_the_students():
    with pytest.raises(ZeroDivisionError) as raised:
        1 / 0  # noqa: B018
    assert describe(raised.value).line is None


def test_every_diagnosis_of_the_table_can_be_explained():
    assert {name for _, _, name in ROWS} <= set(diagnoses())
