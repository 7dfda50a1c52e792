"""What a check expects of plain data, and what it says when that does not hold."""

import math
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dlfb_lab import (
    expect,
    expect_callable,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_finite,
    expect_key,
    expect_pair,
    expect_raises,
    expect_shape,
)
from dlfb_lab._errors import AnswerError, CheckBug, CheckFailed
from dlfb_lab._expect import show
from dlfb_lab._host import DirectTransport, Host

NAN, INF = math.nan, math.inf


class Point:
    def __init__(self):
        self.x, self.y = 1, [2.0]


def handle(value):
    """`value` as a check gets it that cannot have the object itself."""
    return DirectTransport(Host({"it": value})).answer("it")


def finding(run, *args, **kwargs):
    """The finding with which `run` fails."""
    with pytest.raises(CheckFailed) as failed:
        run(*args, **kwargs)
    return failed.value.finding


def diagnosis(run, *args, **kwargs):
    return finding(run, *args, **kwargs).diagnosis


# expect


def test_expect_lets_true_pass_and_stops_false():
    expect(True, "wrong-value", "")
    expect(np.bool_(True), "wrong-value", "")
    found = finding(expect, False, "key-reused", "Both are equal.", first=1.0, got=[2])
    assert (found.diagnosis, found.saw) == ("key-reused", "Both are equal.")
    assert found.evidence == (("first", "1.0"), ("got", "[2]"))


@pytest.mark.parametrize("condition", [1, 0, None, "", [True], np.array([True]), jnp.array(True)])
def test_expect_takes_nothing_but_true_and_false(condition):
    with pytest.raises(CheckBug, match=r"takes True or False as its condition, not "):
        expect(condition, "wrong-value", "")


# expect_close

SAME = [
    (1, 1.0),
    (True, 1),
    ([1, 2], jnp.array([1, 2])),
    ((1, 2), [1.0, 2.0]),
    ([[1], [2]], np.array([[1.0], [2.0]])),
    (jnp.float16(0.5), 0.5),
    (jnp.array([0.5], jnp.bfloat16), [0.5]),
    (-0.0, 0.0),
    (NAN, NAN),
    ([INF, -INF], [INF, -INF]),
    ([], np.zeros(0)),
    (np.zeros((0, 3)), np.zeros((0, 3))),
    (jnp.complex64(1 + 2j), 1 + 2j),
    (2**62, 2**62),
    (1.000001, 1.0),
    ([jnp.array(1.0), 2], [1, 2]),
]
OTHER = [
    ([1, 2], [1, 3], "wrong-value"),
    (1, [1], "wrong-shape"),
    ([1], 1, "wrong-shape"),
    ([[1, 1]], [1, 1], "wrong-shape"),
    ([1, 1], [[1, 1], [1, 1]], "wrong-shape"),
    ([], [1.0], "wrong-shape"),
    (np.zeros((0, 2)), np.zeros((2, 0)), "wrong-shape"),
    ([NAN, 1], [1, 1], "not-finite"),
    ([1.0, 1], [NAN, 1], "wrong-value"),
    ([INF, 1], [1, 1], "wrong-value"),
    ([INF], [-INF], "wrong-value"),
    (2**53 + 1, 2**53, "wrong-value"),
    ([2**62], [2**62 + 1], "wrong-value"),
    (1.001, 1.0, "wrong-value"),
    (jnp.complex64(1j), 1.0, "wrong-value"),
    (None, 1.0, "nothing-returned"),
    ("1", 1, "wrong-kind"),
    ({"a": 1}, 1, "wrong-kind"),
    ([1, None], [1, 2], "wrong-kind"),
    ([1, "2"], [1, 2], "wrong-kind"),
    ([[1, 2], [3]], [[1, 2], [3, 4]], "wrong-kind"),
    (jax.random.key(0), 1.0, "wrong-kind"),
    (np.array(["a"]), 1.0, "wrong-kind"),
    (handle(Point()), 1.0, "wrong-kind"),
    ([handle(Point())], [1.0], "wrong-kind"),
]


@pytest.mark.parametrize(("got", "expected"), SAME, ids=show)
def test_close_numbers_pass_whatever_holds_them(got, expected):
    assert isinstance(expect_close(got, expected), np.ndarray)


@pytest.mark.parametrize(("got", "expected", "name"), OTHER, ids=show)
def test_other_numbers_fail_with_what_is_different(got, expected, name):
    assert diagnosis(expect_close, got, expected) == name


numbers = hnp.arrays(
    np.float32, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3), elements=st.floats(-9, 9, width=32)
)


