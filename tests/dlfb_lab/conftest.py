"""What the tests of the joint share. The helpers stand in a file of their own, beside this one."""

import contextlib
import os
import sys
from pathlib import Path

import pytest

IMPORTS = """\
import itertools, random, types
from functools import partial

import jax, jax.numpy as jnp
import numpy as np

"""

# With import mode "importlib" a folder of tests is on no path.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(params=["in this process", "through bytes"])
def answer(request):
    """`answer(body)`: what the name `f` of a notebook with this text holds, as a probe in a check gets it."""
    from helpers import ran, through_bytes

    from dlfb_lab._answer import transport_in_use

    with contextlib.ExitStack() as checks:

        def of(body: str):
            cell = IMPORTS + body
            if request.param == "in this process":
                return ran(cell).namespace["f"]
            transport = through_bytes(cell)
            checks.enter_context(transport_in_use(transport))
            return transport.answer("f")

        yield of


@pytest.fixture(scope="session")
def zygote():
    """A running fork server. One for all tests: starting it takes seconds, a child milliseconds."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running
