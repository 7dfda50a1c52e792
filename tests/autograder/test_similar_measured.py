"""How many copies are found, and how many honest answers are listed, on answers of which we know what they are.

tests/similar holds copies and honest answers to three tasks, which stand among the sample class here. The right sample
answers, which were written to differ in style, are compared with each other, too. The numbers stand in README.
"""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from disguise import disguised

from autograder.collect import Submission, collect
from autograder.percent import read_cells
from autograder.similar import find_overlap, right_samples
from autograder.similar.answers import answer_to
from autograder.similar.ground import common_ground
from autograder.similar.notebook_code import read_code
from autograder.similar.pairs import LEAST_OWN, compare, entry_of
from autograder.similar.tokens import tokens_of

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "similar"
TASKS = {"minibatches": "11_training_loop", "train_with_patience": "11_training_loop", "drift_replicates": "06_vmap"}
COPIES = ("renamed", "reordered", "padded", "disguised")
HONEST = ("independent", "independent_too")


@pytest.fixture(scope="module")
def shown(course):
    """Each lab's code cells as handed out."""
    return {lab.name: [cell.text for cell in read_cells(lab.source) if cell.kind == "code"] for lab in course.labs}


@pytest.fixture(scope="module")
def sample_class():
    """The notebooks of the sample class."""
    return collect([ROOT / "tests" / "submissions"]).submissions


def notebook(student, lab, cells):
    """A student's notebook, handed in."""
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    data = {"cells": code, "metadata": {"dlfb_lab": {"lab": lab}}, "nbformat": 4, "nbformat_minor": 5}
    name = f"{student}.ipynb"
    return Submission(student, student, name, name, json.dumps(data).encode())


def handed_in(story, shown):
    """A notebook for each task, with the answer of this story under what the lab shows."""
    return [
        notebook(story, lab, [*shown[lab][:3], (ANSWERS / task / f"{story}.py").read_text("utf-8")])
        for task, lab in TASKS.items()
    ]


@pytest.mark.parametrize("copy", COPIES)
def test_every_copy_is_found_and_nobody_else(copy, course, shown, sample_class):
    students = [one for story in ("original", copy, *HONEST) for one in handed_in(story, shown)]
    overlap = find_overlap([*students, *sample_class], course, right_samples(course), labs=set(TASKS.values()))
    found = {(pair.task, *sorted((pair.first.student, pair.second.student))) for pair in overlap.pairs}
    assert found == {(task, *sorted(("original", copy))) for task in TASKS}


def test_no_two_right_sample_answers_are_listed_though_many_can_be_compared(course):
    compared, listed = 0, []
    for lab in course.labs:
        ground = common_ground(lab)
        for task in lab.tasks:
            entries = _entries([sample for sample in right_samples(course) if sample.task == task.name])
            found = compare(entries, ground[task.name], 0.6)
            compared += found.compared * (found.compared - 1) // 2
            listed += [(task.name, entries[one.first].student, entries[one.second].student) for one in found.matches]
    assert listed == []
    assert compared > 250, "pairs of honest answers that say enough to be compared"


def test_copies_of_right_sample_answers_in_disguise_are_found(course):
    found = told = 0
    for lab in course.labs:
        ground = common_ground(lab)
        for task in lab.tasks:
            samples = [sample for sample in right_samples(course) if sample.task == task.name]
            entries = _entries(samples)
            for sample, entry in zip(samples, entries, strict=True):
                (copy,) = _entries([replace(sample, source=disguised(sample.source, sample.task), story="copy")])
                copy = replace(copy, number=len(entries))
                if len(entry.prints.keys() - ground[task.name]) >= LEAST_OWN:
                    told += 1
                    matches = compare([*entries, copy], ground[task.name], 0.6).matches
                    found += (entry.number, copy.number) in {(one.first, one.second) for one in matches}
    print(f"{found} of {told}")
    assert told > 200
    assert found / told > 0.93


def _entries(samples):
    entries = []
    for number, sample in enumerate(samples):
        answer = answer_to(sample.task, read_code([sample.source]))
        entries.append(entry_of(sample.story, number, tokens_of(answer.text, answer.imported)))
    return entries


def test_of_the_sample_class_only_what_is_the_same_is_listed(course, sample_class):
    """Its notebooks were made from the course's own answers, and some hold the same wrong one."""
    overlap = find_overlap(sample_class, course, right_samples(course))
    assert all(pair.first.text == pair.second.text for pair in overlap.pairs)
    assert len(overlap.pairs) < 3
    assert overlap.untold > len(overlap.tasks) / 2
    assert {problem.rpartition("/")[2].partition(":")[0] for problem in overlap.problems} >= {"Untitled.ipynb"}


def test_the_stories_differ_in_what_they_say_they_do():
    for task in TASKS:
        texts = {path.stem: path.read_text("utf-8") for path in (ANSWERS / task).glob("*.py")}
        assert texts.keys() == {"original", *COPIES, *HONEST}
        assert all(one != two for one, two in combinations(texts.values(), 2))
        assert "#" in texts["padded"] and "#" in texts["disguised"]
