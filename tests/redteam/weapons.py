"""What hostile notebooks of several threats share: system calls by number, and a note of what came of each attempt.

`loot` holds, by the attempt's name, "done" or the name of the error that the system gave. The same cells run in a
notebook, where every attempt must be refused, and by `unguarded`, where they must succeed: so they are worth something.
"""

import json
import subprocess
import sys
from contextlib import contextmanager

from autograder.sandbox import _libc
from autograder.sandbox._syscall_numbers import NUMBERS, number

REFUSED = {"EPERM", "EACCES", "ENOSYS"}
ECHO = "autograder.sandbox.entries:echo"

_TOOLS = """
import ctypes, errno, os
CALLS = {calls!r}
loot = {{}}
_library = ctypes.CDLL(None, use_errno=True)

def raw(name, *arguments):
    "A system call by its name here, whatever Python thinks of it."
    if name not in CALLS:
        raise OSError(errno.ENOSYS, name)
    words = [ctypes.c_void_p(one) if type(one) is int else one for one in arguments]
    if _library.syscall(ctypes.c_long(CALLS[name]), *words) < 0:
        raise OSError(ctypes.get_errno(), name)

def attempt(name, way, *arguments):
    "Do it and note what came of it."
    try:
        way(*arguments)
    except OSError as error:
        loot[name] = errno.errorcode.get(error.errno, str(error))
    else:
        loot[name] = "done"
"""


def tools() -> str:
    """The first cell: `raw`, `attempt` and `loot`, for this machine."""
    calls = {name: found for name in NUMBERS if (found := number(name, _libc.machine())) is not None}
    return _TOOLS.format(calls=calls)


def unguarded(*cells: str) -> dict[str, str]:
    """The loot of the same cells in an ordinary process of this user, without a sandbox."""
    code = "\n".join((*cells, "import json", "print(json.dumps(loot), flush=True)", "os._exit(0)"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def victim():
    """An ordinary process of this user that does nothing, for attacks without a sandbox; its id."""
    with subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"]) as process:
        try:
            yield process.pid
        finally:
            process.kill()


def answers(child) -> bool:
    """Whether a child that runs `ECHO` is alive and well."""
    import time

    child.channel.send(b"there?", deadline=time.monotonic() + 5)
    return child.channel.receive(100, time.monotonic() + 5) == b"there?"


_WIRE_TOOLS = """
import fcntl, json, os, stat, sys, time

def is_pipe(fd):
    try:
        return stat.S_ISFIFO(os.fstat(fd).st_mode)
    except OSError:
        return False

(READ,) = [fd for fd in range(3, 64) if is_pipe(fd) and fcntl.fcntl(fd, fcntl.F_GETFL) & 3 == os.O_RDONLY]
(WRITE,) = [fd for fd in range(3, 64) if is_pipe(fd) and fcntl.fcntl(fd, fcntl.F_GETFL) & 3 == os.O_WRONLY]
os.set_blocking(WRITE, True)

def send_all(data):
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(WRITE, rest):]

def frame(body):
    send_all(len(body).to_bytes(8, "little") + body)

def text(header):
    frame(len(header).to_bytes(4, "little") + header)

def reply(kind, value):
    asked = sys._getframe(1)
    while asked.f_code.co_name != "answer" or "number" not in asked.f_locals:
        asked = asked.f_back
    text(json.dumps([asked.f_locals["number"], kind, value]).encode())

def pause():
    time.sleep(1000)
"""


def wire_tools() -> str:
    """A cell that finds the pipe to the grader: `send_all`, `frame`, `text` and `reply` write to it, `pause` waits."""
    return _WIRE_TOOLS
