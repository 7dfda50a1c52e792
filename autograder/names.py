"""Which names a task cannot have: a task's name is a Python name, an argument of its checks and part of a cell's id."""

import keyword

_FIXTURES = frozenset({"rng", "make_key", "reference"})
_COMMON_ARGUMENTS = frozenset({"key", "check", "hint", "jax", "jnp", "np"})
_PYTEST_FIXTURES = frozenset(
    [
        "cache",
        "capfd",
        "capfdbinary",
        "caplog",
        "capsys",
        "capsysbinary",
        "capteesys",
        "doctest_namespace",
        "monkeypatch",
        "pytestconfig",
        "record_property",
        "record_testsuite_property",
        "record_xml_attribute",
        "recwarn",
        "request",
        "subtests",
        "testdir",
        "pytester",
        "tmp_path",
        "tmp_path_factory",
        "tmpdir",
        "tmpdir_factory",
    ]
)
# A cell id may have 64 characters, and the longest one made of a name is `<name>-answer`.
_LONGEST = 50


def why_not_a_task_name(name: str) -> str:
    """The reason why `name` cannot be a task's name; "" if it can."""
    if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
        return "it is no plain Python name"
    if len(name) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if name in _FIXTURES:
        return "checks get something else under that name"
    if name in _PYTEST_FIXTURES:
        return "pytest keeps it for a fixture of its own"
    if name in _COMMON_ARGUMENTS:
        return "labs and checks use it for something else"
    return ""
