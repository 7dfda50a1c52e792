"""A notebook searches all memory of its process, which began as a copy of the fork server's."""

from threat import DECOY, Threat
from weapons import REFUSED, tools

THREAT = Threat(
    22,
    "The memory that a process inherits from its parent",
    "The fork server is a program of its own, and has never known an answer, a hidden check, a key or a seed.",
    "the kernel is no fork, but the tests run in it",
)


def test_no_page_of_it_holds_a_secret(searched):
    """It finds its own decoy there. Without a sandbox it finds the secret: see tests/autograder/test_canary.py."""
    assert searched["loot"]["memory"] == [DECOY]


def test_its_map_is_closed(arena, searched):
    assert searched["refused"]["mapped_memory"] > 0
    assert searched["loot"]["mapped_memory"] == []
    opens = "".join(
        f"attempt('{file}', os.open, '/proc/self/{file}', os.O_RDONLY)\n" for file in ("maps", "mem", "smaps")
    )
    assert set(arena.loot(tools(), opens).values()) <= REFUSED
