"""The words of a failure: what a check expects of plain data, and what it says when that does not hold.

Every function here returns what it was given, in a form that is safe to go on with, or raises `CheckFailed` with a
finding. The comparison is strict where `numpy.allclose` is lenient: shapes must be equal (nothing broadcasts), NaN only
matches NaN, integers match exactly, and an empty array matches only an empty one.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab._answer import Answer
from dlfb_lab._data import MAX_ENTRIES, is_jax_data, is_key, kind_of, with_article
from dlfb_lab._errors import AnswerError, CheckBug, CheckFailed
from dlfb_lab._finding import Finding

Inputs = Mapping[str, Any] | str | None
Mistakes = Mapping[str, Any]
MAX_PLAIN = 10_000


def expect(condition: object, diagnosis: str, saw: str, *, certain: bool = False, **evidence: Any) -> None:
    """Fail with `diagnosis` unless `condition` is true. `saw` says in one sentence what happened.

    `certain`: what was seen shows this mistake and no other, whatever else is wrong with the answer.
    """
    if type(condition) not in (bool, np.bool_):
        raise CheckBug(f"expect() takes True or False as its condition, not {with_article(kind_of(condition))}")
    if not condition:
        raise CheckFailed(Finding(diagnosis, saw, _evidence(None, evidence)), certain=certain)


def expect_close(
    got: Any,
    expected: Any,
    *,
    rtol: float = 1e-5,
    atol: float = 1e-6,
    inputs: Inputs = None,
    mistakes: Mistakes | None = None,
    diagnosis: str = "wrong-value",
) -> np.ndarray:
    """Expect numbers of the same shape and, within the tolerance, the same values. The dtype does not matter.

    `mistakes` maps a diagnosis to the value that someone with that misconception would get.

    Returns:
        `got` as a NumPy array.
    """
    wanted = np.asarray(expected)
    numbers = _numbers(got, wanted, inputs)
    if _close(numbers, wanted, rtol, atol):
        return numbers
    for name, wrong in (mistakes or {}).items():
        if _close(numbers, np.asarray(wrong), rtol, atol):
            raise _mismatch(name, "The result is what this mistake gives.", got, expected, inputs, certain=True)
    if numbers.shape != wanted.shape:
        _refuse_tuple(got, wanted.shape, inputs)
        saw = f"The result has shape {numbers.shape}; {wanted.shape} was expected."
        raise _mismatch("wrong-shape", saw, got, expected, inputs)
    if np.isnan(numbers).any() and not np.isnan(wanted).any():
        raise _mismatch("not-finite", "The result contains NaN (not a number).", got, expected, inputs)
    raise _mismatch(diagnosis, _where_different(numbers, wanted, rtol, atol), got, expected, inputs)


def expect_equal(
    got: Any,
    expected: Any,
    *,
    inputs: Inputs = None,
    mistakes: Mistakes | None = None,
    diagnosis: str = "wrong-value",
) -> Any:
    """Expect exactly this plain value: same types all through, same parts. Never asks the value itself.

    A list may stand for a tuple and a NumPy or JAX number for a Python one; True is not 1.
    """
    value = _plain(got)
    if _same(value, _plain(expected)):
        return got
    for name, wrong in (mistakes or {}).items():
        if _same(value, _plain(wrong)):
            raise _mismatch(name, "The answer is what this mistake gives.", got, expected, inputs, certain=True)
    raise _mismatch(diagnosis, "The answer is another one.", got, expected, inputs)


def expect_shape(got: Any, shape: tuple[int, ...], *, inputs: Inputs = None) -> np.ndarray:
    """Expect numbers of this shape. Returns them as a NumPy array."""
    numbers = _numbers(got, None, inputs)
    if numbers.shape != tuple(shape):
        _refuse_tuple(got, tuple(shape), inputs)
        saw = f"The result has shape {numbers.shape}; {tuple(shape)} was expected."
        raise CheckFailed(Finding("wrong-shape", saw, _evidence(inputs, {"got": got})))
    return numbers


def expect_dtype(got: Any, dtype: Any, *, inputs: Inputs = None) -> None:
    """Expect numbers of this dtype, such as `jnp.int32`, or of one of its kinds, such as `jnp.floating`."""
    found = _numbers(got, None, inputs).dtype
    if not (jnp.issubdtype(found, dtype) or _same_dtype(found, dtype)):
        wanted = getattr(dtype, "__name__", str(dtype))
        saw = f"The result has dtype {found}; {wanted} was expected."
        raise CheckFailed(Finding("wrong-dtype", saw, _evidence(inputs, {"got": got})))


def expect_finite(got: Any, *, inputs: Inputs = None) -> np.ndarray:
    """Expect numbers without NaN or infinity. Returns them as a NumPy array."""
    numbers = _numbers(got, None, inputs)
    if not np.isfinite(numbers).all():
        bad = int(numbers.size - np.isfinite(numbers).sum())
        saw = f"{bad} of {numbers.size} values are NaN or infinite."
        raise CheckFailed(Finding("not-finite", saw, _evidence(inputs, {"got": got})))
    return numbers


def expect_pair(got: Any, n: int = 2, *, inputs: Inputs = None) -> tuple[Any, ...]:
    """Expect a tuple or list of `n` parts; an array is taken apart along its first axis. Returns the parts.

    A NamedTuple is a tuple, too.
    """
    if type(got) is Answer:
        from dlfb_lab.probes import parts

        held = parts(got)
        got = tuple(held) if type(held) is list else got
    if type(got) in (tuple, list) and len(got) == n:
        return tuple(got)
    if _is_array(got) and np.ndim(got) > 0 and len(got) == n:
        return tuple(got[i] for i in range(n))
    count = f" of {len(got)}" if type(got) in (tuple, list) else ""
    raise _wrong_kind(got, f"The result is {_a_kind(got)}{count}; a tuple of {n} was expected.", inputs)


def expect_fields(got: Any, *names: str, inputs: Inputs = None) -> tuple[Any, ...]:
    """Expect a dict with these keys, or an object with these attributes. Returns their values, in order."""
    if type(got) is Answer:
        from dlfb_lab.probes import fields

        held = fields(got, *names)
    else:
        held = got
    held = held if type(held) is dict else {}
    missing = [name for name in names if name not in held]
    if missing:
        raise _wrong_kind(got, f"The result is {_a_kind(got)} without {', '.join(missing)}.", inputs)
    return tuple(held[name] for name in names)


def expect_callable(got: Any) -> Answer:
    """Expect a function (or another object to call), not plain data. Returns its handle."""
    if type(got) is not Answer:
        raise _wrong_kind(got, f"A function was expected; this is {_a_kind(got)}.", None)
    return got


def expect_key(got: Any, *, inputs: Inputs = None) -> bytes:
    """Expect one random key, typed or raw. Returns its data, as bytes to compare."""
    if is_jax_data(got) and is_key(got) and got.ndim == 0:
        return np.asarray(jax.random.key_data(got)).tobytes()
    if _is_array(got) and not is_key(got) and got.dtype == np.uint32 and np.shape(got) == (2,):
        return np.asarray(got).tobytes()
    if is_key(got):
        raise _wrong_kind(got, f"One random key was expected; this is an array of keys of shape {got.shape}.", inputs)
    raise _wrong_kind(got, f"A random key was expected; this is {_a_kind(got)}.", inputs)


def expect_raises(error: type[Exception], answer: Any, *args: Any, **kwargs: Any) -> AnswerError:
    """Expect `answer(*args, **kwargs)` to raise `error`. Returns what was raised."""
    try:
        got = expect_callable(answer)(*args, **kwargs)
    except AnswerError as raised:
        if raised.error.kind == error.__name__ or isinstance(raised, error):
            return raised
        raise
    saw = f"{error.__name__} was expected; the call returned a value."
    raise CheckFailed(Finding("no-error", saw, _evidence({"arguments": args}, {"got": got})))


def _numbers(got: Any, like: np.ndarray | None, inputs: Inputs) -> np.ndarray:
    if _is_numeric(got):
        if _entries(got) > MAX_ENTRIES:
            saw = f"The result has more than {MAX_ENTRIES:,} entries."
            raise CheckFailed(Finding("wrong-shape", saw, _evidence(inputs, {})))
        try:
            numbers = np.asarray(_plain_numbers(got))
        except (ValueError, TypeError, OverflowError):
            numbers = np.asarray(None)
        if numbers.dtype.kind in "biufc" or jnp.issubdtype(numbers.dtype, np.number):
            return numbers
    evidence = {} if like is None else {"expected": like}
    raise _wrong_kind(got, f"Numbers were expected; this is {_a_kind(got)}.", inputs, **evidence)


def _wrong_kind(got: Any, saw: str, inputs: Inputs, **evidence: Any) -> CheckFailed:
    """The failure of a result of another kind; the commonest, None, has a diagnosis of its own."""
    shown = _evidence(inputs, {**evidence, "got": got})
    if got is None:
        return CheckFailed(Finding("nothing-returned", saw, shown), certain=True)
    if type(got) is Answer and got.kind.startswith("_IndexUpdate"):
        return CheckFailed(Finding("at-not-a-call", "What came back is an `at` that was not told what to do.", shown))
    return CheckFailed(Finding("wrong-kind", saw, shown))


def _refuse_tuple(got: Any, shape: tuple[int, ...], inputs: Inputs) -> None:
    """Several results are not one result of another shape."""
    if type(got) is tuple:
        saw = f"The result is a tuple of {len(got)}; one array of shape {shape} was expected."
        raise CheckFailed(Finding("wrong-kind", saw, _evidence(inputs, {"got": got})))


def _is_array(value: Any) -> bool:
    """Whether `value` is an array or a random key that has values: a tracer has none."""
    return isinstance(value, np.ndarray) or is_jax_data(value)


def _is_numeric(got: Any) -> bool:
    if is_jax_data(got):
        return not is_key(got)
    return type(got) in (bool, int, float, np.ndarray, list, tuple)


def _entries(got: Any) -> int:
    """How many numbers there are in `got`: some arrays say they have more than memory could hold."""
    if type(got) in (list, tuple):
        return sum(_entries(part) for part in got)
    return math.prod(got.shape) if _is_array(got) else 1


def _plain_numbers(got: Any) -> Any:
    if type(got) in (list, tuple):
        return [_plain_numbers(part) if _is_numeric(part) else None for part in got]
    return np.asarray(got)


def _close(got: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> bool:
    return got.shape == expected.shape and not bool(_differs(got, expected, rtol, atol).any())


def _differs(got: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Where two arrays of one shape differ: bool of that shape."""
    if _is_integer(got) and _is_integer(expected):
        return np.asarray(got != expected)
    wide = np.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else np.float64
    close = np.isclose(got.astype(wide), expected.astype(wide), rtol=rtol, atol=atol, equal_nan=True)
    return np.asarray(~close)


