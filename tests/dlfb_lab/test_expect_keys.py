import jax
import jax.numpy as jnp
import pytest
from helpers import ran

from dlfb_lab import CheckFailed, expect_fresh_keys, probes

# A function of a key, and the diagnosis of what it does with keys; "" where that is fine.
USES = {
    "one draw": ("normal(key)", ""),
    "nothing": ("jnp.zeros(2)", ""),
    "two children": ("[normal(k) for k in split(key)]", ""),
    "the same key twice": ("normal(key) + uniform(key)", "key-reused"),
    "a key of its own twice": ("normal(jax.random.key(0)) + normal(jax.random.key(0))", "key-reused"),
    "parent and child of a split": ("normal(key) + normal(split(key)[1])", "parent-key-used"),
    "parent and child of a fold": ("normal(key) + normal(fold_in(key, 1))", "parent-key-used"),
    "one child of two equal splits": ("normal(split(key)[0]) + normal(split(key)[0])", "split-twice"),
    "two children of two equal splits": ("normal(split(key)[0]) + normal(split(key)[1])", ""),
    "the same number folded in twice": ("normal(fold_in(key, 1)) + normal(fold_in(key, 1))", "fold-in-collision"),
    "different numbers folded in": ("normal(fold_in(key, 1)) + normal(fold_in(key, 2))", ""),
    "split and fold_in": ("normal(split(key)[1]) + normal(fold_in(key, 1))", "split-and-fold-in"),
    "split and fold_in far apart": ("normal(split(key)[1]) + normal(fold_in(key, 7))", ""),
    "a map over children": ("jax.vmap(normal)(split(key, 5))", ""),
    "a map with few numbers": ("jax.vmap(lambda i: normal(fold_in(key, i // 2)))(jnp.arange(4))", "fold-in-collision"),
}


@pytest.mark.parametrize("make_key", [jax.random.key, jax.random.PRNGKey], ids=["typed", "raw"])
@pytest.mark.parametrize(("body", "diagnosis"), USES.values(), ids=USES)
def test_what_a_call_does_with_its_keys_has_a_name(body, diagnosis, make_key):
    imports = "import jax\nimport jax.numpy as jnp\nfrom jax.random import fold_in, normal, split, uniform\n"
    answer = ran(f"{imports}def f(key):\n    return {body}").namespace["f"]
    seen = probes.observe(answer, make_key(5), watch="keys")
    if not diagnosis:
        expect_fresh_keys(seen)
        return
    with pytest.raises(CheckFailed) as failed:
        expect_fresh_keys(seen)
    assert failed.value.finding.diagnosis == diagnosis
    assert failed.value.finding.saw.endswith(".")


def test_what_could_not_be_seen_is_let_pass():
    seen = probes.observe(lambda x: x, jnp.ones(2))
    assert seen.key_uses is None
    expect_fresh_keys(seen)
