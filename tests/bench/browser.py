"""A browser without a window, where one is installed."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def command_of_browser(profile: Path) -> list[str]:
    """How to call it, but for what it shall do; empty where none is installed. `profile` is its own folder."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        return []
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [browser, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}", *root]
