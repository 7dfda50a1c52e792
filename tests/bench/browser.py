"""A browser without a window, where one is installed."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def command_of_browser(profile: Path) -> list[str]:
    """How to call it, but for what it shall do; empty where none is installed. `profile` is its own folder."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        return []
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [browser, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}", *root]


class NoBrowser(Exception):
    """There is no browser to open a page with. The message says why."""


def dom_of(page: str, profile: Path, seconds: float = 3.0) -> str:
    """What a browser makes of the page at this address, as text, some seconds after it was opened.

    The seconds are the page's own: where nothing happens on it they pass at once.

    Raises:
        NoBrowser: none is installed, or it does not start here.
    """
    browser = command_of_browser(profile)
    if not browser:
        raise NoBrowser(f"no browser is installed; any of {', '.join(NAMES)} will do")
    command = [*browser, f"--virtual-time-budget={1000 * seconds:.0f}", "--dump-dom", page]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    if "<html" not in done.stdout:
        raise NoBrowser(f"{browser[0]} does not start here: {done.stderr[-300:]}")
    return done.stdout
