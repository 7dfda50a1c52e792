"""One whole submission: warm and cold, step by step, its memory; and a class with one and with two workers."""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import children_of, cpu_seconds, memory_of
from samples import Row, Section
from stages import CHECKS, STEPS, Watch

from autograder.batch import grade_all, output_folder
from autograder.collect import Submission
from autograder.course import Course
from autograder.grade import Grader, Settings, _LabKit
from autograder.ledger import Ledger
from autograder.notebook_file import read_notebook
from autograder.report.record import Report
from autograder.report.write import write_report
from autograder.sandbox.launch import Zygote
from autograder.sandbox.limits import Limits
from autograder.session import Session


def settings_of(course: Course) -> Settings:
    """The grader's own defaults."""
    return Settings(course.root, course.seed, Limits())


@contextmanager
def cache_folder() -> Iterator[Path]:
    """An empty folder for compiled programs that a child of another uid can pass through."""
    with tempfile.TemporaryDirectory(prefix="dlfb-lab-bench-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def warm_and_cold(
    course: Course, zygote: Zygote, class_: list[Submission], out: Path, few: int = 10
) -> tuple[list[Section], float]:
    """Whole submissions with a filled compile cache, by steps; a few with none; and the first of all.

    Returns:
        The tables, and the processor seconds of a submission with a filled cache.
    """
    settings = settings_of(course)
    with cache_folder() as base:
        grader = Grader(course, zygote, settings, "L2", base)
        first = [_graded(grader, class_[0], zygote, out)]
        warm = [_graded(grader, one, zygote, out) for one in class_]
    uncached = Grader(course, zygote, settings, "L2", None)
    uncached.grade(class_[0])
    cold = [_graded(uncached, one, zygote, out) for one in class_[:few]]
    rows = [
        _row("compile cache filled", warm, f"the usual case; over all {len(class_)}"),
        _row("no compile cache at all", cold, f"over the first {few} of them"),
        _row("first of its lab, cache empty", first, "fills the cache, tries all checks on the course's own answers"),
    ]
    sections = [
        Section("One whole submission (one lab), from bytes to written report", rows),
        Section("The same with a filled cache, step by step", _steps(warm)),
        Section("What the checks ask of the child, with a filled cache, a submission", _requests(warm)),
    ]
    return sections, sum(one.cpu for one in warm) / len(warm)


class _Graded:
    """What was seen while one submission was graded and its report written."""

    def __init__(self, watch: Watch, wall: float, cpu: float, writing: float) -> None:
        self.watch, self.wall, self.cpu, self.writing = watch, wall, cpu, writing


def _graded(grader: Grader, submission: Submission, zygote: Zygote, out: Path) -> _Graded:
    servers = children_of(os.getpid())
    before = time.process_time() + sum(map(cpu_seconds, servers))
    start = time.perf_counter()
    with Watch().looking() as watch:
        report = grader.grade(submission)
    graded = time.perf_counter()
    write_report(report, out)
    end = time.perf_counter()
    used = time.process_time() + sum(map(cpu_seconds, servers)) - before + watch.child_cpu
    return _Graded(watch, end - start, used, end - graded)


def _row(what: str, graded: list[_Graded], note: str) -> Row:
    return Row(what, [one.wall for one in graded], cpu=sum(one.cpu for one in graded) / len(graded), note=note)


def _steps(graded: list[_Graded]) -> list[Row]:
    rows = []
    for name, _, _ in STEPS:
        rows.append(Row(name, [one.watch.seconds[name] for one in graded]))
        if name == CHECKS:
            waiting = [sum(one.watch.asking.values()) for one in graded]
            rows.append(Row("checks: waiting for the child", waiting, note="the next table says for what"))
    rows.append(Row("write page and report", [one.writing for one in graded], note="HTML and JSON, safe on disk"))
    rows.append(Row("processor time of the child", [one.watch.child_cpu for one in graded], note="beside the above"))
    return rows


def _requests(graded: list[_Graded]) -> list[Row]:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for one in graded:
        for kind, seconds in one.watch.asking.items():
            by_kind[kind].append(seconds)
    rows = [Row(kind, seconds) for kind, seconds in by_kind.items()]
    count = Row("number of requests", [one.watch.requests for one in graded], unit="")
    return [*sorted(rows, key=lambda row: -row.median), count]


def memory(course: Course, zygote: Zygote, submission: Submission) -> Section:
    """Grader, fork server and child, after all checks of a submission."""
    lab = next(lab for lab in course.labs if submission.filename.startswith(lab.name))
    kit = _LabKit(lab, course.seed)
    with Session(zygote, read_notebook(submission.data).cells, Limits()) as session:
        kit.judge(session)
        servers = children_of(os.getpid())
        children = [child for server in servers for child in children_of(server)]
        seen = {"grader": [os.getpid()], "fork server": [s for s in servers if children_of(s)], "child": children}
        rows = [row for name, pids in seen.items() for row in _memory_rows(name, pids)]
    return Section("Memory after the checks of a submission", rows)


def _memory_rows(name: str, pids: list[int]) -> list[Row]:
    found = [memory_of(pid) for pid in pids]
    kinds = {"RSS": "shared pages counted in full", "PSS": "shared pages counted in part", "peak RSS": ""}
    rows = []
    for kind, note in kinds.items():
        sizes = [one[kind] for one in found if kind in one]
        rows.append(Row(f"{name}, {kind}", sizes, unit="MB", note=note if sizes else "not readable here"))
    return rows


def throughput(course: Course, class_: list[Submission], folder: Path, workers: tuple[int, ...]) -> Section:
    """Reports a second of a class once every worker has handed in one: without their start."""
    rows = []
    for count in workers:
        start, times = time.perf_counter(), _report_times(course, class_, folder / f"workers-{count}", count)
        steady = (len(times) - count) / (times[-1] - times[count - 1])
        name = f"{count} worker{'s' if count > 1 else ''}"
        rows.append(Row(f"{name}, beyond the start", [steady], unit="/s", note=f"{len(times)} submissions"))
        rows.append(Row(f"{name}, first report after", [times[0] - start]))
    return Section("A class", rows)


def _report_times(course: Course, class_: list[Submission], out: Path, workers: int) -> list[float]:
    times: list[float] = []

    def note(report: Report) -> None:
        assert not report.problem, report.problem
        times.append(time.perf_counter())

    with output_folder(out), Ledger(out) as ledger:
        grade_all(class_, course, settings_of(course), out, ledger, workers=workers, required="L1", on_report=note)
    return times
