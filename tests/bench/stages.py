"""Where the time of one submission goes. The real grader runs; its steps are timed from outside.

A few methods are replaced, while we look, by ones that call the old ones and note how long that took.
"""

import contextlib
import functools
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from processes import cpu_seconds

from autograder import grade
from autograder.sandbox.launch import Child, Zygote
from autograder.session import Session

CHECKS = "checks: pytest, drawing inputs, comparing"
STEPS: tuple[tuple[str, Any, str], ...] = (
    ("read the notebook", grade, "read_notebook"),
    ("fork to ready", Zygote, "spawn"),
    ("run the cells", Session, "_run_cells"),
    (CHECKS, grade, "judge"),
    ("score, read the code of what failed", grade, "_task_report"),
    ("end the child", Child, "kill"),
)


class Watch:
    """Seconds by step, of one submission, each without the steps inside it; and its children's processor seconds.

    Attributes:
        seconds: by step.
        asking: waiting for the child, by the kind of request.
        requests: how many there were.
        child_cpu: processor seconds of the children.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.asking: dict[str, float] = defaultdict(float)
        self.requests = 0
        self.child_cpu = 0.0
        self._inner = [0.0]  # for each step that is going on, the seconds of the steps inside it

    @contextlib.contextmanager
    def looking(self) -> Iterator["Watch"]:
        """Time the steps as long as this lasts."""
        with contextlib.ExitStack() as stack:
            for name, owner, attribute in STEPS:
                stack.enter_context(_replaced(owner, attribute, self._timed(name, getattr(owner, attribute))))
            stack.enter_context(_replaced(Session, "request", self._asked(Session.request)))
            yield self

    def _timed(self, name: str, step: Any) -> Any:
        @functools.wraps(step)
        def timed(*args: Any, **kwargs: Any) -> Any:
            if name == "end the child":
                self.child_cpu += cpu_seconds(args[0].pid)
            with self._step(self.seconds, name):
                return step(*args, **kwargs)

        return timed

    def _asked(self, request: Any) -> Any:
        @functools.wraps(request)
        def asked(session: Session, operation: str, *payload: Any) -> Any:
            self.requests += 1
            with self._step(self.asking, _kind(operation, payload)):
                return request(session, operation, *payload)

        return asked

    @contextlib.contextmanager
    def _step(self, totals: dict[str, float], name: str) -> Iterator[None]:
        start = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole, inner = time.perf_counter() - start, self._inner.pop()
            totals[name] += whole - inner
            self._inner[-1] += whole


def _kind(operation: str, payload: tuple[Any, ...]) -> str:
    if operation != "probe":
        return operation
    name, args, kwargs = payload
    watch = kwargs.get("watch") or (args[3] if name == "observation" else "")
    return f"probe {name} {watch}".strip()


@contextlib.contextmanager
def _replaced(owner: Any, name: str, by: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        setattr(owner, name, before)
