"""All checks of a course on answers of this process: how each check ended, and what each task shows."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from autograder.course import Folders, Lab, load_course
from autograder.grade import reference_answers
from autograder.verify.samples import Sample
from dlfb_lab._answer import Transport
from dlfb_lab._finding import Finding
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import CheckResult, judge
from dlfb_lab._outcome import Outcome
from dlfb_lab._quiet import quiet
from dlfb_lab._runner import Runner
from dlfb_lab._verdict import lint_of, most_telling, task_outcome


@dataclass(frozen=True)
class TaskVerdict:
    """How a task ended: its outcome, the finding to show first, and each check."""

    outcome: Outcome
    finding: Finding | None
    checks: tuple[CheckResult, ...]

    @property
    def diagnosis(self) -> str:
        """The diagnosis to show first; "" for none."""
        return "" if self.finding is None else self.finding.diagnosis


class Judge:
    """All checks of one course, visible and hidden."""

    def __init__(self, folders: Folders) -> None:
        self.course = load_course(folders)

    def lab_of(self, task: str) -> Lab:
        """The lab that asks for `task`."""
        return next(lab for lab in self.course.labs if task in [one.name for one in lab.tasks])

    def verdicts(self, transport: Transport, tasks: Sequence[str]) -> dict[str, TaskVerdict]:
        """The verdict on each of `tasks`."""
        found: dict[str, TaskVerdict] = {}
        for lab in self.course.labs:
            wanted = [task.name for task in lab.tasks if task.name in tasks]
            results = self.results(lab, transport, wanted) if wanted else ()
            for task in wanted:
                own = tuple(result for result in results if result.task in (task, ""))
                lint = lint_of(transport, task)
                found[task] = TaskVerdict(task_outcome([r.outcome for r in own]), most_telling(own, lint), own)
        return found

    def results(
        self,
        lab: Lab,
        transport: Transport,
        tasks: Sequence[str],
        *,
        seed: int | None = None,
        hidden_alone: bool = False,
    ) -> tuple[CheckResult, ...]:
        """How the lab's checks of `tasks` ended.

        Args:
            lab: whose checks.
            transport: the way to the answers.
            tasks: names of tasks of the lab.
            seed: what hidden inputs are drawn from; None for the course's.
            hidden_alone: leave the visible checks out.
        """
        # An odd answer can make our own arithmetic warn; that says nothing to anybody.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return judge(
                [] if hidden_alone else [lab.visible_checks],
                [task.name for task in lab.tasks],
                transport,
                hidden=lab.all_hidden,
                seed=self.course.seed if seed is None else seed,
                only=tasks,
                reference=reference_answers(lab),
            )


def judge_sample(folders: Folders, sample: Sample) -> TaskVerdict:
    """The verdict on one answer in a notebook of its own: some keep names of theirs beside it. Runs in a worker."""
    return judge_of(folders).verdicts(as_notebook(sample.source), [sample.task])[sample.task]


def try_reference(folders: Folders, item: tuple[str, tuple[int, ...]]) -> list[tuple[int, tuple[CheckResult, ...]]]:
    """How the checks of a task end on the reference answer: all of them twice, then the hidden ones with some seeds.

    Runs in a worker, all in one: most of the time is compilation, which is done once.
    """
    task, seeds = item
    judge = judge_of(folders)
    lab, own = judge.lab_of(task), judge.course.seed
    transport = DirectTransport(Host(reference_answers(lab)))
    whole = [(own, judge.results(lab, transport, [task])) for _ in range(2)]
    more = seeds if lab.all_hidden else ()
    return whole + [(seed, judge.results(lab, transport, [task], seed=seed, hidden_alone=True)) for seed in more]


@cache
def judge_of(folders: Folders) -> Judge:
    """The judge of the course in `folders`, made once a process."""
    return Judge(folders)


def ran(*cells: str) -> Runner:
    """A notebook with these cells, after it ran."""
    runner = Runner()
    with quiet():
        for number, cell in enumerate(cells, start=1):
            runner.run(number, cell)
    return runner


def as_notebook(*cells: str) -> DirectTransport:
    """What the checks of a saved notebook with these cells ask."""
    runner = ran(*cells)
    return DirectTransport(Host(runner.namespace, runner.fates))
