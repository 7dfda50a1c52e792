"""The rule on keys: no reference answer uses a random key twice.

The checks run on the reference answers as ever, and whatever they call with a key is called once more under the key
ledger (see `dlfb_lab/probes/_keys.py`). So the keys, shapes and sizes are those that checks really use. An answer that
follows a book into its mistake says so in a line of its own: `# reuses a key on purpose`.
"""

import contextvars
import inspect
from collections.abc import Mapping
from typing import Any

import jax
import numpy as np

from autograder.course import Folders
from autograder.grade import reference_answers
from autograder.percent import read_cells
from autograder.verify.house import House
from autograder.verify.judging import judge_of
from autograder.verify.problem import Problem
from autograder.verify.workers import Lost
from dlfb_lab import expect_fresh_keys
from dlfb_lab._data import Data, is_key
from dlfb_lab._errors import CheckFailed
from dlfb_lab._host import DirectTransport, Host
from dlfb_lab.probes import observe

ON_PURPOSE = "# reuses a key on purpose"
_NAMES = frozenset({"key", "keys", "rng"})
_CALLS_A_CHECK = 3


class Watch(Host):
    """A host that looks at the keys of what it is asked to call.

    Attributes:
        calls: how many calls with a key were looked at.
        unseen: how many of them the ledger could not follow.
        found: what was found, a sentence each.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        super().__init__(namespace)
        self.calls, self.unseen = 0, 0
        self.found: set[str] = set()
        self._left = _CALLS_A_CHECK

    def handle(self, operation: str, payload: tuple[Data, ...]) -> Data:
        """Do one request, and look at the keys of a call. One more request `reset` comes after each check."""
        if operation == "reset":
            self._left = _CALLS_A_CHECK
        called = _call_in(operation, [self._resolve(part) for part in payload])
        if called is not None and self._left and _has_key(called[1:]):
            self._left -= 1
            self._look(*called)
        return super().handle(operation, payload)

    def _look(self, answer: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
        self.calls += 1
        try:
            # In a context of its own: there no check is running, and `observe` calls what it is given itself.
            seen = contextvars.Context().run(observe, answer, *args, watch="keys", **kwargs)
            self.unseen += seen.key_uses is None
            expect_fresh_keys(seen)
        except CheckFailed as failed:
            self.found.add(failed.finding.saw)
        except Exception:
            self.unseen += 1  # the check wants an error, or will say more of this one


def _call_in(operation: str, payload: list[Any]) -> tuple[Any, list[Any], dict[str, Any]] | None:
    """The call that a request asks for, by itself or by a probe; None where it asks for none."""
    if operation == "call":
        answer, args, kwargs = payload
        return answer, args, kwargs
    if operation == "probe":
        name, (answer, *rest), _ = payload if payload[1] else ("", [None], {})
        if name == "observation":
            return answer, rest[0], rest[1]
        if name == "results" and rest[0]:
            return answer, list(rest[0][0]), {}
        if name == "jitted":
            return answer, rest, {}
    return None


def _has_key(parts: Any) -> bool:
    return any(is_key(leaf) or _may_be_raw(leaf) for leaf in jax.tree.leaves(parts))


def _may_be_raw(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array) and leaf.dtype == np.uint32 and leaf.ndim > 0 and leaf.shape[-1] == 2


def problems(house: House) -> list[Problem]:
    """Every reference answer that reuses a key, and every one that takes a key and was not seen to use it."""
    tasks = [task.name for task in house.part.tasks if task.kind == "function"]
    watched = house.workers.map(watch_keys, house.course.folders, tasks)
    pairs = zip(tasks, watched, strict=True)
    return [problem for task, seen in pairs for problem in _of_task(house, task, seen)]


def watch_keys(folders: Folders, task: str) -> tuple[bool, int, int, list[str]]:
    """(takes a key, calls with a key, calls that could not be followed, what was found). Runs in a worker."""
    judge = judge_of(folders)
    lab = judge.lab_of(task)
    answers = reference_answers(lab)
    watch = Watch(answers)
    judge.results(lab, DirectTransport(watch), [task])
    return _takes_a_key(answers[task]), watch.calls, watch.unseen, sorted(watch.found)


def _takes_a_key(answer: Any) -> bool:
    try:
        return bool(_NAMES & inspect.signature(answer).parameters.keys())
    except (TypeError, ValueError):
        return False


def _of_task(house: House, task: str, seen: tuple[bool, int, int, list[str]] | Lost) -> list[Problem]:
    where = f"{task}, reference answer"
    if isinstance(seen, Lost):
        return [Problem(where, seen.why, "Correct the answer or the checks.")]
    takes_a_key, calls, unseen, found = seen
    on_purpose = _is_on_purpose(house, task)
    if on_purpose and not found:
        return [Problem(where, "it reuses no key, whatever it says.", f"Remove the line `{ON_PURPOSE}`.")]
    if found and not on_purpose:
        return [Problem(where, " ".join(found), f"Use a fresh key, or say why not: `{ON_PURPOSE}`.")]
    if takes_a_key and calls == 0:
        return [Problem(where, "it takes a key, and no check calls it with one.", "Write a check that does.")]
    if takes_a_key and calls == unseen:
        return [Problem(where, "what it does with its keys cannot be seen.", "Write it so that JAX can trace it.")]
    return []


def _is_on_purpose(house: House, task: str) -> bool:
    cells = (cell for lab in house.part.labs for cell in read_cells(lab.source))
    return any(cell.role == "answer" and cell.task == task and ON_PURPOSE in cell.text for cell in cells)
