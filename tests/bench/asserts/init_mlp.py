# ruff: noqa: F821
import jax
import jax.numpy as jnp
import numpy as np

for make_key in (jax.random.key, jax.random.PRNGKey):
    for sizes in ([3, 4, 2], [5, 2], [2, 7, 6, 3]):
        layers, again, other = (init_mlp(make_key(n), sizes) for n in (1, 1, 2))
        assert len(layers) == len(sizes) - 1
        for given, same, new, m, n in zip(layers, again, other, sizes[:-1], sizes[1:], strict=True):
            assert given["w"].shape == (m, n) and given["w"].dtype == jnp.float32
            assert given["b"].shape == (n,) and (given["b"] == 0).all()
            assert (given["w"] == same["w"]).all() and (given["w"] != new["w"]).any()
for sizes in ([30, 120, 40], [60, 90, 25]):
    for given, m in zip(init_mlp(jax.random.key(3), sizes), sizes[:-1], strict=True):
        w = np.asarray(given["w"])
        assert abs((w**2).mean() * m - 1) < 5 * np.sqrt(2 / w.size)
        assert abs(w.mean()) < 5 / np.sqrt(m * w.size)
one, two = (np.asarray(given["w"]) for given in init_mlp(jax.random.key(4), [40, 40, 40]))
for a, b in ((one, two), (one[1:], one[:-1]), (one[:, 1:], one[:, :-1])):
    assert abs(np.corrcoef(a.ravel(), b.ravel())[0, 1]) < 5 / np.sqrt(a.size)
