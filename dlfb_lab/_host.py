"""The side of the joint where the answers live: does what a check asks, and gives back plain data.

The same `Host` serves a check in the student's own kernel and, behind a pipe, the grader. Whatever it says is what the
student's process says, and no more than that: the check compares, on its own side.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from dlfb_lab import probes, props
from dlfb_lab._answer import Transport
from dlfb_lab._data import Data, PropRef, Ref, copy_data, kind_of
from dlfb_lab._errors import ErrorData, answer_error
from dlfb_lab._finding import SourceLine
from dlfb_lab._lint import lint
from dlfb_lab._translate import describe


class Host:
    """Answers requests about the objects of one namespace.

    Args:
        namespace: what the notebook left behind, by name.
        fates: for names that a failed cell would have bound, the error that kept it from doing so.
    """

    def __init__(self, namespace: Mapping[str, Any], fates: Mapping[str, ErrorData] | None = None) -> None:
        self.namespace = namespace
        self.fates = fates if fates is not None else {}
        self._objects: dict[int, Any] = {}
        self._numbers = itertools.count(1)
        self._props: dict[int, Any] = {}
        self._operations: dict[str, Callable[..., Any]] = {
            "lookup": self._lookup,
            "call": lambda target, args, kwargs: target(*args, **kwargs),
            "get": getattr,
            "item": lambda target, index: target[index],
            "probe": self._probe,
            "lint": self._lint,
            "fate": self._fate,
            "reset": self._reset,
        }

    def handle(self, operation: str, payload: tuple[Data, ...]) -> Data:
        """Do one request. Raises what the student's code raises."""
        arguments = [self._resolve(part) for part in payload]
        return copy_data(self._operations[operation](*arguments), self._keep)

    def _resolve(self, value: Data) -> Any:
        kind = type(value)
        if kind is Ref:
            return self._objects[value.number]
        if kind is PropRef:
            if value.serial not in self._props:
                self._props[value.serial] = props.build_prop(value)
            return self._props[value.serial]
        if kind is list or kind is tuple:
            return kind(self._resolve(part) for part in value)
        if kind is dict:
            return {key: self._resolve(part) for key, part in value.items()}
        return value

    def _keep(self, value: Any) -> Ref:
        number = next(self._numbers)
        self._objects[number] = value
        return Ref(number, kind_of(value))

    def _lookup(self, name: str) -> tuple[Any, ...]:
        return (self.namespace[name],) if name in self.namespace else ()

    def _probe(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return probes.instrument(name)(*args, **kwargs)

    def _lint(self, name: str) -> list[tuple[str, int | None, int, str]]:
        answer = self.namespace.get(name)
        return [(d, at.cell, at.number, at.text) for d, at in lint(answer, self.namespace)]

    def _fate(self, name: str) -> Data:
        error = self.fates.get(name)
        return None if error is None else pack_error(error)

    def _reset(self) -> None:
        self._objects.clear()
        self._props.clear()


def pack_error(error: ErrorData) -> list[Data]:
    """`error` as a list of plain data."""
    line = error.line
    at = None if line is None else [line.cell, line.number, line.text]
    return [error.kind, error.builtin, error.message, error.diagnosis, at]


def unpack_error(packed: Data) -> ErrorData:
    """The error that `pack_error` packed.

    Raises:
        ValueError: `packed` has another form.
    """
    if type(packed) is not list:  # an array could be walked through, too, for hours
        raise ValueError("not a packed error")
    kind, builtin, message, diagnosis, at = packed
    line = None if at is None else unpack_line(at)
    texts = (kind, builtin, message, diagnosis)
    if not all(type(text) is str for text in texts):
        raise ValueError("not a packed error")
    return ErrorData(kind[:80], builtin[:80], message[:2000], diagnosis[:80], line)


def unpack_line(at: Data) -> SourceLine:
    """The source line in `[cell, number, text]`.

    Raises:
        ValueError: `at` has another form.
    """
    if type(at) is not list:
        raise ValueError("not a source line")
    cell, number, text = at
    if not (cell is None or type(cell) is int) or type(number) is not int or type(text) is not str:
        raise ValueError("not a source line")
    return SourceLine(cell, number, text[:200])


class DirectTransport(Transport):
    """Asks a host in this very process. Arguments and results are copied, as they would be over a pipe."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def request(self, operation: str, *payload: Data) -> Data:
        """See `Transport.request`."""
        try:
            return self.host.handle(operation, payload)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise answer_error(describe(error)) from error
