"""Runs check files on answers, wherever they live, and says how each check ended.

pytest collects and runs the checks; this file is the plugin that gives them their answers and reads their ends. It runs
on the checks' side only, under settings of its own: no other configuration, plugin or conftest file is looked at.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import jax
import numpy as np
import pytest

from dlfb_lab._answer import Transport, transport_in_use
from dlfb_lab._errors import AnswerLost
from dlfb_lab._finding import Finding
from dlfb_lab._outcome import Outcome
from dlfb_lab._verdict import End, end_of
from dlfb_lab.props import forget_props

RESERVED = frozenset({"rng", "make_key", "reference", "request"})
_SETTINGS = Path(__file__).with_name("pytest.ini")
_WITHOUT = (
    "terminal faulthandler cacheprovider warnings logging doctest junitxml pastebin stepwise "
    "setuponly setupplan unraisableexception threadexception debugging unittest legacypath recwarn tmpdir"
).split()


@dataclass(frozen=True)
class CheckResult:
    """How one check ended. `note` says what broke, for a fault of ours."""

    name: str
    task: str
    sentence: str
    file: Path
    outcome: Outcome
    finding: Finding | None = None
    note: str = ""


def judge(
    files: Sequence[Path],
    tasks: Collection[str],
    transport: Transport,
    *,
    hidden: Sequence[Path] = (),
    seed: int = 0,
    only: Collection[str] | None = None,
    reference: Mapping[str, Any] | None = None,
    broken: Collection[str] = (),
) -> tuple[CheckResult, ...]:
    """Run the checks in `files` on the answers that `transport` reaches.

    Args:
        files: check files; each check takes the answers it looks at by their tasks' names.
        tasks: the names that are tasks.
        transport: the way to the answers.
        hidden: more check files, whose inputs are drawn from `seed`.
        seed: what `rng` and `make_key` draw from in hidden checks. Visible ones always draw from 0, with which
            `make_key(n)` is `jax.random.key(n)`: a student can repeat what they see.
        only: run only checks of these tasks.
        reference: the reference answers, for checks that compare with them.
        broken: names of checks known to fail on the reference answers, whose failures are our fault.

    Returns:
        One result a check, in the order of the files; the runs of a parametrized check are taken together.
    """
    seeds = {file.resolve(): seed for file in hidden}
    plugin = _plugin_type(tasks)(transport, frozenset(tasks), seeds, only, reference, frozenset(broken))
    arguments = [str(file) for file in (*files, *hidden)] + ["-c", str(_SETTINGS), "--rootdir", str(_SETTINGS.parent)]
    arguments += ["--noconftest", "--capture=no", *(f"-pno:{name}" for name in _WITHOUT)]
    with _own_environment():
        pytest.main(arguments, plugins=[plugin])
    return plugin.results()


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """Hide pytest's variables of the surroundings: an editor or CI may have set options for other tests."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(hidden)


@dataclass
class _Row:
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
        return CheckResult(self.name, self.task, self.sentence, self.file, end.outcome, end.finding, end.note)


class _Plugin:
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
        self.rows: dict[tuple[Path, str], _Row] = {}
        # Tasks about which nothing more can be learned: lost with their process, or untouched. Their other checks
        # end as the first one did.
        self.over: dict[str, BaseException] = {}
        self.collection_errors: list[str] = []

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
            raise self.over[name]
        return self.transport.answer(name)

    # Hooks of pytest.

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [item for item in items if self.only is None or self.task_of(item) in self.only]
        items[:] = wanted
        for item in wanted:
            name = getattr(item, "originalname", item.name)
            row = _Row(name, self.task_of(item), sentence_of(item), item.path)
            self.rows.setdefault((item.path, name), row)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, None, None]:
        with transport_in_use(self.transport):
            done: None = yield
        forget_props()
        if self.task_of(item) not in self.over:
            with contextlib.suppress(AnswerLost):
                self.transport.request("reset")
        return done

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
        row = self.rows[item.path, getattr(item, "originalname", item.name)]
        end = end_of(raised, task, self.transport, is_broken=row.name in self.broken)
        row.ends.append(end)
        if raised is not None and (isinstance(raised, AnswerLost) or end.outcome is Outcome.NOT_ATTEMPTED):
            self.over[task] = raised

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
            raise RuntimeError("visible checks have no reference answers; compare with values, or hide the check")
        return self.reference_answers[self.task_of(request.node)]


def _plugin_type(tasks: Collection[str]) -> type[_Plugin]:
    """The plugin's type with a fixture for each task. They must sit on the type: pytest looks for them there."""

    def fixture_for(name: str) -> Any:
        @pytest.fixture(name=name)
        def answer(self: _Plugin) -> Any:
            return self.answer(name)

        return answer

    return type("Plugin", (_Plugin,), {f"answer_{name}": fixture_for(name) for name in tasks})


def sentence_of(item: pytest.Item) -> str:
    """The sentence that the student reads: the first paragraph of the check's docstring."""
    text = getattr(item, "obj", None).__doc__ or item.name
    return " ".join(text.strip().split("\n\n", 1)[0].split())


def _derived(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:8], "little")
