"""Handles: what a check can do with an answer that is not plain data, and what it is told if it tries anything else."""

import operator

import jax.numpy as jnp
import numpy as np
import pytest
from helpers import LoopbackTransport

from dlfb_lab import expect, probes, props
from dlfb_lab._answer import current_transport, transport_in_use
from dlfb_lab._errors import AnswerError, CheckBug, CheckFailed, NoSuchName, NotAttempted
from dlfb_lab._host import DirectTransport, Host


class Tally:
    def __init__(self, start=0):
        self.total = start

    def add(self, n=1):
        self.total += n
        return self

    def __getitem__(self, index):
        return self.total + index


NAMES = {
    "value": 3,
    "starter": None,
    "Tally": Tally,
    "same": lambda x: x,
    "kinds": lambda *args, **kwargs: [type(a).__name__ for a in [*args, *kwargs.values()]],
    "maker": lambda n: lambda x: x + n,
    "write": lambda x: x.__setitem__(0, 99),
    "fail": lambda x: {}["missing"],
}


@pytest.fixture(params=[DirectTransport, LoopbackTransport])
def transport(request):
    return request.param(Host(NAMES))


def test_a_plain_answer_comes_as_it_is(transport):
    assert transport.answer("value") == 3


def test_a_starter_is_not_attempted(transport):
    with pytest.raises(NotAttempted):
        transport.answer("starter")


def test_a_name_that_is_not_there_is_told_apart(transport):
    with pytest.raises(NoSuchName):
        transport.answer("nothing")


def test_an_answer_is_called_with_copies(transport):
    numbers = [1, 2]
    transport.answer("write")(numbers)
    array = np.zeros(2)
    transport.answer("write")(array)
    assert numbers == [1, 2]
    assert array.tolist() == [0, 0]


def test_a_function_that_comes_back_can_be_called_and_handed_back(transport):
    add_two = transport.answer("maker")(2)
    assert add_two(40) == 42
    assert transport.answer("same")(add_two)(1) == 3
    assert transport.answer("same")([add_two, {"f": add_two}])[1]["f"](1) == 3


def test_an_object_keeps_its_identity_and_state(transport):
    tally = transport.answer("Tally")(start=5)
    assert tally.get("add")(n=2).get("total") == 7
    assert tally.get("total") == 7
    assert tally[10] == 17


def test_a_handle_knows_the_name_of_its_type(transport):
    assert transport.answer("Tally")().kind == "Tally"
    assert repr(transport.answer("Tally")()) == "<a Tally>"


def test_a_prop_arrives_as_one_object_however_often_it_is_sent(transport):
    source = props.endless_source()
    with transport_in_use(transport):
        assert transport.answer("kinds")(source, again=source) == ["EndlessSource"] * 2
        assert probes.take(source, 2) == [0, 1]
        assert probes.take(source, 2) == [2, 3]
        assert probes.report(source) == {"pulls": 4}
    props.forget_props()


def test_a_check_that_sends_code_is_told_to_make_a_prop(transport):
    with pytest.raises(CheckBug, match=r"plain data, a prop or a handle, not a function\..*dlfb_lab/props"):
        transport.answer("same")(lambda: 0)


def test_an_error_of_the_answer_is_one_of_the_same_name(transport):
    with pytest.raises(KeyError) as raised:
        transport.answer("fail")(0)
    assert isinstance(raised.value, AnswerError)
    assert raised.value.error.says == "KeyError: 'missing'"


MISUSES = {
    "bool": bool,
    "len": len,
    "iter": list,
    "float": float,
    "int": int,
    "index": lambda handle: [0][handle],
    "add": lambda handle: handle + 1,
    "radd": lambda handle: 1 + handle,
    "sub": lambda handle: handle - 1,
    "mul": lambda handle: 2 * handle,
    "div": lambda handle: handle / 2,
    "less": lambda handle: handle < 1,
    "greater": lambda handle: handle >= 1,
    "neg": operator.neg,
    "abs": abs,
    "in": lambda handle: 1 in handle,
    "numpy": np.asarray,
    "jax": jnp.asarray,
}


@pytest.mark.parametrize("misuse", MISUSES.values(), ids=MISUSES)
def test_a_handle_that_is_taken_for_data_fails_the_answer_in_words(transport, misuse):
    tally = transport.answer("Tally")()
    with pytest.raises(CheckFailed, match=r"^Plain values were expected here, and this is a Tally\.$") as failed:
        misuse(tally)
    assert failed.value.finding.diagnosis == "wrong-kind"


def test_a_handle_has_no_attribute_that_would_ask_the_other_side_unseen(transport):
    tally = transport.answer("Tally")()
    assert not hasattr(tally, "total")
    assert not hasattr(tally, "shape")
    with pytest.raises(AttributeError):
        tally.total = 3


def test_a_condition_that_is_a_handle_is_a_bug_of_the_check(transport):
    with pytest.raises(CheckBug, match=r"True or False as its condition, not an Answer"):
        expect(transport.answer("Tally")(), "wrong-value", "")


def test_the_transport_in_use_is_the_innermost_and_ends_with_its_check(transport):
    other = DirectTransport(Host({}))
    with transport_in_use(transport):
        with transport_in_use(other):
            assert current_transport() is other
        assert current_transport() is transport
    assert current_transport() is None
