"""Wrong answers of every odd shape, dtype and kind, for the comparators of checks to accept or to stumble over.

An oracle in plain Python, which shares no code with them, says what is right. What is not right is a failed check:
never accepted, never an exception of ours, which would cost no points, and never work without end.
"""

import builtins
import math
import time
import tracemalloc
import warnings
from collections import namedtuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.wire import decode, encode
from dlfb_lab import (
    expect_callable,
    expect_close,
    expect_compiles,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_finite,
    expect_fresh_keys,
    expect_key,
    expect_pair,
    expect_raises,
    expect_shape,
    probes,
)
from dlfb_lab._answer import Answer, Transport
from dlfb_lab._data import Ref
from dlfb_lab._errors import (
    AnswerError,
    AnswerLost,
    CheckBug,
    CheckFailed,
    NoSuchName,
    NotAttempted,
    TransportError,
)
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import judge
from dlfb_lab._outcome import Outcome

RTOL, ATOL = 1e-5, 1e-6
NAN, INF = math.nan, math.inf
MANY = 10**9


class Wired(DirectTransport):
    """As the grader's: what is asked and answered goes through bytes."""

    def request(self, operation, *payload):
        payload = decode(b"".join(encode(list(payload))), allow_props=True)
        return decode(b"".join(encode(super().request(operation, *payload))))


class Claims(Transport):
    """A process that answers whatever it is asked with the same thing."""

    def __init__(self, value):
        self.value = value

    def request(self, operation, *payload):
        return self.value


SIDES = (DirectTransport, Wired)


def carried(value, side):
    """`value`, as a check gets it from an answer that returns it."""
    return side(Host({"f": lambda: value})).answer("f")()


def holds(expectation, *args, **options):
    """Whether the expectation holds. Anything but that and a failed check is an error of the test."""
    try:
        expectation(*args, **options)
    except CheckFailed as failed:
        assert failed.finding.saw
        return False
    return True


# The oracle.


def table(value):
    """The shape of a table of numbers, those numbers as Python's own, and whether all are whole; None for no table."""
    if type(value) in (bool, int, float):
        return (), [value], type(value) is not float
    if isinstance(value, np.ndarray | np.generic | jax.Array) and not jnp.issubdtype(value.dtype, jax.dtypes.prng_key):
        if not (jnp.issubdtype(value.dtype, np.number) or value.dtype == np.bool_):
            return None
        convert = complex if value.dtype.kind == "c" else int if value.dtype.kind in "biu" else float
        return np.shape(value), [convert(one) for one in np.asarray(value).ravel()], convert is int
    if type(value) in (list, tuple):
        parts = [table(part) for part in value]
        if None in parts or len({part[0] for part in parts}) > 1:
            return None
        shape = parts[0][0] if parts else ()
        are_whole = bool(parts) and all(part[2] for part in parts)
        return (len(parts), *shape), [one for part in parts for one in part[1]], are_whole
    return None


def is_close(got, expected):
    got, expected = table(got), table(expected)
    if got is None or got[0] != expected[0]:
        return False
    if got[2] and expected[2]:
        return got[1] == expected[1]
    return all(map(is_near, got[1], expected[1]))


def is_near(got, expected):
    wide = complex if complex in (type(got), type(expected)) else float
    got, expected = wide(got), wide(expected)
    if got != got or expected != expected:
        return got != got and expected != expected
    if got == expected:
        return True
    return math.isfinite(abs(expected)) and abs(got - expected) <= ATOL + RTOL * abs(expected)


def is_equal(got, expected):
    got, expected = plain(got), plain(expected)
    if type(got) is not type(expected):
        return {type(got), type(expected)} == {int, float} and got == expected
    if type(got) is list:
        return len(got) == len(expected) and all(map(is_equal, got, expected))
    if type(got) is dict:
        return set(got) == set(expected) and all(is_equal(got[key], expected[key]) for key in got)
    return type(got) in (str, bool, int, float, type(None)) and got == expected


def plain(value):
    if isinstance(value, np.ndarray | np.generic | jax.Array) and table(value) is not None:
        return np.asarray(value).tolist()
    return list(value) if type(value) is tuple else value


# Numbers against numbers.

