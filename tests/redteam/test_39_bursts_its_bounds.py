"""A file holds far more than it seems to: a bomb, a giant, a tower of brackets; or far less, since it was cut off.

Single bounds are tried in tests/autograder/test_collect.py and test_notebook_file.py; here they meet a whole class.
"""

import json
import time
import zipfile
from pathlib import Path

import pytest
from arena import LAB, _memory, notebook, outcome, verdicts
from threat import RIGHT, Threat

from autograder.collect import IntakeLimits, collect
from autograder.sandbox.limits import MIB
from dlfb_lab._outcome import Outcome

ROOT = Path(__file__).parents[2]
BIGGEST = IntakeLimits().file_bytes
BROKEN = {
    "a tower of lists": (b'{"cells": ' + b"[" * 1_000_000, "nested too deeply"),
    "a tower in an output": (
        b'{"cells": [{"cell_type": "code", "source": "", "outputs": ' + b'{"a":' * 500_000,
        "nested too deeply",
    ),
    "a number without end": (
        b'{"nbformat": 4, "cells": [], "metadata": {"x": ' + b"7" * 5_000_000 + b"}}",
        "a number too long",
    ),
    "a million cells": (
        json.dumps({"cells": [{"cell_type": "code", "source": ""}] * 200_000}).encode(),
        "at most 5000",
    ),
    "UTF-16": (notebook(RIGHT).decode().encode("utf-16"), "looks like UTF-16"),
    "a zip by another name": (b"PK\x03\x04\x14\x00" + b"\xff" * 1000, "not text in UTF-8"),
}

THREAT = Threat(
    39,
    "Bombs, giants, deep JSON, endless numbers, files cut off",
    "Sizes are bounded before a byte is read, and again by what comes out; what cannot be read is a sentence.",
    "reads whatever is there",
)


def zipped(path, names, data):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)


@pytest.fixture
def growth():
    """How much this process has grown since the test began, in bytes."""
    import os

    before = _memory(os.getpid())
    return lambda: _memory(os.getpid()) - before


def test_a_small_zip_that_holds_gigabytes_costs_little_and_nobody_else(tmp_path, growth):
    """Each member is just small enough. Together they would be a gigabyte."""
    zipped(tmp_path / "ada.zip", [f"{n:03}.ipynb" for n in range(100)], b" " * (BIGGEST - 1))
    assert (tmp_path / "ada.zip").stat().st_size < 1.1 * MIB
    (tmp_path / "zoe.ipynb").write_bytes(notebook(RIGHT))
    found = collect([tmp_path])
    assert growth() < 100 * MIB
    refused = [one for one in found.submissions if one.problem]
    assert len(refused) == 95
    assert refused[0].problem == "005.ipynb was not read: its zip holds more than 50 MB. Zip fewer notebooks."
    (zoe,) = (one for one in found.submissions if one.student == "zoe")
    assert zoe.problem == ""
    assert found.problems == ()


def test_a_zip_of_very_many_files_leaves_room_for_the_class(tmp_path):
    zipped(tmp_path / "ada.zip", [f"{n:05}.ipynb" for n in range(21_000)], b"")
    (tmp_path / "zoe.ipynb").write_bytes(notebook(RIGHT))
    found = collect([tmp_path])
    assert [one.student for one in found.submissions][-1] == "zoe"
    problems = [one.problem for one in found.submissions if one.problem]
    assert problems == ["ada.zip holds more than 1000 files; the rest was not read. Zip fewer files."]


def test_a_giant_is_not_read(tmp_path, growth):
    giant = tmp_path / "ada.ipynb"
    with giant.open("wb") as stream:
        stream.truncate(200_000_000)
    with (tmp_path / "ben.zip").open("wb") as stream:
        stream.truncate(200_000_000)
    ada, ben = collect([tmp_path]).submissions
    assert ada.problem == "ada.ipynb is larger than 10 MB. Clear its outputs, save it and hand it in again."
    assert ben.problem.startswith("ben.zip is larger than 50 MB.")
    assert growth() < 20 * MIB


def test_large_outputs_are_not_looked_at(arena):
    root = json.loads(notebook(RIGHT))
    blob = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * (BIGGEST - 10_000)}}
    root["cells"][0]["outputs"] = [blob]
    data = json.dumps(root).encode()
    assert BIGGEST - 20_000 < len(data) <= BIGGEST
    assert verdicts(arena.grade_bytes(data)) == verdicts(arena.honest)


def test_what_cannot_be_read_is_a_sentence_in_no_time(arena):
    for name, (data, sentence) in BROKEN.items():
        started = time.monotonic()
        report = arena.grade_bytes(data)
        assert time.monotonic() - started < 5, name
        assert sentence in report.problem, name
        assert len(report.problem) < 300, name
        assert {task.outcome for task in report.tasks} == {Outcome.NOT_RUN}, name


def test_a_byte_order_mark_costs_nothing(arena):
    assert outcome(arena.grade_bytes(b"\xef\xbb\xbf" + notebook(RIGHT))) is Outcome.PASSED


def test_a_real_notebook_cut_off_at_every_thousandth_byte_is_called_half_written(arena):
    whole = (ROOT / "exercises" / f"{LAB}.ipynb").read_bytes()
    reports = [arena.grade_bytes(whole[:end]) for end in range(1000, len(whole), 1000)]
    assert len(reports) > 40
    assert all("half-written" in report.problem for report in reports)
    assert {task.outcome for report in reports for task in report.tasks} == {Outcome.NOT_RUN}
    assert {report.lab for report in reports} == {LAB}