def _is_integer(numbers: np.ndarray) -> bool:
    return numbers.dtype.kind in "iub"


def _where_different(got: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> str:
    different = _differs(got, expected, rtol, atol)
    if different.ndim == 0:
        return "The value is another one."
    first = tuple(int(i) for i in np.argwhere(different)[0])
    at = first[0] if len(first) == 1 else first
    return f"{int(different.sum())} of {different.size} values differ, the first at index {at}."


def _same_dtype(found: Any, dtype: Any) -> bool:
    try:
        return bool(np.dtype(found) == np.dtype(dtype))
    except TypeError:
        return False


def _plain(value: Any) -> Any:
    """Plain Python parts: tuples become lists, arrays nested lists, zero-dimensional ones numbers.

    Once they have more than `MAX_PLAIN` entries together, arrays stay arrays, which equal no plain value: unfolding
    them could take all memory.
    """
    return _Plain().of(value)


class _Plain:
    """One walk over one value; counts the entries of its arrays."""

    def __init__(self) -> None:
        self._entries = 0

    def of(self, value: Any) -> Any:
        if type(value) in (list, tuple):
            return [self.of(part) for part in value]
        if type(value) is dict:
            return {key: self.of(part) for key, part in value.items()}
        if isinstance(value, np.ndarray | np.generic) or (is_jax_data(value) and not is_key(value)):
            numbers = np.asarray(value)
            self._entries += math.prod(max(n, 1) for n in numbers.shape)
            return numbers.tolist() if self._entries <= MAX_PLAIN else numbers
        return value


def _same(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        numbers = (int, float)
        return type(left) in numbers and type(right) in numbers and bool(left == right)
    if type(left) is list:
        return len(left) == len(right) and all(_same(a, b) for a, b in zip(left, right, strict=True))
    if type(left) is dict:
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    return type(left) in (str, bool, int, float, type(None)) and bool(left == right)


def _mismatch(
    diagnosis: str, saw: str, got: Any, expected: Any, inputs: Inputs, *, certain: bool = False
) -> CheckFailed:
    evidence = _evidence(inputs, {"expected": expected, "got": got})
    return CheckFailed(Finding(diagnosis, saw, evidence), certain=certain)


def _evidence(inputs: Inputs, rest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if isinstance(inputs, str):
        shown = [("inputs", inputs)]
    else:
        shown = [(name, show(value)) for name, value in (inputs or {}).items()]
    return (*shown, *((label, repr(value) if type(value) is str else show(value)) for label, value in rest.items()))


def _a_kind(value: Any) -> str:
    if type(value) is Answer:
        return with_article(value.kind)
    if is_jax_data(value) and is_key(value):
        return "a random key" if value.ndim == 0 else f"an array of keys of shape {value.shape}"
    return "a JAX array" if is_jax_data(value) else with_article(kind_of(value))


def show(value: Any, limit: int = 400) -> str:
    """`value` as a short text for a person: arrays by their numbers, long things cut. A text is taken for words."""
    if type(value) is Answer or value is None or type(value) in (bool, int, float):
        text = repr(value)
    elif is_jax_data(value) and is_key(value):
        text = f"key {np.asarray(jax.random.key_data(value)).tolist()}"
    elif isinstance(value, np.generic) or _is_array(value):
        text = _show_array(np.asarray(value))
    elif type(value) is dict:
        text = "{" + _joined((f"{key!r}: {_show_part(part, limit)}" for key, part in value.items()), limit) + "}"
    elif type(value) in (list, tuple):
        inner = _joined((_show_part(part, limit) for part in value), limit)
        text = f"[{inner}]" if type(value) is list else f"({inner}{',' if len(value) == 1 else ''})"
    else:
        text = value if type(value) is str else with_article(kind_of(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _joined(texts: Iterable[str], limit: int) -> str:
    """All of `texts`, or as many of them as show that there are too many: each can take long to make."""
    joined = ""
    for text in texts:
        joined += f", {text}" if joined else text
        if len(joined) > limit:
            break
    return joined


def _show_part(part: Any, limit: int) -> str:
    return repr(part) if type(part) is str else show(part, limit)


def _show_array(numbers: np.ndarray) -> str:
    is_small = numbers.size <= 40
    # NumPy shows up to eight places along each axis, and there can be sixteen axes.
    shown = numbers if is_small else numbers[(slice(1),) * (numbers.ndim - 4)]
    body = np.array2string(shown, precision=6, threshold=40, edgeitems=4, separator=", ", max_line_width=100)
    if numbers.ndim == 1:
        body = " ".join(body.split()).replace("[ ", "[")  # columns need no lining up where there is one row
    return body if is_small else f"{body} ({numbers.dtype}{list(numbers.shape)})"