@given(numbers)
def test_every_array_is_close_to_itself_and_to_its_list(array):
    expect_close(array, array)
    if array.size or array.ndim < 2:  # the lists of an empty table do not tell its shape
        expect_close(array.tolist(), array)


@given(numbers, st.integers(0, 3))
def test_no_array_is_close_to_itself_with_one_more_axis(array, axis):
    longer = np.expand_dims(array, min(axis, array.ndim))
    assert diagnosis(expect_close, longer, array) == "wrong-shape"
    assert diagnosis(expect_close, array, longer) == "wrong-shape"


@given(numbers.filter(lambda array: array.size), st.data())
def test_one_value_that_differs_is_found_and_its_place_named(array, data):
    place = data.draw(st.integers(0, array.size - 1))
    wrong = array.copy()
    wrong.flat[place] += 1
    found = finding(expect_close, wrong, array)
    assert found.diagnosis == "wrong-value"
    index = np.unravel_index(place, array.shape)
    named = str(tuple(map(int, index))) if array.ndim > 1 else f"index {place}" if array.ndim else "another one"
    assert named in found.saw


@given(st.integers(-(2**63), 2**63 - 1), st.integers(1, 5))
def test_whole_numbers_are_compared_exactly(number, off):
    other = number - off if number > 0 else number + off
    assert diagnosis(expect_close, number, other) == "wrong-value"


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3), st.lists, max_leaves=8)
)
def test_whatever_comes_it_passes_or_fails_and_never_breaks(value):
    for expected in (1.0, [1, 2], np.zeros((2, 2))):
        try:
            expect_close(value, expected)
        except CheckFailed as failed:
            assert failed.finding.saw


def test_a_mistake_is_recognized_by_its_value_and_shape():
    mistakes = {"wrapped-around": [1, 2], "out-of-range-dropped": 7}
    assert diagnosis(expect_close, [1.0, 2.0], [3, 4], mistakes=mistakes) == "wrapped-around"
    assert diagnosis(expect_close, 7, [3, 4], mistakes=mistakes) == "out-of-range-dropped"
    assert diagnosis(expect_close, [[1.0, 2.0]], [3, 4], mistakes=mistakes) == "wrong-shape"
    assert diagnosis(expect_close, "7", [3, 4], mistakes=mistakes) == "wrong-kind"


def test_a_right_value_is_right_even_where_a_mistake_gives_the_same():
    expect_close([1.0], [1], mistakes={"dropped-result": [1]})
    expect_equal([1], [1], mistakes={"dropped-result": [1]})


def test_tolerances_are_the_checks():
    expect_close(1.1, 1.0, rtol=0.2)
    expect_close(0.1, 0.0, atol=0.2)
    assert diagnosis(expect_close, 1.1, 1.0, diagnosis="wrong-spread") == "wrong-spread"


def test_the_evidence_names_inputs_then_expected_then_got():
    found = finding(expect_close, [1, 2], [1, 3], inputs={"idx": jnp.array([0, 1]), "K": 2})
    assert found.evidence == (("idx", "[0, 1]"), ("K", "2"), ("expected", "[1, 3]"), ("got", "[1, 2]"))
    assert finding(expect_close, 1, 2, inputs="the first 3").evidence[0] == ("inputs", "the first 3")


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        ([1, 2, 3], [1, 9, 9], "2 of 3 values differ, the first at index 1."),
        ([[1, 2]], [[1, 9]], "1 of 2 values differ, the first at index (0, 1)."),
        (1, 2, "The value is another one."),
        ([1, 2], [[1, 2]], "The result has shape (2,); (1, 2) was expected."),
        ([NAN], [1.0], "The result contains NaN (not a number)."),
        (None, 1, "Numbers were expected; this is None."),
        ("1", 1, "Numbers were expected; this is a str."),
        ({}, 1, "Numbers were expected; this is a dict."),
        (handle(Point()), 1, "Numbers were expected; this is a Point."),
        (jax.random.key(0), 1, "Numbers were expected; this is a random key."),
    ],
)
def test_what_expect_close_says(got, expected, said):
    assert finding(expect_close, got, expected).saw == said


# expect_equal


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1),
        (jnp.int32(1), 1),
        (np.float64(1.0), 1.0),
        ((1, 2), [1, 2]),
        (np.array([1, 2]), [1, 2]),
        ({"x": (1,)}, {"x": [1]}),
        ("a", "a"),
        (None, None),
        (1.0, 1),
        (True, np.bool_(True)),
    ],
    ids=repr,
)
def test_equal_values_pass(got, expected):
    expect_equal(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (True, 1),
        (1, True),
        (0, False),
        ("1", 1),
        (None, 0),
        ([1], 1),
        ([1, 2], [1]),
        ({"x": 1}, {"y": 1}),
        ({"x": 1, "y": 2}, {"x": 1}),
        (NAN, NAN),
        (2**53 + 1, 2.0**53),
        (handle(Point()), 1),
        (jax.random.key(0), 0),
    ],
    ids=show,
)
def test_unequal_values_fail(got, expected):
    assert diagnosis(expect_equal, got, expected) == "wrong-value"


