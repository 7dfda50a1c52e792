"""The system-call filter: what a student's process may ask of the kernel. Needs no privilege.

The filter is a program for a small machine inside the kernel, run at every system call. Ours is a list of rules, one
after the other; the first that matches the call's number decides:

    the call came through another machine's door (32 bit)  ->  the process is killed
    newer than the table, x32, clone3, openat2             ->  ENOSYS: libraries then fall back to the older call
    a call with checks on its arguments                    ->  allowed if all checks hold, else EPERM
    a call on the list of the forbidden                    ->  EPERM, so that Python raises PermissionError
    anything else                                          ->  allowed

It sees numbers only, never what a pointer points at; names of files are Landlock's. Threads work; processes, programs,
sockets, other people's processes, file owners and times, shared memory beyond the limits, mounts, keys do not.
"""

import ctypes
import errno
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.sandbox import _libc
from autograder.sandbox._syscall_numbers import NEWEST_KNOWN, number

_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_LOAD, _AND, _IF_EQUAL, _IF_GREATER, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x06
_AT_NUMBER, _AT_ARCHITECTURE, _AT_ARGUMENTS = 0, 4, 16
_KILL, _ALLOW, _ERROR = 0x80000000, 0x7FFF0000, 0x00050000
_SET_MODE_FILTER = 1

_CLONE_THREAD = 0x10000
_AF_UNIX, _SOCK_STREAM = 1, 1
_OPEN_MODE_AND_TRUNCATE, _TRUNCATE_WHILE_READING = 0x203, 0x200
_SHARED_AND_ANONYMOUS = 0x21
_LOCKS_LEASES_AND_OWNERS = (6, 7, 8, 10, 15, 37, 38, 1024, 1026)
# What libraries ask of a descriptor. All others are refused, for nobody can list them: some change a file that is open
# for reading, some have another process signalled when bytes arrive, some type into a terminal.
_HARMLESS_IOCTLS = (
    0x5401,  # TCGETS: is it a terminal?
    0x802C542A,  # TCGETS2: the same
    0x5413,  # TIOCGWINSZ: how large is it?
    0x541B,  # FIONREAD: how much is there to read?
    0x5421,  # FIONBIO: do not wait
    0x5450,  # FIONCLEX: stay open
    0x5451,  # FIOCLEX: close when a program starts
    0x40049409,  # FICLONE: copy a file without copying
)
_UNDO_JAIL = (
    _libc.PR_SET_PDEATHSIG,
    _libc.PR_SET_DUMPABLE,
    _libc.PR_SET_CHILD_SUBREAPER,
    35,  # PR_SET_MM
    0x59616D61,  # PR_SET_PTRACER
)

_FORBIDDEN = """
    fork vfork execve execveat uselib
    socket connect bind listen accept accept4
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    pidfd_open pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo rt_tgsigqueueinfo ioprio_set migrate_pages move_pages
    truncate chmod fchmod fchmodat chown fchown lchown fchownat utime utimes futimesat utimensat mknod mknodat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    flock inotify_init inotify_init1 fanotify_init fanotify_mark name_to_handle_at open_by_handle_at lookup_dcookie
    memfd_create memfd_secret shmget shmat shmctl msgget msgctl msgsnd msgrcv semget semctl semop semtimedop
    mq_open mq_unlink io_uring_setup io_uring_enter io_uring_register io_setup io_submit
    bpf perf_event_open userfaultfd add_key request_key keyctl
    mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd
    nfsservctl sethostname setdomainname settimeofday clock_settime adjtimex clock_adjtime syslog vhangup personality
    modify_ldt iopl ioperm
""".split()
_NO_SUCH_CALL = ("clone3", "openat2")  # their arguments lie behind a pointer, where a filter cannot look


