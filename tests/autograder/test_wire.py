"""Plain data <-> bytes: what goes in comes out, and whatever else comes in is refused before anything is built."""

import json
import math
import time
import tracemalloc

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.wire import HEADER_LIMIT, MESSAGE_LIMIT, ProtocolError, decode, encode
from dlfb_lab._arrays import array_size
from dlfb_lab._data import DTYPE_NAMES, MAX_INT, PropRef, Ref


def packed(value):
    return b"".join(encode(value))


def message(header, rest=b""):
    """A message with this header, whatever it says."""
    text = header if type(header) is bytes else json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + rest


def refused(data, **options):
    """Why `data` is no message."""
    with pytest.raises(ProtocolError) as error:
        decode(data, **options)
    return str(error.value)


def same(left, right):
    """Equal, with equal types and dtypes all through, and NaN equal to NaN."""
    if type(left) in (list, tuple):
        return type(left) is type(right) and len(left) == len(right) and all(map(same, left, right))
    if type(left) is dict:
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, jax.Array | np.ndarray):
        kinds = isinstance(left, jax.Array) == isinstance(right, jax.Array)
        return kinds and left.dtype == right.dtype and left.shape == right.shape and raw(left) == raw(right)
    return type(left) is type(right) and (left == right or (left != left and right != right))


def raw(array):
    if isinstance(array, jax.Array) and jnp.issubdtype(array.dtype, jax.dtypes.prng_key):
        array = jax.random.key_data(array)
    return np.asarray(array).tobytes()


atoms = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT - 1) | st.floats() | st.text(max_size=20)
atoms |= st.builds(Ref, st.integers(0, MAX_INT - 1), st.text(max_size=10))
atoms |= hnp.arrays(
    st.sampled_from([np.float32, np.int8, np.bool_]), hnp.array_shapes(min_dims=0, min_side=0, max_side=3)
)
keys = st.text(max_size=5) | st.integers(-MAX_INT, MAX_INT - 1)
values = st.recursive(
    atoms,
    lambda part: (
        st.lists(part, max_size=4) | st.lists(part, max_size=4).map(tuple) | st.dictionaries(keys, part, max_size=3)
    ),
    max_leaves=12,
)


@given(values)
def test_what_goes_in_comes_out(value):
    assert same(decode(packed(value)), value)


@pytest.mark.parametrize("dtype", sorted(DTYPE_NAMES))
@pytest.mark.parametrize("shape", [(), (0,), (2, 3), (1, 0, 2)])
def test_arrays_of_every_dtype_and_shape_come_out_alike(dtype, shape):
    numbers = np.ones(shape, jnp.dtype(dtype))
    assert same(decode(packed(numbers)), numbers)
    with jax.enable_x64(True):
        on_device = jnp.asarray(numbers)
    assert same(decode(packed(on_device)), on_device)


@pytest.mark.parametrize("impl", ["threefry2x32", "rbg", "unsafe_rbg"])
def test_random_keys_come_out_as_keys_of_their_kind(impl):
    for key in (jax.random.key(7, impl=impl), jax.random.split(jax.random.key(7, impl=impl), 3)):
        got = decode(packed(key))
        assert same(got, key)
        assert jax.random.key_impl(got) == jax.random.key_impl(key)


def test_an_array_that_is_not_in_one_piece_comes_out_whole():
    numbers = np.arange(12).reshape(3, 4)[:, ::2]
    assert decode(packed(numbers)).tolist() == numbers.tolist()


def test_several_arrays_keep_their_order():
    value = {"a": np.array([1, 2], np.int8), "b": [np.array([3.0]), jnp.array([4, 5])]}
    assert same(decode(packed(value)), value)


def test_what_comes_out_can_be_written_to_and_shares_no_memory_with_the_message():
    data = bytearray(packed(np.zeros(4)))
    got = decode(data)
    data[-8:] = b"\xff" * 8
    got[0] = 1.0
    assert got.tolist() == [1, 0, 0, 0]


def test_a_truth_value_is_0_or_1_whatever_its_byte_was():
    for kind in ("numpy", "jax"):
        got = decode(message({"a": kind, "d": "bool", "s": [4]}, bytes([0, 1, 2, 200])))
        assert raw(got) == bytes([0, 1, 1, 1])
        assert int(got.sum()) == 3


