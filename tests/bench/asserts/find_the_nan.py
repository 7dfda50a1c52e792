# ruff: noqa: F821
import jax
import jax.numpy as jnp

from dlfb_lab import props

cases = [
    ("center log share", [1.0, 2.0, 3.0], "log"),
    ("root double shift", [4.0, -1.0], "root"),
    ("shift double center root", [2.0, 7.0, 3.0], "root"),
    ("root clean double", [-1.0, 4.0, 9.0], "root"),
    ("log center shift", [0.0, 1.0], "center"),
    ("double log", [-0.5, 2.0, 8.0], "log"),
    ("shift root share", [-0.5, 2.0, 8.0], None),
    ("double", [-0.5, 2.0, 8.0], None),
    ("shift log center root share", [-0.5, 3.0], "root"),
    ("cube bend", [1e20, -1e20], None),
]
before = jax.config.jax_debug_nans, jax.config.jax_disable_jit, jax.config.jax_debug_infs
for names, numbers, right in cases:
    steps = {name: props.pipeline_step(name) for name in names.split()}
    assert find_the_nan(steps, jnp.array(numbers)) == right
    assert before == (jax.config.jax_debug_nans, jax.config.jax_disable_jit, jax.config.jax_debug_infs)
