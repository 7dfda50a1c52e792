"""What the tests of the grader share. One zygote serves them all: starting it takes seconds, a child milliseconds."""

import os

import pytest


@pytest.fixture(scope="session")
def zygote():
    """A running fork server."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    from autograder.sandbox.launch import Zygote

    with Zygote.start() as running:
        yield running
