"""pytest's plugin that gives checks their answers, and reads how each check ended.

Two runs share it: `judge`, in the kernel and in the grader, and `pytest dlfb_lab/checks` on the saved notebooks.
"""

import hashlib
from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import jax
import numpy as np
import pytest

from dlfb_lab._answer import Transport, transport_in_use
from dlfb_lab._errors import AnswerLost, CheckBug, NoSuchName
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict import LOST, End, end_of
from dlfb_lab.props import forget_props


@dataclass(frozen=True)
class CheckResult:
    """How one check ended. `certain`: its finding is more than a suspicion. `note`: what broke on our side."""

    name: str
    task: str
    sentence: str
    file: Path
    outcome: Outcome
    finding: Finding | None = None
    note: str = ""
    certain: bool = False


@dataclass
class Row:
    """One check while it runs: its parametrized runs are taken together, the first that is not passed counts."""

    name: str
    task: str
    sentence: str
    file: Path
    ends: list[End] = field(default_factory=list)

    def result(self) -> CheckResult:
        end = next((end for end in self.ends if end.outcome is not Outcome.PASSED), None)
        if end is None:
            unjudged = End(Outcome.GRADER_ERROR, note="the check did not run to its end")
            end = self.ends[0] if self.ends else unjudged
        shown = end.outcome, end.finding, end.note, end.certain
        return CheckResult(self.name, self.task, self.sentence, self.file, *shown)


class CheckPlugin:
    """Gives checks their answers, and reads their ends."""

    def __init__(
        self,
        transport: Transport,
        tasks: frozenset[str],
        seeds: Mapping[Path, int],
        only: Collection[str] | None,
        reference: Mapping[str, Any] | None,
        broken: frozenset[str],
    ) -> None:
        self.transport = transport
        self.tasks = tasks
        self.seeds = seeds
        self.only = only
        self.reference_answers = reference
        self.broken = broken
        self.rows: dict[tuple[Path, str], Row] = {}
        # Tasks about which nothing more can be learned: lost with their process, or untouched. Their other checks
        # end as the first one did.
        self.over: dict[str, tuple[BaseException, End]] = {}
        self.collection_errors: list[str] = []
        self.interrupted = False
        self.after_each: Callable[[], None] = lambda: None

    def results(self) -> tuple[CheckResult, ...]:
        rows = tuple(row.result() for row in self.rows.values())
        faults = tuple(
            CheckResult("collection", "", "The check file can be read.", Path(), Outcome.GRADER_ERROR, note=text)
            for text in self.collection_errors
        )
        return faults + rows

    def task_of(self, item: pytest.Item) -> str:
        """The task a check is about: the first of its arguments that is one."""
        return next((name for name in getattr(item, "fixturenames", ()) if name in self.tasks), "")

    def seed_of(self, request: pytest.FixtureRequest) -> int:
        """The seed of the check that asks: 0 for a visible one."""
        return self.seeds.get(request.node.path.resolve(), 0)

    def answer(self, name: str) -> Any:
        if name in self.over:
            raise self.over[name][0]
        return self.transport.answer(name)

    def row_of(self, item: pytest.Item) -> Row:
        return self.rows[item.path, getattr(item, "originalname", item.name)]

    # Hooks of pytest.

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [item for item in items if self.only is None or self.task_of(item) in self.only]
        items[:] = wanted
        for item in wanted:
            name = getattr(item, "originalname", item.name)
            row = Row(name, self.task_of(item), sentence_of(item), item.path)
            self.rows.setdefault((item.path, name), row)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        # pytest's own interruptions, such as that by a file that cannot be read, derive from it.
        self.interrupted = type(excinfo.value) is KeyboardInterrupt

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, None, None]:
        with transport_in_use(self.transport):
            done: None = yield
        forget_props()
        if self.task_of(item) not in self.over:
            self._reset()
        self.after_each()
        return done

    def _reset(self) -> None:
        """Nothing may escape from here: pytest would stop, and checks that did not run would look like our fault."""
        try:
            self.transport.request("reset")
        except AnswerLost:
            pass
        except Exception:  # a side that refuses a reset is not to be believed any more
            self.transport.distrust()

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        raised = call.excinfo.value if call.excinfo is not None else None
        if call.when == "call" or (call.when == "setup" and raised is not None):
            self._note_end(item, raised)
        # A report of our own, so that pytest does not draw a traceback (40 ms) that nobody sees.
        outcome: Literal["passed", "failed"] = "passed" if raised is None else "failed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def _note_end(self, item: pytest.Item, raised: BaseException | None) -> None:
        task = self.task_of(item)
        row = self.row_of(item)
        known, end = self.over.get(task, (None, None))
        if end is None or raised is not known:
            end = end_of(raised, task, self.transport, is_broken=row.name in self.broken)
        row.ends.append(end)
        if raised is not None and (end.outcome is Outcome.NOT_ATTEMPTED or self._is_loss(raised, end)):
            self.over[task] = raised, end

    def _is_loss(self, raised: BaseException, end: End) -> bool:
        """Whether the process was lost: in the check, or on asking why there is no such name."""
        return isinstance(raised, AnswerLost) or (isinstance(raised, NoSuchName) and end.outcome in LOST)

    # Fixtures for checks.

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator of fresh inputs, the same in every run with the same seed."""
        return np.random.default_rng(_derived(self.seed_of(request), request.node.originalname))

    @pytest.fixture(params=["typed", "raw"])
    def make_key(self, request: pytest.FixtureRequest) -> Callable[[int], jax.Array]:
        """`make_key(n)`: the n-th random key. Each check that uses it runs with typed and with raw keys."""
        make = jax.random.key if request.param == "typed" else jax.random.PRNGKey
        seed = self.seed_of(request)
        return lambda n: make(n if seed == 0 else _derived(seed, str(n)) % 2**31)

    @pytest.fixture
    def reference(self, request: pytest.FixtureRequest) -> Any:
        """The reference answer to the check's task. Only the grader has it."""
        if self.reference_answers is None:
            raise CheckBug("visible checks have no reference answers; compare with values, or hide the check")
        return self.reference_answers[self.task_of(request.node)]


P = TypeVar("P", bound=CheckPlugin)


def plugin_type(tasks: Collection[str], base: type[P]) -> type[P]:
    """`base` with a fixture for each task. They must sit on the type: pytest looks for them there."""

    def fixture_for(name: str) -> Any:
        @pytest.fixture(name=name)
        def answer(self: CheckPlugin) -> Any:
            return self.answer(name)

        return answer

    return type("Plugin", (base,), {f"answer_{name}": fixture_for(name) for name in tasks})


def sentence_of(item: pytest.Item) -> str:
    """The sentence that the student reads: the first paragraph of the check's docstring."""
    text = getattr(item, "obj", None).__doc__ or item.name
    return " ".join(text.strip().split("\n\n", 1)[0].split())


def _derived(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:8], "little")
