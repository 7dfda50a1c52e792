"""The machine in general terms, so that numbers can be judged: nothing that names it or its places."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def described() -> str:
    """One paragraph: cores, memory, kernel, Python, JAX, and how busy it was."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    kernel = f"{platform.system()} {platform.release().split('-')[0]}"
    return (
        f"{cores} cores ({platform.machine()}), {_gigabytes()}, {kernel}, Python {platform.python_version()}, "
        f"JAX {version('jax')}, NumPy {version('numpy')}, pytest {version('pytest')}. "
        f"Processes waiting to run at the start, over a minute: {os.getloadavg()[0]:.1f}."
    )


def _gigabytes() -> str:
    try:
        total = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    except (OSError, StopIteration):
        return "memory unknown"
    return f"{int(total.split()[1]) / 2**20:.0f} GiB of memory"
