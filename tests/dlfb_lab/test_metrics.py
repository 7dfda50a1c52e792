"""What a training run was like, afterwards."""

import io
import math

import jax
import jax.numpy as jnp
import matplotlib.image
import numpy as np
import pytest

from dlfb_lab.metrics import MetricsLogger


@pytest.fixture
def log():
    logged = MetricsLogger()
    for step, loss in enumerate([4.0, 1.5, 1.0, 1.0, 2.0]):
        logged.log(10 * step, loss=jnp.float32(loss))
    logged.log(0, accuracy=0.25)
    logged.log(40, accuracy=np.float64(0.75))
    return logged


def test_the_history_has_each_name_with_its_steps_and_numbers(log):
    assert log.history == {
        "loss": ([0, 10, 20, 30, 40], [4.0, 1.5, 1.0, 1.0, 2.0]),
        "accuracy": ([0, 40], [0.25, 0.75]),
    }
    assert {type(number) for _, numbers in log.history.values() for number in numbers} == {float}


def test_who_changes_the_history_changes_no_log(log):
    log.history["loss"][1].clear()
    assert log.last("loss") == 2.0


def test_a_cell_that_is_run_again_logs_nothing_twice(log):
    log.log(10, loss=3.0)
    assert log.history["loss"] == ([0, 10, 20, 30, 40], [4.0, 3.0, 1.0, 1.0, 2.0])


def test_the_last_number_is_that_of_the_largest_step(log):
    log.log(5, loss=7.0)
    assert log.last("loss") == 2.0


def test_of_equally_good_steps_the_first_is_the_best(log):
    assert log.best("loss") == (20, 1.0)
    assert log.best("accuracy", smallest=False) == (40, 0.75)


@pytest.mark.parametrize("smallest", [True, False])
def test_nan_is_never_the_best(log, smallest):
    log.log(1, loss=math.nan)
    assert log.best("loss", smallest=smallest) == ((20, 1.0) if smallest else (0, 4.0))


def test_nothing_but_nan_has_no_best():
    logged = MetricsLogger()
    logged.log(0, loss=math.nan)
    with pytest.raises(
        ValueError, match=r"Every number of loss is NaN, so none is the best\. Look at the first steps\."
    ):
        logged.best("loss")


@pytest.mark.parametrize("look", [MetricsLogger.last, MetricsLogger.best, MetricsLogger.plot])
def test_a_name_that_was_never_logged_is_told_from_those_that_were(log, look):
    with pytest.raises(KeyError, match=r"Nothing was logged as los\. Logged so far: loss, accuracy\."):
        look(log, "los")
    with pytest.raises(KeyError, match=r"Logged so far: nothing\."):
        look(MetricsLogger(), "los")


def test_many_numbers_at_once_are_refused():
    with pytest.raises(ValueError, match=r"loss has shape \(3,\), and log takes single numbers\. Is a mean missing\?"):
        MetricsLogger().log(0, loss=jnp.ones(3))


def test_inside_jit_there_is_no_number_to_log():
    with pytest.raises(jax.errors.ConcretizationTypeError):
        jax.jit(lambda loss: MetricsLogger().log(0, loss=loss))(1.0)


def test_a_plot_says_in_words_what_it_shows(log):
    accuracy = "Line of 2 values of accuracy: 0.25 at step 0, 0.75 at step 40; the smallest is 0.25, the largest 0.75."
    loss = "Line of 5 values of loss: 4 at step 0, 2 at step 40; the smallest is 1, the largest 4."
    assert log.plot("accuracy").alt == accuracy
    assert log.plot().alt == f"{loss} {accuracy}"
    log.log(7, alone=1.5)
    alone = "Line of 1 value of alone: 1.5 at step 7, 1.5 at step 7; the smallest is 1.5, the largest 1.5."
    assert log.plot("alone").alt == alone


def test_a_plot_keeps_what_it_was_made_of(log):
    before, picture = log.plot("accuracy").png, log.plot("accuracy")
    log.log(50, accuracy=9.0)
    assert picture.png == before != log.plot("accuracy").png


def test_a_plot_of_nothing_says_so():
    assert MetricsLogger().plot().alt == "An empty figure: nothing was logged."


def test_a_plot_is_drawn_in_gray(log):
    log.log(0, alone=1.0)
    red, green, blue = np.moveaxis(matplotlib.image.imread(io.BytesIO(log.plot().png))[..., :3], -1, 0)
    assert red.min() < 0.3 < 0.9 < red.max()
    assert (abs(red - green) < 0.01).all() and (abs(red - blue) < 0.01).all()
