"""A reference answer is asked once for each question, and its results cannot be spoiled."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from autograder.remembered import Remembered, remembering
from dlfb_lab import props


@pytest.fixture
def counted():
    """A function that says how often it ran, remembered."""
    calls = []

    def double(x, by=2):
        """Twice as much."""
        calls.append(x)
        return {"doubled": [np.asarray(x) * by]}

    return Remembered(double), calls


def test_the_same_question_is_asked_once(counted):
    double, calls = counted
    for _ in range(3):
        assert double(np.arange(3))["doubled"][0].tolist() == [0, 2, 4]
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((np.arange(3),), {"by": 3}),
        ((np.arange(4),), {}),
        ((np.arange(3.0),), {}),
        ((jnp.arange(3),), {}),
        (([0, 1, 2],), {}),
        (((0, 1, 2),), {}),
    ],
)
def test_another_question_is_asked_anew(counted, args, kwargs):
    double, calls = counted
    double(np.arange(3))
    double(*args, **kwargs)
    assert len(calls) == 2


def test_a_result_that_is_changed_spoils_no_later_one(counted):
    double, _ = counted
    first = double(np.arange(3))
    first["doubled"][0][:] = 7
    first["doubled"].append("more")
    assert [part.tolist() for part in double(np.arange(3))["doubled"]] == [[0, 2, 4]]


def test_keys_are_told_apart_by_their_bits_and_kind():
    draw = Remembered(lambda key: jax.random.uniform(key))
    keys = jax.random.key(0), jax.random.key(1), jax.random.PRNGKey(0)
    drawn = [float(draw(key)) for key in keys]
    assert drawn[0] != drawn[1] and drawn == [float(draw(key)) for key in keys]
    assert len(draw._results) == 3


def test_what_is_no_plain_data_is_asked_anew_and_passes_unchanged(counted):
    double, calls = counted
    assert float(jax.grad(Remembered(lambda x: x**3))(2.0)) == 12.0
    loss = props.quadratic(1.0)
    assert Remembered(lambda function: function)(loss) is loss
    make = Remembered(lambda n: lambda x: x + n)
    assert (make(1)(1), make(1)(2)) == (2, 3)
    double(np.float32(1))
    assert len(calls) == 1


def test_an_error_is_raised_each_time():
    refuse = Remembered(lambda x: [][x])
    for _ in range(2):
        with pytest.raises(IndexError):
            refuse(3)


def test_it_does_not_remember_without_end(monkeypatch):
    monkeypatch.setattr("autograder.remembered._MOST_RESULTS", 2)
    square = Remembered(lambda n: n * n)
    assert [square(n) for n in range(4)] == [0, 1, 4, 9] == [square(n) for n in range(4)]
    assert len(square._results) == 2
    large = Remembered(lambda n: np.zeros(n))
    assert large(1 << 14).shape == (1 << 14,) and not large._results


def test_functions_remember_and_other_answers_stay_what_they_are(counted):
    answers = {"f": lambda x: x, "jitted": jax.jit(lambda x: x), "Model": dict, "table": [1]}
    made = remembering(answers)
    assert {name: isinstance(value, Remembered) for name, value in made.items()} == {
        "f": True,
        "jitted": True,
        "Model": False,
        "table": False,
    }
    assert counted[0].__name__ == "double"
