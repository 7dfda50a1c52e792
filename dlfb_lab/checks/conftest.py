"""Lets `pytest dlfb_lab/checks`, and an editor's test view, run these checks on the saved notebooks."""

from dlfb_lab._saved import pytest_configure as pytest_configure
