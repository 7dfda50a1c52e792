"""Does the sandbox hold on this machine? Attack it and see.

A child is locked in as for a submission, and then does what a hostile submission would do, one attack after the other;
another does what an honest one must be able to do. The level is the one that the layers make, lowered for every attack
that got through: a level is granted only if all that it promises to stop was stopped.
"""

import json
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.sandbox import attacks
from autograder.sandbox._attack import STOPPED, UNAVAILABLE, Attack, Ground
from autograder.sandbox.channel import ChannelError
from autograder.sandbox.chores import CHORES
from autograder.sandbox.launch import SandboxError
from autograder.sandbox.limits import MIB, Limits
from autograder.sandbox.sandbox import Sandbox, SandboxChild, start_sandbox

HELD, NOT_HELD, NOT_AVAILABLE = "held", "NOT held", "not available here"
WORKS, BROKEN = "works", "DOES NOT WORK"

_LIMITS = Limits(file=4 * MIB, files=128)
_CPU_LIMIT = Limits(cpu=1)
_SECONDS_EACH = 20.0
_LEVELS = ("L0", "L1", "L2", "L3")
_MEANING = {
    "L0": "no separation: not for any code but your own",
    "L1": "practice level: own process, limits, deadlines, but no walls; not for official grading",
    "L2": "files, network and other processes are out of reach; fit for official grading",
    "L3": "as L2, with a user and a network of its own; fit for official grading",
}
# One of each kind, where all of them would take too long before every grading.
_QUICK = (
    "read-file",
    "write-outside",
    "their-environment",
    "own-environment",
    "descriptors",
    "fork",
    "subprocess",
    "kill",
    "prlimit",
    "socket",
    "chmod",
    "shared-memory",
    "memory",
    "large-file",
)
# At practice level there is nothing else to attack: no walls, and limits only as the system has them.
_AT_PRACTICE = ("own-environment", "descriptors", "import-course")


@dataclass(frozen=True)
class Result:
    """What came of one attack or one chore.

    Attributes:
        name: of the attack or chore.
        sentence: what was tried.
        outcome: one of the words of this module: `HELD`, `NOT_HELD`, `NOT_AVAILABLE`, `WORKS`, `BROKEN`.
        level: the lowest level that promises to stop it; "" for a chore.
        detail: what the child said.
    """

    name: str
    sentence: str
    outcome: str
    level: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """What the sandbox is worth on this machine.

    Attributes:
        level: "L0" to "L3": what the layers make, lowered for every attack that got through.
        attacks: their results.
        chores: what an honest submission needs.
        layers: the layers that took hold.
        missing: why the others did not.
        problem: why nothing could be tried; "" if it could.
        note: what must be said first; "" where there is a sandbox.
    """

    level: str
    attacks: tuple[Result, ...] = ()
    chores: tuple[Result, ...] = ()
    layers: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    note: str = ""

    @property
    def healthy(self) -> bool:
        """Whether nothing got through that the level promises to stop, and everything works that a student needs."""
        return not self.problem and not any(result.outcome in (NOT_HELD, BROKEN) for result in _all(self))


def diagnose(course: Path | None = None, zygote: Sandbox | None = None) -> Diagnosis:
    """Attack the sandbox on this machine. Takes some seconds.

    Args:
        course: a course's folder, to see whether a child can read it.
        zygote: one that runs already; None starts one for this.
    """
    try:
        with nullcontext(zygote) if zygote else start_sandbox() as running:
            return _examine(running, course)
    except SandboxError as error:
        return Diagnosis("L0", problem=f"The sandbox does not start: {error}")


def measured_level(zygote: Sandbox) -> str:
    """The level that a child of this zygote really has, by one attack of each kind. About half a second.

    Raises:
        SandboxError: no child came up.
    """
    with _ground(None) as ground, zygote.spawn(_LIMITS, entry="autograder.sandbox.attacks:serve") as child:
        names = _AT_PRACTICE if zygote.practice_note else _QUICK
        results = [_attack(child, attacks.ATTACKS[name], ground) for name in names]
        return granted(child.level, results)


def granted(level: str, attacks: Iterable[Result]) -> str:
    """The highest level, at most `level`, of which everything held that it promises."""
    broken = [_LEVELS.index(result.level) for result in attacks if result.outcome == NOT_HELD]
    return _LEVELS[min([_LEVELS.index(level), *(number - 1 for number in broken)])]


def render(diagnosis: Diagnosis) -> str:
    """The diagnosis as a text for a person."""
    if diagnosis.problem:
        return f"{diagnosis.problem}\n\nLevel {diagnosis.level}: {_MEANING[diagnosis.level]}."
    lines = [diagnosis.note, ""] if diagnosis.note else []
    lines += ["A hostile submission tries to ..."]
    lines += [_line(result) for result in diagnosis.attacks]
    lines += ["", "An honest submission must be able to ..."]
    lines += [_line(result) for result in diagnosis.chores]
    if diagnosis.missing:
        lines += ["", "Layers that did not take hold:"]
        lines += [f"  {name}: {reason}" for name, reason in diagnosis.missing]
    lines += ["", f"Level {diagnosis.level}: {_MEANING[diagnosis.level]}."]
    return "\n".join(lines)


