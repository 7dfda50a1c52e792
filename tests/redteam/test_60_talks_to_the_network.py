"""A notebook carries out what it has seen: TCP, UDP, MPTCP, sockets with a path or an abstract name, and JAX's own."""

import contextlib
import os
import socket
import tempfile
from pathlib import Path

import pytest
from arena import HASTY, outcome
from threat import RIGHT, Threat
from weapons import REFUSED, tools, unguarded

from dlfb_lab._outcome import Outcome

SENDS = """
import socket
KINDS = {"tcp": (2, 1, 0), "mptcp": (2, 1, 262), "udp": (2, 2, 0), "path": (1, 1, 0), "abstract": (1, 1, 0)}

def send(kind, place):
    with socket.socket(*KINDS[kind]) as link:
        link.settimeout(1)
        link.connect(place)
        link.send(b"loot")

for kind, place in PLACES.items():
    attempt(kind, send, kind, place)
for family in (16, 17, 38, 40, 44):  # netlink, packet, the kernel's ciphers, vsock, XDP
    attempt(f"family {family}", lambda: socket.socket(family, 3 if family in (16, 17, 44) else 1).close())
attempt("metadata service", send, "udp", ("169.254.169.254", 80))
attempt("datagram pair", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)).close())
"""
# C++ that asks no Python: a service of JAX's, which opens a socket of its own.
DISTRIBUTED = """
import jax.distributed
def kmer_counts(idx, K):
    jax.distributed.initialize(PLACES["tcp"][0] + ":" + str(PLACES["tcp"][1]), 2, 1, initialization_timeout=1)
    return idx
"""

THREAT = Threat(
    60,
    "Exfiltration over any kind of socket",
    "The filter refuses `socket` itself, of every family; as root, a network of its own besides.",
    "the network is open",
)


@pytest.fixture
def listeners():
    """Somebody who listens at each kind of place; what is there, and the sockets."""
    with contextlib.ExitStack() as open_ones, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        here = ("127.0.0.1", 0)
        places = {"tcp": here, "udp": here, "path": f"{folder}/s", "abstract": f"\0r{os.getpid()}"}
        found, heard = {}, []
        for name, place in places.items():
            family = socket.AF_INET if name in ("tcp", "udp") else socket.AF_UNIX
            kind = socket.SOCK_DGRAM if name == "udp" else socket.SOCK_STREAM
            one = open_ones.enter_context(socket.socket(family, kind))
            one.bind(place)
            if name == "path":
                Path(place).chmod(0o777)
            if name != "udp":
                one.listen()
            one.setblocking(False)
            heard.append(one)
            found[name] = one.getsockname()
        # An address as bytes crosses into the notebook as text.
        found["abstract"] = places["abstract"]
        yield {**found, "mptcp": found["tcp"]}, heard


def heard_something(one):
    with contextlib.suppress(BlockingIOError):
        one.recv(10) if one.type == socket.SOCK_DGRAM else one.accept()[0].close()
        return True
    return False


def test_nothing_gets_out(arena, listeners):
    places, heard = listeners
    loot = arena.loot(tools(), f"PLACES = {places!r}", SENDS)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == len(places) + 5 + 3, "not all was tried"
    assert not any(heard_something(one) for one in heard)


def test_nor_by_code_that_is_no_python(arena, listeners):
    places, heard = listeners
    report = arena.grade(f"PLACES = {places!r}", DISTRIBUTED, limits=HASTY)
    assert outcome(report) in (Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.FAILED)
    assert not any(heard_something(one) for one in heard)
    assert outcome(arena.grade(RIGHT)) is Outcome.PASSED


def test_without_a_sandbox_everybody_hears_it(listeners):
    places, heard = listeners
    loot = unguarded(tools(), f"PLACES = {places!r}", SENDS)
    assert {loot[kind] for kind in ("tcp", "udp", "path", "abstract", "listen", "datagram pair")} == {"done"}, loot
    assert all(heard_something(one) for one in heard)
