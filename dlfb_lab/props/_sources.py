"""Sources of data that can be watched."""

from collections.abc import Iterator

from dlfb_lab.props._registry import prop


class EndlessSource:
    """An iterator over 0, 1, 2, ... which counts how many numbers were taken.

    It stops after 5,000: more than any answer should take, and few enough that one which takes them all comes back and
    can be told so.
    """

    LENGTH = 5_000

    def __init__(self) -> None:
        self.pulls = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self.pulls == self.LENGTH:
            raise StopIteration
        self.pulls += 1
        return self.pulls - 1

    def report(self) -> dict[str, int]:
        """How many numbers were taken."""
        return {"pulls": self.pulls}


@prop
def endless_source() -> EndlessSource:
    """A source that, for all an answer can know, never ends; read how much was taken with `probes.report`."""
    return EndlessSource()