def test_a_prop_passes_to_the_student_and_never_back():
    prop = PropRef(3, "spy_sgd", (0.5, "x"))
    assert decode(packed([prop]), allow_props=True) == [prop]
    assert refused(packed([prop])) == "a prop from the student's side"


def test_a_value_larger_than_a_message_may_be_is_not_sent():
    with pytest.raises(ProtocolError, match=r"a value of 65 MiB is too large to pass; the limit is 64 MiB"):
        encode(np.zeros(MESSAGE_LIMIT + 2**20, np.int8))


def test_a_long_header_is_refused_before_it_is_read_and_arrays_do_not_count():
    header = b"[" + b"[]," * HEADER_LIMIT + b"0]"
    started = time.monotonic()
    assert refused(message(header)) == "a header too long"
    assert time.monotonic() - started < 1
    assert refused(message(header), header_limit=MESSAGE_LIMIT) == "nested too deeply, or too many parts"
    array = np.zeros(2 * HEADER_LIMIT, np.int8)
    assert decode(packed(array)).nbytes == array.nbytes


def test_a_value_with_too_long_a_header_is_not_sent():
    texts = ["x" * 60_000] * 50
    with pytest.raises(ProtocolError, match="a value of 3 MiB without its arrays is too large to pass; the limit is 2"):
        encode(texts, header_limit=HEADER_LIMIT)
    assert decode(packed(texts), header_limit=MESSAGE_LIMIT) == texts


HEADERS = {
    "nothing": b"",
    "half": b"[1, 2",
    "not text": b"\xff\xfe",
    "NaN": b"[NaN]",
    "Infinity": b"-Infinity",
    "a number beyond all floats": b"1e999",
    "an int of 5000 digits": b"9" * 5000,
    "an int too large": b"9223372036854775808",
    "an int too small": b"-9223372036854775809",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "lists just too deep": b"[" * 60 + b"]" * 60,
    "deep tuples": b'{"t":[' * 60 + b"]}" * 60,
    "too many parts": json.dumps([0] * 100_001).encode(),
    "a key twice": b'{"t":[],"t":[]}',
    "no tag": b"{}",
    "another tag": b'{"z":1}',
    "a tag and more": b'{"t":[],"x":1}',
    "two tags": b'{"t":[],"m":[]}',
    "a tuple of no list": b'{"t":{"m":[]}}',
    "a dict of no pairs": b'{"m":[1]}',
    "a dict of triples": b'{"m":[[1,2,3]]}',
    "a dict key twice": b'{"m":[["a",1],["a",2]]}',
    "a dict key of a list": b'{"m":[[[],1]]}',
    "a dict key true": b'{"m":[[true,1]]}',
    "an unknown float": b'{"f":"1e5"}',
    "a float of a list": b'{"f":[]}',
    "a negative reference": b'{"r":-1,"k":"x"}',
    "a reference of true": b'{"r":true,"k":"x"}',
    "a reference of no kind": b'{"r":1,"k":2}',
    "a text too long": json.dumps("x" * 70_000).encode(),
    "an object array": b'{"a":"numpy","d":"object","s":[1]}',
    "a text array": b'{"a":"numpy","d":"<U4","s":[1]}',
    "a structured array": b'{"a":"numpy","d":"f4,f4","s":[1]}',
    "an array of no kind": b'{"a":"torch","d":"int8","s":[1]}',
    "a shape of no list": b'{"a":"numpy","d":"int8","s":4}',
    "a negative shape": b'{"a":"numpy","d":"int8","s":[-1]}',
    "a shape of floats": b'{"a":"numpy","d":"int8","s":[1.0]}',
    "a shape of true": b'{"a":"numpy","d":"int8","s":[true]}',
    "17 dimensions": b'{"a":"numpy","d":"int8","s":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}',
    "an array that is not there": b'{"a":"numpy","d":"int8","s":[4]}',
    "a huge array": b'{"a":"numpy","d":"float64","s":[281474976710655,281474976710655,1000]}',
    "a shape that overflows to zero": b'{"a":"numpy","d":"float64","s":[4294967296,4294967296]}',
    "a key of another width": b'{"a":"key","d":"threefry2x32","s":[3]}',
    "a key of no kind": b'{"a":"key","d":"mine","s":[2]}',
    "a key without a shape": b'{"a":"key","d":"threefry2x32","s":[]}',
    "a prop": b'{"p":1,"n":"spy_sgd","v":[0.1]}',
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_that_breaks_a_rule_is_refused(header):
    assert refused(message(header))


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\xff\xff\xff\xff", b"\x05\0\0\0null", (2**31).to_bytes(4, "little") + b"x"]
)
def test_a_message_shorter_than_it_says_is_refused(data):
    assert refused(data) == "the message is shorter than its header"