def _examine(zygote: Sandbox, course: Path | None) -> Diagnosis:
    return _examine_practice(zygote, course) if zygote.practice_note else _examine_sandbox(zygote, course)


def _examine_practice(zygote: Sandbox, course: Path | None) -> Diagnosis:
    with zygote.spawn(_LIMITS, entry="autograder.sandbox.attacks:serve") as hostile, _ground(course) as ground:
        results = [_attack(hostile, attacks.ATTACKS[name], ground) for name in _AT_PRACTICE]
    with zygote.spawn(entry="autograder.sandbox.chores:serve") as honest:
        chores = [_chore(honest, name) for name in CHORES]
    return Diagnosis(
        granted(hostile.level, results),
        tuple(results),
        tuple(chores),
        tuple(sorted(hostile.layers)),
        tuple(sorted(hostile.missing.items())),
        note=zygote.practice_note,
    )


def _examine_sandbox(zygote: Sandbox, course: Path | None) -> Diagnosis:
    # The limit of processor time needs a second to bite: it runs beside the others.
    with zygote.spawn(_CPU_LIMIT, entry="autograder.sandbox.entries:burn") as burning, _ground(course) as ground:
        with zygote.spawn(_LIMITS, entry="autograder.sandbox.attacks:serve") as hostile:
            results = [_attack(hostile, attack, ground) for attack in attacks.ATTACKS.values()]
        with zygote.spawn(entry="autograder.sandbox.chores:serve") as honest:
            chores = [_chore(honest, name) for name in CHORES]
        results.append(_burned(burning))
    missing = dict(hostile.missing)
    if "own-uid" not in hostile.layers and zygote.why_no_uid:
        missing["own-uid"] = zygote.why_no_uid
    return Diagnosis(
        granted(hostile.level, results),
        tuple(results),
        tuple(chores),
        tuple(sorted(hostile.layers)),
        tuple(sorted(missing.items())),
    )


def _attack(child: SandboxChild, attack: Attack, ground: Ground) -> Result:
    request = json.dumps({"name": attack.name, "ground": asdict(ground)}).encode()
    try:
        child.channel.send(request, deadline=_soon())
        outcome, detail = json.loads(child.channel.receive(MIB, _soon()))
    except ChannelError as error:
        # An attack that ends its own process has become another program, or something worse.
        return Result(attack.name, attack.sentence, NOT_HELD, attack.level, f"the child did not answer: {error}")
    word = {STOPPED: HELD, UNAVAILABLE: NOT_AVAILABLE}.get(outcome, NOT_HELD)
    return Result(attack.name, attack.sentence, word, attack.level, detail)


def _chore(child: SandboxChild, name: str) -> Result:
    sentence = CHORES[name][0]
    try:
        child.channel.send(name.encode(), deadline=_soon())
        trouble = json.loads(child.channel.receive(MIB, _soon()))
    except ChannelError as error:
        trouble = f"the child did not answer: {error}"
    return Result(name, sentence, BROKEN if trouble else WORKS, detail=trouble)


def _burned(child: SandboxChild) -> Result:
    sentence = "use more processor time than allowed, deaf to all signals"
    try:
        ended = child.wait(time.monotonic() + 3 * _SECONDS_EACH)
    except TimeoutError:
        return Result("cpu", sentence, NOT_HELD, "L1", "it still runs")
    return Result("cpu", sentence, HELD if ended.signal else NOT_HELD, "L1", f"ended by signal {ended.signal}")


@contextmanager
def _ground(course: Path | None) -> Iterator[Ground]:
    """Lay out what the attacks need: canaries in a file, in this memory and in this environment, a listening port."""
    secret = secrets.token_hex(16)
    with (
        tempfile.TemporaryDirectory(prefix="autograder-doctor-") as name,
        socket.create_server(("127.0.0.1", 0)) as port,
    ):
        folder = Path(name)
        folder.chmod(0o777)
        for file in (folder / "canary", folder / "to-delete"):
            file.write_text(secret)
            file.chmod(0o666)
        os.environ["AUTOGRADER_CANARY"] = secret
        try:
            yield Ground(
                file=str(folder / "canary"),
                folder=str(folder),
                course=str(course.resolve()) if course else "",
                secret=secret,
                grader=os.getpid(),
                port=port.getsockname()[1],
                data=_LIMITS.data,
                size=_LIMITS.file,
            )
        finally:
            del os.environ["AUTOGRADER_CANARY"]


def _soon() -> float:
    return time.monotonic() + _SECONDS_EACH


def _all(diagnosis: Diagnosis) -> tuple[Result, ...]:
    return diagnosis.attacks + diagnosis.chores


def _line(result: Result) -> str:
    detail = f" ({result.detail})" if result.outcome in (NOT_HELD, BROKEN, NOT_AVAILABLE) and result.detail else ""
    return f"  {result.outcome:<18}  {result.sentence}{detail}"