DTYPES = "bool int8 int32 int64 uint8 uint64 float16 float32 float64 complex64".split()
SMALL = "bfloat16 float8_e4m3fn float8_e5m2 int4 uint4".split()
WHOLE = [0, 1, 2, 5, 127, 2**31 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**64 - 1, -1, -128, -(2**63)]
FLOATS = [0.0, -0.0, 1.0, -1.0, 1.000001, 1.00001, 1.0001, 1e-7, 1e-5, 1e30, INF, -INF, NAN, 3.14]


@st.composite
def arrays(draw):
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        elements = st.sampled_from([one for one in WHOLE if limits.min <= one <= limits.max])
    elif dtype.kind == "b":
        elements = st.booleans()
    else:
        elements = st.sampled_from([1 + 2j, 0j, NAN, 1.0] if dtype.kind == "c" else FLOATS)
    shape = draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
    made = np.zeros(shape, dtype)
    with np.errstate(all="ignore"):
        made.flat = np.array([draw(elements) for _ in range(made.size)]).astype(dtype)
    return made


def changed(draw, array):
    """An array like `array`, perhaps not quite: what NumPy's own comparisons might take for the same."""
    ways = {
        "the same": lambda: array,
        "another dtype": lambda: array.astype(draw(st.sampled_from([*DTYPES, *SMALL]))),
        "one entry": lambda: _with_one(array, draw(st.sampled_from([0, 1, 2.5, NAN, INF, -INF, -0.0, 2**53]))),
        "one axis more": lambda: np.expand_dims(array, draw(st.integers(0, array.ndim))),
        "one axis less": lambda: array[0],
        "broadcast": lambda: np.broadcast_to(array, (draw(st.integers(0, 3)), *array.shape)),
        "first column": lambda: array[..., :1],
        "one number": lambda: array.ravel()[0],
        "nothing": lambda: array[..., :0],
        "transposed": lambda: array.T,
        "flat": lambda: array.reshape(-1),
        "backward": lambda: array[..., ::-1],
        "negative": lambda: np.negative(array),
        "all NaN": lambda: np.full(array.shape, NAN),
    }
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return np.asarray(ways[draw(st.sampled_from(list(ways)))]())
        except (IndexError, TypeError):  # such an array has no first entry, or no negative
            return array


def _with_one(array, value):
    made = array.copy()
    made.flat[0] = np.asarray(value).astype(array.dtype)
    return made


def held(draw, array):
    """`array`, in one of the ways in which a student can hold its numbers."""
    match draw(st.sampled_from(["numpy", "jax", "list", "rows"])):
        case "jax":
            with jax.enable_x64(True):
                return jnp.asarray(array)
        case "list" if array.dtype.kind in "bif":
            return array.tolist()
        case "rows" if array.ndim and array.dtype.kind in "bif":
            return tuple(array)
    return array


@pytest.mark.parametrize("side", SIDES)
@settings(deadline=None, max_examples=400)
@given(st.data())
def test_numbers_are_close_where_the_oracle_says_so(side, data):
    expected = data.draw(arrays())
    sent = held(data.draw, changed(data.draw, expected))
    got = carried(sent, side)
    assert holds(expect_close, got, expected, rtol=RTOL, atol=ATOL) == is_close(sent, expected)
    assert holds(expect_shape, got, expected.shape) == (table(sent)[0] == expected.shape)
    assert holds(expect_finite, got) == all(map(math.isfinite, map(abs, table(sent)[1])))
    assert holds(expect_equal, got, expected) == is_equal(sent, expected)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("dtype", [*DTYPES, *SMALL])
@pytest.mark.parametrize("shape", [(), (0,), (2, 2)])
def test_a_dtype_is_its_own_and_of_its_kinds(side, dtype, shape):
    got = carried(np.ones(shape, jnp.dtype(dtype)), side)
    for wanted in [*DTYPES, *SMALL]:
        assert holds(expect_dtype, got, jnp.dtype(wanted)) == (wanted == dtype)
    for kind in (jnp.integer, jnp.floating, np.complexfloating, np.number):
        assert holds(expect_dtype, got, kind) == jnp.issubdtype(jnp.dtype(dtype), kind)


