# ruff: noqa: F821
import jax
import numpy as np


def pair(key):
    first, second = two_draws(key)
    for part in (first, second):
        assert part.shape == () and np.isfinite(part)
    return float(first), float(second)


rng = np.random.default_rng(3)
for make_key in (jax.random.key, jax.random.PRNGKey):
    first, second = pair(make_key(1))
    assert first != second
    assert pair(make_key(2)) == pair(make_key(2))
    assert not set(pair(make_key(2))) & set(pair(make_key(3)))
    seeds = [int(seed) for seed in rng.choice(10_000, size=6, replace=False)]
    pairs = [pair(make_key(seed)) for seed in [*seeds, *seeds]]
    assert pairs[:6] == pairs[6:]
    assert len({number for both in pairs for number in both}) == 12
for statistic in range(2):
    firsts, seconds = np.array([pair(jax.random.key(int(seed))) for seed in rng.integers(2**31, size=200)]).T
    if statistic == 0:
        for one, other in ((firsts, seconds), (firsts**2, seconds**2)):
            assert abs(np.corrcoef(one, other)[0, 1]) < 5 / np.sqrt(200)
    else:
        for numbers in (firsts, seconds):
            assert abs(numbers.mean()) < 5 / np.sqrt(200)
            assert abs(numbers.var() - 1) < 5 * np.sqrt(2 / 200)
