"""What the tests of the grader share. One zygote serves them all: starting it takes seconds, a child milliseconds."""

import os
import sys
from pathlib import Path

import pytest

# With import mode "importlib" a folder of tests is on no path.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "bench")]


@pytest.fixture(scope="session")
def zygote():
    """A running fork server."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running
