"""What the tests of the joint share: answers with what they must get, and the ways to bring an answer to its checks."""

import linecache
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.sandbox import wire
from autograder.verify.judging import Judge as Judge
from autograder.verify.judging import as_notebook as as_notebook
from autograder.verify.judging import ran as ran
from autograder.verify.samples import Sample as Sample
from autograder.verify.samples import samples as samples
from dlfb_lab._answer import Transport
from dlfb_lab._data import Data
from dlfb_lab._errors import answer_error
from dlfb_lab._host import DirectTransport, Host, pack_error, unpack_error
from dlfb_lab._judge import CheckResult, judge
from dlfb_lab._translate import describe

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "course"
_TEXT_LIMIT = 1 << 20


class LoopbackTransport(Transport):
    """Asks a host in this process, but lets every request and every answer go through bytes."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def request(self, operation: str, *payload: Data) -> Data:
        operation, *payload = _through_bytes([operation, *payload], allow_props=True, text_limit=_TEXT_LIMIT)
        try:
            reply = ["ok", self.host.handle(operation, tuple(payload))]
        except BaseException as error:
            reply = ["error", pack_error(describe(error))]
        kind, value = _through_bytes(reply)
        if kind == "error":
            raise answer_error(unpack_error(value))
        return value


def _through_bytes(message: Data, **options: Any) -> Data:
    return wire.decode(b"".join(wire.encode(message)), **options)


def as_kernel(*sources: str) -> DirectTransport:
    """What `check` asks in a running kernel: the objects that the cells left behind, and nothing about the cells."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, source in enumerate(sources):
        name = f"<ipython-input-{number}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        exec(compile(source, name, "exec"), namespace)
    return DirectTransport(Host(namespace))


def through_bytes(*cells: str) -> LoopbackTransport:
    """The same, with everything that is asked and answered as bytes on its way."""
    runner = ran(*cells)
    return LoopbackTransport(Host(runner.namespace, runner.fates))


def rounds(answers: Sequence[Sample]) -> list[dict[str, Sample]]:
    """The answers in as few notebooks as there are answers to one task: each has at most one to each task."""
    by_task: dict[str, list[Sample]] = {}
    for answer in answers:
        by_task.setdefault(answer.task, []).append(answer)
    longest = max(len(found) for found in by_task.values())
    return [{task: found[n] for task, found in by_task.items() if n < len(found)} for n in range(longest)]


def judged(check_file: Path, names: Mapping[str, Any], **options: Any) -> tuple[CheckResult, ...]:
    """The results of the checks in `check_file` on answers of this process."""
    return judge([check_file], list(names), DirectTransport(Host(names)), **options)
