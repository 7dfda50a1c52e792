"""What JAX computes on: a processor that is always there, or a graphics card that was promised and may be missing.

JAX is asked in a process of its own, because a broken driver can hang it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from dlfb_lab._lab.process import run_limited
from dlfb_lab._lab.row import BROKEN, INSTALL, OK, Row

# What the environment promises; the dev container for CUDA says "gpu". Where it says nothing, all is fine.
PROMISED = "DLFB_LAB_BACKEND"
_WHAT = "JAX runs on"
_SECONDS = 60.0
_CPU = "Set the environment variable JAX_PLATFORMS=cpu: the labs need no GPU."
_DRIVER = (
    "CUDA 13 needs NVIDIA's driver 580 or newer, and the NVIDIA Container Toolkit, on the computer itself. Try "
    "`nvidia-smi` there and here; where it works there alone, restart the container. "
    "The labs need no GPU: open the configuration dlfb-lab (CPU)."
)
_ASK_JAX = """
import json, sys
import jax
found = [jax.default_backend(), [str(device) for device in jax.devices()]]
open(sys.argv[1], "w").write(json.dumps(found))
"""


def backend_row() -> Row:
    """What JAX computes on, and whether that is what this environment promises."""
    with tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True) as name:
        answer = Path(name) / "answer"
        command = [sys.executable, "-P", "-c", _ASK_JAX, str(answer)]
        ended = run_limited(command, _SECONDS, Path(name), Path(name) / "errors")
        if ended.code == 0 and answer.is_file():
            return _found(*json.loads(answer.read_text("utf-8")))
    if ended.code is None:
        return _broken(f"no answer within {_SECONDS:g} s, as with a broken driver", _CPU)
    why = ended.errors.splitlines()[-1][:300] if ended.errors else f"exit code {ended.code}"
    return _broken(f"it does not start: {why}", _CPU if "import" not in why.casefold() else INSTALL)


def _found(backend: str, devices: list[str]) -> Row:
    seen = f"{backend}: {', '.join(devices)}"
    if os.environ.get(PROMISED) == "gpu" and backend != "gpu":
        return _broken(f"{seen}, and a GPU is expected here ({_driver()})", _DRIVER)
    return Row(OK, _WHAT, seen if backend != "cpu" else f"{seen}. That is all the labs need")


def _broken(seen: str, fix: str) -> Row:
    return Row(BROKEN, _WHAT, seen, _DRIVER if os.environ.get(PROMISED) == "gpu" and fix == _CPU else fix)


def _driver() -> str:
    """Which of NVIDIA's drivers is seen from here, in words."""
    command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.split()
    except (OSError, subprocess.SubprocessError):
        return "no NVIDIA driver is seen"
    return f"its driver is {said[0]}" if said else "no card is seen"
