"""Runs check files on answers, wherever they live, and says how each check ended.

pytest collects and runs the checks; `_plugin.py` gives them their answers and reads their ends. It runs on the checks'
side only, under settings of its own: no other configuration, plugin or conftest file is looked at.
"""

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dlfb_lab._answer import Transport
from dlfb_lab._plugin import CheckPlugin, plugin_type
from dlfb_lab._plugin import CheckResult as CheckResult

_SETTINGS = Path(__file__).with_name("pytest.ini")
_WITHOUT = (
    "terminal faulthandler cacheprovider warnings logging doctest junitxml pastebin stepwise "
    "setuponly setupplan unraisableexception threadexception debugging unittest legacypath recwarn tmpdir"
).split()


class JudgeError(RuntimeError):
    """The checks could not be run to their end: a fault of ours."""


def judge(
    files: Sequence[Path],
    tasks: Collection[str],
    transport: Transport,
    *,
    hidden: Sequence[Path] = (),
    seed: int = 0,
    only: Collection[str] | None = None,
    reference: Mapping[str, Any] | None = None,
    broken: Collection[str] = (),
    after_each: Callable[[], None] = lambda: None,
) -> tuple[CheckResult, ...]:
    """Run the checks in `files` on the answers that `transport` reaches.

    Args:
        files: check files; each check takes the answers it looks at by their tasks' names.
        tasks: the names that are tasks.
        transport: the way to the answers.
        hidden: more check files, whose inputs are drawn from `seed`.
        seed: what `rng` and `make_key` draw from in hidden checks. Visible ones always draw from 0, with which
            `make_key(n)` is `jax.random.key(n)`: a student can repeat what they see.
        only: run only checks of these tasks.
        reference: the reference answers, for checks that compare with them.
        broken: names of checks known to fail on the reference answers, whose failures are our fault.
        after_each: called after each check; must not raise.

    Returns:
        One result a check, in the order of the files; the runs of a parametrized check are taken together.

    Raises:
        KeyboardInterrupt: somebody does not want to wait, which pytest would keep to itself.
    """
    seeds = {file.resolve(): seed for file in hidden}
    plugin = plugin_type(tasks, CheckPlugin)(transport, frozenset(tasks), seeds, only, reference, frozenset(broken))
    plugin.after_each = after_each
    arguments = [str(file) for file in (*files, *hidden)] + ["-c", str(_SETTINGS), "--rootdir", str(_SETTINGS.parent)]
    arguments += ["--noconftest", "--capture=no", *(f"-pno:{name}" for name in _WITHOUT)]
    with _own_environment():
        code = pytest.main(arguments, plugins=[plugin])
    if plugin.interrupted:
        raise KeyboardInterrupt
    if code == pytest.ExitCode.INTERNAL_ERROR:
        # Never guess about the checks that did not run: the whole judgment is void.
        raise JudgeError("pytest stopped with an internal error; none of its verdicts can be used")
    return plugin.results()


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """Hide pytest's variables of the surroundings: an editor or CI may have set options for other tests."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(hidden)
