"""What a hostile submission would try, as an entry for children: for `doctor` and the tests of the sandbox.

Nothing here does lasting damage where it succeeds.
"""

import ctypes
import errno
import json
import os
import socket
import struct
from pathlib import Path

from autograder.sandbox import _libc
from autograder.sandbox._attack import ATTACKS as ATTACKS
from autograder.sandbox._attack import Ground, attack, attempt
from autograder.sandbox._syscall_numbers import number
from autograder.sandbox.channel import Channel


def serve(channel: Channel) -> None:
    """Answer each message, an attack's name and the ground, with what came of it. Until the grader hangs up."""
    while message := channel.receive(1 << 20):
        request = json.loads(message)
        outcome, detail = attempt(ATTACKS[request["name"]], Ground(**request["ground"]))
        channel.send(json.dumps([outcome, detail[:300]]).encode())


# files


@attack("read a file of the grader's", "L2")
def _read_file(ground: Ground) -> str:
    return f"read {len(Path(ground.file).read_bytes())} bytes of {ground.file}"


@attack("list a folder of the grader's", "L2")
def _list_folder(ground: Ground) -> str:
    return f"listed {os.listdir(ground.folder)}"  # noqa: PTH208


@attack("write into a folder outside its own", "L2")
def _write_outside(ground: Ground) -> str:
    Path(ground.folder, "written").write_text("by a student")
    return "wrote a file"


@attack("delete a file of the grader's", "L2")
def _delete_file(ground: Ground) -> str:
    Path(ground.folder, "to-delete").unlink()
    return "deleted a file"


@attack("empty a file by opening it for reading", "L2")
def _truncate_file(ground: Ground) -> str:
    os.close(os.open(ground.folder + "/to-delete", os.O_RDONLY | os.O_TRUNC))
    return "opened it with O_TRUNC"


@attack("read the course's folder", "L2")
def _read_course(ground: Ground) -> str:
    if not ground.course:
        raise FileNotFoundError("no course was given")
    seen = [Path(folder, name) for folder, _, names in os.walk(ground.course, onerror=_raise) for name in names]
    return f"saw {len(seen)} files in {ground.course}"


def _raise(error: OSError) -> None:
    raise error


@attack("import the course's answers", "L1", ImportError)
def _import_course(ground: Ground) -> str:
    import importlib

    return f"imported {importlib.import_module('solutions')}"


@attack("make a file of another owner's writable", "L2")
def _chmod(ground: Ground) -> str:
    Path(os.__file__).chmod(0o644)
    return f"changed the mode of {os.__file__}"


@attack("change the times of a file it may only read", "L2")
def _touch(ground: Ground) -> str:
    status = Path(os.__file__).stat()
    os.utime(os.__file__, ns=(status.st_atime_ns, status.st_mtime_ns))
    return f"changed the times of {os.__file__}"


@attack("leave a link or a pipe for the grader to fall over", "L2")
def _symlink(ground: Ground) -> str:
    Path("link").symlink_to(ground.file)
    return "made a symbolic link"


# secrets


@attack("find the grader's environment in its own", "L1", LookupError)
def _own_environment(ground: Ground) -> str:
    if any(ground.secret in value for value in os.environ.values()):
        return "found the canary in os.environ"
    # Not to be opened from level 2 on, and then no place to look.
    if os.access("/proc/self/environ", os.R_OK) and ground.secret.encode() in _read_or_nothing("/proc/self/environ"):
        return "found the canary in /proc/self/environ"
    raise LookupError("the canary is not there")


def _read_or_nothing(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


@attack("read the environment of the grader and of the zygote", "L2")
def _their_environment(ground: Ground) -> str:
    for pid in (ground.grader, os.getppid()):
        Path(f"/proc/{pid}/environ").read_bytes()
    return "read both"


@attack("open the memory of the zygote", "L2")
def _parent_memory(ground: Ground) -> str:
    os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY))
    return "opened /proc/<parent>/mem"


@attack("use a descriptor that was left open", "L1", LookupError)
def _descriptors(ground: Ground) -> str:
    kept = [fd for fd in range(3, 1024) if _is_open(fd)]
    if len(kept) > 2:
        return f"descriptors {kept} are open; two would be the channel"
    raise LookupError("only the channel is open")


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


# processes


@attack("fork", "L2")
def _fork(ground: Ground) -> str:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "forked"


@attack("start a program (posix_spawn)", "L2")
def _posix_spawn(ground: Ground) -> str:
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
    return "ran /bin/true"


@attack("start a program (subprocess)", "L2")
def _subprocess(ground: Ground) -> str:
    import subprocess

    subprocess.run(["/bin/true"], check=False)
    return "ran /bin/true"


@attack("become another program (exec)", "L2")
def _exec(ground: Ground) -> str:
    os.execv("/bin/sleep", ["sleep", "30"])


@attack("signal the grader and the zygote", "L2")
def _kill(ground: Ground) -> str:
    for pid in (os.getppid(), ground.grader):
        try:
            os.kill(pid, 0)
        except PermissionError:
            continue
        return f"may signal process {pid}"
    raise PermissionError("neither")


