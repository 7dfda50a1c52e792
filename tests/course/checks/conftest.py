"""Lets `pytest tests/course/checks` run these checks on this course's saved notebooks."""

from pathlib import Path

from dlfb_lab._catalog import use_course
from dlfb_lab._saved import pytest_configure as pytest_configure

use_course(Path(__file__).parents[1])