@dataclass(frozen=True)
class Check:
    """The low 32 bits of one argument, after `& mask`, must be one of `values`; with `forbid`, none of them."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    forbid: bool = False


def checks(pid: int) -> dict[str, tuple[Check, ...]]:
    """The calls that the process `pid` may make only with certain arguments, by name. The busiest come first."""
    only_self = (0, pid)
    return {
        "openat": (Check(2, (_TRUNCATE_WHILE_READING,), mask=_OPEN_MODE_AND_TRUNCATE, forbid=True),),
        "open": (Check(1, (_TRUNCATE_WHILE_READING,), mask=_OPEN_MODE_AND_TRUNCATE, forbid=True),),
        # Shared memory escapes RLIMIT_DATA.
        "mmap": (Check(3, (_SHARED_AND_ANONYMOUS,), mask=_SHARED_AND_ANONYMOUS, forbid=True),),
        "fcntl": (Check(1, _LOCKS_LEASES_AND_OWNERS, forbid=True),),
        "ioctl": (Check(1, _HARMLESS_IOCTLS),),
        # libc's fork is a clone: a new thread is welcome, a new process is not.
        "clone": (Check(0, (_CLONE_THREAD,), mask=_CLONE_THREAD),),
        "prctl": (Check(0, _UNDO_JAIL, forbid=True),),
        # With flags it takes room on the disk that no size of a file shows, and no limit counts.
        "fallocate": (Check(1, (0,)),),
        # asyncio wakes itself through a pair of connected sockets, which lead nowhere else.
        "socketpair": (Check(0, (_AF_UNIX,)), Check(1, (_SOCK_STREAM,), mask=0xF)),
        "tgkill": (Check(0, (pid,)),),
        "kill": (Check(0, (pid,)),),
        "prlimit64": (Check(0, only_self),),
        "sched_setaffinity": (Check(0, only_self),),
        "sched_setscheduler": (Check(0, only_self),),
        "sched_setparam": (Check(0, only_self),),
        "sched_setattr": (Check(0, only_self),),
        "setpriority": (Check(0, (0,)), Check(1, only_self)),
    }


def program(machine: str, pid: int) -> bytes:
    """The filter for the process `pid` on "x86_64" or "aarch64", as the kernel's `struct sock_filter` array.

    Raises:
        OSError: the machine is of another kind.
    """
    return b"".join(
        [
            *_prologue(number("clone", machine) and _ARCHITECTURE[machine]),
            *(part for name, wanted in checks(pid).items() for part in _on(name, machine, _checked(wanted))),
            *(part for name in _NO_SUCH_CALL for part in _on(name, machine, [_error(errno.ENOSYS)])),
            *(part for name in _FORBIDDEN for part in _on(name, machine, [_error(errno.EPERM)])),
            _return(_ALLOW),
        ]
    )


def restrict(pid: int) -> None:
    """Put the filter on this process, whose id is `pid`. Needs `no_new_privs`; cannot be undone.

    Raises:
        OSError: the kernel refused, or the machine is of an unknown kind; nothing has changed.
    """
    machine = _libc.machine()
    code = ctypes.create_string_buffer(program(machine, pid))
    count = (len(code) - 1) // 8
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", count, ctypes.addressof(code)))
    call = number("seccomp", machine)
    assert call is not None
    _libc.syscall(call, _SET_MODE_FILTER, 0, ctypes.addressof(header))


def _prologue(architecture: int | None) -> list[bytes]:
    return [
        _instruction(_LOAD, _AT_ARCHITECTURE),
        _instruction(_IF_EQUAL, architecture or 0, if_true=1),
        _return(_KILL),
        _instruction(_LOAD, _AT_NUMBER),
        _instruction(_IF_GREATER, NEWEST_KNOWN, if_false=1),
        _error(errno.ENOSYS),
    ]


def _on(name: str, machine: str, block: list[bytes]) -> list[bytes]:
    """`block` for calls of this name; it must end by returning. Nothing where the machine has no such call."""
    call = number(name, machine)
    return [] if call is None else [_instruction(_IF_EQUAL, call, if_false=len(block)), *block]


def _checked(wanted: Iterable[Check]) -> list[bytes]:
    return [*(part for check in wanted for part in _one_check(check)), _return(_ALLOW)]


def _one_check(check: Check) -> list[bytes]:
    """Falls through where the check holds, else returns EPERM."""
    load = [_instruction(_LOAD, _AT_ARGUMENTS + 8 * check.argument), _instruction(_AND, check.mask)]
    if check.forbid:
        refusals = [(_instruction(_IF_EQUAL, value, if_false=1), _error(errno.EPERM)) for value in check.values]
        return [*load, *(part for pair in refusals for part in pair)]
    count = len(check.values)
    accepted = [_instruction(_IF_EQUAL, value, if_true=count - i) for i, value in enumerate(check.values)]
    return [*load, *accepted, _error(errno.EPERM)]


def _return(action: int) -> bytes:
    return _instruction(_RETURN, action)


def _error(code: int) -> bytes:
    return _return(_ERROR | code)


def _instruction(code: int, operand: int, *, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
