"""Two notebooks that are graded at the same time pass a message from one to the other through what they share."""

import os
import secrets
from pathlib import Path

from arena import LIMITS
from threat import IMPORTS, Threat
from weapons import REFUSED, tools, unguarded, victim

from autograder.session import Session

# Each way leaves something where the other can find it. `WHERE` is known to both, as two friends would agree.
GIVES = """
import fcntl, mmap, signal, socket, struct
fd = os.open(READABLE, os.O_RDONLY)

def file(path):
    with open(path, "w") as stream:
        stream.write("41")

kept = []
def keep(make):
    kept.append(make())

def bind(family, place):
    one = socket.socket(family)
    one.bind(place)
    kept.append(one)

for place in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/dev/mqueue"):
    attempt(f"file in {place}", file, f"{place}/{WHERE}")
attempt("flock", fcntl.flock, fd, fcntl.LOCK_SH)
attempt("record lock", fcntl.lockf, fd, fcntl.LOCK_SH)
attempt("open file lock", fcntl.fcntl, fd, 37, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 0, 0))
attempt("lease", fcntl.fcntl, fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
attempt("abstract socket", lambda: bind(socket.AF_UNIX, b"\\0" + WHERE.encode()))
attempt("port", lambda: bind(socket.AF_INET, ("127.0.0.1", NUMBER)))
attempt("virtual machine's socket", lambda: keep(lambda: socket.socket(40, 1)))
attempt("keyring", raw, "add_key", b"user", WHERE.encode(), b"41", 2, -4)
attempt("shared memory", raw, "shmget", NUMBER, 4096, 0o1666)
attempt("messages", raw, "msgget", NUMBER, 0o1666)
attempt("semaphores", raw, "semget", NUMBER, 1, 0o1666)
attempt("queue", raw, "mq_open", WHERE.encode(), 0o102, 0o666, None)
attempt("memory without a name", lambda: keep(lambda: os.memfd_create(WHERE)))
attempt("anonymous shared memory", lambda: keep(lambda: mmap.mmap(-1, 4096)))
attempt("times of a file", os.utime, READABLE)
attempt("watch", raw, "inotify_init1", 0)
attempt("signal", os.kill, OTHER, 0)
attempt("queued number", raw, "rt_sigqueueinfo", OTHER, 0, struct.pack("iii", 0, 0, -1) + bytes(116))
attempt("limits", lambda: raw("prlimit64", OTHER, 7, None, ctypes.create_string_buffer(16)))
attempt("name of a process", lambda: os.close(os.open(f"/proc/{OTHER}/comm", os.O_RDONLY)))
attempt("host name", raw, "sethostname", os.uname().nodename.encode(), len(os.uname().nodename))
"""
# Removes what has been left, where it could be left.
TIDY = """
for place in ("/tmp", "/dev/shm", "/var/tmp", "/run"):
    try:
        os.unlink(f"{place}/{WHERE}")
    except OSError:
        pass
for get, remove, arguments in (("shmget", "shmctl", (0, 0)), ("msgget", "msgctl", (0,)), ("semget", "semctl", (1, 0))):
    identity = _library.syscall(ctypes.c_long(CALLS[get]), NUMBER, *arguments, 0)
    if identity >= 0:
        _library.syscall(ctypes.c_long(CALLS[remove]), identity, *([0] if get == "semget" else []), 0, None)
_library.syscall(ctypes.c_long(CALLS["mq_unlink"]), WHERE.encode())
"""

THREAT = Threat(
    65,
    "Two submissions pass messages while they are graded",
    "The filter refuses locks, keys, queues, shared memory and sockets; Landlock all files but the own folder.",
    "one container: every way is open",
)


def test_not_one_of_the_ways_is_open(arena):
    with Session(arena.zygote, [IMPORTS], LIMITS) as friend:
        friend.start()
        loot = arena.loot(tools(), agreed(friend._child.pid), GIVES)
    assert set(loot.values()) <= REFUSED | {"ENOENT"}, loot
    assert {name for name, came in loot.items() if came == "ENOENT"} <= {"file in /dev/mqueue"}
    assert len(loot) == 26, "not all was tried"


def test_the_scratch_folder_of_the_other_is_closed(arena):
    """It cannot be listed, opened or written; that it exists is no secret."""
    with Session(arena.zygote, ["open('note', 'w').write('41')"], LIMITS) as friend:
        friend.start()
        look = f"""
FOLDER = {str(friend._child.scratch)!r}
attempt("list", os.listdir, FOLDER)
attempt("read", lambda: open(FOLDER + "/note"))
attempt("write", lambda: open(FOLDER + "/reply", "w"))
attempt("list all", os.listdir, os.path.dirname(FOLDER))
"""
        loot = arena.loot(tools(), look)
        assert sorted(path.name for path in friend._child.scratch.iterdir()) == ["note"]
    assert set(loot.values()) == {"EACCES"}, loot


def test_without_a_sandbox_most_ways_are_open():
    with victim() as pid:
        secret = agreed(pid)
        loot = unguarded(tools(), secret, GIVES, TIDY)
    assert {name for name, came in loot.items() if came == "done"} >= {
        *("file in /tmp", "flock", "record lock", "open file lock", "abstract socket", "port", "memory without a name"),
        *("anonymous shared memory", "times of a file", "watch", "signal", "limits", "name of a process"),
    }, loot


def agreed(other):
    """What two friends have agreed on, and who the other one is."""
    word, number = f"rt{secrets.token_hex(4)}", 20_000 + secrets.randbelow(9_000)
    return f"READABLE, WHERE, NUMBER, OTHER = {Path(os.__file__).as_posix()!r}, {word!r}, {number}, {other}"