atoms = st.none() | st.booleans() | st.sampled_from([*FLOATS, 0, 1, -1, 2**53 + 1, 2.0**53, "", "1", "True", "a"])
values = st.recursive(
    atoms | arrays(),
    lambda part: (
        st.lists(part, max_size=3)
        | st.lists(part, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from(["a", "b", 1]), part, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("side", SIDES)
@settings(deadline=None, max_examples=300)
@given(values, values, st.booleans())
def test_values_are_equal_where_the_oracle_says_so(side, sent, expected, copied):
    expected = sent if copied else expected
    got = carried(sent, side)
    assert holds(expect_equal, got, expected) == is_equal(sent, expected)
    if table(expected) is not None:
        assert holds(expect_close, got, np.asarray(expected), rtol=RTOL, atol=ATOL) == is_close(sent, expected)


# Everything against every comparator.


class Agrees:
    """Equal to everything, and a number if asked."""

    __hash__ = None
    __eq__ = __le__ = __ge__ = lambda self, other: True
    __array__ = lambda self, *args, **options: np.ones(3)  # noqa: E731
    __float__ = lambda self: 1.0  # noqa: E731
    shape, dtype, ndim = (3,), np.dtype("float32"), 1


def nested(value, depth):
    return value if depth == 0 else [nested(value, depth - 1)]


Point = namedtuple("Point", "x y")
ODD = {
    **{str(value): value for value in (None, True, 7, -(2**63), NAN, INF, -0.0, "1.0", "", b"1")},
    **{str(value): value for value in ([], (), {}, set(), [[]], [None] * 3, ["1", "1", "1"], {"z": 1}, {1: 2}, 1 + 0j)},
    "a ragged list": [[1.0, 1.0], [1.0]],
    "a list of lists": [[1.0], [1.0], [1.0]],
    "a deep list": nested(1.0, 30),
    "a list in itself": (lambda made: made.append(made) or made)([]),
    "a huge number": 10**400,
    "20,000 lists": [[]] * 19_999,
    "20,000 empty arrays": [np.zeros((9_000, 0))] * 19_999,
    "an array of no columns": np.ones((3, 0)),
    "an array of one row": np.ones((1, 3)),
    "an array of one column": np.ones((3, 1)),
    "an array of 16 axes": np.ones((1,) * 16),
    "a large array of 16 axes": np.ones((3,) * 15, np.int8),
    "an array of objects": np.array([1.0, 1.0, 1.0], object),
    "an array of texts": np.array(["1", "1", "1"]),
    "an array of records": np.ones(3, "f4,f4"),
    "an array of dates": np.ones(3, "datetime64[s]"),
    "a masked array": np.ma.masked_all(3),
    "a matrix": np.ones((3, 3)).view(type("Mine", (np.ndarray,), {})),
    "an array that is all NaN": np.full(3, NAN),
    "an array of other numbers": jnp.full(3, 2.0),
    "an array of int4": jnp.full(3, 2, "int4"),
    "an array of float8": jnp.full(3, 2, "float8_e4m3fn"),
    "complex numbers": np.full(3, 1 + 1j),
    "false booleans": np.zeros(3, bool),
    "one key": jax.random.key(9),
    "three keys": jax.random.split(jax.random.key(9), 3),
    "a NamedTuple": Point(1.0, 1.0),
    "a function": lambda *args: 1.0,
    "a type": float,
    "an object equal to everything": Agrees(),
    "a generator": (one for one in [1.0, 1.0, 1.0]),
    "a shape": jax.ShapeDtypeStruct((3,), jnp.float32),
}
CANNOT_PASS = {"a list in itself"}
# Each of them refuses all of `ODD`, but for what is named.
COMPARATORS = {
    "expect_close": (lambda got: expect_close(got, np.ones(3)), set()),
    "expect_close, mistakes": (lambda got: expect_close(got, np.ones(3), mistakes={"key-reused": [3, 3]}), set()),
    "expect_equal": (lambda got: expect_equal(got, [1.0, 1.0, 1.0]), set()),
    "expect_equal, mistakes": (lambda got: expect_equal(got, {"a": 1}, mistakes={"key-reused": "a"}), set()),
    "expect_shape": (lambda got: expect_shape(got, (2, 3)), set()),
    "expect_dtype": (lambda got: expect_dtype(got, jnp.bfloat16), set()),
    "expect_pair": (lambda got: expect_pair(got, 4), set()),
    "expect_fields": (lambda got: expect_fields(got, "a", "b"), set()),
    "expect_key": (expect_key, {"one key"}),
    "expect_callable": (expect_callable, set()),
    "expect_raises": (lambda got: expect_raises(OSError, got), set()),
}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_fails_every_comparator(side, odd):
    try:
        got = carried(ODD[odd], side)
    except AnswerError:  # such as for a list in itself
        assert odd in CANNOT_PASS
        return
    assert odd not in CANNOT_PASS
    started = time.process_time()
    for name, (expectation, right) in COMPARATORS.items():
        if name == "expect_callable" and type(got) is Answer:
            continue  # what a handle can do shows when it is called
        try:
            assert holds(expectation, got) == (odd in right), name
        except AnswerError:  # on calling it
            assert name == "expect_raises"
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", COMPARATORS)
@pytest.mark.parametrize("traced", [np.ones(3, np.float32), jax.random.key(9)], ids=["numbers", "key"])
def test_a_tracer_fails_every_comparator(name, traced):
    """None can come from an answer. A check that makes one itself must not be led astray."""
    ends = []
    jax.make_jaxpr(lambda one: ends.append(holds(COMPARATORS[name][0], one)))(traced)
    jax.make_jaxpr(lambda one: ends.append(holds(COMPARATORS[name][0], [one])))(traced)
    assert ends == [False, False]


# Too much of it.

HUGE = {
    "of no memory": np.broadcast_to(np.float32(1), (MANY,)),
    "of no memory, and many axes": np.broadcast_to(np.float32(1), (10,) * 9),
    "in a list": [np.broadcast_to(np.int8(1), (MANY,))],
    "many in a list": [np.broadcast_to(np.int8(1), (2**20,))] * 1000,
}


@pytest.mark.parametrize("huge", HUGE)
@pytest.mark.parametrize("name", COMPARATORS)
def test_ten_to_the_ninth_numbers_fail_before_they_take_memory(name, huge):
    assert not measured(lambda: holds(COMPARATORS[name][0], HUGE[huge]))


@pytest.mark.parametrize("huge", HUGE)
def test_an_answer_of_ten_to_the_ninth_numbers_is_refused_where_it_is(huge):
    with pytest.raises(AnswerError, match="arrays of more than 67,108,864 entries together"):
        measured(lambda: carried(HUGE[huge], DirectTransport))


def test_finite_numbers_are_not_looked_for_among_too_many():
    assert not measured(lambda: holds(expect_finite, HUGE["of no memory"]))


def measured(run):
    """What `run` returns, in little time and memory."""
    tracemalloc.start()
    started = time.process_time()
    try:
        return run()
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 80 << 20
        assert time.process_time() - started < 5


# What a hostile process says of an answer, where a probe looked at it.

LOOKS = {
    "observe": lambda it: expect_fresh_keys(probes.observe(it, 1.0, watch="keys")),
    "compiles": lambda it: expect_compiles(probes.observe(it, 1.0, watch="traces", again=[[2.0]])),
    "growth": lambda it: probes.growth(it, [[1.0], [2.0]]),
    "program": lambda it: probes.program(it, 1.0),
    "gradient": lambda it: probes.gradient(it, 1.0),
    "steepness": lambda it: probes.steepness(it, 1.0),
    "purity": lambda it: probes.purity(it, 1.0),
    "each": lambda it: probes.each(it, [[1.0]] * 4),
    "take": lambda it: probes.take(it, 4),
    "report": lambda it: probes.report(it),
    "tree": lambda it: probes.tree(it),
    "pair": lambda it: expect_pair(it, 4),
    "fields": lambda it: expect_fields(it, "a", "b"),
}
# What could be true: None of what has no program, or no counts at all.
MAKES_SENSE = {
    "None": {"growth", "program", "tree"},
    "{}": {"report", "tree"},
    "{'z': 1}": {"report", "tree"},
    "a ragged list": {"gradient"},
}
CLAIMS = {
    name: value
    for name, value in ODD.items()
    if type(value) in (type(None), bool, int, float, str, list, tuple, dict, np.ndarray) and name != "a list in itself"
} | {
    "a handle": Ref(9, "function"),
    "many numbers": np.zeros(2**24, np.int8),
    "many numbers of JAX": jnp.zeros(2**24, jnp.int8),
    "many handles": [Ref(9, "function")] * 20_000,
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_without_sense_fails_whatever_looks(claim):
    value = CLAIMS[claim]
    answer = Answer(Claims(value), Ref(1, "function"))
    for name, look in LOOKS.items():
        started = time.process_time()
        try:
            told = look(answer)
        except CheckFailed:
            pass
        else:
            assert name in MAKES_SENSE.get(claim, ()) or (name == "take" and type(value) is list), f"{name}: {told!r}"
        assert time.process_time() - started < 5, name


# A check's own body that stumbles over an odd answer.

BODIES = """\
got + 1
got[0]["x"]
1 / got
sorted(got)
sum(got)
int(got)
float(got)
len(got) + 1 / 0
{got: 1}
got()
got(1, 2)
got.shape[5]
got.get("x").y
got.no_such_attribute
" ".join(got)
np.linalg.inv(got)
np.zeros(got)[10**9]
np.stack(got).reshape(-7)
jnp.zeros(3)[got].at
jax.random.normal(got) + got
[one.x for one in got] and no_such_name
assert np.asarray(got) == 1
assert (got > 0).all()
assert got.sum() == 1e9, got
assert list(got) == 1
next(iter(got)) and next(iter([]))
range(got)
expect_close(got[1], got[2])
expect_close(*got)
expect(bool(got) and False, "wrong-value", "no")
probes.each(got, [[1], [2]])[5]
"""


@pytest.fixture(scope="module")
def stumbling(tmp_path_factory):
    """A check file of one check a line of `BODIES`."""
    head = "import jax, jax.numpy as jnp, numpy as np\nfrom dlfb_lab import expect, expect_close, probes\n\n"
    checks = [
        f"def test_it_{number}(it):\n    got = it()\n    {body}\n    raise AssertionError\n"
        for number, body in enumerate(BODIES.splitlines())
    ]
    file = tmp_path_factory.mktemp("checks") / "test_lab.py"
    file.write_text(head + "\n".join(checks), "utf-8")
    return file


@pytest.mark.parametrize("side", SIDES)
def test_a_check_that_stumbles_over_an_odd_answer_is_a_failed_check(stumbling, side):
    for odd, value in ODD.items():
        if odd in SLOW_TO_PRINT:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as the grader does
            results = judge([stumbling], ["it"], side(Host({"it": lambda value=value: value})))
        assert len(results) == len(BODIES.splitlines())
        notes = [(result.name, result.note) for result in results if result.outcome is not Outcome.FAILED]
        assert notes == [], odd


# pytest prints all of a value that a bare `assert` looked at; the checks of this course have none.
SLOW_TO_PRINT = {"20,000 lists", "20,000 empty arrays", "a large array of 16 axes"}
ERRORS = [one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, BaseException)]
ERRORS += [CheckBug, CheckFailed, NotAttempted, NoSuchName, TransportError, AnswerLost, pytest.skip.Exception]
ERRORS += [pytest.fail.Exception, pytest.exit.Exception]
OWN = {KeyboardInterrupt}  # in a kernel it is the person's at the keyboard


@pytest.mark.parametrize("side", SIDES)
def test_an_answer_that_raises_is_a_failed_check_whatever_it_raises(tmp_path, side):
    """Also what would end pytest, or is the grader's own word for a fault of its own."""

    def raising(kind):
        def it():
            raise kind.__new__(kind)

        return it

    answers = {f"it_{kind.__name__}": raising(kind) for kind in ERRORS if kind not in OWN}
    file = tmp_path / "test_lab.py"
    file.write_text("\n".join(f"def test_{name}({name}):\n    {name}()\n" for name in answers), "utf-8")
    ends = {result.name: result.outcome for result in judge([file], list(answers), side(Host(answers)))}
    assert len(ends) == len(answers)
    assert {name for name, end in ends.items() if end is not Outcome.FAILED} == {"test_it_MemoryError"}
    assert ends["test_it_MemoryError"] is Outcome.OVER_MEMORY
