"""What a child must be able to do in spite of all walls, as an entry for children: for `doctor` and the tests.

A wall that stops an honest student is as broken as one that lets a hostile one through.
"""

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox.channel import Channel

_STANDARD = ("wave", "colorsys", "mailcap", "plistlib", "sched", "cmd", "turtledemo", "tabnanny", "this", "antigravity")
_PACKAGED = ("optax.contrib", "flax.training.checkpoints", "mpl_toolkits.mplot3d", "matplotlib.sankey", "scipy.fft")


def serve(channel: Channel) -> None:
    """Answer each message, a chore's name, with "" or what went wrong. Until the grader hangs up."""
    while message := channel.receive(1 << 20):
        try:
            CHORES[message.decode()][1]()
            trouble = ""
        except BaseException as error:
            trouble = f"{type(error).__name__}: {error}"
        channel.send(json.dumps(trouble).encode())


def _import_standard() -> None:
    _import_something_new(_STANDARD)


def _import_packaged() -> None:
    _import_something_new(_PACKAGED)


def _import_something_new(candidates: tuple[str, ...]) -> None:
    """Import one that is installed and that the zygote has not imported already."""
    for name in candidates:
        if name in sys.modules:
            continue
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name == name.partition(".")[0] and name != candidates[-1]:
                continue
            raise
        return
    raise LookupError("all candidates had been imported already")


def _thread() -> None:
    import threading

    done = threading.Event()
    thread = threading.Thread(target=done.set)
    thread.start()
    thread.join()
    if not done.is_set():
        raise RuntimeError("the thread did not run")


def _jax() -> None:
    import jax
    import jax.numpy as jnp

    total = jax.jit(lambda x: (x @ x.T).sum())(jnp.ones((4, 3)))
    if float(total) != 48.0:
        raise ValueError(f"expected 48.0, got {total}")


def _figure() -> None:
    import io

    from matplotlib import pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([0, 1], label="line")
    axes.legend()
    image = io.BytesIO()
    figure.savefig(image, format="png")
    plt.close(figure)
    if not image.getvalue().startswith(b"\x89PNG"):
        raise ValueError("no PNG image came out")


def _scratch() -> None:
    import tempfile

    Path("folder").mkdir()
    Path("folder/file.txt").write_text("kept")
    Path("folder/file.txt").rename("file.txt")
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("kept too")
    if Path("file.txt").read_text() != "kept":
        raise ValueError("the file does not hold what was written")


def _asyncio() -> None:
    import asyncio

    asyncio.run(asyncio.sleep(0))


CHORES: dict[str, tuple[str, Callable[[], None]]] = {
    "import-standard": ("import a module of the standard library later", _import_standard),
    "import-packaged": ("import an installed package later", _import_packaged),
    "thread": ("start a thread", _thread),
    "scratch": ("write in its own folder", _scratch),
    "asyncio": ("run an event loop", _asyncio),
    "jax": ("compile and run with JAX", _jax),
    "figure": ("draw a figure", _figure),
}


def cache(channel: Channel) -> None:
    """An entry that compiles a little and tells what the compilation cache did."""
    import os
    import warnings

    import jax
    import jax.numpy as jnp

    events: list[str] = []
    jax.monitoring.register_event_listener(lambda event, **_: events.append(event))
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        jax.jit(lambda x: jnp.sin(x) @ x)(jnp.ones((3, 3))).block_until_ready()
    folder = jax.config.values["jax_compilation_cache_dir"]
    try:
        listing = str(len(os.listdir(folder)))  # noqa: PTH208
    except OSError as error:
        listing = type(error).__name__
    seen = {
        "hits": sum(event.endswith("/cache_hits") for event in events),
        "misses": sum(event.endswith("/cache_misses") for event in events),
        "warnings": [str(warning.message) for warning in warned],
        "listing": listing,
    }
    channel.send(json.dumps(seen).encode())
