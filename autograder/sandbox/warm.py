"""What the zygote imports before it forks, so that no child has to: milliseconds instead of seconds.

Only imports. A JAX backend starts threads, and a process that was forked beside threads hangs; `assert_forkable` says
that there is one thread and no backend. Everything that touches a private name of JAX is for speed alone and is left
out where the name is gone.
"""

import gc
import importlib
import pkgutil
import random
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

_NEEDED = (
    "jax",
    "jax.numpy",
    "flax.linen",
    "flax.nnx",
    "flax.training.train_state",
    "optax",
    "numpy",
    "matplotlib.pyplot",
    "IPython.core.inputtransformer2",
    "dlfb_lab",
)
# Only where they are there.
_WELCOME = (
    "autograder.sandbox.child",
    "autograder.sandbox.wire",
    "flax.serialization",
    "flax.training.early_stopping",
    "tempfile",
)
# Not for a child: the checks run on the trusted side, and the others are doors for people.
_NOT_FOR_CHILDREN = ("dlfb_lab.checks", "dlfb_lab._cli", "dlfb_lab._lab", "dlfb_lab.__main__")
_USES_OF_ONE_CONTEXT = 50


class NotForkable(Exception):
    """The process has threads or a JAX backend. A fork of it would hang."""


def import_all() -> dict[str, str]:
    """Import what children need.

    Returns:
        The modules that could not be imported, with the reason. A child that needs one raises the same error itself.

    Raises:
        ImportError: a package without which no child can work is missing or broken.
    """
    for name in _NEEDED:
        importlib.import_module(name)
    failed: dict[str, str] = {}
    for name in (*_WELCOME, *_submodules("dlfb_lab")):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                failed[name] = str(error)
        except Exception as error:
            failed[name] = f"{type(error).__name__}: {error}"
    return failed


def prepare_jax() -> None:
    """Do now what JAX would do in each child at its first computation, as far as it needs no backend."""
    with suppress(ImportError, AttributeError):
        _import_dialects()
    with suppress(ImportError, AttributeError):
        _reuse_contexts()
    with suppress(ImportError, AttributeError):
        _find_plugins()


def settle() -> None:
    """Make all children alike, and keep the pages that they share with us unwritten."""
    import numpy as np

    random.seed(0)
    np.random.seed(0)
    gc.collect()
    gc.freeze()


def assert_forkable() -> None:
    """Raise unless there is one thread and no JAX backend.

    Raises:
        NotForkable: there is more.
    """
    threads = _threads()
    if threads != 1:
        raise NotForkable(f"the zygote has {threads} threads after its imports; it must have 1 to fork safely")
    bridge: Any = sys.modules.get("jax._src.xla_bridge")
    if getattr(bridge, "_backends", None):
        raise NotForkable("an import has started a JAX backend; the zygote cannot fork safely")


def _threads() -> int:
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()


def _submodules(package: str) -> list[str]:
    """Names of all modules beneath `package` that are meant for children. Imports the packages on the way."""
    module = importlib.import_module(package)
    names: list[str] = []
    for info in pkgutil.iter_modules(module.__path__, f"{package}."):
        if info.name in _NOT_FOR_CHILDREN:
            continue
        names.append(info.name)
        if info.ispkg:
            names += _submodules(info.name)
    return names


def _import_dialects() -> None:
    from jax._src.lib.mlir import dialects

    names: list[str] = getattr(dialects, "__all__", [])
    for name in names:
        with suppress(ImportError, AttributeError):
            getattr(dialects, name)


def _reuse_contexts() -> None:
    """Use an MLIR context for several modules, as JAX does itself from 0.12 on."""
    from jax._src.interpreters import mlir

    if hasattr(mlir, "_thread_local_context"):
        return
    module: Any = mlir
    make, store = module.make_ir_context, threading.local()

    def make_ir_context() -> object:
        context, uses = getattr(store, "value", (None, _USES_OF_ONE_CONTEXT))
        if uses >= _USES_OF_ONE_CONTEXT:
            context, uses = make(), 0
        store.value = context, uses + 1
        return context

    module.make_ir_context = make_ir_context


def _find_plugins() -> None:
    from jax._src import xla_bridge

    xla_bridge._discover_and_register_pjrt_plugins()
