"""Classes of many sizes: does a notebook cost the same, and the grader hold as much, at ten and at ten thousand?

The thousand are the fifty, twenty times. The ten thousand are tiny: one answer each, and nothing else of the notebook.
"""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from processes import children_of, memory_of
from samples import Row, Section
from school import LAB, lab_of, reference_texts

from autograder.batch import all_cores, grade_all, output_folder
from autograder.collect import Submission
from autograder.course import Course
from autograder.grade import Settings
from autograder.ledger import Ledger
from autograder.report.record import Report
from autograder.sandbox.limits import Limits

TINY_TASK = "enzyme_grad"
SIZES = (10, 100, 1000, 10_000)
Moment = tuple[int, float, float]  # how many are done, seconds since the first, MB of all our processes


def thousand(course: Course, fifty: Sequence[Submission], folder: Path, times: int = 20) -> list[Section]:
    """The fifty `times` times, on all cores."""
    class_ = [
        replace(one, id=f"{one.id}-{n:02}", student=f"{one.student}-{n:02}") for n in range(times) for one in fifty
    ]
    moments, whole = _moments(course, class_, folder / "thousand", (len(fifty), len(class_)))
    workers = all_cores()
    rows = [
        Row(f"{len(class_)} notebooks of {LAB}, {workers} workers", [whole], note="from start to the last report"),
        Row("a notebook, beyond the start", [_slope(moments)], note="the slope of a straight line through all"),
        Row("how straight the line is", [_straightness(moments)], "", note="R squared; 1 is straight"),
        *_memory(moments, (len(fifty), len(class_))),
    ]
    _draw(moments, Path(__file__).with_name("cost.svg"))
    return [Section("A large class", rows)]


def tiny(course: Course, folder: Path, sizes: Sequence[int] = SIZES) -> list[Section]:
    """Tiny notebooks, ten thousand of them."""
    text = reference_texts(lab_of(course))[TINY_TASK]
    cells = [_cell("imports", "import jax\nimport jax.numpy as jnp"), _cell(f"{TINY_TASK}-answer", text)]
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    class_ = [Submission(f"tiny{n:05}", f"tiny{n:05}", f"{LAB}.ipynb", f"{LAB}.ipynb", data) for n in range(sizes[-1])]
    moments, whole = _moments(course, class_, folder / "tiny", sizes)
    rows = [
        Row(f"{len(class_)} tiny notebooks", [whole]),
        Row("a notebook, beyond the start", [_slope(moments)]),
        Row("how straight the line is", [_straightness(moments)], "", note="R squared; 1 is straight"),
        *_memory(moments, sizes),
    ]
    return [Section("Ten thousand tiny notebooks", rows)]


def _cell(name: str, text: str) -> dict[str, object]:
    return {"cell_type": "code", "id": name, "metadata": {}, "outputs": [], "execution_count": None, "source": text}


def _moments(
    course: Course, class_: Sequence[Submission], out: Path, weighed: Sequence[int]
) -> tuple[list[Moment], float]:
    """When each was done, with the memory after so many as `weighed` says, and how long all took."""
    moments: list[Moment] = []
    start = time.perf_counter()

    def note(report: Report) -> None:
        assert not report.problem, report.problem
        done = len(moments) + 1
        memory = _held() if done in weighed else 0.0
        moments.append((done, time.perf_counter() - start, memory))

    settings = Settings(course.root, course.seed, Limits())
    with output_folder(out), Ledger(out) as ledger:
        grade_all(class_, course, settings, out, ledger, workers=all_cores(), required="L1", on_report=note)
    return moments, time.perf_counter() - start


def _held() -> float:
    """Megabytes of this process, its workers, and their fork servers and children: shared pages counted once."""
    pids, waiting = [], [os.getpid()]
    while waiting:
        pid = waiting.pop()
        pids.append(pid)
        waiting += children_of(pid)
    return sum(memory_of(pid).get("PSS", 0.0) for pid in pids)


def _line(moments: Sequence[Moment]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, seconds, and the straight line through them. The first tenth is left out: workers and caches start."""
    later = moments[len(moments) // 10 :]
    counts, seconds = np.array([m[0] for m in later]), np.array([m[1] for m in later])
    return counts, seconds, np.polyval(np.polyfit(counts, seconds, 1), counts)


def _slope(moments: Sequence[Moment]) -> float:
    counts, _, line = _line(moments)
    return float((line[-1] - line[0]) / (counts[-1] - counts[0]))


def _straightness(moments: Sequence[Moment]) -> float:
    _, seconds, line = _line(moments)
    return float(1 - ((seconds - line) ** 2).sum() / ((seconds - seconds.mean()) ** 2).sum())


def _memory(moments: Sequence[Moment], counts: Sequence[int]) -> list[Row]:
    note = "command, workers, fork servers, children"
    return [Row(f"memory after {count}", [moments[count - 1][2]], "MB", note=note) for count in counts]


def _draw(moments: Sequence[Moment], file: Path) -> None:
    """A picture of how long so and so many took, beside the straight line."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "cost"
    from matplotlib import pyplot as plt

    counts, _, line = _line(moments)
    figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
    axes.plot([m[0] for m in moments], [m[1] for m in moments], color="0.4", linewidth=3, label="measured")
    axes.plot(counts, line, color="0", linestyle="--", label="straight line")
    axes.set(xlabel="notebooks graded", ylabel="seconds since the start")
    axes.legend()
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)
