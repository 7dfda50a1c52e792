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

# One of these lets a call pass that depends on its arguments, another does not.
ARGUMENTS = (0, 1, 4, ME, SOMEBODY, 6, 0x21, 0x200, 0x10000, 0x5401, 0xFFFFFFFF)
FATES = {
    "allowed": {ALLOW},
    "checked": {ALLOW, "EPERM"},
    "forbidden": {"EPERM"},
    "absent": {"ENOSYS"},
}
# What the generic header has for other machines than aarch64: 32 bit, or another order of arguments.
NOT_ON_AARCH64 = re.compile(r"\w+64|\w+_time64|mmap2|fadvise64_64|sync_file_range2|arch_specific_syscall|syscalls")

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


@cache
def known_calls():
    """Every system call: its name, its numbers by machine, its fate, from the list beside this file."""
    fate, found = "", []
    for line in Path(__file__).with_name("system_calls.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            fate = line[1:].partition("]")[0]
        elif line and not line.startswith("#"):
            name, *numbers = line.split()
            found.append((name, dict(zip(MACHINES, numbers, strict=True)), fate))
    return found


def numbers_of(machine):
    return {name: int(numbers[machine]) for name, numbers, _ in known_calls() if numbers[machine] != "-"}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_list_of_all_calls_is_the_kernels(machine):
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    text = HEADERS[machine].read_text()
    defined = {name: int(value) for name, value in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    renamed = dict(re.findall(r"#define __NR_(\w+) __NR3264_(\w+)", text))  # "newfstatat" is the generic "fstatat"
    named = defined | {new: defined[old] for new, old in renamed.items() if old in defined}
    ours = numbers_of(machine)
    assert {name: value for name, value in ours.items() if named.get(name) != value} == {}
    listed = set(ours.values())
    missing = {name for name, value in defined.items() if value <= NEWEST_KNOWN and value not in listed}
    assert {name for name in missing if machine == "x86_64" or not NOT_ON_AARCH64.fullmatch(name)} == set()


@pytest.mark.parametrize("machine", MACHINES)
def test_of_every_call_somebody_has_decided_what_becomes_of_it(machine):
    other = {}
    for name, numbers, fate in known_calls():
        if numbers[machine] != "-":
            found = {decide(machine, int(numbers[machine]), *[value] * 6) for value in ARGUMENTS}
            if found != FATES[fate]:
                other[name] = found
    assert other == {}


def test_the_list_of_all_calls_has_each_once_and_knows_all_that_the_filter_names():
    names = [name for name, *_ in known_calls()]
    assert len(set(names)) == len(names)
    assert set(names) >= set(NUMBERS)
    for machine in MACHINES:
        ours = numbers_of(machine)
        assert len(set(ours.values())) == len(ours)
        assert {name: number(name, machine) for name in NUMBERS} == {name: ours.get(name) for name in NUMBERS}
    # From 424 on, where the tables meet, there is no gap.
    assert {value for value in numbers_of("aarch64").values() if value >= 424} == set(range(424, NEWEST_KNOWN + 1))


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
        ("fallocate", [3, 0, 0, 4096], ALLOW),
        ("fallocate", [3, 1, 0, 4096], "EPERM"),  # room on the disk beyond the end of the file
        ("fcntl", [3, 4], ALLOW),
        ("fcntl", [3, 6], "EPERM"),
        ("fcntl", [3, 8], "EPERM"),
        ("ioctl", [3, 0x5401], ALLOW),
        ("ioctl", [3, 0x5421], ALLOW),
        ("ioctl", [3, 0x5412], "EPERM"),
        ("ioctl", [3, 0x8901], "EPERM"),  # FIOSETOWN: whom to signal when bytes arrive
        ("ioctl", [3, 0x40086602], "EPERM"),  # FS_IOC_SETFLAGS: works on a file that is open for reading
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
