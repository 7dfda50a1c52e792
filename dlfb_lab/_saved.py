"""`pytest dlfb_lab/checks`: the visible checks on the saved notebooks, as an editor's test view runs them.

Each lab's notebook runs once, when its first check does. A check is shown under its sentence, and one that fails with
the words of `check`. Hooks see the tests of everybody, so each first asks whether a test is a check of ours.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from dlfb_lab._catalog import catalog, checks_file
from dlfb_lab._notebook import NoNotebook, SavedRun, UnreadableNotebook, find_notebook, run_notebook
from dlfb_lab._outcome import Outcome
from dlfb_lab._plugin import CheckPlugin, Row, plugin_type, sentence_of
from dlfb_lab._verdict import End, error_finding, lint_of, most_telling
from dlfb_lab._verdict_text import Line, Verdict, as_text, finding_as_text

_NAME = "dlfb_lab-saved-notebooks"


def pytest_configure(config: pytest.Config) -> None:
    """Let the checks look at the saved notebooks. For the `conftest.py` of a folder of checks."""
    if config.pluginmanager.has_plugin(_NAME):
        return
    here = config.invocation_params.dir
    roots = list(dict.fromkeys([here, config.rootpath, config.rootpath.parent]))
    config.pluginmanager.register(plugin_type(catalog(), SavedChecks)(roots), _NAME)


class SavedChecks(CheckPlugin):
    """Gives the checks the answers of the saved notebooks.

    Args:
        roots: folders in which to look for a notebook, or for its folder `exercises`.
    """

    def __init__(self, roots: list[Path]) -> None:
        # Which transport it is depends on the lab; `pytest_runtest_protocol` says.
        super().__init__(None, frozenset(catalog()), {}, None, None, frozenset())  # type: ignore[arg-type]
        self.roots = roots
        self.runs: dict[str, SavedRun | NoNotebook | UnreadableNotebook] = {}

    def answer(self, name: str) -> Any:
        """The answer called `name`, from the notebook of its lab."""
        run = self.runs[catalog()[name].lab]
        if not isinstance(run, SavedRun):
            raise run
        return super().answer(name)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Call each check by its sentence. Last, so that `-k` still finds it by its name."""
        own = [item for item in items if _lab_of(item)]
        super().pytest_collection_modifyitems(own)
        for item in own:
            case = getattr(item, "callspec", None)
            item.name = f"{sentence_of(item)} [{case.id}]" if case is not None else sentence_of(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Run the lab's notebook first, if it has not run yet."""
        lab = _lab_of(item)
        run = self._run(lab) if lab else None
        if not isinstance(run, SavedRun):
            return (yield)
        self.transport = run.transport
        return (yield from super().pytest_runtest_protocol(item))

    def pytest_runtest_makereport(  # type: ignore[override]
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """What the editor shows of a check: the words of `check`, and no traceback through ours."""
        if not _lab_of(item):
            return None
        if call.excinfo is not None and isinstance(call.excinfo.value, NoNotebook | UnreadableNotebook):
            self.row_of(item).ends.append(End(Outcome.NOT_RUN, note=str(call.excinfo.value)))
            report = pytest.TestReport(item.nodeid, item.location, {}, "failed", None, "call")
        else:
            report = super().pytest_runtest_makereport(item, call)
        report.duration, report.start, report.stop = call.duration, call.start, call.stop
        if report.failed:
            # Else a check whose answer is missing, which shows in its setup, would be an error of the test's.
            report.when = "call"
            self._explain(report, item)
        return report

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Each task's checks, by their sentences, and the cells that stopped."""
        looked_at = [row for row in self.rows.values() if row.ends]
        if not looked_at:
            return
        terminalreporter.section("your answers")
        for task in dict.fromkeys(row.task for row in looked_at):
            terminalreporter.write_line(_summary(task, [row for row in looked_at if row.task == task]) + "\n")
        for run in self.runs.values():
            for line in _stopped_cells(run, self.roots[0]) if isinstance(run, SavedRun) else [str(run)]:
                terminalreporter.write_line(line)

    def _run(self, lab: str) -> SavedRun | NoNotebook | UnreadableNotebook:
        if lab not in self.runs:
            try:
                self.runs[lab] = run_notebook(find_notebook(lab, self.roots))
            except (NoNotebook, UnreadableNotebook) as problem:
                self.runs[lab] = problem
        return self.runs[lab]

    def _explain(self, report: pytest.TestReport, item: pytest.Item) -> None:
        end = self.row_of(item).ends[-1]
        missing = end.outcome is Outcome.NOT_RUN and isinstance(self.runs[_lab_of(item)], NoNotebook)
        if missing or end.outcome is Outcome.NOT_ATTEMPTED:
            report.outcome = "skipped"
            report.longrepr = (str(item.path), item.location[1] or 0, end.note or "not attempted yet")
            return
        finding = most_telling([end], [] if end.note else lint_of(self.transport, self.task_of(item)))
        report.longrepr = finding_as_text(finding) if finding is not None else end.note


def _lab_of(item: pytest.Item) -> str:
    """The lab whose check `item` is; "" for a test that is none."""
    lab = item.path.stem.removeprefix("test_")
    labs = {task.lab for task in catalog().values()}
    return lab if lab in labs and item.path.resolve() == checks_file(lab).resolve() else ""


def _summary(task: str, rows: list[Row]) -> str:
    lines = tuple(Line(row.sentence, row.result().outcome) for row in rows)
    return as_text(Verdict(task, lines))


def _stopped_cells(run: SavedRun, root: Path) -> list[str]:
    """A line for each cell that did not run to its end, unless it only called what is not written yet."""
    path = run.path.relative_to(root) if run.path.is_relative_to(root) else run.path
    stopped = [(cell, error) for cell, error in run.errors if error.message.strip() not in catalog()]
    return [f"{path}: code cell {cell} stopped. {error_finding(error).saw}" for cell, error in stopped]
