import os
import threading
import time
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest

from autograder.sandbox.blocking_channel import BlockingChannel
from autograder.sandbox.channel import (
    Channel,
    ChannelClosed,
    ChannelError,
    DeadlineExceeded,
    MessageTooLarge,
    OverLimit,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="pipes that can be polled are a Unix thing")

LIMIT = 1 << 24


def soon(seconds=5.0):
    return time.monotonic() + seconds


@pytest.fixture(params=[Channel, BlockingChannel])
def kind(request):
    """The channel that polls, and the one for systems where a pipe cannot be polled."""
    return request.param


@pytest.fixture
def pair(kind):
    """Two channels, each the other's peer."""
    here_read, there_write = os.pipe()
    there_read, here_write = os.pipe()
    with kind(here_read, here_write) as here, kind(there_read, there_write) as there:
        yield here, there


@pytest.fixture
def raw(kind):
    """A channel, the descriptor that feeds it, and the descriptor that drains it."""
    read, feed = os.pipe()
    drain, write = os.pipe()
    with kind(read, write) as channel:
        yield channel, feed, drain
    for fd in (feed, drain):
        with suppress(OSError):  # the test may have closed it
            os.close(fd)


def frame(message):
    return len(message).to_bytes(8, "little") + message


@pytest.mark.parametrize("message", [b"", b"x", b"hello" * 1000])
def test_a_message_arrives_as_it_was_sent(pair, message):
    here, there = pair
    here.send(message, deadline=soon())
    assert there.receive(LIMIT, soon()) == message


def test_buffers_of_every_kind_become_one_message(pair):
    here, there = pair
    array = np.arange(6, dtype="<f4").reshape(2, 3)
    here.send(b"head", bytearray(b"er"), memoryview(array), memoryview(np.zeros((0, 3))), b"", deadline=soon())
    assert there.receive(LIMIT, soon()) == b"header" + array.tobytes()


def test_more_buffers_than_the_system_takes_at_once_become_one_message(pair):
    here, there = pair
    here.send(*(bytes([n % 256]) for n in range(5000)), deadline=soon())
    assert there.receive(LIMIT, soon()) == bytes(n % 256 for n in range(5000))


def test_messages_do_not_run_into_each_other(pair):
    here, there = pair
    for message in (b"one", b"", b"three"):
        here.send(message)
    assert [there.receive(LIMIT, soon()) for _ in range(3)] == [b"one", b"", b"three"]


def test_a_message_larger_than_any_pipe_crosses_both_ways(pair):
    here, there = pair
    message = os.urandom(8 << 20)
    echo = threading.Thread(target=lambda: there.send(there.receive(LIMIT)))
    echo.start()
    here.send(message, deadline=soon(20))
    assert here.receive(LIMIT, soon(20)) == message
    echo.join()


@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_message_in_small_pieces_arrives_whole(raw, size):
    channel, feed, _ = raw
    data = frame(b"in small pieces") + frame(b"and another")
    for start in range(0, len(data), size):
        os.write(feed, data[start : start + size])
    assert channel.receive(LIMIT, soon()) == b"in small pieces"
    assert channel.receive(LIMIT, soon()) == b"and another"


def test_waiting_for_a_silent_peer_ends_at_the_deadline(raw):
    channel, _, _ = raw
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded, match="before the whole message had crossed"):
        channel.receive(LIMIT, soon(0.1))
    assert 0.1 <= time.monotonic() - started < 1.0


def test_one_deadline_covers_a_peer_that_sends_a_byte_now_and_then(raw):
    channel, feed, _ = raw
    stop = threading.Event()

    def dribble():
        os.write(feed, (1000).to_bytes(8, "little"))
        while not stop.wait(0.02):
            os.write(feed, b".")

    thread = threading.Thread(target=dribble)
    thread.start()
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        channel.receive(LIMIT, soon(0.2))
    assert time.monotonic() - started < 1.0
    stop.set()
    thread.join()


def test_a_peer_that_never_reads_cannot_hold_the_sender(raw):
    channel, _, _ = raw
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        channel.send(bytes(8 << 20), deadline=soon(0.1))
    assert time.monotonic() - started < 1.0


def test_a_deadline_that_has_passed_sends_nothing(raw):
    channel, _, drain = raw
    with pytest.raises(DeadlineExceeded):
        channel.send(b"late", deadline=time.monotonic() - 1)
    os.set_blocking(drain, False)
    with pytest.raises(BlockingIOError):
        os.read(drain, 1)


