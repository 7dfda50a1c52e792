# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np


def views_of(keys, image, answer=augment_cell):
    found = []
    for key in keys:
        got = answer(key, jnp.asarray(image))
        assert got.shape == image.shape and got.dtype == jnp.float32
        same = [np.allclose(got, view) for view in (image, image[:, ::-1], image[::-1], image[::-1, ::-1])]
        assert any(same)
        found.append(same.index(True))
    assert np.ptp(found) > 0
    return np.array(found)


small = np.arange(15, dtype=np.float32).reshape(5, 3)
for make_key in (jax.random.key, jax.random.PRNGKey):
    keys = [make_key(n) for n in range(24)]
    views = views_of(keys, small)
    assert (views == views_of(keys, small)).all()
    assert (views == views_of(keys, small, jax.jit(augment_cell))).all()
rng = np.random.default_rng(7)
for shape in ((6, 6), (1, 7)):
    views_of(keys, rng.normal(size=shape).astype(np.float32))
# Inside jit, which must give the same views, 300 calls are quick.
many = [jax.random.key(int(seed)) for seed in rng.integers(2**31, size=300)]
views = views_of(many, rng.normal(size=(4, 7)).astype(np.float32), jax.jit(augment_cell))
left_right, up_down = views % 2, views // 2
for happens in (left_right, up_down, left_right == up_down):
    assert abs(happens.sum() - 150) < 5 * np.sqrt(300) / 2
