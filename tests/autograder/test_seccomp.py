"""The filter is run in a small model of the kernel's machine, so that both kinds of processor are tested on either."""

import errno
import re
import struct
from functools import cache
from pathlib import Path

import pytest

from autograder.sandbox import seccomp
from autograder.sandbox._syscall_numbers import NEWEST_KNOWN, NUMBERS, number

MACHINES = ("x86_64", "aarch64")
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ME, SOMEBODY = 4711, 4712
ALLOW, KILL = "allow", "kill"

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def decide(machine, call, *arguments, architecture=None):
    """What the filter says to one system call: "allow", "kill" or the name of an error."""
    code = instructions(machine)
    data = struct.pack("=IIQ6Q", call, architecture or ARCHITECTURE[machine], 0, *(*arguments, *[0] * 6)[:6])
    at, accumulator = 0, 0
    while True:
        operation, if_true, if_false, operand = code[at]
        at += 1
        match operation:
            case 0x20:
                accumulator = struct.unpack_from("=I", data, operand)[0]
            case 0x54:
                accumulator &= operand
            case 0x15:
                at += if_true if accumulator == operand else if_false
            case 0x25:
                at += if_true if accumulator > operand else if_false
            case 0x06:
                return verdict(operand)


@cache
def instructions(machine):
    return list(struct.iter_unpack("=HBBI", seccomp.program(machine, ME)))


def verdict(action):
    if action == 0x7FFF0000:
        return ALLOW
    if action == 0x80000000:
        return KILL
    assert action & 0xFFFF0000 == 0x00050000
    return errno.errorcode[action & 0xFFFF]


def named(machine, name, *arguments):
    return decide(machine, number(name, machine), *arguments)


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernels_headers(machine):
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    text = HEADERS[machine].read_text()
    defined = {name: int(value) for name, value in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    ours = {name: columns[MACHINES.index(machine)] for name, columns in NUMBERS.items()}
    assert {name: value for name, value in ours.items() if value != defined.get(name)} == {}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_kernel_can_load_the_program(machine):
    assert 0 < len(instructions(machine)) < 4096
    assert instructions(machine)[-1] == (0x06, 0, 0, 0x7FFF0000)


@pytest.mark.parametrize("machine", MACHINES)
def test_every_forbidden_call_is_refused(machine):
    there = [name for name in seccomp._FORBIDDEN if number(name, machine) is not None]
    assert len(there) > 90
    assert {name for name in there if named(machine, name, ME, ME, ME) != "EPERM"} == set()


def test_no_call_is_both_forbidden_and_checked():
    assert not set(seccomp._FORBIDDEN) & set(seccomp.checks(ME))
    assert set(seccomp._FORBIDDEN) | set(seccomp.checks(ME)) <= set(NUMBERS)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", [0x3D0F00], ALLOW),  # what pthread_create asks for
        ("clone", [0x01200011], "EPERM"),  # what fork asks for
        ("clone3", [0], "ENOSYS"),
        ("openat2", [0], "ENOSYS"),
        ("kill", [ME, 9], ALLOW),
        ("kill", [SOMEBODY, 9], "EPERM"),
        ("kill", [0, 9], "EPERM"),
        ("kill", [2**64 - 1, 9], "EPERM"),
        ("tgkill", [ME, SOMEBODY, 6], ALLOW),  # abort() in any thread of ours
        ("tgkill", [SOMEBODY, SOMEBODY, 6], "EPERM"),
        ("prlimit64", [0, 7], ALLOW),
        ("prlimit64", [ME, 7], ALLOW),
        ("prlimit64", [SOMEBODY, 7], "EPERM"),
        ("sched_setaffinity", [0], ALLOW),
        ("sched_setaffinity", [SOMEBODY], "EPERM"),
        ("setpriority", [0, 0], ALLOW),
        ("setpriority", [0, SOMEBODY], "EPERM"),
        ("setpriority", [2, 0], "EPERM"),  # all processes of a user
        ("socketpair", [1, 1 | 0o2000000], ALLOW),
        ("socketpair", [1, 2], "EPERM"),  # a datagram socket could send anywhere
        ("socketpair", [2, 1], "EPERM"),
        ("mmap", [0, 4096, 3, 0x22], ALLOW),
        ("mmap", [0, 4096, 3, 0x21], "EPERM"),
        ("mmap", [0, 4096, 3, 0x23], "EPERM"),
        ("mmap", [0, 4096, 1, 0x01, 3], ALLOW),  # a file, shared
        ("openat", [0, 0, 0o0], ALLOW),
        ("openat", [0, 0, 0o1001], ALLOW),  # O_WRONLY | O_TRUNC: Landlock's to judge
        ("openat", [0, 0, 0o1000], "EPERM"),
        ("fcntl", [3, 4], ALLOW),
        ("fcntl", [3, 6], "EPERM"),
        ("fcntl", [3, 8], "EPERM"),
        ("ioctl", [3, 0x5401], ALLOW),
        ("ioctl", [3, 0x5412], "EPERM"),
        ("prctl", [15], ALLOW),
        ("prctl", [1], "EPERM"),
        ("prctl", [4], "EPERM"),
    ],
)
def test_arguments_decide(machine, name, arguments, expected):
    assert named(machine, name, *arguments) == expected


@pytest.mark.parametrize(("machine", "everyday"), [("x86_64", [0, 1, 3, 9, 202, 231]), ("aarch64", [57, 63, 64, 98])])
def test_everyday_calls_pass(machine, everyday):
    assert {decide(machine, call) for call in everyday} == {ALLOW}


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_are_younger_than_the_table_do_not_exist(machine):
    assert decide(machine, NEWEST_KNOWN) == ALLOW
    assert {decide(machine, NEWEST_KNOWN + n) for n in (1, 2, 100)} == {"ENOSYS"}


def test_the_door_of_x32_is_closed():
    assert decide("x86_64", 0x40000000 | 39) == "ENOSYS"


@pytest.mark.parametrize("machine", MACHINES)
def test_the_door_of_another_processor_kills(machine):
    i386 = 0x40000003
    assert decide(machine, 20, architecture=i386) == KILL


def test_an_unknown_processor_has_no_filter():
    with pytest.raises(OSError, match="known for x86_64 and aarch64, not for riscv64"):
        seccomp.program("riscv64", ME)