@pytest.mark.parametrize("length", [101, 1 << 40, (1 << 64) - 1])
def test_an_announced_length_beyond_the_limit_is_refused_before_a_byte_is_taken(raw, length):
    channel, feed, _ = raw
    os.write(feed, length.to_bytes(8, "little"))
    tracemalloc.start()
    with pytest.raises(MessageTooLarge, match=f"announced a message of {length} bytes; the limit is 100"):
        channel.receive(100, soon())
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_message_exactly_at_the_limit_is_received(raw):
    channel, feed, _ = raw
    os.write(feed, frame(bytes(100)))
    assert channel.receive(100, soon()) == bytes(100)


@pytest.mark.parametrize("sent", [b"", b"\x05\x00", frame(b"hello")[:-2]])
def test_a_peer_that_dies_in_the_middle_closes_the_channel(raw, sent):
    channel, feed, _ = raw
    os.write(feed, sent)
    os.close(feed)
    with pytest.raises(ChannelClosed, match="the peer closed the channel"):
        channel.receive(LIMIT, soon())


def test_sending_to_a_dead_peer_says_so(raw):
    channel, _, drain = raw
    os.close(drain)
    with pytest.raises(ChannelClosed, match="before it had read the whole message"):
        channel.send(b"anybody?", deadline=soon())


def test_a_broken_channel_stays_broken(raw):
    channel, feed, _ = raw
    os.write(feed, (1 << 40).to_bytes(8, "little"))
    with pytest.raises(MessageTooLarge):
        channel.receive(100, soon())
    os.write(feed, frame(b"trust me now"))
    with pytest.raises(ChannelClosed, match="cannot be used any more: the peer announced"):
        channel.receive(100, soon())
    with pytest.raises(ChannelClosed):
        channel.send(b"x")


def test_a_pipe_is_not_closed_while_a_thread_still_reads_from_it():
    read, feed = os.pipe()
    drain, write = os.pipe()
    channel = BlockingChannel(read, write)
    with pytest.raises(DeadlineExceeded):
        channel.receive(LIMIT, soon(0.05))
    channel.close()
    os.fstat(read)
    os.close(feed)  # as the peer's death does
    until = soon()
    while _is_open(read) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _is_open(read)
    os.close(drain)


def _is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def test_closing_twice_closes_once(kind):
    read, write = os.pipe()
    channel = kind(read, write)
    channel.close()
    again = os.open(os.devnull, os.O_RDONLY)  # most likely the very same number
    channel.close()
    os.fstat(again)
    os.close(again)
    with pytest.raises(ChannelError):
        channel.send(b"x")


def test_who_watches_the_peer_can_end_the_talk_at_a_message(pair):
    here, there = pair
    troubles = []
    here.watch = lambda: "".join(troubles)
    there.send(b"one")
    there.send(b"two")
    assert here.receive(LIMIT, soon()) == b"one"
    troubles.append("it is too loud.")
    with pytest.raises(OverLimit, match="it is too loud"):
        here.receive(LIMIT, soon())
    with pytest.raises(ChannelClosed, match="it is too loud"):
        here.receive(LIMIT, soon())


@pytest.mark.parametrize("kind", [Channel], indirect=True)
@pytest.mark.parametrize("deadline", [None, 60.0])
@pytest.mark.parametrize("way", ["receive", "send"])
def test_who_watches_the_peer_looks_while_it_lets_us_wait(raw, deadline, way):
    channel, _, _ = raw
    looks = []
    channel.watch = lambda: looks.append(0) or ("it is too slow." if len(looks) == 3 else "")
    until = None if deadline is None else soon(deadline)
    started = time.monotonic()
    with pytest.raises(OverLimit, match="it is too slow"):
        channel.receive(LIMIT, until) if way == "receive" else channel.send(bytes(1 << 24), deadline=until)
    assert 0.3 < time.monotonic() - started < 5


@pytest.mark.parametrize("kind", [Channel], indirect=True)
def test_a_deadline_between_two_looks_is_kept(raw):
    channel, _, _ = raw
    channel.watch = lambda: ""
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        channel.receive(LIMIT, soon(0.1))
    assert time.monotonic() - started < 0.24
