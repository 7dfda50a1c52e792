"""How large the pages are, and how long a browser takes over the start page of a thousand submissions."""

import subprocess
import time
from dataclasses import replace
from pathlib import Path

from browser import command_of_browser
from samples import Row, Section

from autograder.report.html_page import feedback_page
from autograder.report.json_file import from_json
from autograder.report.write import write_overview

KB = 1e3


def pages(graded: Path, folder: Path, repeats: int, times: int = 20) -> Section:
    """The pages of an output folder, and a start page of its reports `times` times over."""
    reports = [from_json(file.read_text("utf-8")) for file in sorted((graded / "reports").glob("*.json"))]
    many = [
        replace(one, submission=f"{one.submission}-{n}", student=f"{one.student}-{n}")
        for n in range(times)
        for one in reports
    ]
    folder.mkdir()
    started = time.perf_counter()
    start = write_overview(many, folder)
    written = time.perf_counter() - started
    sizes = [len(feedback_page(report).encode()) / KB for report in reports]
    rows = [
        Row("feedback page of a submission", sizes, "kB"),
        Row(f"start page of {len(many)}", [start.stat().st_size / KB], "kB"),
        Row(f"start page of {len(many)}, written", [written]),
        _opened(start, folder, repeats),
    ]
    return Section("Pages", rows)


def _opened(page: Path, folder: Path, repeats: int) -> Row:
    what = "the same, opened by a browser without a window"
    browser = command_of_browser(folder / "profile")
    if not browser:
        return Row(what, [], note="no browser is installed")
    empty = folder / "empty.html"
    empty.write_text("<!DOCTYPE html><title>empty</title>", "utf-8")
    both = [(_seconds(browser, page), _seconds(browser, empty)) for _ in range(repeats)]
    return Row(what, [full - bare for full, bare in both], note="longer than an empty page, start of the browser apart")


def _seconds(browser: list[str], page: Path) -> float:
    started = time.perf_counter()
    subprocess.run([*browser, "--dump-dom", page.as_uri()], capture_output=True, timeout=120, check=False)
    return time.perf_counter() - started
