"""One submission -> one report: read the notebook, run it in a child, run the checks on it, score.

This process knows the hidden checks, the reference answers and the seed, and runs no code of a student's.
"""

import contextlib
import importlib.util
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jax

from autograder import memory
from autograder.collect import Submission
from autograder.compile_cache import filled
from autograder.course import Course, Folders, Lab, Task
from autograder.fingerprint import environment_digest, fingerprint_of, versions
from autograder.identify import which_lab
from autograder.notebook_file import NotANotebook, Notebook, read_notebook
from autograder.remembered import remembering
from autograder.report.record import CellProblem, CheckReport, Report, TaskReport
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.wire import MAX_KEY_SHAPES
from autograder.session import CellError, Session
from autograder.shares import points_of
from dlfb_lab._finding import SourceLine
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import CheckResult, judge
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._verdict import error_finding, lint_of, most_telling, task_outcome

Lint = tuple[str, SourceLine]
_FAULT = "A fault of the grader's own kept this from being judged. It costs no points; your teacher has been told."
_CELL_OUTCOMES = {
    "crashed": Outcome.CRASHED,
    "timed-out": Outcome.TIMED_OUT,
    "out-of-memory": Outcome.OVER_MEMORY,
}


@dataclass(frozen=True)
class Settings:
    """What a run of the grader was asked for.

    Attributes:
        course: the course folder, or several, of which later ones win.
        seed: what hidden inputs are drawn from.
        limits: of each child.
    """

    course: Folders
    seed: int
    limits: Limits


class Grader:
    """Grades one submission after the other with one zygote. Keeps what is the same for all of them.

    Args:
        course: the labs, their checks and their answers.
        zygote: makes the children.
        settings: seed and limits.
        measured: the level of isolation that attacks on this machine's sandbox have shown.
        cache_base: where compiled programs are kept; None to keep none.
        most_memory: bytes that this process may hold from one check to the next; None bounds it after all checks alone.
        knows_answers: whether the labs have their answers; without them a check that is itself at fault looks like a
            wrong answer, and no hidden check can be judged.
    """

    def __init__(
        self,
        course: Course,
        zygote: Sandbox,
        settings: Settings,
        measured: str,
        cache_base: Path | None = None,
        most_memory: int | None = None,
        knows_answers: bool = True,
    ) -> None:
        self._course = course
        self._zygote = zygote
        self._settings = settings
        self._measured = measured
        self._cache_base = cache_base
        self._most_memory = most_memory
        self._knows_answers = knows_answers
        self._labs: dict[str, _LabKit] = {}

    def grade(self, submission: Submission) -> Report:
        """The report on `submission`. Never raises for anything that is in it."""
        try:
            report = self._graded(submission)
        except SandboxError:
            raise
        except Exception as error:
            return fault_report(submission, self._course, self._settings, f"{type(error).__name__}: {error}")
        return _stamped(report, submission, self._course, self._settings)

    def _graded(self, submission: Submission) -> Report:
        report = Report(submission.id, submission.student, submission.source, "")
        if submission.problem:
            return _not_run(report, submission, self._course, submission.problem)
        try:
            notebook = read_notebook(submission.data)
        except NotANotebook as problem:
            return _not_run(report, submission, self._course, str(problem))
        lab = which_lab(notebook, submission.filename, self._course)
        if lab is None:
            return replace(report, problem=_unknown_lab(self._course))
        return self._run(report, notebook, lab)

    def _run(self, report: Report, notebook: Notebook, lab: Lab) -> Report:
        kit = self._kit(lab)
        draws = [number for number, source in enumerate(notebook.cells, 1) if source.strip() not in kit.handed_out]
        with Session(self._zygote, notebook.cells, self._settings.limits, self._cache(kit), draws=draws) as session:
            # Before any check: what a process says of its text must not depend on what it was asked.
            lint = {task.name: lint_of(session, task.name) for task in lab.tasks}
            results = [_fit_to_show(result, kit, notebook) for result in kit.judge(session)]
        self._forget_shapes(session)
        memory.keep_within_bounds()
        tasks = tuple(_task_report(task, results, lint[task.name], kit, notebook) for task in lab.tasks)
        return replace(
            report,
            lab=lab.name,
            tasks=tasks,
            cells=tuple(_cell_problem(error, notebook) for error in session.cell_errors),
            faults=tuple(f"{result.name}: {result.note}"[:500] for result in results if result.note),
            isolation=min(session.levels | {self._measured}),
            figures=session.figures,
        )

    def _forget_shapes(self, session: Session) -> None:
        if len(session.key_shapes) > MAX_KEY_SHAPES // 2:
            jax.clear_caches()  # one hostile class must not fill our memory, shape by shape

    def _kit(self, lab: Lab) -> "_LabKit":
        if lab.name not in self._labs:
            self._labs[lab.name] = _LabKit(lab, self._settings.seed, self._most_memory, self._knows_answers)
            memory.give_back()  # the reference answers have been run, and will not be run again
        return self._labs[lab.name]

    def _cache(self, kit: "_LabKit") -> Path | None:
        if self._cache_base is None:
            return None

        def fill(folder: Path) -> None:
            cells = [kit.lab.source.read_text("utf-8")]
            with Session(self._zygote, cells, self._settings.limits, folder, fills_cache=True) as session:
                kit.judge(session)

        return filled(self._cache_base, kit.lab.name, environment_digest(self._course), fill)


