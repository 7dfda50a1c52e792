"""A notebook sends a pickle to a helper that listens on the same computer, as graders start them for their logs."""

import os
import socket
from pathlib import Path

import pytest
from arena import outcome
from threat import RIGHT, Threat
from weapons import tools, unguarded

from dlfb_lab._outcome import Outcome

SENDS = """
import logging, logging.handlers, multiprocessing.connection, pickle
record = logging.makeLogRecord({"msg": "harmless", "args": None}).__dict__
message = pickle.dumps(record)

def log():
    handler = logging.handlers.SocketHandler("127.0.0.1", PORT)
    handler.makeSocket(timeout=1).sendall(len(message).to_bytes(4, "big") + message)

attempt("log", log)
attempt("manager", lambda: multiprocessing.connection.SocketClient(("127.0.0.1", PORT)))
"""
LISTENS = {"tcp": "0A", "tcp6": "0A", "unix": "00010000"}

THREAT = Threat(
    12,
    "Pickles to a helper's socket on the same computer",
    "The notebook has no sockets, and the grader and its fork server listen on none.",
    "the kernel can reach every local port. otter's log receiver unpickles what any local process sends",
)


@pytest.fixture
def helper():
    """Somebody who listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        one.setblocking(False)
        yield one


def test_no_helper_can_be_reached(arena, helper):
    loot = arena.loot(tools(), f"PORT = {helper.getsockname()[1]}", SENDS)
    assert loot == {"log": "EPERM", "manager": "EPERM"}
    with pytest.raises(BlockingIOError):
        helper.accept()


def test_without_a_sandbox_the_helper_hears_it(helper):
    loot = unguarded(tools(), f"PORT = {helper.getsockname()[1]}", SENDS)
    assert set(loot.values()) == {"done"}
    with helper.accept()[0] as heard:
        assert b"harmless" in heard.recv(10_000)


def test_there_is_no_helper(arena, helper):
    """While a notebook is graded neither process listens. The one that does, here, is seen."""
    assert outcome(arena.grade(RIGHT)) is Outcome.PASSED
    assert listening(os.getpid()) == {os.fstat(helper.fileno()).st_ino}
    assert listening(arena.zygote._process.pid) == set()


def listening(pid):
    """The sockets on which a process waits for others, as the system tells."""
    held = {path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()}
    found = set()
    for kind, mark in LISTENS.items():
        for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]:
            fields = line.split()
            state, inode = (fields[3], fields[6]) if kind == "unix" else (fields[3], fields[9])
            if state == mark and f"socket:[{inode}]" in held:
                found.add(int(inode))
    return found
