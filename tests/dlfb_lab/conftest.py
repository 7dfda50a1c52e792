"""What the tests of the joint share. The helpers stand in a file of their own, beside this one."""

import os
import sys
from pathlib import Path

import pytest

# With import mode "importlib" a folder of tests is on no path.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def zygote():
    """A running fork server. One for all tests: starting it takes seconds, a child milliseconds."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running