class _LabKit:
    """A lab's reference answers, and which of its checks fail even on them. Made once a worker."""

    def __init__(self, lab: Lab, seed: int, most_memory: int | None = None, knows_answers: bool = True) -> None:
        self.lab = lab
        self.hidden = list(lab.all_hidden)
        self.names = [task.name for task in lab.tasks]
        self.handed_out = _handed_out(lab)
        self._seed = seed
        self._most_memory = most_memory
        self._broken: frozenset[str] = frozenset()
        answers = reference_answers(lab) if knows_answers else {}
        self.reference = remembering(answers)
        if not knows_answers:
            return
        own = self.judge(DirectTransport(Host(answers)))
        self._broken = frozenset(result.name for result in own if result.outcome is not Outcome.PASSED)

    def judge(self, transport: Any) -> tuple[CheckResult, ...]:
        """Run all checks of the lab."""
        # An odd answer can make our own arithmetic warn; a warning on the terminal would say nothing to anybody.
        with quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return judge(
                [self.lab.visible_checks],
                self.names,
                transport,
                hidden=self.hidden,
                seed=self._seed,
                reference=self.reference,
                broken=self._broken,
                after_each=self._bound_memory,
            )

    def _bound_memory(self) -> None:
        if self._most_memory is not None:
            memory.keep_within_bounds(self._most_memory)

    def is_hidden(self, result: CheckResult) -> bool:
        """Whether a check shows its inputs to nobody."""
        return result.file.resolve() in {file.resolve() for file in self.hidden}


def _handed_out(lab: Lab) -> frozenset[str]:
    """The code cells of the notebook that students get. What draws in one of them is no student's."""
    try:
        notebook = read_notebook((lab.source.parents[1] / "exercises" / f"{lab.name}.ipynb").read_bytes())
    except (OSError, NotANotebook):
        return frozenset()
    return frozenset(source.strip() for source in notebook.cells)


def fault_report(submission: Submission, course: Course, settings: Settings, why: str) -> Report:
    """A report without a verdict, for a fault of ours that is no single check's. Loud, and worth no points yet."""
    report = _not_run(Report(submission.id, submission.student, submission.source, ""), submission, course, _FAULT)
    tasks = tuple(replace(task, outcome=Outcome.GRADER_ERROR) for task in report.tasks)
    return _stamped(replace(report, tasks=tasks, faults=(why[:500],)), submission, course, settings)


def _stamped(report: Report, submission: Submission, course: Course, settings: Settings) -> Report:
    fingerprint = fingerprint_of(submission, course, settings.seed, settings.limits)
    return replace(report, fingerprint=fingerprint, versions=versions())


def _not_run(report: Report, submission: Submission, course: Course, problem: str) -> Report:
    """A report without a verdict. The tasks are listed where the file's name tells the lab."""
    lab = which_lab(Notebook(()), submission.filename, course)
    if lab is None:
        return replace(report, problem=problem)
    tasks = tuple(TaskReport(task.name, task.title, Outcome.NOT_RUN, 0.0, task.points) for task in lab.tasks)
    return replace(report, problem=problem, lab=lab.name, tasks=tasks)


def reference_answers(lab: Lab) -> dict[str, Any]:
    """What running the lab's source leaves behind, by name. Our own code, so it may run in this process."""
    return vars(_module(lab.source))


@cache
def _module(source: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_reference_{source.stem}", source)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with quiet(), contextlib.redirect_stdout(io.StringIO()):
        spec.loader.exec_module(module)
    return module


def _task_report(
    task: Task, results: Sequence[CheckResult], lint: Sequence[Lint], kit: _LabKit, notebook: Notebook
) -> TaskReport:
    own = [result for result in results if result.task in (task.name, "")]
    checks = tuple(CheckReport(r.name, r.sentence, not kit.is_hidden(r), r.outcome, r.finding) for r in own)
    outcome = task_outcome([check.outcome for check in checks]) if checks else Outcome.GRADER_ERROR
    shown = [(name, line) for name, claimed in lint if (line := _true_line(claimed, notebook))]
    finding = most_telling(own, shown) if outcome is not Outcome.PASSED else None
    points = points_of(task.points, [check.outcome for check in checks])
    return TaskReport(task.name, task.title, outcome, points, task.points, checks, finding)


def _fit_to_show(result: CheckResult, kit: _LabKit, notebook: Notebook) -> CheckResult:
    """`result` without what a hidden check saw, and without any line that the notebook does not have."""
    if result.finding is None:
        return result
    if kit.is_hidden(result):
        return replace(result, finding=result.finding.redacted())
    return replace(result, finding=replace(result.finding, line=_true_line(result.finding.line, notebook)))


def _true_line(claimed: SourceLine | None, notebook: Notebook) -> SourceLine | None:
    """The line that a student's process names, with the text that the notebook has there; None if there is none."""
    if claimed is None or claimed.cell is None or not 1 <= claimed.cell <= len(notebook.cells):
        return None
    lines = notebook.cells[claimed.cell - 1].splitlines()
    if not 1 <= claimed.number <= len(lines):
        return None
    return SourceLine(claimed.cell, claimed.number, lines[claimed.number - 1].strip()[:200])


def _cell_problem(error: CellError, notebook: Notebook) -> CellProblem:
    finding = error_finding(error.error)
    finding = replace(finding, line=_true_line(finding.line, notebook) or SourceLine(error.cell, 1, ""))
    lost = _CELL_OUTCOMES.get(error.error.diagnosis) if error.error.kind == "AnswerLost" else None
    return CellProblem(error.cell, lost or Outcome.FAILED, finding)


def _unknown_lab(course: Course) -> str:
    labs = ", ".join(lab.name for lab in course.labs)
    return (
        f"It cannot be told which lab this notebook answers: its metadata, its name and its code name none. "
        f"Rename the file after its lab ({labs}) and hand it in again."
    )
