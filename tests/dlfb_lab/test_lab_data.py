import jax
import jax.numpy as jnp
import numpy as np
import pytest

from dlfb_lab.data import cell_image


@pytest.mark.parametrize("seed", range(8))
def test_each_way_to_flip_a_cell_looks_different(seed):
    image = np.asarray(cell_image(jax.random.key(seed)))
    views = [image, image[::-1], image[:, ::-1], image[::-1, ::-1]]
    assert min(abs(a - b).max() for n, a in enumerate(views) for b in views[:n]) > 0.3


def test_a_cell_lies_inside_its_image_with_a_dark_nucleus():
    image = cell_image(jax.random.key(1), 20)
    assert (image.shape, image.dtype) == ((20, 20), jnp.float32)
    assert 0 == image.min() < 0.95 < image.max() <= 1
    assert 0 == image[0].max() == image[-1].max() == image[:, 0].max() == image[:, -1].max()


def test_the_key_alone_decides():
    one, again, other = (cell_image(jax.random.key(n)) for n in (1, 1, 2))
    assert (one == again).all() and not (one == other).all()


def test_many_cells_are_made_at_once():
    keys = jax.random.split(jax.random.key(5), 3)
    assert jnp.allclose(jax.vmap(cell_image)(keys)[2], cell_image(keys[2]), atol=1e-6)
