"""Real messages between the grader and a notebook's process, recorded and then damaged in every way we could think of.

Only `ProtocolError` or a value comes out of a damaged message, soon and in little memory. In a whole session it is the
end of the process that sent it, for the student `crashed`: never a fault of ours, which would cost no points.
"""

import json
import os
import time
import tracemalloc

import numpy as np
import pytest
from arena import HASTY, LIMITS, outcome, points
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from threat import OTHER, RIGHT

from autograder.sandbox.channel import Channel, ChannelClosed
from autograder.sandbox.launch import Exit
from autograder.sandbox.wire import HEADER_LIMIT, MESSAGE_LIMIT, ProtocolError, decode, encode
from autograder.session import Session
from dlfb_lab._outcome import Outcome

SLOW = 2.0  # of processor time: the machine may be busy with other things
UNHURRIED = settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def traffic(ground):
    """What the reference answers' process said while it was graded, and what it was asked: messages, in order."""
    kit = ground.grader()._kit(ground.course.labs[0])
    source = kit.lab.source.read_text("utf-8")
    said, asked = [], []
    with pytest.MonkeyPatch.context() as patched:
        _listen(patched, said, asked)
        with Session(ground.zygote, [source], LIMITS, ground.grader()._cache(kit)) as session:
            results = kit.judge(session)
    assert {result.outcome for result in results} == {Outcome.PASSED}
    del said[0]  # a greeting, before the child is locked in; not of this protocol
    return said, asked


def _listen(patched, said, asked):
    receive, send = Channel.receive, Channel.send

    def received(self, *args, **options):
        message = receive(self, *args, **options)
        said.append(bytes(message))
        return message

    def sent(self, *buffers, **options):
        asked.append(b"".join(buffers))
        send(self, *buffers, **options)

    patched.setattr(Channel, "receive", received)
    patched.setattr(Channel, "send", sent)


def packed(value):
    return b"".join(encode(value))


def message(header, rest=b""):
    text = header if type(header) is bytes else json.dumps(header).encode()
    return len(text).to_bytes(4, "little") + text + rest


def test_what_was_recorded_is_the_real_thing(traffic):
    said, asked = traffic
    assert len(said) >= len(asked) > 100
    assert all(packed(decode(one)) == one for one in said)
    assert all(packed(_asked(one)) == one for one in asked)
    words = b"".join(said + asked)
    assert all(word in words for word in (b'"a":"jax"', b'"a":"numpy"', b'"r":', b'"m":', b'"t":', b'"at"', b'"probe"'))


# Ways to damage a message. Each takes what draws, a message, and another one of the same traffic.


