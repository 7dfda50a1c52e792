"""What the joint costs: the fork server, one child, one question to it, and the same question without a pipe."""

import os
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from processes import children_of
from samples import Row, Section, measured

from autograder.sandbox.launch import Zygote
from autograder.sandbox.level import L3
from autograder.sandbox.limits import Limits
from autograder.session import Session
from dlfb_lab import probes
from dlfb_lab._answer import Transport, transport_in_use
from dlfb_lab._host import DirectTransport, Host

CELL = """
import jax
import jax.numpy as jnp

def echo(x):
    return x

def counts(idx):
    return jnp.zeros(5, jnp.int32).at[idx].add(1)

def draws(key):
    first, second = jax.random.split(key)
    return jax.random.normal(first), jax.random.normal(second)
"""
ALL_LAYERS = L3 | {"oom-first"}


def starts(repeats: int) -> Section:
    """A fork server from nothing to its first hello, and its end."""

    def start_and_end() -> None:
        Zygote.start().close()

    before = os.times()
    row = measured("fork server: started, ready, ended", start_and_end, repeats, warm=0)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    row = Row(row.what, row.values, cpu=used / repeats, note="once a worker; imports JAX, Flax, Optax, matplotlib")
    return Section("Start", [row])


def forks(zygote: Zygote, repeats: int) -> Section:
    """A child from the request to its hello, locked down and not, taken in turns; and its end."""
    locked, open_, ends = [], [], []
    for _ in range(repeats):
        locked.append(_spawned(zygote, frozenset(), ends))
        open_.append(_spawned(zygote, ALL_LAYERS, ends))
    lockdown = [one - other for one, other in zip(locked, open_, strict=True)]
    return Section(
        "One child",
        [
            Row("fork to ready, locked down", locked, note="request, folder, fork, all layers, first message"),
            Row("fork to ready, no layer", open_, note="in turns with the above"),
            Row("lockdown alone", lockdown, note="the difference of each pair"),
            Row("kill, sweep, remove its folder", ends),
        ],
    )


def _spawned(zygote: Zygote, without: frozenset[str], ends: list[float]) -> float:
    spawned: list[Any] = []
    row = measured("", lambda: spawned.append(zygote.spawn(without=without)), 1, warm=0)
    ends += measured("", spawned[0].kill, 1, warm=0).values
    return row.median


def calls(zygote: Zygote, repeats: int) -> Section:
    """One call of an answer with each kind of value, behind the pipe and in this process."""
    values = {
        "an int": 7,
        "a NumPy array of 10": np.arange(10),
        "a JAX array of 10": jnp.arange(10),
        "a key": jax.random.key(1),
        "4 MB each way": np.zeros(2**20, np.float32),
    }

    def rows(world: str, transport: Transport, pids: list[int]) -> list[Row]:
        echo = transport.answer("echo")
        return [
            measured(
                f"{world}: {name}", _bound(echo, value), repeats if name != "4 MB each way" else repeats // 10, pids
            )
            for name, value in values.items()
        ]

    return Section("One call of an answer that returns its argument", _in_both_worlds(zygote, rows))


def observations(zygote: Zygote, repeats: int) -> Section:
    """`observe` and `jitted`, warm, behind the pipe and in this process."""

    def rows(world: str, transport: Transport, pids: list[int]) -> list[Row]:
        counts, draws = transport.answer("counts"), transport.answer("draws")
        idx, key = jnp.array([0, 0, 3]), jax.random.key(4)

        def watching(watch: str, answer: Any, value: Any) -> Row:
            name = f"{world}: observe {watch or 'the value'}"
            return measured(name, lambda: probes.observe(answer, value, watch=watch), repeats, pids)

        found = [watching(watch, counts, idx) for watch in ("", "traces", "primitives", "leaks", "warnings")]
        found.append(watching("keys", draws, key))
        found.append(measured(f"{world}: jitted", lambda: probes.jitted(counts, idx), repeats, pids))
        return found

    return Section("One observation of a small answer, warm", _in_both_worlds(zygote, rows))


def _in_both_worlds(zygote: Zygote, rows: Callable[[str, Transport, list[int]], list[Row]]) -> list[Row]:
    namespace: dict[str, Any] = {}
    exec(CELL, namespace)
    with Session(zygote, [CELL], Limits(wall_submission=600.0)) as session:
        session.start()
        # The fork server's children; this process's children are the fork server and perhaps helpers of Python's own.
        pids = [pid for parent in children_of(os.getpid()) for pid in children_of(parent)]
        with transport_in_use(session):
            found = rows("pipe", session, pids)
    direct = DirectTransport(Host(namespace))
    with transport_in_use(direct):
        return found + rows("live", direct, [])


def _bound(answer: Any, value: Any) -> Callable[[], Any]:
    return lambda: answer(value)
