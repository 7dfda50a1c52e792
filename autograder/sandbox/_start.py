"""What untrusted programs start with: their path, environment, folders. Everything here decides what can leak."""

import importlib.util
import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from autograder.sandbox.errors import SandboxError
from autograder.sandbox.xla import quick_options

_BOOT = """
import sys
arguments = {arguments!r}
sys.path += arguments["roots"] + arguments["packages"]
from autograder.sandbox import {module}
{module}.main(arguments)
"""


_ON_WINDOWS = sys.platform == "win32"
_HOMES = ["HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "IPYTHONDIR"]
_HOMES += ["USERPROFILE", "TEMP", "TMP"] if _ON_WINDOWS else []
# Without these an interpreter may not start: where it was built to need its libraries' path, and on Windows.
_NEEDED = ["SYSTEMROOT", "SYSTEMDRIVE", "PROCESSOR_ARCHITECTURE"] if _ON_WINDOWS else ["LD_LIBRARY_PATH"]


def readable_folders(packages: Sequence[str]) -> tuple[Path, ...]:
    """What children may read: the interpreter's library, installed packages, `dlfb_lab` and this package; no more.

    In a checkout the folder above `dlfb_lab` holds the course's answers, so it is never opened as a whole.
    """
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"], str(Path(sys.base_prefix) / "lib"), *packages]
    folders += [*_dlfb_lab(), str(Path(__file__).parent)]
    return tuple(dict.fromkeys(Path(folder).resolve() for folder in folders))


def lies_within(path: Path, folders: Sequence[Path]) -> bool:
    """Whether `path` is one of `folders`, or in one."""
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _dlfb_lab() -> list[str]:
    """Where `dlfb_lab` is, without importing it: that would take a second."""
    spec = importlib.util.find_spec("dlfb_lab")
    if spec is None or spec.submodule_search_locations is None:
        raise SandboxError("The package `dlfb_lab` cannot be found. Install it, or run from the repository's folder.")
    return list(spec.submodule_search_locations)


def installed_packages() -> list[str]:
    """The folders from which this process imports installed packages; nothing else that it has on its path."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]


def new_home() -> Path:
    """A folder for a zygote and its children's folders."""
    home = Path(tempfile.mkdtemp(prefix="autograder-")).resolve()
    home.chmod(0o711)  # children of another uid pass through, and see nothing
    (home / "zygote").mkdir(mode=0o755)
    return home


def make_scratch(scratch: Path, uid: int | None) -> None:
    """Make a child's folder, its own alone."""
    scratch.mkdir(mode=0o700)
    if uid is not None:
        os.chown(scratch, uid, uid)


def free_uid(serial: int) -> int:
    """A uid that nobody has, from the range that systemd keeps for such uses. If two meet, the walls hold."""
    first, count = 61184, 4336
    return first + (os.getpid() * 37 + serial) % count


def start_process(
    packages: list[str], readable: tuple[Path, ...], home: Path, theirs: socket.socket, errors: IO[bytes]
) -> "subprocess.Popen[bytes]":
    """Start the zygote's program with one end of the control socket. It writes complaints to `errors`."""
    dies_with_us = threading.current_thread() is threading.main_thread()  # the kernel means the thread, not the process
    arguments = {
        "control": theirs.fileno(),
        "parent": os.getpid(),
        "dies_with_parent": dies_with_us,
        "readable": [str(path) for path in readable],
        "home": str(home),
        "uid": free_uid(0),
    }
    return subprocess.Popen(
        program("zygote", packages, arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        cwd="/",
        env=environment(home / "zygote"),
        pass_fds=[theirs.fileno()],
        start_new_session=True,
    )


def program(module: str, packages: list[str], arguments: dict[str, Any]) -> list[str]:
    """The command that runs `main(arguments)` of a module of this package, told where to import from."""
    # Ours before the installed ones: a checkout may lie beside an older installation.
    roots = dict.fromkeys(str(path.parent) for path in (*map(Path, _dlfb_lab()), Path(__file__).parents[1]))
    arguments = {**arguments, "packages": packages, "roots": [root for root in roots if root not in packages]}
    boot = _BOOT.format(arguments=arguments, module=module)
    return [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", "-c", boot]


def environment(folder: Path) -> dict[str, str]:
    """The whole environment: nothing of ours gets in, so that nothing of ours can be read there."""
    homes = dict.fromkeys(_HOMES, str(folder))
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",  # sets keep their order from one grading to the next
        "JAX_PLATFORMS": "cpu",
        "MPLBACKEND": "Agg",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "XLA_FLAGS": quick_options(),
        **homes,
        **one_thread,
        **needed,
    }