def test_a_mistake_is_recognized_by_its_value():
    mistakes = {"alias-is-no-copy": {"x": [1]}}
    assert diagnosis(expect_equal, {"x": (1,)}, {"x": [2]}, mistakes=mistakes) == "alias-is-no-copy"


# The others


def test_a_shape_is_expected_to_the_letter():
    assert expect_shape(jnp.zeros((2, 3)), (2, 3)).shape == (2, 3)
    assert expect_shape(1.0, ()).shape == ()
    found = finding(expect_shape, [1, 2], (2, 1))
    assert (found.diagnosis, found.saw) == ("wrong-shape", "The result has shape (2,); (2, 1) was expected.")
    assert diagnosis(expect_shape, "x", ()) == "wrong-kind"


def test_a_dtype_is_expected_by_name_or_by_kind():
    expect_dtype(jnp.zeros(2, jnp.int8), jnp.int8)
    expect_dtype(jnp.zeros(2, jnp.bfloat16), jnp.bfloat16)
    expect_dtype(jnp.float16(1), jnp.floating)
    found = finding(expect_dtype, jnp.zeros(2), jnp.int32)
    assert (found.diagnosis, found.saw) == ("wrong-dtype", "The result has dtype float32; int32 was expected.")
    assert diagnosis(expect_dtype, jnp.zeros(2), jnp.integer) == "wrong-dtype"
    assert diagnosis(expect_dtype, None, jnp.int32) == "nothing-returned"


def test_finite_numbers_are_expected():
    assert expect_finite([1.0, 2.0]).tolist() == [1.0, 2.0]
    expect_finite([])
    found = finding(expect_finite, [1.0, NAN, INF])
    assert (found.diagnosis, found.saw) == ("not-finite", "2 of 3 values are NaN or infinite.")
    assert diagnosis(expect_finite, "x") == "wrong-kind"


def test_a_pair_is_taken_apart():
    assert expect_pair((1, 2)) == (1, 2)
    assert expect_pair([1, [2]]) == (1, [2])
    assert [float(part) for part in expect_pair(jnp.arange(3.0), 3)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("got", "said"),
    [
        ((1, 2, 3), "The result is a tuple of 3; a tuple of 2 was expected."),
        ([], "The result is a list of 0; a tuple of 2 was expected."),
        (1, "The result is an int; a tuple of 2 was expected."),
        (None, "The result is None; a tuple of 2 was expected."),
        ({1: 2, 3: 4}, "The result is a dict; a tuple of 2 was expected."),
        (np.zeros(3), "The result is an ndarray; a tuple of 2 was expected."),
        (jnp.float32(3), "The result is a JAX array; a tuple of 2 was expected."),
        (handle(Point()), "The result is a Point; a tuple of 2 was expected."),
    ],
    ids=show,
)
def test_what_is_no_pair_is_named(got, said):
    found = finding(expect_pair, got)
    assert (found.diagnosis, found.saw) == ("nothing-returned" if got is None else "wrong-kind", said)


def test_fields_come_in_the_order_asked_for():
    assert expect_fields({"a": 1, "b": 2}, "b", "a") == (2, 1)
    assert expect_fields(handle(Point()), "y", "x") == ([2.0], 1)
    assert finding(expect_fields, {"a": 1}, "a", "b", "c").saw == "The result is a dict without b, c."
    assert finding(expect_fields, handle(Point()), "z").saw == "The result is a Point without z."
    assert finding(expect_fields, None, "x").saw == "The result is None without x."


def test_a_function_is_expected():
    assert expect_callable(handle(abs))(-1) == 1
    assert finding(expect_callable, 3).saw == "A function was expected; this is an int."


def test_a_key_is_expected_typed_or_raw():
    assert expect_key(jax.random.key(5)) == expect_key(jax.random.PRNGKey(5))
    assert expect_key(jax.random.key(5)) != expect_key(jax.random.key(6))
    for other in (
        "key",
        5,
        jnp.zeros(2),
        np.zeros((2, 2), np.uint32),
        handle(abs),
    ):
        found = finding(expect_key, other)
        assert found.diagnosis == "wrong-kind"
        assert found.saw.startswith("A random key was expected; this is ")


