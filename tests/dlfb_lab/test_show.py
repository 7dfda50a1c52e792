"""Parameters at a glance: what is printed, to the letter."""

import flax.linen as nn
import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import optax
import pytest
from flax.core import freeze

from dlfb_lab.show import print_short_dict, short

WEIGHTS = {"bias": jnp.zeros(1), "kernel": jnp.array([[-0.5220277]])}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (WEIGHTS, "{'bias': f32[1] [0.], 'kernel': f32[1,1] [[-0.522]]}"),
        (freeze({"params": WEIGHTS}), "{'params': {'bias': f32[1] [0.], 'kernel': f32[1,1] [[-0.522]]}}"),
        (jnp.float32(0.25), "f32[] 0.25"),
        (jnp.arange(3), "i32[3] [0, 1, 2]"),
        (jnp.ones((3, 1)), "f32[3,1] [[1.], [1.], [1.]]"),
        (jnp.arange(4), "i32[4]"),
        (np.zeros((2, 3)), "f64[2,3]"),
        (jnp.zeros((0, 3)), "f32[0,3]"),
        (jnp.array([True]), "bool[1] [ True]"),
        (np.uint8(3), "u8[] 3"),
        (np.zeros(4, ml_dtypes.bfloat16), "bf16[4]"),
        (jnp.zeros(9, "complex64"), "c64[9]"),
        (jax.random.key(0), "key<fry>[]"),
        (jax.ShapeDtypeStruct((2,), jnp.int32), "i32[2]"),
        ([1, "text", None, (2.5,)], "[1, 'text', None, (2.5)]"),
        ({}, "{}"),
        ("x" * 99, "'" + "x" * 59 + "..."),
    ],
)
def test_each_array_is_told_by_dtype_and_shape_and_a_small_one_by_its_numbers(tree, text):
    assert short(tree) == text


def test_what_does_not_fit_on_a_line_has_one_for_each_entry():
    variables = jax.eval_shape(Deep().init, jax.random.key(0), jnp.ones((2, 7)))
    assert short(variables) == (
        "{\n"
        "  'params': {\n"
        "    'Dense_0': {'bias': f32[16], 'kernel': f32[7,16]},\n"
        "    'Dense_1': {'bias': f32[16], 'kernel': f32[16,16]},\n"
        "    'Dense_2': {'bias': f32[3], 'kernel': f32[16,3]},\n"
        "  },\n"
        "}"
    )
    assert short(variables, indent=4).splitlines()[2].startswith("        'Dense_0'")


class Deep(nn.Module):
    @nn.compact
    def __call__(self, x):
        for width in (16, 16, 3):
            x = nn.Dense(width)(x)
        return x


def test_the_state_of_an_optimizer_is_told_by_the_names_of_its_fields():
    state = optax.sgd(0.1, momentum=0.9).init({"w": jnp.zeros(2)})
    assert short(state) == "(TraceState(trace={'w': f32[2] [0., 0.]}), EmptyState())"


def test_inside_jit_there_are_no_numbers_to_show(capsys):
    jax.jit(print_short_dict)(WEIGHTS)
    assert capsys.readouterr().out == "{'bias': f32[1], 'kernel': f32[1,1]}\n"