@attack("trace the zygote (ptrace)", "L2")
def _ptrace(ground: Ground) -> str:
    seize = 0x4206
    return _raw("ptrace", seize, os.getppid(), 0, 0)


@attack("read the zygote's memory (process_vm_readv)", "L2")
def _process_vm(ground: Ground) -> str:
    here = ctypes.create_string_buffer(8)
    ours, theirs = (
        ctypes.create_string_buffer(struct.pack("PP", place, 8))
        # Nothing is at 4096: a kernel that looks there says so, one that may not look says that first.
        for place in (ctypes.addressof(here), 4096)
    )
    return _raw("process_vm_readv", os.getppid(), ctypes.addressof(ours), 1, ctypes.addressof(theirs), 1, 0)


@attack("change the zygote's limits", "L2")
def _prlimit(ground: Ground) -> str:
    import resource

    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)
    return "may use prlimit on the zygote"


@attack("push the zygote to another core", "L2")
def _affinity(ground: Ground) -> str:
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))
    return "may set the zygote's cores"


@attack("outlive the grader, or become readable to others", "L2")
def _undo_jail(ground: Ground) -> str:
    _libc.prctl(_libc.PR_SET_PDEATHSIG, 0)
    return "no longer dies with its parent"


# network


@attack("open a socket of any kind", "L2")
def _socket(ground: Ground) -> str:
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)
    families = [getattr(socket, name, None) for name in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_VSOCK")]
    opened = [f"{family}/{kind}" for family in families if family for kind in kinds if _opens(family, kind)]
    if opened:
        return f"opened {', '.join(opened)}"
    raise PermissionError("none")


def _opens(family: int, kind: int) -> bool:
    try:
        socket.socket(family, kind).close()
    except OSError as error:
        # Without the filter a kernel refuses some pairs on its own; that proves nothing.
        return error.errno not in (errno.EPERM, errno.EACCES, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, 94)
    return True


@attack("connect to this computer", "L2")
def _connect(ground: Ground) -> str:
    socket.create_connection(("127.0.0.1", ground.port), timeout=1).close()
    return f"connected to port {ground.port}"


# memory and the kernel


@attack("take more memory than allowed", "L1", MemoryError)
def _memory(ground: Ground) -> str:
    taken = bytearray(ground.data + (64 << 20))
    return f"took {len(taken) >> 20} MiB"


@attack("take shared memory, which no limit counts", "L2")
def _shared_memory(ground: Ground) -> str:
    import mmap

    mmap.mmap(-1, 1 << 20).close()
    return "mapped shared memory"


@attack("take memory as a file without a name", "L2")
def _memfd(ground: Ground) -> str:
    os.close(os.memfd_create("hidden"))
    return "made one"


@attack("write a file larger than allowed", "L1", OSError)
def _large_file(ground: Ground) -> str:
    piece = bytes(1 << 20)
    with Path("large").open("wb") as file:
        for _ in range((ground.size >> 20) + 2):
            file.write(piece)
    return f"wrote more than {ground.size} bytes"


@attack("take room on the disk that no file shows", "L2")
def _hidden_room(ground: Ground) -> str:
    keep_size, size = 1, 1 << 20
    with Path("small").open("wb") as file:
        return _raw("fallocate", file.fileno(), keep_size, 0, size)


@attack("open more files than allowed", "L1", OSError)
def _many_files(ground: Ground) -> str:
    opened = []
    try:
        for _ in range(5000):
            opened.append(os.open(os.devnull, os.O_RDONLY))  # noqa: PERF401 - those opened must be closed
    finally:
        for fd in opened:
            os.close(fd)
    return f"opened {len(opened)} files"


@attack("raise its own limits", "L1", ValueError, PermissionError)
def _raise_limits(ground: Ground) -> str:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "raised RLIMIT_DATA"


@attack("reach rarely used parts of the kernel", "L2")
def _kernel(ground: Ground) -> str:
    calls = ("io_uring_setup", "bpf", "userfaultfd", "keyctl", "unshare", "mount", "perf_event_open", "shmget", "setns")
    reached = [name for name in calls if not _refused(name)]
    if reached:
        return f"reached {', '.join(reached)}"
    raise PermissionError(f"none of {', '.join(calls)}")


def _refused(name: str) -> bool:
    try:
        _raw(name, 0, 0, 0, 0, 0)
    except OSError as error:
        return error.errno in (errno.EPERM, errno.ENOSYS)
    return False


@attack("call the kernel through another door (x32)", "L2", PermissionError, OSError)
def _other_door(ground: Ground) -> str:
    if _libc.machine() != "x86_64":
        raise AttributeError("only x86_64 has one")
    getpid, x32 = 39, 0x40000000
    return f"getpid through x32: {_libc.syscall(x32 | getpid)}"


def _raw(name: str, *arguments: int) -> str:
    """Call the kernel by number. Any error but a refusal means that the call got there."""
    call = number(name, _libc.machine())
    if call is None:
        raise AttributeError(f"this machine has no call {name}")
    try:
        _libc.syscall(call, *arguments)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise
        return f"{name} reached the kernel ({error})"
    return f"{name} succeeded"
