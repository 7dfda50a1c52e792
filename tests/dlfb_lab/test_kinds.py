"""Every kind of answer gets the same verdict, wherever it lives: told by the same check file.

In a kernel, from the saved notebook, with everything as bytes on its way, and through the sandbox. The lab is one of
the tests' own: `tests/course`. Its answers are judged some at a time, as the tasks of one notebook: a child of the
sandbox costs half a second.
"""

import re
from dataclasses import replace
from functools import cache

import nbformat
import pytest
from helpers import COURSE, Judge, as_kernel, as_notebook, rounds, samples, through_bytes
from nbclient import NotebookClient

from autograder.sandbox.limits import Limits
from autograder.session import Session
from dlfb_lab._outcome import Outcome

RIGHT, WRONG = samples(COURSE / "right"), samples(COURSE / "wrong")
TASKS = [task.name for lab in Judge(COURSE).course.labs for task in lab.tasks]
WORLDS = {"kernel": as_kernel, "notebook": as_notebook, "bytes": through_bytes}


@pytest.fixture(scope="module")
def verdict_on(zygote):
    """`verdict_on(answer, world)`: the verdict on one answer."""
    judge = Judge(COURSE)

    @cache
    def of_all(world):
        found = {}
        for answers in [*rounds(RIGHT), *rounds(WRONG)]:
            found |= {answers[task]: verdict for task, verdict in in_world(world, answers).items()}
        return found

    def in_world(world, answers):
        cells = [answer.source for answer in answers.values()]
        if world == "sandbox":
            with Session(zygote, cells, Limits()) as session:
                return judge.verdicts(session, list(answers))
        return judge.verdicts(WORLDS[world](*cells), list(answers))

    return lambda answer, world: of_all(world)[answer]


def test_there_are_right_and_wrong_answers_of_every_kind():
    assert {answer.task for answer in RIGHT} == {answer.task for answer in WRONG} == set(TASKS)
    assert {answer.diagnosis for answer in RIGHT} == {""}
    assert all(answer.diagnosis for answer in WRONG)


@pytest.mark.parametrize("world", [*WORLDS, "sandbox"])
@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_passes(verdict_on, answer, world):
    verdict = verdict_on(answer, world)
    assert {check.name: check.outcome for check in verdict.checks if check.outcome != Outcome.PASSED} == {}
    assert verdict.checks


@pytest.mark.parametrize("world", [*WORLDS, "sandbox"])
@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_gets_its_diagnosis(verdict_on, answer, world):
    verdict = verdict_on(answer, world)
    assert (verdict.outcome, verdict.diagnosis) == (Outcome.FAILED, answer.diagnosis)


@pytest.mark.parametrize("world", ["kernel", "bytes", "sandbox"])
@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_each_check_says_the_same_in_every_world(verdict_on, answer, world):
    def said(verdict):
        return [(check.name, check.outcome, without_cell(check.finding), check.note) for check in verdict.checks]

    assert said(verdict_on(answer, world)) == said(verdict_on(answer, "notebook"))


def without_cell(finding):
    """The finding without the number of the cell, which a kernel does not know."""
    if finding is None or finding.line is None:
        return finding
    return replace(finding, line=replace(finding.line, cell=None))


def test_a_reference_answer_passes():
    verdicts = Judge(COURSE).verdicts(as_kernel((COURSE / "solutions/90_kinds.py").read_text("utf-8")), TASKS)
    assert {task: verdict.outcome for task, verdict in verdicts.items()} == dict.fromkeys(TASKS, Outcome.PASSED)


def test_the_built_notebook_is_not_attempted_and_nothing_in_it_breaks():
    notebook = nbformat.read(COURSE / "exercises/90_kinds.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    verdicts = Judge(COURSE).verdicts(as_notebook(*cells), TASKS)
    assert {task: verdict.outcome for task, verdict in verdicts.items()} == dict.fromkeys(TASKS, Outcome.NOT_ATTEMPTED)


def test_in_a_jupyter_kernel_check_says_what_the_tests_say():
    right, wrong = rounds(RIGHT)[0], rounds(WRONG)[0]
    use = f"from pathlib import Path\nfrom dlfb_lab import _catalog, check\n_catalog.use_course(Path({str(COURSE)!r}))"
    cells = [use, *(answer.source for answer in right.values()), *(f"check({task})" for task in right)]
    cells += [*(answer.source for answer in wrong.values()), *(f"check({task!r})" for task in wrong)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    said = "\n".join(output.data["text/plain"] for cell in notebook.cells for output in cell.outputs)
    heads = re.findall(r"^(\w+): (all \d+|its|\d+ of \d+) checks? holds?", said, re.MULTILINE)
    assert [task for task, held in heads if " of " not in held] == list(right)
    assert [task for task, held in heads if " of " in held] == list(wrong)
    assert "ipykernel" not in said