def flipped(draw, data, _):
    """Some bits of it are others."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(changed) - 1))
        changed[place] ^= 1 << draw(st.integers(0, 7))
    return bytes(changed)


def cut(draw, data, _):
    """It ends too early."""
    return data[: draw(st.integers(0, len(data) - 1))]


def holed(draw, data, _):
    """A piece of it is missing."""
    start = draw(st.integers(0, len(data) - 1))
    return data[:start] + data[start + draw(st.integers(1, 16)) :]


def filled(draw, data, _):
    """There is something in it that was not."""
    place = draw(st.integers(0, len(data)))
    return data[:place] + draw(st.binary(min_size=1, max_size=16)) + data[place:]


def spliced(draw, data, other):
    """It goes on as another one."""
    return data[: draw(st.integers(0, len(data)))] + other[draw(st.integers(0, len(other))) :]


def misjudged(draw, data, other):
    """The length of the header is another one, or that of another message."""
    length = draw(st.integers(0, 2**32 - 1) | st.integers(0, len(data)))
    return draw(st.sampled_from([other[:4], length.to_bytes(4, "little")])) + data[4:]


def crossed(draw, data, other):
    """The header of one message with the arrays of another."""
    return message(_split(data)[0], _split(other)[1])


def swapped(draw, data, other):
    """Two parts of its header have changed places, or one is from another message."""
    header, rest = json.loads(_split(data)[0]), _split(data)[1]
    one, two = (draw(st.sampled_from(list(_places(header)))) for _ in range(2))
    parts = _at(header, one), _at(draw(st.sampled_from([header, json.loads(_split(other)[0])])), two, None)
    header = _with(header, one, parts[1])
    return message(_with(header, two, parts[0]), rest)


def replaced(draw, data, _):
    """A part of its header is something that has no place there."""
    header, rest = json.loads(_split(data)[0]), _split(data)[1]
    place = draw(st.sampled_from(list(_places(header))))
    marked = json.dumps(_with(header, place, "\0mark")).encode()
    return message(marked.replace(b'"\\u0000mark"', draw(st.sampled_from(MISFITS))), rest)


MISFITS = [
    *(b"NaN", b"-Infinity", b"1e999", b"-1e999", b"1e-999", b"9" * 5000, b"9223372036854775808", b"-1", b"1.0"),
    *(b"true", b"null", b'""', b'"\\ud800"', b"[]", b"{}", b"[[[[[]]]]]", b"[" * 60 + b"]" * 60, b"[" * 99_999),
    *(b'{"t":[]}', b'{"m":[]}', b'{"m":{"ab":1}}', b'{"f":"nan"}', b'{"f":[]}', b'{"r":7,"k":"x"}', b'{"t":[],"t":[]}'),
    *(b'{"a":"numpy","d":"%s","s":[%s]}' % part for part in ((b"O", b"1"), (b"int8", b"0"), (b"int8", b"1000000000"))),
    *(b'{"a":"%s","d":"float64","s":[4294967296,4294967296]}' % kind for kind in (b"jax", b"numpy")),
    *(b'{"a":"key","d":"%s","s":[1,2]}' % kind for kind in (b"threefry2x32", b"rbg")),
    b'{"p":1,"n":"spy_sgd","v":[0.1]}',
]
WAYS = (flipped, cut, holed, filled, spliced, misjudged, crossed, swapped, replaced)


def _split(data):
    """A message's header and its arrays."""
    length = int.from_bytes(data[:4], "little")
    return data[4 : 4 + length], data[4 + length :]


def _places(header, path=()):
    """The way to every part of a header."""
    yield path
    inner = enumerate(header) if type(header) is list else header.items() if type(header) is dict else ()
    for step, part in inner:
        yield from _places(part, (*path, step))


def _at(header, path, *default):
    try:
        for step in path:
            header = header[step]
    except (LookupError, TypeError):
        return default[0]
    return header


def _with(header, path, part):
    """`header` with `part` there; as it is where there is no such place any more."""
    if not path:
        return part
    inner = _at(header, path[:1], None)
    if inner is None or type(header) not in (list, dict):
        return header
    changed = header.copy()
    changed[path[0]] = _with(inner, path[1:], part)
    return changed


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("side", ["said", "asked"])
def test_a_damaged_message_is_refused_or_is_a_value(traffic, side, way):
    recorded = traffic[side == "asked"]

    @UNHURRIED
    @given(st.data())
    def try_it(data):
        one, other = (data.draw(st.sampled_from(recorded)) for _ in range(2))
        damaged = way(data.draw, one, other)
        started = time.process_time()
        try:
            value = decode(damaged, allow_props=side == "asked")
        except ProtocolError:
            value = None
        again = packed(value)
        assert packed(decode(again, allow_props=side == "asked")) == again
        assert time.process_time() - started < SLOW

    try_it()


