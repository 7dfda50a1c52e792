from pathlib import Path

import pytest

from autograder.course import Course, Lab, Task
from autograder.identify import which_lab
from autograder.notebook_file import Notebook


def lab(name, *tasks):
    made = tuple(Task(task, name, task, "function", 1.0, 1, 5, (), "") for task in tasks)
    return Lab(name, name, made, Path(name), Path(name), None)


IMMUTABILITY = lab("02_immutability", "set_first", "kmer_counts")
KEYS = lab("03_random_keys", "two_draws", "step_key", "bootstrap_means")
COURSE = Course(Path(), "course", 0, "x", (IMMUTABILITY, KEYS))


def answered(*cells, name="ada.ipynb", metadata=""):
    return which_lab(Notebook(cells, metadata), name, COURSE)


def test_metadata_win_over_the_file_name_and_the_code():
    assert answered("def set_first(x): ...", name="02_immutability.ipynb", metadata="03_random_keys") is KEYS


def test_an_unknown_lab_in_the_metadata_is_passed_over():
    assert answered(name="02_immutability.ipynb", metadata="99_nothing") is IMMUTABILITY


@pytest.mark.parametrize(
    "name",
    [
        "03_random_keys.ipynb",
        "03_random_keys (1).ipynb",
        "ada_03_random_keys.ipynb",
        "03_Random_Keys-final.IPYNB",
        "Copy of 03 random keys.ipynb",
        "03-random-keys.ipynb",
        "random_keys.ipynb",
        "lovelaceada_4321_8765_03_random_keys-2.ipynb",
    ],
)
def test_the_file_name_tells_the_lab(name):
    assert answered("def set_first(x): ...", name=name) is KEYS


def test_a_lab_whose_name_is_only_part_of_a_word_is_not_meant():
    assert answered(name="no_random_keyspace.ipynb") is None


def test_a_file_name_with_two_labs_leaves_it_to_the_code():
    assert answered("two_draws = 1", name="02_immutability_03_random_keys.ipynb") is KEYS


@pytest.mark.parametrize(
    "code",
    [
        "def two_draws(key):\n    return 1",
        "@jax.jit\ndef two_draws(key): ...",
        "two_draws = jax.jit(f)",
        "two_draws: Callable = f",
        "%matplotlib inline\n!ls\nclass two_draws: ...",
        "this is not python (\ntwo_draws = 3",
    ],
)
def test_the_names_that_the_code_binds_tell_the_lab(code):
    assert answered(code) is KEYS


@pytest.mark.parametrize("code", ["two_draws(key)", "two_draws == 1", "print(two_draws)", "# two_draws", ""])
def test_a_name_that_is_only_used_tells_nothing(code):
    assert answered(code) is None


def test_the_lab_with_most_names_wins_and_a_tie_is_left_open():
    assert answered("set_first = 1", "two_draws = 2\nstep_key = 3") is KEYS
    assert answered("set_first = 1", "two_draws = 2") is None


def test_a_name_bound_twice_counts_once():
    assert answered("set_first = 1\nset_first = 2", "two_draws = 2") is None


def test_hostile_source_is_read_in_a_moment():
    assert answered("(" * 1_000_000, "x" * 1_000_000, "a:" * 500_000, " \t" * 500_000, "\0two_draws = 1") is None


def test_a_lab_that_is_only_a_number_is_not_found_everywhere():
    numbered = Course(Path(), "course", 0, "x", (lab("07", "x"),))
    assert which_lab(Notebook(()), "ada.ipynb", numbered) is None
    assert which_lab(Notebook(()), "ada_07.ipynb", numbered) is numbered.labs[0]
