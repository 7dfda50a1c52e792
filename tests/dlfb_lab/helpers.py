"""What the tests of the joint share: answers with what they must get, and the ways to bring an answer to its checks."""

import linecache
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Lab, load_course
from autograder.grade import reference_answers
from autograder.sandbox import wire
from dlfb_lab._answer import Transport
from dlfb_lab._data import Data
from dlfb_lab._errors import answer_error
from dlfb_lab._finding import Finding
from dlfb_lab._host import DirectTransport, Host, pack_error, unpack_error
from dlfb_lab._judge import CheckResult, judge
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Runner
from dlfb_lab._translate import describe
from dlfb_lab._verdict import lint_of, most_telling, task_outcome

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "tests" / "course"
_TEXT_LIMIT = 1 << 20


@dataclass(frozen=True)
class Sample:
    """An answer to one task, and the diagnosis that it must get: "" for a right one."""

    task: str
    story: str
    source: str
    diagnosis: str

    def __str__(self) -> str:
        return f"{self.task}: {self.story}"


def samples(folder: Path) -> list[Sample]:
    """The answers in `folder`, whose files are called `<task>__<story>.py`."""
    return [_sample(path) for path in sorted(folder.rglob("*.py"))]


def _sample(path: Path) -> Sample:
    task, story = path.stem.split("__")
    source = path.read_text("utf-8")
    diagnosis = re.search(r"^# diagnosis: (\S+)$", source, re.MULTILINE)
    return Sample(task, story.replace("_", " "), source, diagnosis.group(1) if diagnosis else "")


def labs(course: Path) -> dict[str, Lab]:
    """Lab of each task."""
    return {task.name: lab for lab in load_course(course).labs for task in lab.tasks}


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


def ran(*cells: str) -> Runner:
    """A notebook with these cells, after it ran."""
    runner = Runner()
    with quiet():
        for number, cell in enumerate(cells, start=1):
            runner.run(number, cell)
    return runner


def as_notebook(*cells: str) -> DirectTransport:
    """What the checks of a saved notebook ask."""
    runner = ran(*cells)
    return DirectTransport(Host(runner.namespace, runner.fates))


def through_bytes(*cells: str) -> LoopbackTransport:
    """The same, with everything that is asked and answered as bytes on its way."""
    runner = ran(*cells)
    return LoopbackTransport(Host(runner.namespace, runner.fates))


@dataclass(frozen=True)
class TaskVerdict:
    """How a task ended: its outcome, the finding to show first, and each check."""

    outcome: Outcome
    finding: Finding | None
    checks: tuple[CheckResult, ...]

    @property
    def diagnosis(self) -> str:
        return "" if self.finding is None else self.finding.diagnosis


class Judge:
    """All checks of one course, visible and hidden."""

    def __init__(self, course: Path) -> None:
        self.course = load_course(course)

    def verdicts(self, transport: Transport, tasks: Sequence[str]) -> dict[str, TaskVerdict]:
        """The verdict on each of `tasks`."""
        found: dict[str, TaskVerdict] = {}
        for lab in self.course.labs:
            results = self._results(lab, transport, tasks)
            for task in (task.name for task in lab.tasks if task.name in tasks):
                own = tuple(result for result in results if result.task == task)
                lint = lint_of(transport, task)
                found[task] = TaskVerdict(task_outcome([r.outcome for r in own]), most_telling(own, lint), own)
        return found

    def _results(self, lab: Lab, transport: Transport, tasks: Sequence[str]) -> tuple[CheckResult, ...]:
        names = [task.name for task in lab.tasks]
        if not set(names) & set(tasks):
            return ()
        hidden = [lab.hidden_checks] if lab.hidden_checks else []
        return judge(
            [lab.visible_checks],
            names,
            transport,
            hidden=hidden,
            seed=self.course.seed,
            only=tasks,
            reference=reference_answers(lab),
        )


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
