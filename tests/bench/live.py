"""What pytest costs a submission, and what `check` costs in a student's kernel."""

import contextlib
import io
from pathlib import Path
from typing import Any

from samples import Row, Section, measured

from autograder.course import Course
from autograder.grade import reference_answers
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab._judge import judge

TASKS, CHECKS = 12, 36
LIVE_TASKS = ("alias_prediction", "kmer_counts", "two_draws", "bootstrap_means")


def empty_checks(folder: Path, repeats: int) -> Section:
    """`judge` on checks that do nothing: what remains is pytest and our plugin."""
    file = folder / "test_empty.py"
    names = [f"task_{number % TASKS}" for number in range(CHECKS)]
    file.write_text(
        "".join(f'def test_{name}_{n}({name}):\n    """It is there."""\n\n\n' for n, name in enumerate(names))
    )
    transport = DirectTransport(Host(dict.fromkeys(names, 1)))

    def run(only: list[str] | None) -> None:
        assert len(judge([file], set(names), transport, only=only)) in (CHECKS, CHECKS // TASKS)

    return Section(
        "pytest and our plugin, on checks that do nothing",
        [
            measured("first run in a process", lambda: run(None), 1, warm=0, note="imports what pytest loads late"),
            measured(f"{CHECKS} checks of {TASKS} tasks", lambda: run(None), repeats, note="once a submission"),
            measured(
                f"{CHECKS // TASKS} of them, of one task", lambda: run(["task_0"]), repeats, note="once a `check`"
            ),
        ],
    )


def live_checks(course: Course, repeats: int) -> Section:
    """`check(name)` on the right answer, with the printing, warm."""
    answers: dict[str, Any] = {}
    for lab in course.labs:
        answers |= reference_answers(lab)
    return Section("`check` in the student's process, warm", [_live(name, answers, repeats) for name in LIVE_TASKS])


def _live(task: str, answers: dict[str, Any], repeats: int) -> Row:
    code = compile(f"check({task!r})", "<cell>", "exec")

    def run() -> None:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, answers)
        assert printed.getvalue()

    note = "looks at the form of a value: all of it is our own overhead" if task == LIVE_TASKS[0] else ""
    return measured(f'check("{task}")', run, repeats, warm=2, note=note)
