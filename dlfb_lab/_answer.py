"""An answer as a check sees it: something to call with plain data, or to hand to a probe, wherever it lives."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, NoReturn

from dlfb_lab._data import Data, Ref, copy_data, kind_of, with_article
from dlfb_lab._errors import CheckBug, CheckFailed, NoSuchName, NotAttempted
from dlfb_lab._finding import Finding
from dlfb_lab.props import prop_ref


class Transport(ABC):
    """Carries a check's requests to where the answer lives, and plain data back."""

    @abstractmethod
    def request(self, operation: str, *payload: Data) -> Data:
        """Do `operation` there: one of lookup, call, get, item, probe, lint, reset (see `Host`).

        Raises:
            AnswerError: the student's code raised.
            AnswerLost: the student's process ended.
        """

    def distrust(self) -> None:  # noqa: B027 - in one's own kernel there is nothing to do
        """The side of the answers does not even reset: go on without it, where that is possible."""

    def answer(self, name: str) -> Any:
        """The answer called `name`: plain data as it is, anything else as an `Answer`.

        Raises:
            NotAttempted: the name still holds the starter's None.
            NoSuchName: the notebook left no such name behind.
        """
        found = self.request("lookup", name)
        if not found:
            raise NoSuchName(name)
        if found[0] is None:
            raise NotAttempted(name)
        return self.received(found[0])

    def sent(self, value: Any) -> Data:
        """`value` as it may travel to the answer: handles and props become references."""
        return copy_data(value, self._reference)

    def received(self, value: Data) -> Any:
        """`value` as the check may use it: references become handles."""
        if type(value) is Ref:
            return Answer(self, value)
        if type(value) in (list, tuple):
            return type(value)(self.received(part) for part in value)
        if type(value) is dict:
            return {key: self.received(part) for key, part in value.items()}
        return value

    def _reference(self, value: Any) -> Data:
        if type(value) is Answer:
            return value._ref
        reference = prop_ref(value)
        if reference is None:
            raise CheckBug(
                f"A check may hand an answer plain data, a prop or a handle, not {with_article(kind_of(value))}. "
                f"If the answer needs a function or an object, add it to dlfb_lab/props."
            )
        return reference


_CURRENT: ContextVar[Transport | None] = ContextVar("transport", default=None)


def current_transport() -> Transport | None:
    """The transport of the check that is running; None outside checks."""
    return _CURRENT.get()


@contextlib.contextmanager
def transport_in_use(transport: Transport) -> Iterator[None]:
    """Make `transport` the current one while a check runs, for probes that are handed nothing but a prop."""
    token = _CURRENT.set(transport)
    try:
        yield
    finally:
        _CURRENT.reset(token)


class Answer:
    """A handle on an object of the student's: call it, `get` an attribute, take an item, hand it to a probe.

    It has no other attribute, no length, no truth value, and cannot be iterated: NumPy and JAX would ask for those
    behind a check's back, and each would be a question to the student's process.
    """

    __slots__ = ("_ref", "_transport")

    def __init__(self, transport: Transport, ref: Ref) -> None:
        self._transport = transport
        self._ref = ref

    @property
    def kind(self) -> str:
        """The name of the object's type, for messages."""
        return self._ref.kind

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object there, with copies of plain data."""
        return self._ask("call", self._transport.sent(list(args)), self._transport.sent(kwargs))

    def get(self, attribute: str) -> Any:
        """The object's attribute of that name."""
        return self._ask("get", attribute)

    def __getitem__(self, index: Any) -> Any:
        """The object's item at `index`."""
        return self._ask("item", self._transport.sent(index))

    def __repr__(self) -> str:
        return f"<{with_article(self.kind)}>"

    def _ask(self, operation: str, *payload: Data) -> Any:
        return self._transport.received(self._transport.request(operation, self._ref, *payload))

    def _not_data(self, *args: object, **kwargs: object) -> NoReturn:
        saw = f"Plain values were expected here, and this is {with_article(self.kind)}."
        raise CheckFailed(Finding("wrong-kind", saw))

    # A check that treats an odd answer as data fails that answer, in the same words everywhere.
    __bool__ = __iter__ = __len__ = __array__ = __jax_array__ = __float__ = __int__ = __index__ = _not_data
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _not_data
    __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __abs__ = __contains__ = _not_data
