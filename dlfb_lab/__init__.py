"""What a student imports, and what a check is written with.

In a notebook:

    from dlfb_lab import check
    check("kmer_counts")

A name is imported when it is first asked for: JAX takes two seconds, and `lab list` has no use for it. So each name
stands here twice, for editors and type checkers and then for Python; a test compares.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dlfb_lab import probes as probes
    from dlfb_lab import props as props
    from dlfb_lab._check import check as check
    from dlfb_lab._errors import CheckFailed as CheckFailed
    from dlfb_lab._expect import expect as expect
    from dlfb_lab._expect import expect_callable as expect_callable
    from dlfb_lab._expect import expect_close as expect_close
    from dlfb_lab._expect import expect_dtype as expect_dtype
    from dlfb_lab._expect import expect_equal as expect_equal
    from dlfb_lab._expect import expect_fields as expect_fields
    from dlfb_lab._expect import expect_finite as expect_finite
    from dlfb_lab._expect import expect_key as expect_key
    from dlfb_lab._expect import expect_pair as expect_pair
    from dlfb_lab._expect import expect_raises as expect_raises
    from dlfb_lab._expect import expect_shape as expect_shape
    from dlfb_lab._expect_compiles import expect_compiles as expect_compiles
    from dlfb_lab._expect_keys import expect_fresh_keys as expect_fresh_keys
    from dlfb_lab._hint import hint as hint
    from dlfb_lab._solution import solution as solution

_NAMES = {
    "_check": "check",
    "_errors": "CheckFailed",
    "_expect": "expect expect_callable expect_close expect_dtype expect_equal expect_fields expect_finite expect_key "
    "expect_pair expect_raises expect_shape",
    "_expect_compiles": "expect_compiles",
    "_expect_keys": "expect_fresh_keys",
    "_hint": "hint",
    "_solution": "solution",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}
_ROOMS = ("probes", "props")
__all__ = [*_HOMES, *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"dlfb_lab.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'dlfb_lab' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"dlfb_lab.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
