"""A notebook takes memory that the limit on private memory does not count: shared, or as a file that is none."""

from dataclasses import replace

from arena import LIMITS, outcome
from threat import RIGHT, Threat
from weapons import REFUSED, tools, unguarded

from autograder.sandbox.limits import MIB
from dlfb_lab._outcome import Outcome

WAYS = """
import mmap, multiprocessing.shared_memory
SIZE = 8 << 20

def shared_map():
    with mmap.mmap(-1, SIZE) as memory:
        memory.write(bytes(SIZE))

def shared_by_name():
    memory = multiprocessing.shared_memory.SharedMemory(create=True, size=SIZE)
    memory.close()
    memory.unlink()

def file_in_memory():
    with open("/dev/shm/hoard", "wb") as file:
        file.write(bytes(SIZE))
    os.remove("/dev/shm/hoard")

attempt("mmap", shared_map)
attempt("SharedMemory", shared_by_name)
attempt("/dev/shm", file_in_memory)
attempt("memfd_create", lambda: os.close(os.memfd_create("hoard")))
attempt("memfd_secret", raw, "memfd_secret", 0)
attempt("shmget", raw, "shmget", 0, SIZE, 0o1600)
attempt("msgget", raw, "msgget", 0, 0o1600)
"""

THREAT = Threat(
    44,
    "Shared memory, memfd, /dev/shm, System V segments",
    "The filter refuses what the limits do not count, Landlock refuses /dev/shm.",
    "no limit",
)


def test_no_memory_is_to_be_had_that_no_limit_counts(arena):
    loot = arena.loot(tools(), WAYS)
    assert set(loot.values()) <= REFUSED, loot
    assert len(loot) == 7


def test_in_an_ordinary_process_it_is(arena):
    loot = unguarded(tools(), WAYS)
    assert {loot[name] for name in ("mmap", "SharedMemory", "/dev/shm", "memfd_create")} == {"done"}, loot


def test_maps_of_its_own_files_count_as_files(arena):
    """These are shared as well, and allowed; but there may be only so many files."""
    hoard = """\
import mmap, os
maps = []
while True:
    with open(f"{len(maps)}", "wb+") as file:
        file.truncate(16 << 20)
        maps.append(mmap.mmap(file.fileno(), 16 << 20))
        maps[-1].write(bytes(16 << 20))
"""
    report = arena.grade(hoard, RIGHT, limits=replace(LIMITS, scratch=64 * MIB))
    (cell,) = report.cells
    assert cell.outcome is Outcome.CRASHED
    assert cell.finding.saw == "It was stopped: its files took more than 64 MiB together."
    assert outcome(report) is Outcome.PASSED
