"""What an attack is: a function that does its worst and, if it gets through, returns a few words on what it got.

Being stopped means one of its `stopped_by` exceptions. Anything else that it raises counts as getting through, except
the words for "there is no such thing here".
"""

from collections.abc import Callable
from dataclasses import dataclass

STOPPED, THROUGH, UNAVAILABLE = "stopped", "through", "unavailable"
_NO_SUCH_THING = (FileNotFoundError, AttributeError, ModuleNotFoundError)


@dataclass(frozen=True)
class Ground:
    """What the grader lays out for the attacks, and whom to attack.

    Attributes:
        file: a file that anybody may read, with a canary in it.
        folder: a folder that anybody may write in.
        course: a course's folder, or "".
        secret: the canary. It is in `file`, in the grader's memory and its environment, and must not be found.
        grader: the grader's process id.
        port: a TCP port on this computer where the grader listens.
        data: the limit of memory, in bytes.
        size: the limit of a file, in bytes.
    """

    file: str
    folder: str
    course: str
    secret: str
    grader: int
    port: int
    data: int
    size: int


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: its short name.
        sentence: what a person reads: what it tries.
        level: the lowest level that promises to stop it.
        run: does it.
        stopped_by: what it means to be stopped.
    """

    name: str
    sentence: str
    level: str
    run: Callable[[Ground], str]
    stopped_by: tuple[type[BaseException], ...] = (PermissionError,)


ATTACKS: dict[str, Attack] = {}

Function = Callable[[Ground], str]


def attack(sentence: str, level: str, *stopped_by: type[BaseException]) -> Callable[[Function], Function]:
    """Enter a function into `ATTACKS`, under its own name."""

    def enter(function: Function) -> Function:
        name = function.__name__.removeprefix("_").replace("_", "-")
        ATTACKS[name] = Attack(name, sentence, level, function, stopped_by or (PermissionError,))
        return function

    return enter


def attempt(attack: Attack, ground: Ground) -> tuple[str, str]:
    """Make an attack: `STOPPED`, `THROUGH` or `UNAVAILABLE`, and a detail."""
    try:
        return THROUGH, attack.run(ground)
    except attack.stopped_by as error:
        return STOPPED, f"{type(error).__name__}: {error}"
    except _NO_SUCH_THING as error:
        return UNAVAILABLE, f"{type(error).__name__}: {error}"
    except BaseException as error:
        return THROUGH, f"{type(error).__name__}: {error}"