def test_an_error_is_expected():
    assert expect_raises(ZeroDivisionError, handle(lambda x: 1 / x), 0).error.kind == "ZeroDivisionError"
    assert expect_raises(ArithmeticError, handle(lambda x: 1 / x), 0)
    found = finding(expect_raises, ValueError, handle(lambda x: x), 3)
    assert found.saw == "ValueError was expected; the call returned a value."
    assert found.evidence == (("arguments", "(3,)"), ("got", "3"))
    assert diagnosis(expect_raises, ValueError, 3) == "wrong-kind"


def test_another_error_than_the_expected_one_stays_itself():
    with pytest.raises(AnswerError, match="ZeroDivisionError"):
        expect_raises(ValueError, handle(lambda x: 1 / x), 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5"),
        ("ACGT", "ACGT"),
        ([1, (2,)], "[1, (2,)]"),
        ({"a": None}, "{'a': None}"),
        (jnp.array([1.0, 2.5]), "[1. , 2.5]"),
        (jnp.zeros((9, 9)), "(float32[9, 9])"),
        (jax.random.key(1), "key [0, 1]"),
        (handle(Point()), "<a Point>"),
        ("x" * 500, "…"),
    ],
    ids=str,
)
def test_values_are_shown_short(value, text):
    shown = show(value)
    assert shown.endswith(text)
    assert len(shown) <= 400


@given(st.integers(0, 9), st.floats(allow_nan=True), st.text(max_size=600))
def test_everything_is_shown_within_its_limit(depth, number, text):
    value = [number, text, np.zeros((3, 50))]
    for _ in range(depth):
        value = [value, {"k": value}]
        value = value[:1] if depth > 5 else value
    assert len(show(value)) <= 400


def test_showing_takes_no_longer_than_what_is_shown_is_long():
    """There are answers with as many entries that NumPy would not leave out, or as many parts to cut off."""
    axes, parts = np.zeros((3,) * 15, np.int8), [np.zeros(40)] * 20_000
    started = time.process_time()
    assert show(axes).startswith("[" * 15 + "0, 0, 0],\n")
    assert show(parts) == show(parts[:100])
    assert show(dict(enumerate(parts))).startswith("{0: [0., 0.")
    assert time.process_time() - started < 2


def test_unfolding_takes_no_more_memory_than_one_array_may():
    wide = [np.zeros((9_000, 0))] * 20_000
    started = time.process_time()
    assert diagnosis(expect_equal, wide, wide) == "wrong-value"
    assert time.process_time() - started < 5
    expect_equal([np.zeros(5_000)] * 2, [np.zeros(5_000)] * 2)


def test_more_numbers_than_memory_can_hold_are_of_the_wrong_shape():
    huge = np.broadcast_to(1.0, (10**9,))
    for got in (huge, [huge], (1.0, [huge[: 2**26]])):
        assert finding(expect_finite, got).saw == "The result has more than 67,108,864 entries."
        assert diagnosis(expect_close, got, [1.0]) == "wrong-shape"


def test_a_tuple_is_no_array_of_another_shape():
    for expect_it in (lambda got: expect_close(got, [1, 2, 3]), lambda got: expect_shape(got, (3,))):
        failed = failure(lambda expect_it=expect_it: expect_it((jnp.arange(3), jnp.arange(3))))
        assert failed.finding.diagnosis == "wrong-kind"
        assert failed.finding.saw == "The result is a tuple of 2; one array of shape (3,) was expected."


def test_an_at_that_was_not_told_what_to_do_is_named():
    failed = failure(lambda: expect_close(handle(jnp.arange(3).at[0]), [1, 2, 3]))
    assert failed.finding.diagnosis == "at-not-a-call"


def test_a_text_is_shown_in_quotes_unless_it_is_a_label():
    failed = failure(lambda: expect_equal({"x": "[1, 2]"}, {"x": [1, 2]}, inputs={"b": "[1, 2] as int8"}))
    assert dict(failed.finding.evidence) == {
        "b": "[1, 2] as int8",
        "expected": "{'x': [1, 2]}",
        "got": "{'x': '[1, 2]'}",
    }
    assert dict(failure(lambda: expect_close("a", [1])).finding.evidence)["got"] == "'a'"


def failure(run):
    """The failure that `run` ends with."""
    with pytest.raises(CheckFailed) as failed:
        run()
    return failed.value


def test_many_keys_are_not_one_key():
    failed = failure(lambda: expect_key(jax.random.split(jax.random.key(0), 3)))
    assert failed.finding.saw == "One random key was expected; this is an array of keys of shape (3,)."
