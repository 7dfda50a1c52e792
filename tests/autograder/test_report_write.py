import errno
import os
from pathlib import Path

import pytest

from autograder.report.csv_file import ENCODING, to_csv
from autograder.report.html_page import feedback_page, index_page
from autograder.report.json_file import from_json
from autograder.report.markdown import to_markdown
from autograder.report.record import Report
from autograder.report.write import report_path, write_class, write_report, write_whole

ADA = Report("ada--lab", "Ada", "ada/lab.ipynb", "lab", problem="Nothing.")
BEN = Report("ben~1a2b3c4d", "Ben Müller", "Ben Müller/x.ipynb", "", problem="Nothing.")


def test_a_class_becomes_a_start_page_scores_pages_and_data(tmp_path):
    start = write_class([ADA, BEN], tmp_path / "out", problems=["class/x cannot be read."])
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    assert files == [
        "feedback/ada--lab.html",
        "feedback/ada--lab.md",
        "feedback/ben~1a2b3c4d.html",
        "feedback/ben~1a2b3c4d.md",
        "index.html",
        "reports/ada--lab.json",
        "reports/ben~1a2b3c4d.json",
        "scores.csv",
    ]
    assert start.read_bytes().decode() == index_page([ADA, BEN], ["class/x cannot be read."])
    assert (tmp_path / "out/scores.csv").read_bytes() == to_csv([ADA, BEN]).encode(ENCODING)
    assert (tmp_path / "out/feedback/ada--lab.html").read_bytes().decode() == feedback_page(ADA)
    assert (tmp_path / "out/feedback/ada--lab.md").read_bytes().decode() == to_markdown(ADA)


def test_a_written_report_is_read_back(tmp_path):
    write_report(BEN, tmp_path)
    assert from_json(report_path(BEN.submission, tmp_path).read_text("utf-8")) == BEN


def test_the_same_reports_make_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_class([ADA, BEN], tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "", ".hidden", "a.b", "A", "-rf", "a\nb", "a:b", "x" * 201])
def test_only_an_id_becomes_the_name_of_a_file(tmp_path, name):
    with pytest.raises(ValueError, match="cannot be the name of a file"):
        write_report(Report(name, "x", "x", "x"), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole_and_no_rest(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_whole(tmp_path / "scores.csv", b"old")
    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "scores.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]
    assert (tmp_path / "scores.csv").read_bytes() == b"old"


def test_ctrl_c_in_the_middle_leaves_no_rest(tmp_path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "scores.csv", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_second_teacher_may_read_what_the_umask_allows(tmp_path):
    old = os.umask(0o022)
    try:
        write_whole(tmp_path / "scores.csv", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "scores.csv").stat().st_mode & 0o777 == 0o644
