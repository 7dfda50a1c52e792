"""What an answer can reach, remembered so that two moments can be compared."""

import itertools
import random
from typing import Any

import numpy as np

from dlfb_lab._data import is_numpy_data
from dlfb_lab.probes._reach import parts_of, reached

MAX_BYTES = 2**20


class Picture:
    """What an answer can reach at one moment, to compare with another."""

    def __init__(self, answer: Any) -> None:
        # Kept, so that nothing new can get the identity of something old.
        self._parts = {name: list(parts_of(value)) for name, value in reached(answer).items()}
        self._shots = {name: [_shot(part) for part in parts] for name, parts in self._parts.items()}
        self._shots |= {"random": [random.getstate()], "np.random": [repr(_numpy_state())]}

    def changed_since(self, later: "Picture") -> list[str]:
        """The names of what differs, sorted."""
        names = self._shots.keys() | later._shots.keys()
        return sorted(name for name in names if self._shots.get(name) != later._shots.get(name))


def _numpy_state() -> list[Any]:
    """Where NumPy's global generator is; its arrays as bytes, which can be compared."""
    return [part.tobytes() if isinstance(part, np.ndarray) else part for part in np.random.get_state()]


def _shot(part: Any) -> Any:
    """What tells a part from what it was before: numbers by value, containers by size, other things by identity."""
    if part is None or type(part) in (bool, int, float, complex, str, bytes):
        return type(part), repr(part)
    if is_numpy_data(part) and part.nbytes <= MAX_BYTES:
        return part.shape, part.dtype.name, part.tobytes()
    if isinstance(part, np.random.Generator):
        return repr(part.bit_generator.state)
    if isinstance(part, random.Random | itertools.count):
        return repr(part.getstate() if isinstance(part, random.Random) else part)
    if isinstance(part, list | tuple | set | frozenset | dict):
        return type(part), len(part)
    return id(part)
