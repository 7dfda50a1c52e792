import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import props

WEIGHTS = jnp.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 2.0]])  # likes A, and then T
SEQUENCE = jax.nn.one_hot(jnp.array([1, 0, 3, 3]), 4)  # C A T T


def test_a_place_score_is_that_of_the_first_place():
    np.testing.assert_allclose(props.place_score(1.5)(WEIGHTS, SEQUENCE[1:]), 4.5)
    np.testing.assert_allclose(props.place_score(1.0)(WEIGHTS, SEQUENCE), 0.0)


def test_a_best_place_score_comes_close_to_that_of_the_best_place():
    np.testing.assert_allclose(props.best_place_score(20.0)(WEIGHTS, SEQUENCE), 3.0, rtol=1e-5)


def test_a_best_place_score_is_smooth_over_all_places():
    scores = jnp.array([0.0, 3.0, 2.0])  # at C A, at A T, and at T T
    np.testing.assert_allclose(
        props.best_place_score(0.5)(WEIGHTS, SEQUENCE), jax.nn.logsumexp(0.5 * scores) / 0.5, rtol=1e-6
    )
