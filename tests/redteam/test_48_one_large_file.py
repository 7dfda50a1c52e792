"""A notebook fills the disk with a single file: by writing, by stretching it, and by asking for room beyond its end."""

from arena import LIMITS, outcome
from threat import RIGHT, Threat
from weapons import tools, unguarded

from autograder.sandbox.limits import MIB
from dlfb_lab._outcome import Outcome

WAYS = """
SIZE, KEEP_SIZE, ZERO, RESERVE = 64 << 20, 1, 16, 0x40305828
most = 0

def into_a_new_file(work):
    def way():
        global most
        fd = os.open("large", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        try:
            work(fd)
        finally:
            most = max(most, os.fstat(fd).st_blocks * 512, os.fstat(fd).st_size)
            os.close(fd)
            os.remove("large")
    return way

def write(fd):
    for _ in range(SIZE >> 20):
        os.write(fd, bytes(1 << 20))

def reserve(fd):
    import fcntl, struct
    fcntl.ioctl(fd, RESERVE, struct.pack("hxxxxxxqqixxxx16x", 0, 0, SIZE, 0))

for name, work in {
    "write": write,
    "write at the end": lambda fd: os.pwrite(fd, b"x", SIZE),
    "stretch": lambda fd: os.ftruncate(fd, SIZE),
    "ask for room": lambda fd: os.posix_fallocate(fd, 0, SIZE),
    "ask for room behind the end": lambda fd: raw("fallocate", fd, KEEP_SIZE, 0, SIZE),
    "ask for zeros behind the end": lambda fd: raw("fallocate", fd, KEEP_SIZE | ZERO, 0, SIZE),
    "reserve room": reserve,
}.items():
    attempt(name, into_a_new_file(work))
loot["most"] = most
"""

THREAT = Threat(
    48,
    "One file that fills the disk",
    "RLIMIT_FSIZE. The filter refuses the calls that take room which no file's size shows.",
    "no limit",
)


def test_no_file_grows_beyond_its_limit(arena):
    loot = arena.loot(tools(), WAYS)
    assert loot.pop("most") <= LIMITS.file
    assert loot == {
        "write": "EFBIG",
        "write at the end": "EFBIG",
        "stretch": "EFBIG",
        "ask for room": "EFBIG",
        "ask for room behind the end": "EPERM",
        "ask for zeros behind the end": "EPERM",
        "reserve room": "EPERM",
    }


def test_in_an_ordinary_process_it_does(arena, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    loot = unguarded(tools(), WAYS)
    assert loot.pop("most") >= 64 * MIB
    assert {loot[name] for name in ("write", "write at the end", "stretch", "ask for room")} == {"done"}


def test_a_cell_that_writes_too_much_fails_alone(arena):
    report = arena.grade("with open('large', 'wb') as file:\n    while True: file.write(bytes(1 << 20))", RIGHT)
    assert [(cell.cell, cell.outcome) for cell in report.cells] == [(2, Outcome.FAILED)]
    assert "too large" in report.cells[0].finding.saw
    assert outcome(report) is Outcome.PASSED
