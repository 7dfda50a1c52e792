"""What may pass between a check and an answer, and what stays where it is."""

import math
from collections import OrderedDict, namedtuple
from enum import IntEnum

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlfb_lab._data import MAX_DEPTH, MAX_INT, MAX_NODES, Ref, TooMuchData, copy_data, is_data, is_key, kind_of

Point = namedtuple("Point", "x y")


class Loud(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class Level(IntEnum):
    LOW = 1


class Subclass(np.ndarray):
    pass


DATA = [None, True, 0, -(2**63), 2**63 - 1, 1.5, math.inf, "", "ACGT", [], (), {}, [1, (2, {"a": [3.0]})], {1: 2}]
NOT_DATA = [
    2**63,
    Level.LOW,
    Loud(1.0),
    "x" * (64 * 1024 + 1),
    Point(1, 2),
    OrderedDict(a=1),
    {(1, 2): 3},
    {True: 3},
    {1, 2},
    b"bytes",
    1j,
    len,
    lambda: 0,
    np.array(["text"]),
    np.array([None]),
    np.zeros(2).view(Subclass),
    np.ma.masked_array([1.0], [True]),
]


def kept(value):
    """`value` copied, with the text "stays" for each part that is not data."""
    return copy_data(value, lambda part: "stays")


@pytest.mark.parametrize("value", DATA, ids=repr)
def test_plain_data_passes_unchanged(value):
    assert is_data(value)
    copied = kept(value)
    assert copied == value
    assert type(copied) is type(value)


@pytest.mark.parametrize("value", NOT_DATA, ids=lambda value: kind_of(value))
def test_what_is_not_data_stays(value):
    assert not is_data(value)
    assert kept(value) == "stays"
    assert kept([1, value]) == [1, "stays"]


def test_nan_passes():
    assert math.isnan(kept(math.nan))


def test_a_copy_shares_no_list_dict_or_array_with_the_original():
    value = {"a": [1, 2], "b": np.zeros(2)}
    copied = kept(value)
    copied["a"].append(3)
    copied["b"][0] = 9
    assert value["a"] == [1, 2]
    assert value["b"].tolist() == [0, 0]


def test_a_copied_jax_array_survives_the_deletion_of_the_original():
    value = jnp.arange(3)
    copied = kept(value)
    value.delete()
    assert copied.tolist() == [0, 1, 2]


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint32", "float16", "bfloat16", "float32", "complex64", "int4"])
def test_arrays_of_every_dtype_pass_with_it(dtype):
    for value in (jnp.zeros((2, 3), dtype), np.zeros((2, 3), jnp.dtype(dtype)), np.zeros((), jnp.dtype(dtype))[()]):
        copied = kept(value)
        assert isinstance(copied, jax.Array) == isinstance(value, jax.Array)
        assert (copied.shape, copied.dtype) == (value.shape, value.dtype)


def test_keys_pass_typed_and_raw():
    typed, raw = jax.random.key(3), jax.random.PRNGKey(3)
    assert is_key(kept(typed))
    assert not is_key(kept(raw))
    assert (jax.random.key_data(kept(typed)) == kept(raw)).all()


def test_a_tracer_is_no_data():
    seen = []
    jax.make_jaxpr(lambda x: seen.append((is_data(x), kind_of(x))))(1.0)
    assert seen == [(False, "JAX tracer")]


def test_too_deep_and_too_many_is_refused():
    deep = []
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    for value in (deep, [0] * MAX_NODES):
        assert not is_data(value)
        with pytest.raises(TooMuchData, match=r"deeper than 32 levels or of more than 20000 parts"):
            kept(value)
    assert is_data([0] * (MAX_NODES - 1))


def test_arrays_larger_than_memory_are_refused_before_they_are_copied():
    lazy = np.broadcast_to(np.int8(1), (2**26,))
    assert is_data(lazy[:9])
    for value in (np.broadcast_to(np.int8(1), (10**12,)), [lazy, np.ones(1)]):
        with pytest.raises(TooMuchData, match="arrays of more than 67,108,864 entries together"):
            kept(value)


def test_a_list_in_itself_ends():
    loop = []
    loop.append(loop)
    with pytest.raises(TooMuchData):
        kept(loop)


def test_the_name_of_a_type_is_believed_only_if_it_is_one():
    assert kind_of(Point(1, 2)) == "Point"
    assert kind_of(type("N" * 81, (), {})()) == "object"
    lying = type("Lying", (type,), {"__name__": property(lambda self: "int")})("Honest", (), {})
    assert kind_of(lying()) == "Honest"


def test_a_reference_is_data():
    assert kept([Ref(1, "TrainState")]) == [Ref(1, "TrainState")]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT - 1) | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda part: (
        st.lists(part, max_size=4) | st.tuples(part, part) | st.dictionaries(st.text(max_size=5), part, max_size=3)
    ),
    max_leaves=20,
)


@given(values)
def test_whatever_is_plain_passes_as_it_is(value):
    assert kept(value) == value
