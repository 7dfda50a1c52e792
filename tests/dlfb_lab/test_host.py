"""The side where the answers live: what it does, what it refuses, and what it forgets."""

import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab._data import PropRef, Ref, TooMuchData
from dlfb_lab._errors import AnswerError, ErrorData
from dlfb_lab._finding import SourceLine
from dlfb_lab._host import DirectTransport, Host, pack_error, unpack_error


def test_a_name_is_looked_up_when_it_is_asked_for():
    namespace = {}
    host = Host(namespace)
    assert host.handle("lookup", ("answer",)) == ()
    namespace["answer"] = 7
    assert host.handle("lookup", ("answer",)) == (7,)
    assert host.handle("lookup", ("missing",)) == ()


def test_each_object_that_stays_gets_a_number_of_its_own():
    host = Host({"f": len, "g": max})
    (first,), (second,) = host.handle("lookup", ("f",)), host.handle("lookup", ("g",))
    assert (type(first), first.kind) == (Ref, "builtin_function_or_method")
    assert first.number != second.number
    assert host.handle("call", (first, ["abc"], {})) == 3


def test_a_prop_is_built_once_for_each_serial():
    host = Host({"same": lambda a, b: a is b})
    (same,) = host.handle("lookup", ("same",))
    one, again, other = (
        PropRef(1, "quadratic", (1.0,)),
        PropRef(1, "quadratic", (1.0,)),
        PropRef(2, "quadratic", (1.0,)),
    )
    assert host.handle("call", (same, [one, again], {})) is True
    assert host.handle("call", (same, [one, other], {})) is False


def test_after_a_reset_handles_and_props_are_gone():
    host = Host({"f": len})
    (f,) = host.handle("lookup", ("f",))
    host.handle("reset", ())
    with pytest.raises(KeyError):
        host.handle("call", (f, ["abc"], {}))


@pytest.mark.parametrize(
    ("operation", "payload"), [("eval", ("1",)), ("probe", ("no_such_probe", [], {})), ("get", (Ref(99, "x"), "y"))]
)
def test_what_it_does_not_know_it_refuses(operation, payload):
    with pytest.raises(KeyError):
        Host({}).handle(operation, payload)


def test_a_result_of_too_many_parts_is_refused():
    host = Host({"many": lambda: [0] * 30_000})
    (many,) = host.handle("lookup", ("many",))
    with pytest.raises(TooMuchData):
        host.handle("call", (many, [], {}))


def test_an_answer_cannot_change_what_the_host_gave_out():
    held = jnp.arange(3)
    host = Host({"held": held})
    (copied,) = host.handle("lookup", ("held",))
    copied.delete()
    assert held.tolist() == [0, 1, 2]


def test_the_fate_of_a_name_is_the_error_that_kept_it_from_being_bound():
    error = ErrorData("NameError", "NameError", "name 'x' is not defined", "name-error", SourceLine(2, 3, "x"))
    host = Host({}, {"lost": error})
    assert unpack_error(host.handle("fate", ("lost",))) == error
    assert host.handle("fate", ("other",)) is None


@pytest.mark.parametrize("line", [None, SourceLine(None, 3, "x = 1"), SourceLine(2, 3, "x = 1")])
def test_an_error_packed_and_unpacked_is_the_same(line):
    error = ErrorData("A", "Exception", "text", "raised", line)
    assert unpack_error(pack_error(error)) == error


@pytest.mark.parametrize(
    "packed",
    [
        None,
        3,
        [],
        ["A", "B", "C", "D"],
        ["A", "B", 3, "D", None],
        ("A", "B", "C", "D", None),
        "ABCDE",
        np.zeros(5),
        ["A", "B", "C", "D", np.zeros(3)],
        ["A", "B", "C", "D", 5],
        ["A", "B", "C", "D", [1, 2]],
        ["A", "B", "C", "D", ["1", 2, "x"]],
        ["A", "B", "C", "D", [1, True, "x"]],
        ["A", "B", "C", "D", [1, 2, None]],
    ],
)
def test_an_error_of_another_form_is_refused(packed):
    with pytest.raises(ValueError):
        unpack_error(packed)


def test_what_is_unpacked_is_cut_to_a_size_for_people():
    error = unpack_error(["K" * 999, "B" * 999, "M" * 9999, "D" * 999, [1, 2, "L" * 999]])
    assert [len(error.kind), len(error.builtin), len(error.message), len(error.diagnosis)] == [80, 80, 2000, 80]
    assert len(error.line.text) == 200


@pytest.mark.parametrize("error", [SystemExit(3), MemoryError(), GeneratorExit(), OSError(2, "gone"), BaseException()])
def test_whatever_is_raised_live_comes_as_an_error_of_the_answer(error):
    def fail():
        raise error

    transport = DirectTransport(Host({"fail": fail}))
    with pytest.raises(AnswerError) as raised:
        transport.answer("fail")()
    assert raised.value.error.kind == type(error).__name__


def test_an_interrupt_by_the_person_at_the_keyboard_is_theirs():
    def fail():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DirectTransport(Host({"fail": fail})).answer("fail")()
