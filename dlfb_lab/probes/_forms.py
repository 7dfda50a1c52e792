"""What an observation may look like. It comes from the student's process, so nothing is taken for granted."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dlfb_lab._errors import CheckFailed
from dlfb_lab._finding import Finding

Form: TypeAlias = Callable[[Any], bool]
MAX_LISTED = 200


def no_sense(expected: str) -> CheckFailed:
    """The failure of a check that got something else than was `expected` (a sentence)."""
    return CheckFailed(Finding("wrong-kind", expected))


def checked(got: Any, forms: Mapping[str, Form], what: str) -> dict[str, Any]:
    """`got`, which must have exactly these parts in these forms.

    Raises:
        CheckFailed: it has not; `what` it says is named.
    """
    if type(got) is not dict or got.keys() != forms.keys() or not all(fits(got[name]) for name, fits in forms.items()):
        raise no_sense(f"What was observed of {what} has no sense.")
    return got


def anything(part: Any) -> bool:
    """Whatever it is, the check compares it."""
    return True


def of_type(kind: type) -> Form:
    """A plain value of exactly this type."""
    return lambda part: type(part) is kind


def none_or(form: Form) -> Form:
    """None, or what has this form."""
    return lambda part: part is None or form(part)


def list_of(form: Form, most: int = MAX_LISTED) -> Form:
    """A list of at most `most` parts of this form."""
    return lambda part: type(part) is list and len(part) <= most and all(form(one) for one in part)


def is_count(part: Any) -> bool:
    """How often each of some names occurs."""
    return type(part) is dict and all(type(name) is str and type(count) is int for name, count in part.items())


def is_shape(part: Any) -> bool:
    """The shape of an array."""
    return type(part) is tuple and all(type(n) is int for n in part)