def test_bytes_left_over_are_refused():
    assert refused(packed(3) + b"x") == "bytes are left over after the last array"
    assert refused(packed(np.zeros(2)) + b"x") == "bytes are left over after the last array"


def test_a_lone_surrogate_comes_out_as_a_text_that_can_be_written():
    assert decode(message(b'"a\\ud800b"')) == "a?b"
    assert decode(message(b'{"m":[["\\udfff",1]]}')) == {"?": 1}
    assert decode(message(b'{"r":1,"k":"\\ud800"}')).kind.encode() == b"?"


def test_a_kind_is_cut_to_a_size_for_people():
    assert decode(message({"r": 1, "k": "K" * 999})).kind == "K" * 80


def test_a_long_text_passes_only_where_it_is_expected():
    data = packed("x" * 70_000)
    assert refused(data) == "not a text, or one too long"
    assert len(decode(data, text_limit=80_000)) == 70_000


def test_a_claim_of_much_memory_takes_none():
    data = message(b'[{"a":"numpy","d":"float64","s":[100000000]}]', b"\0" * 100)
    tracemalloc.start()
    refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_the_size_of_an_array_is_reckoned_without_overflow():
    assert array_size({"a": "numpy", "d": "float64", "s": [2**13, 2**13]}) == 8 * 2**26
    with pytest.raises(ValueError, match="too many places"):
        array_size({"a": "numpy", "d": "float64", "s": [2**32, 2**32]})


def test_an_empty_array_may_not_be_endless_along_another_axis():
    with pytest.raises(ValueError, match="too many places"):
        array_size({"a": "numpy", "d": "float64", "s": [2**23, 0]})


def test_random_keys_of_ever_new_shapes_are_refused():
    def keys(shape):
        return {"a": "key", "d": "threefry2x32", "s": [*shape, 2]}

    with pytest.raises(ValueError, match="random keys"):
        array_size(keys((3, 300, 0)))
    header = [keys((n,)) for n in range(1, 50)]
    with pytest.raises(ProtocolError, match="too many shapes"):
        decode(message(json.dumps(header).encode(), bytes(sum(8 * n for n in range(1, 50)))))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(data):
    for candidate in (data, message(data)):
        try:
            decode(candidate, allow_props=True)
        except ProtocolError:
            continue


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from("tmfadsrkpnvx"), part, max_size=4),
    max_leaves=10,
)


@given(junk, st.binary(max_size=16))
def test_any_json_is_a_value_or_refused(header, rest):
    try:
        decode(message(header, rest), allow_props=True)
    except ProtocolError:
        return


RECORDED = packed(
    [
        7,
        "call",
        {"t": (1, 2.5, math.nan)},
        Ref(3, "TrainState"),
        np.arange(6, dtype=np.int16),
        jax.random.key(1),
        "ACGT",
    ]
)


@settings(max_examples=300)
@given(st.data())
def test_a_message_changed_on_its_way_is_a_value_or_refused(data):
    changed = bytearray(RECORDED)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        match data.draw(st.sampled_from(["set", "cut", "add"])):
            case "set":
                changed[place] = data.draw(st.integers(0, 255))
            case "cut":
                del changed[place : place + data.draw(st.integers(0, 9))]
            case "add":
                changed[place:place] = data.draw(st.binary(max_size=9))
        if not changed:
            return
    try:
        decode(bytes(changed), allow_props=True)
    except ProtocolError:
        return


def test_whatever_was_decoded_can_be_encoded_again():
    value = decode(RECORDED)
    assert packed(value) == RECORDED