BOMBS = {
    "lists": b"[" + b"[]," * (HEADER_LIMIT // 3 - 1) + b"0]",
    "dicts": b"[" + b'{"":0},' * (HEADER_LIMIT // 7 - 1) + b"0]",
    "floats": b"[" + b"1.5," * (HEADER_LIMIT // 4 - 1) + b"0]",
    "floats beyond all floats": b"[" + b"1e999," * (HEADER_LIMIT // 6 - 1) + b"0]",
    "a float of a million digits": b"0." + b"1" * (HEADER_LIMIT - 2),
    "a whole number of a million digits": b"1" * HEADER_LIMIT,
    "whole numbers of thousands of digits": b"[" + (b"1" * 4300 + b",") * (HEADER_LIMIT // 4302) + b"0]",
    "a text": b'"' + b"x" * (HEADER_LIMIT - 2) + b'"',
    "a text of escapes": b'"' + b"\\ud83d\\ude00" * (HEADER_LIMIT // 12 - 1) + b'"',
    "depth": b"[" * HEADER_LIMIT,
    "keys of one dict": b'{"m":[' + b'["k",0],' * (HEADER_LIMIT // 8 - 2) + b'["k",0]]}',
    "empty arrays": b"[" + b'{"a":"jax","d":"int8","s":[65536,0]},' * (HEADER_LIMIT // 37 - 1) + b"0]",
    "places of one array": b'{"a":"numpy","d":"int8","s":[' + b"1," * (HEADER_LIMIT // 2 - 30) + b"1]}",
    "ten to the ninth numbers": b'{"a":"jax","d":"float64","s":[1000000000]}',
    "ten to the ninth keys": b'{"a":"key","d":"threefry2x32","s":[1000000000,2]}',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_little_time_and_memory(bomb):
    data = message(BOMBS[bomb], bytes(64))
    tracemalloc.start()
    started = time.process_time()
    try:
        with pytest.raises(ProtocolError):
            decode(data)
        assert tracemalloc.get_traced_memory()[1] < 60 * HEADER_LIMIT
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 5 * SLOW  # tracing memory takes most of it


# A whole session, with a process that says what was recorded, until it says something else.


class Player:
    """A sandbox whose first child says `said`, in order, whatever it is asked. The next ones know no name."""

    level = "L2"
    pid = os.getpid()

    def __init__(self, said=None):
        self.said = said
        self.channel = self

    def spawn(self, *args, **options):
        said, self.said = self.said, None
        return Player(None if said is None else iter(said))

    def send(self, *buffers, deadline):
        self.number, self.operation, *_ = _asked(b"".join(buffers))

    def receive(self, limit, deadline):
        if self.said is None:
            return packed([self.number, "ok", {"cell": [], "lookup": ()}.get(self.operation)])
        for one in self.said:
            return bytearray(one)
        raise ChannelClosed("it is dead")

    def wait(self, deadline=None):
        return Exit(None, 11)

    kill = wait


def played(ground, said):
    kit = ground.grader()._kit(ground.course.labs[0])
    with Session(Player(said), [""], LIMITS) as session:
        ends = {result.outcome for result in kit.judge(session)}
    return ends, [error.error.diagnosis for error in session.cell_errors]


def test_the_recorded_session_played_back_passes(ground, traffic):
    assert played(ground, traffic[0]) == ({Outcome.PASSED}, [])


def test_a_damaged_reply_in_a_session_crashes_and_is_no_fault_of_ours(ground, traffic):
    said, asked = traffic
    questions = {number: operation for number, operation, *_ in map(_asked, asked)}

    @settings(UNHURRIED, max_examples=60, phases=[Phase.generate])
    @given(st.data())
    def try_it(data):
        place = data.draw(st.integers(0, len(said) - 1))
        damaged = data.draw(st.sampled_from(WAYS))(data.draw, said[place], data.draw(st.sampled_from(said)))
        ends, of_cells = played(ground, [*said[:place], damaged, *said[place + 1 :]])
        assert Outcome.GRADER_ERROR not in ends
        try:
            decode(damaged)
        except ProtocolError:
            operation = questions[decode(said[place])[0]]
            assert ends <= {Outcome.PASSED, Outcome.CRASHED, Outcome.NOT_ATTEMPTED}
            # A new process is no loss where nothing was asked that counts.
            assert (Outcome.CRASHED in ends) == (operation not in ("cell", "reset"))
            assert of_cells == (["crashed"] if operation == "cell" else [])

    try_it()


def _asked(data):
    return decode(data, allow_props=True, text_limit=MESSAGE_LIMIT)


@pytest.mark.parametrize("way", ["cut", "NaN", "1e999", "ten to the ninth numbers"])
def test_a_damaged_reply_of_a_real_process_costs_that_task_and_no_other(arena, monkeypatch, way):
    """The pipe is real, and so is what comes over it but for the first array that an answer returns."""
    receive, done = Channel.receive, []

    def spoiled(self, *args, **options):
        data = receive(self, *args, **options)
        header, rest = _split(bytes(data))
        if done or rest != np.array([1, 1, 1, 1, 0], np.int32).tobytes():
            return data
        done.append(way)
        spoils = {
            "cut": bytes(data[:-1]),
            "NaN": message(header.replace(b'"ok",', b'"ok",[NaN,') + b"]", rest),
            "1e999": message(header.replace(b"[5]", b"[1e999]"), rest),
            "ten to the ninth numbers": message(header.replace(b"[5]", b"[1000000000]"), rest),
        }
        return bytearray(spoils[way])

    monkeypatch.setattr(Channel, "receive", spoiled)
    report = arena.grade(RIGHT, OTHER)
    monkeypatch.undo()
    assert done
    assert (outcome(report), points(report)) == (Outcome.CRASHED, 0)
    assert outcome(report, "set_first") is Outcome.PASSED
    assert report.faults == ()


# What hostile code in the process itself can write: `say` bytes, and the `number` of the question that waits.
PIPE = """\
import gc, json, os, sys, time
(channel,) = [one for one in gc.get_objects() if type(one).__name__ == "Channel"]

def say(data):
    channel._write([memoryview(data)], None)

def frame(header, rest=b"", more=0):
    body = len(header).to_bytes(4, "little") + header + rest
    return (len(body) + more).to_bytes(8, "little") + body

def number():
    place = sys._getframe(1)
    while place.f_code.co_name != "answer":
        place = place.f_back
    return place.f_locals["number"]

def reply(kind, value, rest=b""):
    say(frame(json.dumps([number(), kind, value]).encode(), rest))
"""
HOSTILE = {
    "a byte now and then": ("for byte in frame(bytes(99)): say(bytes([byte])); time.sleep(0.1)", Outcome.TIMED_OUT),
    "half a frame, then silence": ("say(frame(b'[1, ', more=99)); time.sleep(99)", Outcome.TIMED_OUT),
    "half a frame, then death": ("say(frame(b'[1, ', more=99)); os._exit(0)", Outcome.CRASHED),
    "a frame of a petabyte": ("say((10**15).to_bytes(8, 'little')); time.sleep(99)", Outcome.CRASHED),
    "a frame of 64 MiB that never comes": ("say((1 << 26).to_bytes(8, 'little')); time.sleep(99)", Outcome.TIMED_OUT),
    "a flood of empty frames": ("while True: say(bytes(8))", Outcome.CRASHED),
    "a flood of progress": ("while True: reply('at', [2**40, 1])", Outcome.TIMED_OUT),
    "64 MiB of lists": ("say(frame(b'[' + b'[],' * (1 << 24))); time.sleep(99)", Outcome.CRASHED),
    "64 MiB of zeros": ("say(frame(b'', bytes((1 << 26) - 4))); time.sleep(99)", Outcome.CRASHED),
}


@pytest.mark.parametrize("way", HOSTILE)
def test_what_hostile_code_writes_to_the_pipe_costs_its_task_in_time(arena, way):
    body, expected = HOSTILE[way]
    report = arena.grade(PIPE, f"def kmer_counts(idx, K):\n    {body}", OTHER, limits=HASTY)
    assert report.cells == ()
    assert (outcome(report), points(report)) == (expected, 0)
    assert outcome(report, "set_first") is Outcome.PASSED
    assert report.faults == ()


@pytest.mark.parametrize("kind", ["jax", "numpy"])
def test_a_cell_whose_errors_are_an_endless_array_is_a_crash_at_once(arena, kind):
    """A claim of many million errors, of which a grader that walks along them makes an object each."""
    claim = f"reply('ok', dict(a='{kind}', d='int8', s=[1 << 24]), bytes(1 << 24))"
    started = time.monotonic()
    report = arena.grade(PIPE, claim, OTHER)
    assert [cell.outcome for cell in report.cells] == [Outcome.CRASHED]
    assert outcome(report, "set_first") is Outcome.PASSED
    assert time.monotonic() - started < 30
