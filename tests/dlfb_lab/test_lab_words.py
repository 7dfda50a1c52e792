"""What a student may type for a lab or a task, and what they read when it is neither."""

import pytest

from dlfb_lab import _catalog
from dlfb_lab._catalog import CatalogLab, CatalogTask
from dlfb_lab._lab import words
from dlfb_lab._lab.errors import WrongInput
from dlfb_lab._lab.words import chosen_labs, chosen_tasks, one_task

LABS = ["02_immutability", "03_random_keys", "12_random_forests"]
TASKS = {"set_first": LABS[0], "kmer_counts": LABS[0], "two_draws": LABS[1], "grow_tree": LABS[2]}


@pytest.fixture(autouse=True)
def _three_labs(monkeypatch):
    tasks = {name: CatalogTask(name, lab, "", "function", 1, 1, 1, (), "") for name, lab in TASKS.items()}
    monkeypatch.setattr(words, "labs", lambda: {lab: CatalogLab(lab, "", "") for lab in LABS})
    monkeypatch.setattr(words, "catalog", lambda: tasks)
    assert _catalog.labs is not words.labs


@pytest.mark.parametrize(
    "word",
    [
        "02_immutability",
        "02",
        "2",
        "002",
        "immutability",
        "IMMUT",
        "02-immutability",
        "exercises/02_immutability.ipynb",
    ],
)
def test_a_lab_may_be_abbreviated(word):
    assert chosen_labs([word]) == ["02_immutability"]
    assert [task.name for task in chosen_tasks([word])] == ["set_first", "kmer_counts"]


def test_labs_and_tasks_together_come_once_and_in_order():
    chosen = chosen_tasks(["two_draws", "kmer_counts", "immut"])
    assert [task.name for task in chosen] == ["set_first", "kmer_counts", "two_draws"]
    assert chosen_labs([]) == LABS


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("random", "`random` can mean 03_random_keys or 12_random_forests. Write more of it."),
        ("kmer_count", "No lab or task is called `kmer_count`. Did you mean `kmer_counts`?"),
        ("Set_First", "No lab or task is called `Set_First`. Did you mean `set_first`?"),
        ("7", "No lab or task is called `7`. `lab list` shows what there is."),
        ("", "No lab or task is called ``. `lab list` shows what there is."),
        ("immutabilty", "No lab or task is called `immutabilty`. Did you mean `02_immutability`?"),
    ],
)
def test_what_is_neither_gets_one_sentence(word, sentence):
    with pytest.raises(WrongInput) as error:
        chosen_tasks([word])
    assert str(error.value) == sentence
    assert error.value.exit_code == 2


def test_where_one_task_is_needed_a_lab_is_none():
    assert one_task("kmer_counts").name == "kmer_counts"
    with pytest.raises(WrongInput, match=r"^`02` is a lab\. Name one of its tasks: set_first, kmer_counts\.$"):
        one_task("02")
