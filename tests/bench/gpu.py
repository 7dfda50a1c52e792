"""All labs and all checks on this machine's GPU, and its speed beside the CPU's; the table goes into the README here.

    make gpu                              installs JAX for CUDA into .venv-cuda (2.5 GB), then runs this
    .venv/bin/python tests/bench/gpu.py   the same on what JAX finds here; without a GPU it writes nothing

Grades come from the CPU. On a GPU the same answers run with other rounding: which check then ends otherwise is listed,
on the course's own answers and on the other right ones. Exit codes: 0 none does, 1 some do.
"""

import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

import jax  # noqa: E402  # this checkout first
import jax.numpy as jnp  # noqa: E402
import optax  # noqa: E402
from machine import described  # noqa: E402
from samples import Row, Section, measured  # noqa: E402
from table import put_into, table_of  # noqa: E402

from autograder.verify.judging import judge_of, judge_sample, try_reference  # noqa: E402
from autograder.verify.samples import samples_of  # noqa: E402
from dlfb_lab._outcome import Outcome  # noqa: E402

MARKERS = ("<!-- gpu: begin -->", "<!-- gpu: end -->")
SIZES = (1_000, 100_000, 10_000_000)
BATCHES = (32, 512, 8192)
INPUTS, HIDDEN = 64, 256


def main(repeats: int = 20) -> int:
    """Check and measure; the exit code."""
    devices = found_devices()
    print(f"Devices: {', '.join(str(device) for device in devices)}", flush=True)
    if len(devices) == 1:
        print("No GPU was found, so what follows is the CPU alone, and is written nowhere.")
    with contextlib.redirect_stdout(io.StringIO()):  # answers print
        different = list(differences())
    print("\n".join(different) or "Every check passes on every right answer.", flush=True)
    text = f"{described()} {devices[-1].device_kind}.\n\n{table_of(speed(devices, repeats))}\n\n{summary(different)}"
    print(f"\n{text}")
    if len(devices) > 1:
        put_into(Path(__file__).with_name("README.md"), text, MARKERS)
    return 1 if different else 0


def found_devices() -> list[jax.Device]:
    """The CPU, and the first GPU where there is one."""
    devices = [jax.devices("cpu")[0]]
    return devices if jax.default_backend() == "cpu" else [*devices, jax.devices()[0]]


def differences() -> Iterator[str]:
    """The checks that a right answer does not pass here. On the CPU there are none; the tests say so."""
    judge = judge_of(ROOT)
    for task in [task.name for lab in judge.course.labs for task in lab.tasks]:
        for result in try_reference(ROOT, (task, ()))[0][1]:
            if result.outcome is not Outcome.PASSED:
                yield f"{task}, reference answer: {result.name} ends as {result.outcome}"
    for sample in samples_of(ROOT, "right"):
        for check in judge_sample(ROOT, sample).checks:
            if check.outcome is not Outcome.PASSED:
                yield f"{sample}: {check.name} ends as {check.outcome}"


def summary(different: list[str]) -> str:
    """A sentence on the checks."""
    if not different:
        return "Every check passes on every right answer there."
    return "Checks that end otherwise there:\n\n" + "\n".join(f"- {line}" for line in different)


def speed(devices: list[jax.Device], repeats: int) -> Section:
    """What is measured, on each device in turn."""
    rows = []
    for device in devices:
        with jax.default_device(device):
            rows += [measured(f"{device.platform}: {what}", run, repeats) for what, run in measurements()]
    return Section("The same work on each device", ratios(rows) if len(devices) > 1 else rows)


def measurements() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Eager against compiled, batch sizes, and the training loop. Each waits for its result."""
    for size in SIZES:
        x = jax.random.normal(jax.random.key(size), (size,))
        compiled = jax.jit(selu)
        yield f"selu of {size:,} numbers, eager", lambda x=x: selu(x).block_until_ready()
        yield f"selu of {size:,} numbers, compiled", lambda x=x, f=compiled: f(x).block_until_ready()
    for batch in BATCHES:
        step, state = training_step(batch)
        yield f"a training step, batch of {batch:,}", lambda f=step, s=state: jax.block_until_ready(f(*s))


def selu(x: jax.Array) -> jax.Array:
    """A chain of element-wise operations, which a compiler can fuse."""
    return 1.0507 * jnp.where(x > 0, x, 1.6733 * (jnp.exp(x) - 1))


def training_step(batch: int) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """A compiled step of Adam on a network with one hidden layer, and what to call it with."""
    first, second, data = jax.random.split(jax.random.key(batch), 3)
    parameters = {
        "hidden": jax.random.normal(first, (INPUTS, HIDDEN)) / INPUTS**0.5,
        "out": jax.random.normal(second, (HIDDEN, 1)) / HIDDEN**0.5,
    }
    x = jax.random.normal(data, (batch, INPUTS))
    y = x.sum(axis=1, keepdims=True)
    optimizer = optax.adam(1e-3)

    def loss(parameters: Any) -> jax.Array:
        return jnp.mean((jnp.tanh(x @ parameters["hidden"]) @ parameters["out"] - y) ** 2)

    @jax.jit
    def step(parameters: Any, state: Any) -> Any:
        updates, state = optimizer.update(jax.grad(loss)(parameters), state)
        return optax.apply_updates(parameters, updates), state

    return step, (parameters, optimizer.init(parameters))


def ratios(rows: list[Row]) -> list[Row]:
    """The rows of both devices, and how many times faster the GPU is."""
    half = len(rows) // 2
    pairs = zip(rows[:half], rows[half:], strict=True)
    return rows + [Row(f"CPU / GPU: {a.what.split(': ', 1)[1]}", [a.median / b.median], "x") for a, b in pairs]


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.exit(main())
